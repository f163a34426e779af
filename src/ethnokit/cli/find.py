"""``ethnokit find``: words in the documents, and what was coded there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import click

from ethnokit.analysis.search import Found, pattern, search
from ethnokit.cli.context import open_study, print_json
from ethnokit.cli.counted import chosen_codes, chosen_structure, data_options, one_form
from ethnokit.cli.spreadsheet import print_csv
from ethnokit.cli.tables import screen_width, visible
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language, ngettext
from ethnokit.model import Document, Role, Study
from ethnokit.model.vocabulary import shown

CONTEXT = 60
"""Code points before and after the words, in a table."""


@click.command("find")
@click.argument("query", metavar="QUERY")
@click.option("--word", is_flag=True, help="Only whole words.")
@click.option("--code", "codes", metavar="ID", multiple=True, help="Only where this theme is coded.")
@click.option("--structure", metavar="ID", help="Only words that may speak for this structure.")
@click.option("--by", metavar="NAME", help="Only where this coder has coded.")
@data_options
@click.pass_context
def command(ctx: click.Context, /, query: str, codes: tuple[str, ...], **options: Any) -> None:
    """Find words in the documents, whatever their accents, case and apostrophes.

    With document, turn, speaker and role, and the codes that stand there. Positions are code points of
    the body. The interviewer's words are found as well.
    """
    one_form(options["as_json"], options["as_csv"])
    wanted = pattern(query, whole=options["word"])
    if wanted is None:
        raise click.UsageError(_("Give some words to look for."))
    study, _problems = open_study(ctx)
    found = _chosen(study, search(wanted, study.documents, study.codings), codes, options["structure"], options["by"])
    if options["as_json"]:
        print_json([as_data(one) for one in found])
    elif options["as_csv"]:
        _print_csv(found)
    else:
        _print(found, study)


def _chosen(study: Study, found: Any, codes: tuple[str, ...], structure: str | None, by: str | None) -> Sequence[Found]:
    """The places that are left when a theme, a structure or a coder was asked for."""
    wanted = chosen_codes(study.codebook, codes, ())
    speaks = chosen_structure(study.structures, structure).id if structure else None

    def asked(one: Found) -> bool:
        coded = any((wanted is None or c.code in wanted) and by in (None, c.by) for c in one.codings)
        return (coded or (wanted is None and by is None)) and (speaks is None or speaks in one.structures)

    return [one for one in found if asked(one)]


def as_data(one: Found) -> dict[str, Any]:
    """The stable JSON of one place; positions are code points in the body."""
    keys = ("id", "code", "by")
    return {
        "document": one.document.id,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "turn": one.turn.n if one.turn else None,
        "speaker": one.turn.speaker if one.turn else None,
        "role": _role(one).value,
        "structures": list(one.structures),
        "codings": [
            {**{key: getattr(c, key) for key in keys}, "start": c.anchor.start, "end": c.anchor.end}
            for c in one.codings
        ],
    }


def _role(one: Found) -> Role:
    return one.turn.role if one.turn else Role.NONE


def _print_csv(found: Sequence[Found]) -> None:
    columns = ("document", "start", "end", "turn", "speaker", "role", "structures", "codes", "before", "quote", "after")
    rows = []
    for one in found:
        data, body = as_data(one), one.document.body
        data["codes"] = list(dict.fromkeys(coding.code for coding in one.codings))
        data["before"] = body[max(0, one.start - CONTEXT) : one.start]
        data["after"] = body[one.end : one.end + CONTEXT]
        rows.append([data[column] for column in columns])
    print_csv(columns, rows)


def _print(found: Sequence[Found], study: Study) -> None:
    width = screen_width()
    lines: list[str] = []
    for document, places in groupby(found, key=lambda one: one.document):
        lines.append(click.style(_title(document), bold=True))
        for one in places:
            lines += [_place(one), "      " + _in_context(one, width - 6)]
            lines += ["      " + _coded(one)] if one.codings else []
        lines.append("")
    click.echo("\n".join([*lines, _summary(found, study)]))


def _title(document: Document) -> str:
    parts = [document.id, shown(document.type, language()), visible(document.title or document.event or "")]
    return " · ".join(filter(None, parts))


def _place(one: Found) -> str:
    """Turn, speaker, role or part of the note, and the span in code points."""
    span = f"{one.start}–{one.end}"
    if one.turn is None:
        return f"  – {span}"
    kind = shown(one.turn.part or one.turn.role, language())
    if one.turn.speaker:
        return f"  {one.turn.n}. {visible(one.turn.speaker)} ({kind}) {span}"
    return f"  {one.turn.n}. {kind if one.turn.part else '–'} {span}"


def _in_context(one: Found, width: int) -> str:
    """The words with what the same person says around them, on one line of at most ``width`` characters."""
    words = visible(one.quote)
    room = max(12, (width - len(words)) // 2)
    # White space is folded only afterwards: twice the room leaves enough of the text, and reads no more of it.
    first, last = (one.turn.start, one.turn.end) if one.turn else (0, len(one.document.body))
    before = _tidy(one.document.body[max(first, one.start - 2 * room) : one.start])
    after = _tidy(one.document.body[one.end : min(last, one.end + 2 * room)])
    if len(before) > room:
        before = "…" + before[1 - room :].partition(" ")[2]
    if len(after) > room:
        after = after[: room - 1].rpartition(" ")[0].rstrip("…") + "…"
    return f"{before}{click.style(words, bold=True, reverse=True)}{after}"


def _tidy(text: str) -> str:
    """One line of text that keeps a space at its ends where there was one."""
    inner = visible(text)
    if not inner:
        return " " if text else ""
    return " " * text[0].isspace() + inner + " " * text[-1].isspace()


def _coded(one: Found) -> str:
    by_code: dict[str, list[str]] = {}
    for coding in one.codings:
        by_code.setdefault(coding.code, []).append(coding.by)
    return " ".join(f"▪ {visible(code)} ({', '.join(dict.fromkeys(map(visible, by)))})" for code, by in by_code.items())


def _summary(found: Sequence[Found], study: Study) -> str:
    places = ngettext("{n} place", "{n} places", len(found)).format(n=len(found))
    documents = len({one.document.id for one in found})
    where = ngettext("in {n} of {all} document", "in {n} of {all} documents", len(study.documents))
    return f"{places} {where.format(n=documents, all=len(study.documents))}"
