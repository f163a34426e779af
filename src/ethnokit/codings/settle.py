"""Decisions on where codings stand in an edited text: what is sure is written down, the rest a person says.

An event of re-anchoring goes to the log of who decides, whoever made the coding, and changes nothing but its place.
It can be undone like every decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ethnokit.codings.anchor import make_anchor
from ethnokit.codings.attributes import problem
from ethnokit.codings.attribution import STANDING
from ethnokit.codings.decide import evidence_problems, span_problems
from ethnokit.codings.desk import Desk, Outcome, errors, name_problems, new_event, save, write
from ethnokit.diagnostics import Diagnostic
from ethnokit.i18n import gettext as _
from ethnokit.model.coding import Coding, Event
from ethnokit.model.document import Document
from ethnokit.model.words import Act, AnchorState


def unwritten(codings: Iterable[Coding], documents: Mapping[str, Document]) -> tuple[Coding, ...]:
    """The codings that surely stand in their document as it is now, while their log tells of the text before."""
    return tuple(
        coding
        for coding in codings
        if coding.state in STANDING
        and (document := documents.get(coding.document)) is not None
        and coding.anchor.text_hash != document.text_hash
    )


def write_down(
    desk: Desk, codings: Iterable[Coding], documents: Mapping[str, Document]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Write the places of :func:`unwritten` codings, as one gesture; those of one document all at once or not at all.

    Returns the id of each event that is on the disk by the id of its coding, and the problems.
    """
    if problems := name_problems(desk.by):
        return {}, problems
    desk = desk.as_one()
    logs: dict[str, list[Event]] = {}
    for coding in codings:
        span = (coding.anchor.start, coding.anchor.end)
        logs.setdefault(coding.document, []).append(_at(desk, documents[coding.document], coding, span))
    written: dict[str, str] = {}
    for document, events in logs.items():
        if failed := save(desk.root, document, desk.by, events):
            problems.append(failed)
        else:
            written |= {event.of: event.id for event in events if event.of is not None}
    return written, problems


def confirm(desk: Desk, document: Document, coding: Coding) -> Outcome:
    """Say yes to the place that was found for a coding whose words were changed."""
    if coding.state is not AnchorState.CHANGED:
        message = _("The coding “{id}” has no new place to confirm.").format(id=coding.id)
        hint = _("Give it its place with --place ID --start N --end N, or give it up with --lost ID.")
        return None, [problem("CD027", message, path=document.path, hint=hint)]
    return place(desk, document, coding, (coding.anchor.start, coding.anchor.end))


def place(desk: Desk, document: Document, coding: Coding, span: tuple[int, int]) -> Outcome:
    """Give a coding its place ``[start, end)`` in the document as it is now."""
    problems = name_problems(desk.by) + (span_problems(document, *span) or evidence_problems(document, *span))
    return write(desk, None if errors(problems) else _at(desk, document, coding, span), problems)


def give_up(desk: Desk, coding: Coding) -> Outcome:
    """Say that the words of a coding are in the text no more: it is kept as lost, and waits no longer."""
    return write(desk, replace(new_event(desk, Act.LOSE, coding.document), of=coding.id), name_problems(desk.by))


def _at(desk: Desk, document: Document, coding: Coding, span: tuple[int, int]) -> Event:
    return replace(new_event(desk, Act.REANCHOR, coding.document), of=coding.id, anchor=make_anchor(document, *span))
