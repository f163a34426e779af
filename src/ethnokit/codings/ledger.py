"""The decisions on one document as they come in, so that one more costs the same however many were taken before."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from operator import itemgetter
from typing import TypeVar

from ethnokit.codings.fold import ON_A_CODING, Clocks, Moment, Replay
from ethnokit.codings.history import History, Past, is_of_role
from ethnokit.model.coding import Coding, Event, Refusal
from ethnokit.model.words import Act

Thread = str | tuple[str, str, str]
"""What names the events that bear on each other: a coding, or all that one coder said to one suggestion."""
T = TypeVar("T")
Dated = tuple[Moment, Event]
_WHEN = itemgetter(0)


class Ledger:
    """What :func:`ethnokit.codings.fold.fold` gives for all events that were taken, in whatever portions they came.

    The events of one log are taken in its order; those of several logs may come in any order. The anchors of the
    codings are as they were written: whether their words still stand there, the ledger does not know.
    """

    def __init__(self) -> None:
        self.codings: dict[str, Coding] = {}
        """The codings that stand, by id; their order says nothing."""
        self.refusals: dict[str, Refusal] = {}
        """The refusals that stand, by id."""
        self._clocks = Clocks()
        self._timeline: list[Dated] = []
        self._threads: dict[Thread, list[Dated]] = {}
        self._thread_of: dict[str, Thread] = {}
        """Of every event that was taken, by its id."""
        self._gestures: dict[tuple[str, str], list[Event]] = {}
        self._pasts: dict[tuple[str, bool | None], Past] = {}
        """By coder, and by role: True as a reviewer, False as a coder, None for both together."""

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event that was taken, in time order."""
        return tuple(event for _moment, event in self._timeline)

    def by_gesture(self, coder: str, gesture: str) -> tuple[Event, ...]:
        """What a coder's gesture wrote here, in the order in which it was taken; empty if it was never made."""
        return tuple(self._gestures.get((coder, gesture), ()))

    def history(self, coder: str, *, reviewing: bool | None = None) -> History:
        """What a coder can undo and redo here, as :func:`ethnokit.codings.history.history` tells it.

        ``reviewing`` asks for what was decided in one role alone (:func:`ethnokit.codings.history.of_role`).
        """
        past = self._pasts.get((coder, reviewing))
        return past.history() if past is not None else History()

    def take(self, events: Iterable[Event]) -> frozenset[str]:
        """Let more events count; those taken before are passed over.

        Returns the ids of the codings that are new, changed or gone.
        """
        touched = {self._enter(event) for event in events if event.id not in self._thread_of}
        return frozenset(id_ for thread in touched for id_ in self._replay(thread))

    def _enter(self, event: Event) -> Thread:
        """Note an event; the thread in which it bears on others."""
        dated = (self._clocks.moment(event), event)
        thread = self._thread_of[event.id] = self._thread(event)
        insort(self._timeline, dated, key=_WHEN)
        insort(self._threads.setdefault(thread, []), dated, key=_WHEN)
        self._gestures.setdefault((event.by, event.gesture_id), []).append(event)
        for role in (None, True, False):
            if role is None or is_of_role(event, reviewing=role):
                self._pasts.setdefault((event.by, role), Past()).take(event)
        return thread

    def _thread(self, event: Event) -> Thread:
        if event.act is Act.UNDO:
            return self._thread_of.get(event.of or "", event.id)
        if event.act in ON_A_CODING:
            # Of a coding that is not there yet: the thread bears its name until then.
            return self._thread_of.get(event.of or "", event.of or event.id)
        if event.suggestion is None:
            return event.id
        thread = (event.document, event.by, event.suggestion)
        for dated in self._threads.pop(event.id, ()):
            self._thread_of[dated[1].id] = thread
            insort(self._threads.setdefault(thread, []), dated, key=_WHEN)
        return thread

    def _replay(self, thread: Thread) -> list[str]:
        """Let the events of a thread say anew what stands; the ids of the codings for which that is something else."""
        events = [event for _moment, event in self._threads.get(thread, ())]
        now = Replay(events)
        changed = [event.id for event in events if self.codings.get(event.id) != now.codings.get(event.id)]
        for event in events:
            _put(self.codings, event.id, now.codings.get(event.id))
            _put(self.refusals, event.id, now.refusals.get(event.id))
        return changed


def _put(standing: dict[str, T], id_: str, now: T | None) -> None:
    if now is None:
        standing.pop(id_, None)
    else:
        standing[id_] = now
