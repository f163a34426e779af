"""``ethnokit coding``: decisions on passages, scriptable. What is acknowledged is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TextIO

import click

from ethnokit.cli.context import open_study, print_json
from ethnokit.cli.suggest import suggested
from ethnokit.codings.attributes import parse_attributes
from ethnokit.codings.bulk import read_bulk
from ethnokit.codings.decide import Desk, Outcome, accept, add, add_many, add_quote, change, refuse, remove, undo
from ethnokit.codings.jsonl import attributes_to_json
from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.diagnostics.formats import block
from ethnokit.i18n import gettext as _
from ethnokit.i18n import ngettext
from ethnokit.model import Attributes, Coding, Document, Study, Suggestion
from ethnokit.text.nearest import did_you_mean

by_option = click.option("--by", required=True, metavar="NAME", help="Who decides; names the coder's own log.")
set_option = click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="An attribute: posture=offers.")
json_option = click.option("--json", "as_json", is_flag=True, help="Data for scripts.")
from_option = click.option(
    "--from", "source", type=click.File(encoding="utf-8-sig"), help="Many at once: JSONL or CSV; - reads stdin."
)


@click.group("coding")
def command() -> None:
    """Code passages; accept and refuse suggestions; change, remove and undo."""


@command.command("add")
@click.argument("document_id", metavar="[DOC]", required=False)
@click.option("--code", metavar="ID", help="The theme.")
@click.option("--quote", help="The words of the passage, as they stand in the text.")
@click.option("--nth", type=int, help="Which occurrence of the quote, from 1.")
@click.option("--start", type=int, help="First code point of the passage in the body.")
@click.option("--end", type=int, help="Code point after the last one.")
@set_option
@from_option
@by_option
@json_option
@click.pass_context
def add_command(ctx: click.Context, /, document_id: str | None, source: TextIO | None, **options: Any) -> None:
    """Code a passage by hand, named by its quote or by its place."""
    study, _problems = open_study(ctx)
    desk = _desk(study, options["by"])
    if source is not None:
        ids = _add_all(study, desk, source)
        _say(ids, options["as_json"], many=True)
        return
    document = _document(study, document_id)
    attributes = _attributes(options["settings"])
    code, quote, start, end = (options[key] for key in ("code", "quote", "start", "end"))
    if code is None or (quote is None) == (start is None or end is None):
        raise click.UsageError(_("Give --code, and either --quote or both --start and --end."))
    if quote is not None:
        outcome = add_quote(desk, document, code, quote, options["nth"], attributes)
    else:
        outcome = add(desk, document, code, (start, end), attributes)
    _say([_done(outcome)], options["as_json"])


@command.command("list")
@click.option("--document", "document_id", metavar="DOC", help="Only this document.")
@click.option("--code", metavar="ID", help="Only this code.")
@click.option("--by", metavar="NAME", help="Only this coder.")
@json_option
@click.pass_context
def list_command(ctx: click.Context, document_id: str | None, code: str | None, by: str | None, as_json: bool) -> None:
    """The codings that stand, each with the state of its anchor."""
    study, _problems = open_study(ctx)
    wanted = {"document": document_id, "code": code, "by": by}
    found = [c for c in study.codings if all(v is None or getattr(c, k) == v for k, v in wanted.items())]
    if as_json:
        print_json([as_data(c) for c in found])
        return
    for c in found:
        click.echo(f"{c.id}  {c.document}  {c.code}  {c.by}  {c.state.value}\n    “{' '.join(c.anchor.quote.split())}”")
    click.echo(ngettext("{n} coding.", "{n} codings.", len(found)).format(n=len(found)))


@command.command("accept")
@click.argument("ids", metavar="[SUGGESTION]...", nargs=-1)
@set_option
@from_option
@by_option
@json_option
@click.pass_context
def accept_command(ctx: click.Context, /, ids: tuple[str, ...], source: TextIO | None, by: str, **options: Any) -> None:
    """Make suggestions one's own codings."""
    settings = options["settings"]

    def decide(desk: Desk, document: Document, suggestion: Suggestion) -> Outcome:
        return accept(desk, document, suggestion, _attributes(settings, suggestion.attributes))

    _say(_decide_all(ctx, by, _wanted(ids, source), decide), options["as_json"], many=True)


@command.command("refuse")
@click.argument("ids", metavar="[SUGGESTION]...", nargs=-1)
@from_option
@by_option
@json_option
@click.pass_context
def refuse_command(ctx: click.Context, ids: tuple[str, ...], source: TextIO | None, by: str, as_json: bool) -> None:
    """Refuse suggestions: they never come back."""
    _say(_decide_all(ctx, by, _wanted(ids, source), refuse), as_json, many=True)


@command.command("change")
@click.argument("coding_id", metavar="CODING")
@click.option("--code", metavar="ID", help="Another theme.")
@click.option("--start", type=int, help="Another first code point.")
@click.option("--end", type=int, help="Another end.")
@set_option
@by_option
@json_option
@click.pass_context
def change_command(ctx: click.Context, /, coding_id: str, code: str | None, by: str, **options: Any) -> None:
    """Change the theme, the place or the attributes of a coding."""
    study, _problems = open_study(ctx)
    coding = _coding(study, coding_id)
    span = (options["start"], options["end"])
    if (span[0] is None) != (span[1] is None):
        raise click.UsageError(_("Give both --start and --end, or neither."))
    attributes = _attributes(options["settings"], coding.attributes) if options["settings"] else None
    outcome = change(
        _desk(study, by),
        _document(study, coding.document),
        coding,
        code=code,
        span=None if span[0] is None else span,
        attributes=attributes,
    )
    _say([_done(outcome)], options["as_json"])


@command.command("remove")
@click.argument("coding_id", metavar="CODING")
@by_option
@json_option
@click.pass_context
def remove_command(ctx: click.Context, coding_id: str, by: str, as_json: bool) -> None:
    """Take a coding away; its history stays in the log."""
    study, _problems = open_study(ctx)
    _say([_done(remove(_desk(study, by), _coding(study, coding_id)))], as_json)


@command.command("undo")
@click.argument("event_id", metavar="[EVENT]", required=False)
@by_option
@json_option
@click.pass_context
def undo_command(ctx: click.Context, event_id: str | None, by: str, as_json: bool) -> None:
    """Take back one's last decision, or the one named."""
    study, _problems = open_study(ctx)
    _say([_done(undo(_desk(study, by), event_id))], as_json)


def as_data(coding: Coding) -> dict[str, Any]:
    """The stable JSON of a coding (DESIGN, section 6)."""
    return {
        "id": coding.id,
        "document": coding.document,
        "code": coding.code,
        "start": coding.anchor.start,
        "end": coding.anchor.end,
        "quote": coding.anchor.quote,
        "by": coding.by,
        "attributes": attributes_to_json(coding.attributes),
        "anchor": coding.state.value,
        "review": None,
        "suggestion": coding.suggestion,
    }


def _desk(study: Study, by: str) -> Desk:
    return Desk(study.root, by, study.codebook, frozenset(s.id for s in study.structures))


def _document(study: Study, id: str | None) -> Document:
    document = study.document(id) if id else None
    if document is None:
        message = _("There is no document “{id}” in this study.").format(id=id or "")
        hint = did_you_mean(id or "", [d.id for d in study.documents])
        raise click.UsageError(f"{message} {hint}" if hint else message)
    return document


def _coding(study: Study, id: str) -> Coding:
    found = next((c for c in study.codings if c.id == id), None)
    if found is None:
        raise click.UsageError(_("There is no coding “{id}” in this study.").format(id=id))
    return found


def _attributes(settings: Iterable[str], base: Attributes | None = None) -> Attributes:
    attributes, problems = parse_attributes(tuple(settings), base)
    _refuse_errors(problems)
    return attributes


def _add_all(study: Study, desk: Desk, source: TextIO) -> tuple[str, ...]:
    rows, problems = read_bulk(source.read(), source.name)
    _refuse_errors(problems)
    ids, problems = add_many(desk, {d.id: d for d in study.documents}, rows, source.name)
    _refuse_errors(problems)
    return ids


def _wanted(ids: tuple[str, ...], source: TextIO | None) -> tuple[str, ...]:
    """Ids of suggestions from the arguments, or from a file with a column or key ``id``."""
    if source is None:
        return ids
    rows, problems = read_bulk(source.read(), source.name)
    _refuse_errors(problems)
    return (*ids, *(row.id for row in rows if row.id))


def _decide_all(
    ctx: click.Context,
    by: str,
    ids: tuple[str, ...],
    decide: Callable[[Desk, Document, Suggestion], Outcome],
) -> list[str]:
    study, _problems = open_study(ctx)
    known = {s.id: s for s in suggested(study, study.documents)}
    for unknown in (i for i in ids if i not in known):
        raise click.UsageError(_("There is no undecided suggestion “{id}”.").format(id=unknown))
    desk = _desk(study, by)
    return [_done(decide(desk, _document(study, known[i].document), known[i])) for i in ids]


def _done(outcome: Outcome) -> str:
    id_, problems = outcome
    _refuse_errors(problems)
    for warning in problems:
        click.echo(block(warning), err=True, nl=False)
    if id_ is None:
        raise click.ClickException(_("Nothing was written."))
    return id_


def _refuse_errors(problems: list[Diagnostic]) -> None:
    """End the command when a decision is not possible: every problem, nothing written."""
    if any(p.severity is Severity.ERROR for p in problems):
        raise click.ClickException("\n" + "".join(block(p) for p in problems).rstrip())


def _say(ids: Iterable[str], as_json: bool, *, many: bool = False) -> None:
    found = list(ids)
    if as_json:
        print_json([{"id": i} for i in found] if many else {"id": found[0]})
    else:
        click.echo("\n".join(found))
