"""``ethnokit show``: a document as EthnoKit reads it."""

from __future__ import annotations

from typing import Any

import click

from ethnokit.cli.context import open_study, print_json
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language
from ethnokit.model import Coding, Document
from ethnokit.model.vocabulary import shown
from ethnokit.text.nearest import did_you_mean


@click.command("show")
@click.argument("document_id", metavar="DOC")
@click.option("--json", "as_json", is_flag=True, help="Data for scripts; positions are code points in the body.")
@click.pass_context
def command(ctx: click.Context, document_id: str, as_json: bool) -> None:
    """A document as EthnoKit reads it: header, turns, speakers, roles, codings."""
    study, _problems = open_study(ctx)
    document = study.document(document_id)
    if document is None:
        hint = did_you_mean(document_id, [d.id for d in study.documents])
        message = _("There is no document “{id}” in this study.").format(id=document_id)
        raise click.UsageError(f"{message} {hint}" if hint else message)
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


def as_text(document: Document, codings: list[Coding]) -> str:
    """Header, speakers, turns and the codings that begin in each turn, for the terminal."""
    reader = language()
    lines = [f"{document.id} · {shown(document.type, reader)} · {document.path}"]
    if document.structures:
        lines.append(_("structures: {ids}").format(ids=", ".join(document.structures)))
    lines += [
        _("speaker {code}: {role}").format(code=s.code, role=shown(s.role, reader))
        + ("" if s.declared else " · " + _("not declared in the header"))
        for s in document.speakers
    ]
    for turn in document.turns:
        who = turn.speaker or "–"
        time = f" [{turn.time}]" if turn.time else ""
        lines.append(f"\n{turn.n}. {who} ({shown(turn.role, reader)}){time} {turn.start}–{turn.end}")
        lines.append(document.body[turn.start : turn.end])
        lines += [
            f"    ▪ {c.code} · {c.by} · {shown(c.state, reader)}"
            for c in codings
            if turn.start <= c.anchor.start < turn.end
        ]
    return "\n".join(lines)
