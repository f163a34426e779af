"""A coded passage in the words of the text it was coded in, and how much of it a place in another text holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ethnokit.codings.align import like
from ethnokit.codings.words import Span, Words, labels_in, words_of
from ethnokit.model.coding import Anchor

if TYPE_CHECKING:
    from ethnokit.ingest.labels import Form

CONTEXT = 40
"""Code points remembered before and after a quote."""
WIDE = 12
"""Words looked at on each side where the whole text is known."""
SPELLING = 0.6
"""Share of letters in common from which a word is the same one, corrected."""
LONG_WORDS, LONG_LETTERS = 8, 40
"""From both on, words that stand once in a text are not there by chance."""
MAX_LONGER = 4
"""A rewritten passage is up to so many times as long."""
Sides = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """The span ``[start, end)`` of a text or of a piece of one, and the ranks of its words."""

    words: Words
    start: int
    end: int
    first: int
    last: int
    low: int
    """Rank of the first word before it that is surely whole."""
    high: int

    @property
    def keys(self) -> tuple[str, ...]:
        """Its own words."""
        return self.words.keys[self.first : self.last]

    @property
    def left(self) -> tuple[str, ...]:
        """The words before it."""
        return self.words.keys[self.low : self.first]

    @property
    def right(self) -> tuple[str, ...]:
        """The words after it."""
        return self.words.keys[self.last : self.high]

    @property
    def letters(self) -> int:
        """Code points of its words."""
        return sum(map(len, self.keys))

    @property
    def long(self) -> bool:
        """Too long to be said twice by chance."""
        return self.last - self.first >= LONG_WORDS and self.letters >= LONG_LETTERS


@dataclass(frozen=True, slots=True)
class Match:
    """The words ``[first, last)`` of another text that the words of a passage became."""

    first: int
    last: int
    likeness: float
    """Share of the letters of both that are the same, from 0 to 1."""
    part: bool
    """So many of its words stand together there that they are no other passage's, however many are gone."""
    same: bool
    """Every word is there, and nothing else."""
    small: bool
    """Every word is there, and nothing else, but for spelling and names."""


def passage_of(anchor: Anchor, forms: Collection[Form] = ()) -> Passage:
    """What the anchor alone remembers, of a text whose labels have these forms.

    A word that the border of its context may have cut is left out.
    """
    text = anchor.prefix + anchor.quote + anchor.suffix
    start, end = len(anchor.prefix), len(anchor.prefix) + len(anchor.quote)
    words = words_of(text, labels_in(text, forms, whole_line=start < CONTEXT))
    first, last = words.within(start, end)
    size = len(words.keys)
    cut_left = start >= CONTEXT and first > 0 and words.starts[0] == 0
    cut_right = len(text) - end >= CONTEXT and last < size and words.ends[-1] == len(text)
    return Passage(words, start, end, first, last, int(cut_left), size - cut_right)


def passage_in(words: Words, start: int, end: int) -> Passage:
    """The passage in the whole text."""
    first, last = words.within(start, end)
    return Passage(words, start, end, first, last, max(0, first - WIDE), min(len(words.keys), last + WIDE))


def match(passage: Passage, to: Sequence[int], new: Words) -> Match | None:
    """What became of a passage of which each word ``n`` became the new word ``to[n]``; None: no word is left.

    Of a passage that was torn apart, what became of the largest part.
    """
    pairs = max(_parts(passage, to), key=len, default=())
    if not pairs:
        return None
    first, last = pairs[0][1], pairs[-1][1] + 1
    old = passage.words
    kept = sum(like(old.keys[n], new.keys[k]) * (len(old.keys[n]) + len(new.keys[k])) for n, k in pairs)
    there = sum(map(len, new.keys[first:last]))
    likeness = kept / (passage.letters + there)
    part = kept / 2 >= max(LONG_LETTERS, SPELLING * there)
    whole = len(pairs) == passage.last - passage.first == last - first
    small = whole and _bounded(passage, to, first, last, new) and all(_one_word(old, n, new, k) for n, k in pairs)
    return Match(first, last, likeness, part, small and new.keys[first:last] == passage.keys, small)


def _parts(passage: Passage, to: Sequence[int]) -> Iterator[list[Span]]:
    """The words that are left with what they became, one list for each place at which they are together."""
    part: list[Span] = []
    for n in range(passage.first, passage.last):
        if to[n] < 0:
            continue
        if part and to[n] - part[-1][1] > WIDE + n - part[-1][0]:
            yield part
            part = []
        part.append((n, to[n]))
    yield part


def _bounded(passage: Passage, to: Sequence[int], first: int, last: int, new: Words) -> bool:
    """Is it sure where it begins and ends? A name of one word may have become one of two, half of it outside."""
    old, before, after = passage.words.keys, passage.first - 1, passage.last
    left = old[before + 1] == new.keys[first] or (before >= 0 and to[before] == first - 1)
    right = old[after - 1] == new.keys[last - 1] or (after < len(to) and to[after] == last)
    return left and right


def rewritten(passage: Passage, to: Sequence[int], found: Match | None) -> Span | None:
    """Ranks of what stands between the words that were next to a passage, where both are still there.

    Where one of them is gone, the words that are left of the passage (``found``) are its end; None: nothing is left.
    """
    before = to[passage.first - 1] + 1 if passage.first and to[passage.first - 1] >= 0 else None
    after = to[passage.last] if passage.last < len(to) and to[passage.last] >= 0 else None
    first = before if before is not None else found.first if found else None
    last = after if after is not None else found.last if found else None
    if first is None or last is None or not 0 < last - first <= MAX_LONGER * (passage.last - passage.first) + WIDE:
        return (found.first, found.last) if found else None
    return first, last


def _one_word(old: Words, n: int, new: Words, k: int) -> bool:
    """Is it the same word, in another spelling, or a name in the place of another name?"""
    word, other = old.keys[n], new.keys[k]
    return like(word, other) >= SPELLING or _bare(word) == _bare(other) or (_name(old, n, new) and _name(new, k, new))


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _name(words: Words, rank: int, new: Words) -> bool:
    """A word with a capital that the new text never writes without one."""
    small = (not new.text[new.starts[k]].isupper() for k in new.ranks.get(words.keys[rank], ()))
    return words.text[words.starts[rank]].isupper() and not any(small)


def around(passage: Passage, new: Words, before: int, after: int) -> Sides:
    """How much the words before rank ``before`` and from rank ``after`` on are those around the passage (0 to 1)."""
    left, right = passage.left, passage.right
    there = new.keys[max(0, before - len(left)) : before], new.keys[after : after + len(right)]
    return (
        _likeness(left, there[0]) if left else float(before == 0),
        _likeness(right, there[1]) if right else float(after == len(new.keys)),
    )


def _likeness(some: Sequence[str], others: Sequence[str]) -> float:
    return 1.0 if some == others else like(" ".join(some), " ".join(others))
