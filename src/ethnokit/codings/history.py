"""What a coder can undo and redo, gesture by gesture. It follows from the log alone, so it outlives every program.

Undoing adds to the log like every decision; nothing is ever taken out of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ethnokit.codings.attributes import problem
from ethnokit.codings.desk import Desk, name_problems, new_event, save
from ethnokit.codings.fold import in_time
from ethnokit.diagnostics import Diagnostic
from ethnokit.i18n import gettext as _
from ethnokit.model.coding import Event
from ethnokit.model.words import Act

Gesture = tuple[str, ...]
"""Ids of the events that are undone at once, newest last."""
Undone = tuple[tuple[str, ...], list[Diagnostic]]
"""Ids of the events that took something back, and the problems; without an id nothing was written."""


@dataclass(frozen=True, slots=True)
class History:
    """What can be taken back, the newest last: ``undo`` decisions, ``redo`` undoings."""

    undo: tuple[Gesture, ...] = ()
    redo: tuple[Gesture, ...] = ()


def history(events: Iterable[Event], by: str) -> History:
    """What ``by`` can undo and redo, of all that these events tell.

    A decision after an undo leaves nothing to redo. Undoing another decision than the last one takes it out of the
    row; redone, it is the last one.
    """
    past = Past()
    for event in in_time(event for event in events if event.by == by):
        past.take(event)
    return past.history()


def of_role(events: Iterable[Event], *, reviewing: bool) -> tuple[Event, ...]:
    """What is decided as a reviewer, or as a coder: who is both takes back in one role what she decided in it."""
    return tuple(event for event in events if is_of_role(event, reviewing=reviewing))


def is_of_role(event: Event, *, reviewing: bool) -> bool:
    """Both roles comment; an undo belongs to the role of what it takes back."""
    return event.act in (Act.UNDO, Act.COMMENT) or (event.act is Act.VERDICT) == reviewing


def undo_last(desk: Desk, document_id: str, events: Iterable[Event]) -> Undone:
    """Take back the last gesture of the one who decides, all of it or nothing.

    ``events`` are those of the document, whoever wrote them.
    """
    events = [event for event in events if event.document == document_id]
    gestures = history(events, desk.by).undo
    if not gestures:
        return (), [problem("CD024", _("{name} has nothing to undo.").format(name=desk.by))]
    return take_back(desk, events, gestures[-1])


def redo_last(desk: Desk, document_id: str, events: Iterable[Event]) -> Undone:
    """Do again what the one who decides took back last, unless something was decided since."""
    events = [event for event in events if event.document == document_id]
    gestures = history(events, desk.by).redo
    if not gestures:
        return (), [problem("CD024", _("{name} has nothing to redo.").format(name=desk.by))]
    return take_back(desk, events, gestures[-1])


def take_back(desk: Desk, events: Iterable[Event], gesture: Gesture) -> Undone:
    """Undo some of the events, as one gesture; those of one document all at once or not at all."""
    if problems := name_problems(desk.by):
        return (), problems
    desk = desk.as_one() if len(gesture) > 1 else desk
    document_of = {event.id: event.document for event in events}
    logs: dict[str, list[Event]] = {}
    for target in reversed(gesture):
        undo = replace(new_event(desk, Act.UNDO, document_of[target]), of=target)
        logs.setdefault(undo.document, []).append(undo)
    written: list[str] = []
    for document, undoings in logs.items():
        if failed := save(desk.root, document, desk.by, undoings):
            problems.append(failed)
        else:
            written += [event.id for event in undoings]
    return tuple(written), problems


class Past:
    """The decisions of one coder as they come in: by gesture, those that hold and those that were taken back."""

    def __init__(self) -> None:
        self._done: dict[str, list[str]] = {}
        self._undone: dict[str, list[str]] = {}
        self._events: dict[str, Event] = {}
        self._rank: dict[str, int] = {}
        self._against: dict[str, list[str]] = {}
        """Id of an event → the undoings of it that hold. Two computers may have undone it at once."""

    def take(self, event: Event) -> None:
        """Let one more event count, later than those before."""
        if event.act is Act.UNDO and event.of not in self._events:
            return  # of nothing, or of what another coder decided
        self._events[event.id] = event
        self._rank[event.id] = len(self._rank)
        if event.act is Act.UNDO:
            self._undo(event)
        else:
            self._undone.clear()
            self._move(event.id, self._undone, self._done)

    def history(self) -> History:
        """What can be undone and redone now."""
        return History(
            tuple(tuple(gesture) for gesture in self._done.values()),
            tuple(self._undoings(gesture) for gesture in self._undone.values()),
        )

    def _undoings(self, gesture: Iterable[str]) -> Gesture:
        """What to take back, so that the decisions of a gesture hold again."""
        found = (undoing for id_ in gesture for undoing in self._against[id_])
        return tuple(sorted(found, key=self._rank.__getitem__))

    def _undo(self, event: Event) -> None:
        """Follow an undo to the decision that it is about in the end; an undo of an undo brings it back."""
        holds = True
        while event.act is Act.UNDO and event.of is not None:
            against = self._against.setdefault(event.of, [])
            stood = not against
            if holds:
                against.append(event.id)
            else:
                against.remove(event.id)
            event, holds = self._events[event.of], not against
            if holds == stood:
                return
        if holds:
            self._move(event.id, self._undone, self._done)
        else:
            self._move(event.id, self._done, self._undone)

    def _move(self, id_: str, source: dict[str, list[str]], target: dict[str, list[str]]) -> None:
        """Put a decision where the last one is, beside what else its gesture has there."""
        key = self._events[id_].gesture_id
        left = source.get(key, [])
        if id_ in left:
            left.remove(id_)
            if not left:
                del source[key]
        target[key] = sorted((*target.pop(key, ()), id_), key=self._rank.__getitem__)
