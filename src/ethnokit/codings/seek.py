"""Where a passage stands in an edited text, found by its own words and those around it.

Thresholds were measured on transcripts (docs/performance.md); the weights of quote and context are those of the
Hypothesis client. A short quote, or one that is said several times, is found by what stands around it or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ethnokit.codings.align import align
from ethnokit.codings.passage import Passage, around, match, rewritten
from ethnokit.codings.words import Span, Words, span_like

SURE = 0.85
"""From here on a place is taken without asking, and below it never."""
POSSIBLE = 0.6
"""From here on a place is shown to a person."""
ALONE = 0.75
"""Likeness from which a long quote is shown although nothing around it is left."""
BOTH_SIDES, ONE_SIDE = 0.75, 0.9
"""How much of the words around must be there, on both sides or on one."""
CLEARLY = 0.15
"""By how much the best place must be better than the next."""
SHORT = 25
"""Letters below which a quote that was edited is never taken without asking."""
MENTIONED = 15
"""Letters of a context that can be enough alone; a quote of fewer is taken between its own neighbours only."""
SHOWN = 8
"""Places among which a person may choose."""
SEEDS, COMMON, TRIED = 12, 30, 3
"""Rarest words looked up, how often they may stand in the text, and how many places they may lead to."""

Free = Callable[[int, int], bool]
"""May the words ``[first, last)`` be this passage? They may not where they are known to be another one."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What seeking came to: at most one place that is sure, else one to confirm, else several to choose from."""

    sure: Span | None = None
    changed: Span | None = None
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    span: Span
    left: float
    right: float
    close: bool
    """The very words next to it, on both sides, are those of the passage."""

    @property
    def mean(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A place of words that are like those of a passage."""

    ranks: Span
    score: float
    likely: bool
    certain: bool


def seek(passage: Passage, new: Words, free: Free) -> Sought:
    """Look for the words as they were, then for words that are like them."""
    places = [_place(passage, new, span, ranks) for span, ranks in _exact(passage, new) if free(*ranks)]
    found, half = _chosen(passage, places)
    if (found.sure and not half) or len(found.places) > 1 or passage.first == passage.last:
        return found
    other = _approximate(passage, new, free)
    here = found.places or ((found.sure,) if found.sure else ())
    there = [span for span in (other.sure, other.changed, *other.places) if span and not _meet(span, here)]
    if here and there:
        return Sought(places=(*here, *dict.fromkeys(there)))
    return found if here else other


def _meet(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _exact(passage: Passage, new: Words) -> Iterator[tuple[Span, Span]]:
    """Every place of the same words, with their ranks; else of the same letters: signs, or words that ran together."""
    keys = passage.keys
    places = new.occurrences(keys)
    for first in places:
        last = first + len(keys)
        yield span_like(passage.words, passage.start, passage.end, new, first, last), (first, last)
    quote = passage.words.text[passage.start : passage.end]
    at = new.text.find(quote) if quote and not places else -1
    while at >= 0:
        yield (at, at + len(quote)), new.within(at, at + len(quote))
        at = new.text.find(quote, at + 1)


def _place(passage: Passage, new: Words, span: Span, ranks: Span) -> _Place:
    before, after = new.keys[max(0, ranks[0] - 1) : ranks[0]], new.keys[ranks[1] : ranks[1] + 1]
    close = before == passage.left[-1:] and after == passage.right[:1]
    return _Place(span, *around(passage, new, *ranks), close)


def _chosen(passage: Passage, places: Sequence[_Place]) -> tuple[Sought, bool]:
    """Which of several places with the same words the words around speak for, and is it those of one side only?"""
    few = passage.letters < MENTIONED
    both = [p for p in places if min(p.left, p.right) >= BOTH_SIDES and (p.close or not few)]
    both.sort(key=lambda p: -p.mean)
    if both and (len(both) == 1 or both[0].mean - both[1].mean >= CLEARLY):
        return Sought(sure=both[0].span), False
    long_left, long_right = (sum(map(len, side)) >= MENTIONED for side in (passage.left, passage.right))
    one = [p for p in places if (long_left and p.left >= ONE_SIDE) or (long_right and p.right >= ONE_SIDE)]
    if not both and len(one) == 1 and not few:
        return Sought(sure=one[0].span), min(one[0].left, one[0].right) < POSSIBLE
    if len(places) == 1 and passage.long:
        return Sought(sure=places[0].span), False
    likely = both or one or [p for p in places if max(p.left, p.right) >= POSSIBLE]
    if not likely and len(places) == 1 and passage.letters >= MENTIONED:
        likely = list(places)
    return Sought(places=tuple(p.span for p in likely[:SHOWN])), False


def _approximate(passage: Passage, new: Words, free: Free) -> Sought:
    """The place whose words are most like those of the passage and around it."""
    weighed = (_weigh(passage, new, at) for at in _promising(passage, new))
    best = {w.ranks: w for w in weighed if w is not None and free(*w.ranks)}
    ranked = sorted(best.values(), key=lambda w: -w.score)
    if not ranked:
        return Sought()
    first = ranked[0]
    if not first.likely:
        return Sought()
    # A place that overlaps the best one is the same place, not so well cut.
    rivals = [w for w in ranked[1:] if w.ranks[1] <= first.ranks[0] or first.ranks[1] <= w.ranks[0]]
    close = [w for w in rivals if w.score >= max(POSSIBLE, first.score - CLEARLY)]
    spans = [span_like(passage.words, passage.start, passage.end, new, *w.ranks) for w in (first, *close)]
    if close:
        return Sought(places=tuple(spans))
    return Sought(sure=spans[0]) if first.certain else Sought(changed=spans[0])


def _promising(passage: Passage, new: Words) -> list[int]:
    """Ranks at which the passage with the words around it would begin, by what its rarest words say."""
    low, high = passage.low, passage.high
    keys = passage.words.keys
    known = [(len(new.ranks[keys[n]]), n) for n in range(low, high) if keys[n] in new.ranks]
    seeds = [n for often, n in sorted(known) if often <= COMMON][:SEEDS]
    width = max(4, (high - low) // 6)
    votes: Counter[int] = Counter()
    for n in seeds:
        # A vote counts for two stripes, so that two that lie close never fall apart.
        stripes = {(rank - (n - low)) // width + side for rank in new.ranks[keys[n]] for side in (0, 1)}
        votes.update(stripes)
    taken: list[int] = []
    for stripe, count in votes.most_common(4 * TRIED):
        if count < min(2, len(seeds)) or len(taken) == TRIED:
            break
        if all(abs(stripe - other) > 1 for other in taken):
            taken.append(stripe)
    return [stripe * width for stripe in taken]


def _weigh(passage: Passage, new: Words, at: int) -> _Weighed | None:
    """How well the words about rank ``at`` are the passage; None: nothing of it is left there."""
    size = passage.high - passage.low
    slack = 6 + size // 3
    low, high = max(0, at - slack), min(len(new.keys), at + size + slack)
    pairs = align(passage.words.keys[passage.low : passage.high], new.keys[low:high]).to
    to = [-1] * passage.low + [low + k if k >= 0 else -1 for k in pairs]
    found = match(passage, to, new)
    if found is not None and found.likeness >= SURE:
        left, right = around(passage, new, found.first, found.last)
        score = (50 * found.likeness + 20 * left + 20 * right) / 90
        close = score >= SURE or (passage.long and max(left, right) >= BOTH_SIDES)
        certain = close and found.small and passage.letters >= SHORT
        return _Weighed((found.first, found.last), score, score >= POSSIBLE or passage.letters >= SHORT, certain)
    ranks = rewritten(passage, to, found)
    if ranks is None:
        return None
    left, right = around(passage, new, *ranks)
    likeness = found.likeness if found else 0.0
    score = (50 * likeness + 20 * left + 20 * right) / 90
    # Many words together are there for a reason; few of them need what stood around them.
    alone = (found is not None and found.part) or (likeness >= ALONE and passage.letters >= SHORT)
    alone = alone or (likeness >= POSSIBLE and max(left, right) >= BOTH_SIDES)
    likely = alone or score >= POSSIBLE or min(left, right) >= BOTH_SIDES
    return _Weighed(ranks, score, likely, certain=False)
