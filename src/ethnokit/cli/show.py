"""``ethnokit show``: a document as EthnoKit reads it."""

from __future__ import annotations

from typing import Any

import click

from ethnokit.cli.context import open_study, print_json
from ethnokit.cli.errors import no_such
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language
from ethnokit.model import Coding, Document, Role
from ethnokit.model.vocabulary import shown


@click.command("show")
@click.argument("document_id", metavar="DOC")
@click.option("--json", "as_json", is_flag=True, help="Data for scripts; positions are code points in the body.")
@click.pass_context
def command(ctx: click.Context, document_id: str, as_json: bool) -> None:
    """A document as EthnoKit reads it: header, turns, speakers, roles, codings."""
    study, _problems = open_study(ctx)
    document = study.document(document_id)
    if document is None:
        message = _("There is no document “{id}” in this study.").format(id=document_id)
        raise no_such(message, document_id, [d.id for d in study.documents])
    codings = [coding for coding in study.codings if coding.document == document.id]
    if as_json:
        print_json(as_data(document))
    else:
        click.echo(as_text(document, codings))


def as_data(document: Document) -> dict[str, Any]:
    """The stable JSON of a document (DESIGN, section 6)."""
    return {
        "id": document.id,
        "type": document.type.value,
        "structures": list(document.structures),
        "body": document.body,
        "turns": [
            {"n": t.n, "speaker": t.speaker, "role": t.role.value, "time": t.time, "start": t.start, "end": t.end}
            for t in document.turns
        ],
    }


def _header(document: Document, reader: str) -> list[str]:
    """What the header says, and what is read where it says nothing."""
    unsaid = _("not said")
    audience, consent = document.audience, document.consent
    lines = [
        _("structures: {ids}").format(ids=", ".join(document.structures) or unsaid),
        _("date: {day}").format(day=document.date or unsaid),
        _("audience: {word}").format(word=unsaid if audience is None else shown(audience, reader)),
        _("quoting: {word}").format(word=unsaid if consent is None else shown(consent.quote, reader)),
    ]
    for speaker in document.speakers:
        line = _("speaker {code}: {role}").format(code=speaker.code, role=shown(speaker.role, reader))
        speaks_for = [", ".join(speaker.structures)] if speaker.structures else []
        undeclared = [] if speaker.declared else [_("not declared in the header")]
        lines.append(" · ".join([line, *speaks_for, *undeclared]))
    return lines


def as_text(document: Document, codings: list[Coding]) -> str:
    """Header, speakers, turns and the codings that begin in each turn, for the terminal."""
    reader = language()
    lines = [f"{document.id} · {shown(document.type, reader)} · {document.path}", *_header(document, reader)]
    for turn in document.turns:
        who = turn.speaker or "–"
        time = f" [{turn.time}]" if turn.time else ""
        # A section of a note has nobody who speaks, and its title says enough.
        kinds = [turn.role, turn.part] if turn.role is not Role.NONE or turn.part is None else [turn.part]
        said_as = ", ".join(shown(kind, reader) for kind in kinds if kind is not None)
        lines.append(f"\n{turn.n}. {who} ({said_as}){time} {turn.start}–{turn.end}")
        lines.append(document.body[turn.start : turn.end])
        lines += [
            f"    ▪ {c.code} · {c.by} · {shown(c.state, reader)}"
            for c in codings
            if turn.start <= c.anchor.start < turn.end
        ]
    return "\n".join(lines)
