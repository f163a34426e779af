"""From the log to what holds now: replay every event that its own author did not take back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import itemgetter

from ethnokit.model.coding import Coding, Event, Refusal, Remark
from ethnokit.model.words import Act

Moment = tuple[dt.datetime, str]
"""When something happened, and who comes first of several at once."""
ON_A_CODING = frozenset({Act.CHANGE, Act.REMOVE, Act.REANCHOR, Act.LOSE, Act.VERDICT, Act.COMMENT})
"""The acts that say something of a coding which another event made."""


def fold(events: Iterable[Event]) -> tuple[tuple[Coding, ...], tuple[Refusal, ...]]:
    """The codings and refusals that stand after ``events``, in the order in which they were made.

    Events of one coder on one document count in the order given; those of several are merged by time.
    An event seen twice (a conflict copy) counts once. A later decision of the same coder on the same
    suggestion supersedes the earlier one.
    """
    replay = Replay(in_time(events))
    return tuple(replay.codings.values()), tuple(replay.refusals.values())


def in_time(events: Iterable[Event]) -> tuple[Event, ...]:
    """Every event once, merged by time; a clock set back never reorders the events of one log."""
    clocks = Clocks()
    keyed: dict[str, tuple[Moment, Event]] = {}
    for event in events:
        if event.id not in keyed:
            keyed[event.id] = (clocks.moment(event), event)
    return tuple(event for _moment, event in sorted(keyed.values(), key=itemgetter(0)))


class Clocks:
    """When events happened, as far as logs written on several computers can tell."""

    def __init__(self) -> None:
        self._latest: dict[tuple[str, str], dt.datetime] = {}

    def moment(self, event: Event) -> Moment:
        """When an event happened; the events of one log are asked for in its order, and each no more than once.

        It is never before the event that precedes it in its log. Two coders who decide at once have an order all the
        same, whichever of their logs is read first.
        """
        log = (event.document, event.by)
        self._latest[log] = at = max(event.at, self._latest.get(log, event.at))
        return at, event.by


def undone(ordered: Sequence[Event]) -> frozenset[str]:
    """Ids of the events that do not count, given events in time order.

    Read backwards, each undo is met before what it undoes, so that an undo that was itself undone is
    already known. Only the author of an event can undo it.
    """
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


class Replay:
    """What stands after events in time order."""

    def __init__(self, ordered: Sequence[Event]) -> None:
        self.codings: dict[str, Coding] = {}
        """By the id of the event that made each."""
        self.refusals: dict[str, Refusal] = {}
        self._decided: dict[tuple[str, str, str], str] = {}
        """(coder, document, suggestion) -> the event that decided it last."""
        self._waiting: dict[str, list[Event]] = {}
        """What was said of a coding that is not there yet: two computers' clocks may disagree."""
        self._seen: set[str] = set()
        cancelled = undone(ordered)
        for event in ordered:
            if event.act is not Act.UNDO and event.id not in cancelled:
                self._take(event)

    def _take(self, event: Event) -> None:
        if event.act in ON_A_CODING:
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
            revision=event.id,
            revised_at=event.at,
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
        else:
            self.codings[event.of] = _amended(coding, event)


def _amended(coding: Coding, event: Event) -> Coding:
    """The coding after what an event says of it."""
    if event.act is Act.LOSE:
        return replace(coding, given_up=True)
    if event.act is Act.REANCHOR:
        # The anchor alone: whoever changes attributes at the same time loses nothing.
        return replace(coding, anchor=event.anchor or coding.anchor, given_up=False)
    if event.act in (Act.VERDICT, Act.COMMENT):
        verdict = event.verdict if event.act is Act.VERDICT else None
        remark = Remark(event.id, event.by, event.at, verdict, event.remark or "", event.seen)
        return replace(coding, remarks=(*coding.remarks, remark))
    return replace(
        coding,
        code=event.code or coding.code,
        anchor=event.anchor or coding.anchor,
        attributes=event.attributes,
        codebook=event.codebook or coding.codebook,
        given_up=coding.given_up and event.anchor is None,
        revision=event.id,
        revised_at=event.at,
    )
