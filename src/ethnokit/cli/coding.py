"""``ethnokit coding``: decisions on passages, scriptable. What is acknowledged is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

import click

from ethnokit.cli.context import open_study, print_json
from ethnokit.cli.decisions import by_id, desk_of, document_of, done, refuse_errors, warn
from ethnokit.cli.reanchor import command as reanchor_command
from ethnokit.cli.suggest import suggested
from ethnokit.codings.attributes import parse_attributes
from ethnokit.codings.bulk import Row, read_bulk
from ethnokit.codings.decide import accept, add, add_many, add_quote, change, refuse, remove, undo
from ethnokit.codings.desk import Desk, Outcome
from ethnokit.codings.jsonl import attributes_to_json
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language, ngettext
from ethnokit.model import Attributes, Coding, Document, Study, Suggestion
from ethnokit.model.vocabulary import shown
from ethnokit.text.normal import decode


class Rows(click.File):
    """A file to read; when it cannot be read, click says so in a sentence, and not in the words of the system."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The open file."""
        if isinstance(value, str):
            click.Path(exists=True, dir_okay=False, allow_dash=True).convert(value, param, ctx)
        return super().convert(value, param, ctx)


by_option = click.option("--by", required=True, metavar="NAME", help="Who decides; names the coder's own log.")
set_option = click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="An attribute: posture=offers.")
json_option = click.option("--json", "as_json", is_flag=True, help="Data for scripts.")
from_option = click.option(
    "--from",
    "source",
    metavar="FILE",
    type=Rows("rb"),
    help="Many at once: JSONL or CSV; - reads stdin.",
)


@click.group("coding")
def command() -> None:
    """Code passages; accept and refuse suggestions; change, remove and undo."""


command.add_command(reanchor_command)


@command.command("add")
@click.argument("document_id", metavar="[DOC]", required=False)
@click.option("--code", metavar="ID", help="The theme.")
@click.option("--quote", metavar="WORDS", help="The words of the passage, as they stand in the text.")
@click.option("--nth", metavar="N", type=int, help="Which one, where the text holds the quote several times: 1, 2…")
@click.option("--start", metavar="N", type=int, help="Place of its first character in the body, counted from 0.")
@click.option("--end", metavar="N", type=int, help="Place of the first character after it.")
@set_option
@from_option
@by_option
@json_option
@click.pass_context
def add_command(ctx: click.Context, /, document_id: str | None, source: BinaryIO | None, **options: Any) -> None:
    """Code a passage by hand, named by its quote or by its place."""
    study, _problems = open_study(ctx)
    desk = desk_of(study, options["by"])
    if source is not None:
        ids = _add_all(study, desk, source)
        _say(ids, options["as_json"], many=True)
        return
    if document_id is None:
        raise click.UsageError(_("Name the document to code, or give --from."))
    document = document_of(study, document_id)
    attributes = _attributes(options["settings"])
    code, quote, start, end = (options[key] for key in ("code", "quote", "start", "end"))
    if code is None or (quote is None) == (start is None or end is None):
        raise click.UsageError(_("Give --code, and either --quote or both --start and --end."))
    if quote is not None:
        outcome = add_quote(desk, document, code, quote, options["nth"], attributes)
    else:
        outcome = add(desk, document, code, (start, end), attributes)
    _say([done(outcome)], options["as_json"])


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
        said = [shown(word, language()) for word in (c.state, c.review) if word is not None]
        click.echo("  ".join((c.id, c.document, c.code, c.by, *said)))
        click.echo("    " + _("“{quote}”").format(quote=" ".join(c.anchor.quote.split())))
    click.echo(ngettext("{n} coding", "{n} codings", len(found)).format(n=len(found)) + ".")


@command.command("accept")
@click.argument("ids", metavar="[SUGGESTION]...", nargs=-1)
@set_option
@from_option
@by_option
@json_option
@click.pass_context
def accept_command(
    ctx: click.Context, /, ids: tuple[str, ...], source: BinaryIO | None, by: str, **options: Any
) -> None:
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
def refuse_command(ctx: click.Context, ids: tuple[str, ...], source: BinaryIO | None, by: str, as_json: bool) -> None:
    """Refuse suggestions: they never come back."""
    _say(_decide_all(ctx, by, _wanted(ids, source), refuse), as_json, many=True)


@command.command("change")
@click.argument("coding_id", metavar="CODING")
@click.option("--code", metavar="ID", help="Another theme.")
@click.option("--start", metavar="N", type=int, help="Another place of its first character.")
@click.option("--end", metavar="N", type=int, help="Another place of the first character after it.")
@set_option
@by_option
@json_option
@click.pass_context
def change_command(ctx: click.Context, /, coding_id: str, code: str | None, by: str, **options: Any) -> None:
    """Change the theme, the place or the attributes of a coding."""
    study, _problems = open_study(ctx)
    coding = by_id(study, coding_id)
    span = (options["start"], options["end"])
    if (span[0] is None) != (span[1] is None):
        raise click.UsageError(_("Give both --start and --end, or neither."))
    attributes = _attributes(options["settings"], coding.attributes) if options["settings"] else None
    outcome = change(
        desk_of(study, by),
        document_of(study, coding.document),
        coding,
        code=code,
        span=None if span[0] is None else span,
        attributes=attributes,
    )
    _say([done(outcome)], options["as_json"])


@command.command("remove")
@click.argument("coding_id", metavar="CODING")
@by_option
@json_option
@click.pass_context
def remove_command(ctx: click.Context, coding_id: str, by: str, as_json: bool) -> None:
    """Take a coding away; its history stays in the log."""
    study, _problems = open_study(ctx)
    _say([done(remove(desk_of(study, by), by_id(study, coding_id)))], as_json)


@command.command("undo")
@click.argument("event_id", metavar="[EVENT]", required=False)
@by_option
@json_option
@click.pass_context
def undo_command(ctx: click.Context, event_id: str | None, by: str, as_json: bool) -> None:
    """Take back one's last gesture, all of what it decided, or the event named."""
    study, _problems = open_study(ctx)
    ids, problems = undo(desk_of(study, by), event_id)
    refuse_errors(problems)
    if as_json:
        print_json({"id": ids[-1], "ids": ids})
    else:
        _say(ids, as_json)


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
        "review": coding.review and coding.review.value,
        "suggestion": coding.suggestion,
        "given_up": coding.given_up,
    }


def _attributes(settings: Iterable[str], base: Attributes | None = None) -> Attributes:
    attributes, problems = parse_attributes(tuple(settings), base)
    refuse_errors(problems)
    return attributes


def _add_all(study: Study, desk: Desk, source: BinaryIO) -> tuple[str, ...]:
    ids, problems = add_many(desk, {d.id: d for d in study.documents}, _rows(source), source.name)
    refuse_errors(problems)
    return ids


def _wanted(ids: tuple[str, ...], source: BinaryIO | None) -> tuple[str, ...]:
    """Ids of suggestions from the arguments, or from a file with a column or key ``id``."""
    return ids if source is None else (*ids, *(row.id for row in _rows(source) if row.id))


def _rows(source: BinaryIO) -> tuple[Row, ...]:
    """What a file of decisions holds, as a spreadsheet may have saved it; nothing is done with half of one."""
    decoded = decode(source.read(), source.name)
    rows, problems = read_bulk(decoded.text, source.name)
    refuse_errors([*decoded.diagnostics, *problems])
    warn(decoded.diagnostics)
    return rows


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
    desk = desk_of(study, by).as_one()
    return [done(decide(desk, document_of(study, known[i].document), known[i])) for i in ids]


def _say(ids: Iterable[str], as_json: bool, *, many: bool = False) -> None:
    found = list(ids)
    if as_json:
        print_json([{"id": i} for i in found] if many else {"id": found[0]})
    else:
        click.echo("\n".join(found))
