"""What became of codings after their document was edited; nothing is guessed, and nothing is dropped.

In this order: the text is the same; the text they were made on is known, and the edit says where its words went
(:mod:`ethnokit.codings.align`); the words and those around them are looked for (:mod:`ethnokit.codings.seek`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ethnokit.codings.align import Alignment, align
from ethnokit.codings.passage import Match, Passage, match, passage_in, passage_of, rewritten
from ethnokit.codings.seek import POSSIBLE, SHORT, SURE, Sought, seek
from ethnokit.codings.snapshot import Snapshot
from ethnokit.codings.words import Span, Words, forms_of, labels_of, signs_of, span_like, words_of
from ethnokit.model.coding import Anchor, Coding
from ethnokit.model.document import Document
from ethnokit.model.words import AnchorState

if TYPE_CHECKING:
    from ethnokit.ingest.labels import Form

NEAR, NEEDED = 6, 3
"""Words next to a passage that are looked at, and how many of them must have stayed next to it."""
TRACES = 0.4
"""Likeness from which what is left of a passage where it was is shown to a person."""
CLAIMED = 0.5
"""Share of words known to be those of another passage from which a place cannot be this one."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an anchor: its state, its place where it has one, places to choose from where it has several."""

    state: AnchorState
    place: Span | None = None
    places: tuple[Span, ...] = ()


def verify(
    codings: Iterable[Coding], document: Document | None, before: Callable[[str], Snapshot | None] = lambda _hash: None
) -> Iterator[Coding]:
    """The codings of one document with their state in it as it is now (None: the document is gone).

    Args:
        codings: those of the document, as they were made.
        document: the document now.
        before: the snapshot of a text by its hash, where there is one.
    """
    codings = list(codings)
    anchors = [coding.anchor for coding in codings]
    for coding, fate in zip(codings, fates(anchors, document, before), strict=True):
        yield befallen(coding, document, fate)


def fates(
    anchors: Iterable[Anchor], document: Document | None, before: Callable[[str], Snapshot | None] = lambda _hash: None
) -> tuple[Fate, ...]:
    """What became of the anchors of one document; see :func:`verify`."""
    if document is None:
        return tuple(Fate(AnchorState.LOST) for _anchor in anchors)
    edited = Edited(document, before)
    return tuple(edited.fate(anchor) for anchor in anchors)


def befallen(coding: Coding, document: Document | None, fate: Fate) -> Coding:
    """The coding with what became of its anchor.

    EXACT and MOVED carry the present start, end, turn and quote. CHANGED carries the place of the new words but keeps
    the old quote, for a person to compare. AMBIGUOUS and LOST keep the old place as it was; AMBIGUOUS has ``places``.
    What a person gave up stays lost.
    """
    if document is None or coding.given_up:
        return replace(coding, state=AnchorState.LOST)
    if fate.place is None:
        return replace(coding, state=fate.state, places=fate.places)
    start, end = fate.place
    turn = document.turn_at(start)
    quote = coding.anchor.quote if fate.state is AnchorState.CHANGED else document.body[start:end]
    anchor = replace(coding.anchor, start=start, end=end, turn=turn.n if turn else None, quote=quote)
    return replace(coding, anchor=anchor, state=fate.state)


class Edited:
    """A document as it is now, beside what it was; what is costly is done once for all its codings."""

    def __init__(self, document: Document, before: Callable[[str], Snapshot | None]) -> None:
        self.document = document
        self._snapshot = before
        self._befores: dict[str, _Before | None] = {}

    @cached_property
    def words(self) -> Words:
        """The words of the document now."""
        return words_of(self.document.body, labels_of(self.document))

    def fate(self, anchor: Anchor) -> Fate:
        """What became of one anchor."""
        stands = self.document.body[anchor.start : anchor.end] == anchor.quote
        if anchor.quote and stands and anchor.text_hash == self.document.text_hash:
            return Fate(AnchorState.EXACT, (anchor.start, anchor.end))
        if not anchor.quote:
            return Fate(AnchorState.LOST)
        before = self._before(anchor.text_hash)
        sought = before.trace(anchor) if before is not None and before.holds(anchor) else None
        return self._named(anchor, sought or self._sought(anchor))

    @cached_property
    def _forms(self) -> frozenset[Form]:
        return forms_of(self.words)

    def _sought(self, anchor: Anchor) -> Sought:
        return seek(passage_of(anchor, self._forms), self.words, lambda _first, _last: True)

    def _named(self, anchor: Anchor, sought: Sought) -> Fate:
        if sought.sure:
            start, end = sought.sure
            now = self.document.body[start:end]
            if signs_of(now) != signs_of(anchor.quote):
                # A full stop or a question mark among the same words can turn what they say.
                return Fate(AnchorState.CHANGED, sought.sure)
            exact = start == anchor.start and now == anchor.quote
            return Fate(AnchorState.EXACT if exact else AnchorState.MOVED, sought.sure)
        if sought.changed:
            return Fate(AnchorState.CHANGED, sought.changed)
        return Fate(AnchorState.AMBIGUOUS, places=sought.places) if sought.places else Fate(AnchorState.LOST)

    def _before(self, text_hash: str) -> _Before | None:
        if text_hash not in self._befores:
            snapshot = self._snapshot(text_hash)
            self._befores[text_hash] = _Before(snapshot, self.words) if snapshot is not None else None
        return self._befores[text_hash]


class _Before:
    """The text on which codings were made, and how its words went over into the new text."""

    def __init__(self, snapshot: Snapshot, new: Words) -> None:
        self._old, self._new = words_of(snapshot.body, snapshot.labels), new
        self._alignment: Alignment = align(self._old.keys, new.keys)
        self._claimed = {k: n for n, k in enumerate(self._alignment.to) if k >= 0 and self._equal(n, k)}

    def holds(self, anchor: Anchor) -> bool:
        return self._old.text[anchor.start : anchor.end] == anchor.quote

    def trace(self, anchor: Anchor) -> Sought:
        """Where the edit took a passage; where it took it away, its words are looked for among those that are new."""
        passage = passage_in(self._old, anchor.start, anchor.end)
        found = match(passage, self._alignment.to, self._new)
        if found is not None:
            place = span_like(self._old, anchor.start, anchor.end, self._new, found.first, found.last)
            left, right = self._beside(passage, found.first, found.last)
            if found.same:
                certain = self._steady(passage) or ((left or right) and self._single(passage))
                # Words said several times, with an edit near them: what stands around each place decides.
                return Sought(sure=place) if certain else seek(passage, self._new, lambda _first, _last: True)
            if found.small and found.likeness >= SURE and passage.letters >= SHORT and (left or right):
                return Sought(sure=place)
            if found.likeness >= POSSIBLE:
                return self._rewritten(passage, found)
        elsewhere = seek(passage, self._new, self._free(passage))
        if elsewhere != Sought():
            return elsewhere
        traces = found is not None and found.likeness >= TRACES and any(self._beside(passage, found.first, found.last))
        if found is not None and (traces or found.part):
            return self._rewritten(passage, found)
        return self._rewritten(passage, None)

    def _equal(self, n: int, k: int) -> bool:
        return self._old.keys[n] == self._new.keys[k]

    def _beside(self, passage: Passage, first: int, last: int) -> tuple[bool, bool]:
        """Have the words next to the passage stayed next to it, before and after?"""
        to = self._alignment.to
        before = [n for n in range(max(0, passage.first - NEAR), passage.first) if first - 2 * NEAR <= to[n] < first]
        after = [n for n in range(passage.last, min(len(to), passage.last + NEAR)) if last <= to[n] < last + 2 * NEAR]
        return (
            sum(self._equal(n, to[n]) for n in before) >= min(NEEDED, passage.first),
            sum(self._equal(n, to[n]) for n in after) >= min(NEEDED, len(to) - passage.last),
        )

    def _single(self, passage: Passage) -> bool:
        """Do its words stand once in each of the two texts?"""
        return len(self._new.occurrences(passage.keys)) == 1 == len(self._old.occurrences(passage.keys))

    def _steady(self, passage: Passage) -> bool:
        """No word was put in or taken out between the passage and what holds the two texts together around it."""
        to, held = self._alignment.to, self._alignment.held
        at = bisect_right(held, passage.first)
        before = to[held[at - 1]] - held[at - 1] if at else 0
        at = bisect_right(held, passage.last - 1)
        after = to[held[at]] - held[at] if at < len(held) else len(self._new.keys) - len(to)
        return before == after == to[passage.first] - passage.first

    def _free(self, passage: Passage) -> Callable[[int, int], bool]:
        own = range(passage.first, passage.last)

        def free(first: int, last: int) -> bool:
            others = sum(k in self._claimed and self._claimed[k] not in own for k in range(first, last))
            return others <= CLAIMED * (last - first)

        return free

    def _rewritten(self, passage: Passage, found: Match | None) -> Sought:
        """What now stands between the words before and after; a person says whether it is still the passage."""
        ranks = rewritten(passage, self._alignment.to, found)
        if ranks is None or (found is None and self._beside(passage, *ranks) != (True, True)):
            return Sought()
        return Sought(changed=span_like(self._old, passage.start, passage.end, self._new, *ranks))
