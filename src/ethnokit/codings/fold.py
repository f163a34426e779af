"""From the log to what holds now: replay every event that its own author did not take back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from ethnokit.model.coding import Coding, Event, Refusal
from ethnokit.model.words import Act


def fold(events: Iterable[Event]) -> tuple[tuple[Coding, ...], tuple[Refusal, ...]]:
    """The codings and refusals that stand after ``events``, in the order in which they were made.

    Events of one coder on one document count in the order given; those of several are merged by time.
    An event seen twice (a conflict copy) counts once. A later decision of the same coder on the same
    suggestion supersedes the earlier one.
    """
    ordered = in_time(events)
    cancelled = undone(ordered)
    replay = _Replay()
    for event in ordered:
        if event.act is not Act.UNDO and event.id not in cancelled:
            replay.take(event)
    return tuple(replay.codings.values()), tuple(replay.refusals.values())


def in_time(events: Iterable[Event]) -> tuple[Event, ...]:
    """Every event once, merged by time; a clock set back never reorders the events of one log."""
    latest: dict[tuple[str, str], dt.datetime] = {}
    keyed: dict[str, tuple[dt.datetime, Event]] = {}
    for event in events:
        if event.id in keyed:
            continue
        log = (event.document, event.by)
        latest[log] = max(event.at, latest.get(log, event.at))
        keyed[event.id] = (latest[log], event)
    return tuple(event for _at, event in sorted(keyed.values(), key=lambda pair: pair[0]))


def undone(ordered: Iterable[Event]) -> frozenset[str]:
    """Ids of the events that do not count, given events in time order.

    Read backwards, each undo is met before what it undoes, so that an undo that was itself undone is
    already known. Only the author of an event can undo it.
    """
    ordered = tuple(ordered)
    place = {event.id: n for n, event in enumerate(ordered)}
    cancelled: set[str] = set()
    for n in range(len(ordered) - 1, -1, -1):
        event = ordered[n]
        if event.act is not Act.UNDO or event.id in cancelled or event.of is None:
            continue
        target = place.get(event.of)
        if target is not None and target < n and ordered[target].by == event.by:
            cancelled.add(event.of)
    return frozenset(cancelled)


class _Replay:
    """What stands so far."""

    def __init__(self) -> None:
        self.codings: dict[str, Coding] = {}
        self.refusals: dict[str, Refusal] = {}
        self._decided: dict[tuple[str, str, str], str] = {}
        """(coder, document, suggestion) -> the event that decided it last."""
        self._waiting: dict[str, list[Event]] = {}
        """Changes whose coding is not there yet: two computers' clocks may disagree."""
        self._seen: set[str] = set()

    def take(self, event: Event) -> None:
        if event.act in (Act.CHANGE, Act.REMOVE, Act.REANCHOR, Act.LOSE):
            self._amend(event)
        elif event.code is not None and event.anchor is not None:
            self._decide(event)

    def _decide(self, event: Event) -> None:
        assert event.code is not None
        assert event.anchor is not None
        self._seen.add(event.id)
        before = None
        if event.suggestion is not None:
            key = (event.by, event.document, event.suggestion)
            before = self._decided.get(key)
            if event.act is Act.ACCEPT and before in self.codings:
                return  # accepted already: one decision, one coding
            self._decided[key] = event.id
        if before is not None:
            self.codings.pop(before, None)
            self.refusals.pop(before, None)
        if event.act is Act.REFUSE:
            self.refusals[event.id] = Refusal(
                event.id, event.document, event.code, event.anchor, event.by, event.suggestion
            )
            return
        self.codings[event.id] = Coding(
            id=event.id,
            document=event.document,
            code=event.code,
            anchor=event.anchor,
            by=event.by,
            at=event.at,
            attributes=event.attributes,
            suggestion=event.suggestion,
            codebook=event.codebook,
        )
        for late in self._waiting.pop(event.id, ()):
            self._amend(late)

    def _amend(self, event: Event) -> None:
        if event.of is None:
            return
        coding = self.codings.get(event.of)
        if coding is None:
            if event.of not in self._seen:
                self._waiting.setdefault(event.of, []).append(event)
            return
        if event.act is Act.REMOVE:
            del self.codings[event.of]
            return
        if event.act is Act.LOSE:
            self.codings[event.of] = replace(coding, given_up=True)
            return
        if event.act is Act.REANCHOR:
            # The anchor alone: whoever changes attributes at the same time loses nothing.
            self.codings[event.of] = replace(coding, anchor=event.anchor or coding.anchor, given_up=False)
            return
        self.codings[event.of] = replace(
            coding,
            code=event.code or coding.code,
            anchor=event.anchor or coding.anchor,
            attributes=event.attributes,
            codebook=event.codebook or coding.codebook,
            given_up=coding.given_up and event.anchor is None,
        )
