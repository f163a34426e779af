"""``ethnokit coding reanchor``: codings find their place again in a text that was edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from ethnokit.cli.context import print_json, study_folder
from ethnokit.cli.decisions import by_id, desk_of, document_of, done, refuse_errors
from ethnokit.cli.tables import print_lines, visible
from ethnokit.codings.attribution import waits
from ethnokit.codings.settle import confirm, give_up, place, unwritten, write_down
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language, ngettext
from ethnokit.model import AnchorState, Coding, Document, Study
from ethnokit.model.vocabulary import shown


@dataclass(frozen=True, slots=True)
class Queue:
    """What there is to do: ``sure`` is written without asking, ``waiting`` needs a person."""

    study: Study
    sure: tuple[Coding, ...]
    waiting: tuple[Coding, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents whose text was edited, and not yet accepted."""
        return tuple(dict.fromkeys(coding.document for coding in (*self.sure, *self.waiting)))


@click.command("reanchor")
@click.argument("document_id", metavar="[DOC]", required=False)
@click.option("--by", metavar="NAME", help="Who decides; by default the coder, where all these codings are of one.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--confirm", "confirmed", metavar="ID", multiple=True, help="The changed words are still this passage.")
@click.option("--place", "placed", metavar="ID", help="Give this coding its place, with --start and --end.")
@click.option("--start", metavar="N", type=int, help="Place of its first character in the body, counted from 0.")
@click.option("--end", metavar="N", type=int, help="Place of the first character after it.")
@click.option("--lost", metavar="ID", multiple=True, help="Its words are gone: keep it as lost, and ask no more.")
@click.option("--json", "as_json", is_flag=True, help="Data for scripts.")
@click.pass_context
def command(ctx: click.Context, /, document_id: str | None, dry_run: bool, as_json: bool, **options: Any) -> None:
    """Give codings their place in a text that was edited.

    Places that are sure are written. The other codings are listed and wait until a person decides: with --confirm,
    --place or --lost that is written, and nothing else. The text is accepted when none waits.
    """
    before = now = _queue(ctx, document_id)
    decide = _decisions(options)
    written: dict[str, str] = {}
    if not dry_run:
        written = decide(before, _who(before, options["by"]))
        now = _queue(ctx, document_id)
    if as_json:
        print_json(as_data(before, now, written))
    else:
        print_lines(_sentences(before, now, written))


def _queue(ctx: click.Context, document_id: str | None) -> Queue:
    """What is to be done, as the files and the texts before the edit say."""
    from ethnokit.cache import Cache
    from ethnokit.study import load

    root = study_folder(ctx)
    with Cache(root) as cache:
        study, _problems = load(root, cache, recall=True)
    if document_id is not None:
        document_of(study, document_id)
    codings = [c for c in study.codings if document_id in (None, c.document) and study.document(c.document)]
    return Queue(study, unwritten(codings, _documents(study)), tuple(filter(waits, codings)))


def _documents(study: Study) -> dict[str, Document]:
    return {document.id: document for document in study.documents}


Written = dict[str, str]
"""Id of a coding → id of the event that gives it its place."""


def _decisions(options: dict[str, Any]) -> Callable[[Queue, str], Written]:
    """What the options ask to be written."""
    placed, span = options["placed"], (options["start"], options["end"])
    if (placed is None) != (None in span) or (placed is None and span != (None, None)):
        raise click.UsageError(_("Give --place, --start and --end together."))
    if not (options["confirmed"] or options["lost"] or placed):
        return _write_sure
    if options["by"] is None:
        raise click.UsageError(_("Say with --by who decides."))

    def decide(queue: Queue, by: str) -> Written:
        study, desk = queue.study, desk_of(queue.study, by)
        asked = {i: by_id(study, i) for i in (*options["confirmed"], *options["lost"], *filter(None, [placed]))}
        found = {i: done(confirm(desk, document_of(study, asked[i].document), asked[i])) for i in options["confirmed"]}
        if placed:
            found[placed] = done(place(desk, document_of(study, asked[placed].document), asked[placed], span))
        return found | {i: done(give_up(desk, asked[i])) for i in options["lost"]}

    return decide


def _who(queue: Queue, by: str | None) -> str:
    coders = {coding.by for coding in queue.sure}
    if by is None and len(coders) > 1:
        raise click.UsageError(
            _("Say with --by who writes: these codings are of {names}.").format(names=", ".join(sorted(coders)))
        )
    return by or "".join(coders)


def _write_sure(queue: Queue, by: str) -> Written:
    written, problems = write_down(desk_of(queue.study, by), queue.sure, _documents(queue.study))
    refuse_errors(problems)
    return written


def as_data(before: Queue, now: Queue, written: Written) -> dict[str, Any]:
    """The stable JSON of what was written, what waits, and which texts are accepted."""
    left = set(now.documents)
    return {
        "written": [{"id": event, "coding": coding} for coding, event in written.items()],
        "sure": [_coding_data(now.study, coding) for coding in now.sure],
        "waiting": [_coding_data(now.study, coding) for coding in now.waiting],
        "documents": [{"id": name, "accepted": name not in left} for name in dict.fromkeys((*before.documents, *left))],
    }


def _coding_data(study: Study, coding: Coding) -> dict[str, Any]:
    """A coding with its old words, and the places at which they may stand now."""
    return {
        "id": coding.id,
        "document": coding.document,
        "code": coding.code,
        "by": coding.by,
        "anchor": coding.state.value,
        "quote": coding.anchor.quote,
        "places": [{"start": start, "end": end, "quote": words} for start, end, words in _places(study, coding)],
    }


def _places(study: Study, coding: Coding) -> list[tuple[int, int, str]]:
    """Where its words are, or may be, in the text as it is now."""
    document = study.document(coding.document)
    here = (
        () if coding.state in (AnchorState.AMBIGUOUS, AnchorState.LOST) else ((coding.anchor.start, coding.anchor.end),)
    )
    return [(*span, document.body[slice(*span)]) for span in here or coding.places] if document else []


def _sentences(before: Queue, now: Queue, written: Written) -> Iterator[str]:
    if written:
        n = len(written)
        yield ngettext("{n} place was written.", "{n} places were written.", n).format(n=n)
    elif now.sure:
        n = len(now.sure)
        yield ngettext(
            "{n} place is sure, and not written yet:", "{n} places are sure, and not written yet:", n
        ).format(n=n)
        for coding in now.sure:
            if coding.state is AnchorState.MOVED:
                yield from _entry(now.study, coding)
    if now.waiting:
        n = len(now.waiting)
        yield ngettext("{n} coding waits for a person:", "{n} codings wait for a person:", n).format(n=n)
        for coding in now.waiting:
            yield from _entry(now.study, coding)
        yield _("Decide with --confirm ID, --place ID --start N --end N, or --lost ID.")
    for name in dict.fromkeys((*before.documents, *now.documents)):
        if name in now.documents:
            yield _("The new text of {document} is not accepted yet.").format(document=name)
        else:
            yield _("The new text of {document} is accepted.").format(document=name)
    if not (before.documents or now.documents):
        yield _("No text was edited since it was coded.")


def _entry(study: Study, coding: Coding) -> Iterator[str]:
    """A coding, its old words, and what stands now where they may be."""
    yield f"{coding.id}  {coding.document}  {coding.code}  {visible(coding.by)}  {shown(coding.state, language())}"
    yield "    " + _("was: “{quote}”").format(quote=visible(coding.anchor.quote))
    for start, end, words in _places(study, coding):
        yield "    " + _("{start}–{end}: “{quote}”").format(start=start, end=end, quote=visible(words))
