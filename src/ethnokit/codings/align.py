"""Which word of the new text each word of the old one became.

Runs of words that stand once in both texts hold the two together (the patience method of Bram Cohen, 2009, on
runs of three words rather than on lines); what lies between them is aligned with the fewest edits (Levenshtein),
and what was edited there word by word, by likeness. Words that changed places are left unpaired.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ethnokit.codings.words import Span

RUN = 3
"""Words of a run that holds two texts together."""
ALIKE = 0.5
"""Share of letters in common from which a word counts as another spelling of one."""
MANY = 900
"""Pairs of words in an edited place beyond which it was rewritten, and its words are not compared one by one."""
LEFT_OUT = 0.6
"""What it costs to leave a word unpaired, beside the unlikeness of a pair."""
Block = tuple[int, int, int, int]
"""Ranks ``[i, j)`` of the old words and ``[k, l)`` of the new ones."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs of an old and a new text, by rank of the old word."""

    to: list[int]
    """The rank of the new word, or -1."""
    held: list[int]
    """Old ranks of the runs that stand once in both texts, in order."""


def align(old: Sequence[str], new: Sequence[str]) -> Alignment:
    """Pair the words of two texts; cost grows with the texts and with what was edited between two runs."""
    to = [-1] * len(old)
    chain = _chain(old, new)
    i = k = 0
    for a, b in (*chain, (len(old), len(new))):
        _between(old, new, (i, a, k, b), to)
        for n in range(RUN if a < len(old) else 0):
            to[a + n] = b + n
        i, k = max(i, a + RUN), max(k, b + RUN)
    return Alignment(to, [a for a, _b in chain])


def _chain(old: Sequence[str], new: Sequence[str]) -> list[Span]:
    """The longest chain of runs that stand once in both texts and in the same order (patience sorting)."""
    there = _once(new)
    pairs = [(i, there[run]) for run, i in _once(old).items() if run in there]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_i, k) in enumerate(pairs):
        at = bisect_left(tails, k)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [k], [n]
    chain = []
    n = ends[-1] if ends else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return _apart(chain[::-1])


def _apart(chain: list[Span]) -> list[Span]:
    """Runs that overlap in one text only would pair a word twice: the later of the two is left out."""
    kept: list[Span] = []
    for i, k in chain:
        if not kept or (i - kept[-1][0] == k - kept[-1][1]) or (i >= kept[-1][0] + RUN and k >= kept[-1][1] + RUN):
            kept.append((i, k))
    return kept


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for n, run in enumerate(zip(*(words[n:] for n in range(RUN)), strict=False)):
        found[run] = -1 if run in found else n
    return {run: n for run, n in found.items() if n >= 0}


def _between(old: Sequence[str], new: Sequence[str], block: Block, to: list[int]) -> None:
    """Pair what lies between two runs."""
    i, j, k, l = block  # noqa: E741 - four ranks
    if i >= j or k >= l:
        return
    from rapidfuzz.distance import Levenshtein

    edited: Block | None = None
    for op in Levenshtein.opcodes(old[i:j], new[k:l]):
        here = (i + op.src_start, i + op.src_end, k + op.dest_start, k + op.dest_end)
        if op.tag == "equal":
            if edited:
                _alike(old, new, edited, to)
            edited = None
            to[here[0] : here[1]] = range(here[2], here[3])
        else:
            edited = (edited[0], here[1], edited[2], here[3]) if edited else here
    if edited:
        _alike(old, new, edited, to)


def _alike(old: Sequence[str], new: Sequence[str], block: Block, to: list[int]) -> None:
    """Pair the words of an edited place by likeness; one old and one new word alone are always a pair."""
    i, j, k, l = block  # noqa: E741
    if (j - i) * (l - k) > MANY:
        return
    if j - i == l - k == 1:
        to[i] = k
        return
    for a, b in _likest(old[i:j], new[k:l]):
        to[i + a] = k + b
    # A word alone between two pairs on both sides took the other's place: a name, for instance.
    for n in range(i, j):
        left = to[n - 1] if n > i else k - 1
        right = to[n + 1] if n + 1 < j else l
        known = (n == i or left >= 0) and right >= 0
        if to[n] < 0 and known and right - left == 2:
            to[n] = left + 1


def _likest(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    """The pairs, last first, that cost least (Needleman and Wunsch, 1970)."""
    costs = [[LEFT_OUT * b for b in range(len(new) + 1)]]
    for a, word in enumerate(old, start=1):
        above, row = costs[-1], [LEFT_OUT * a]
        for b, other in enumerate(new, start=1):
            likeness = like(word, other)
            apart = min(above[b], row[b - 1]) + LEFT_OUT
            row.append(min(apart, above[b - 1] + 1 - likeness) if likeness >= ALIKE else apart)
        costs.append(row)
    a, b = len(old), len(new)
    while a and b:
        cost = costs[a][b]
        if cost == costs[a - 1][b] + LEFT_OUT:
            a -= 1
        elif cost == costs[a][b - 1] + LEFT_OUT:
            b -= 1
        else:
            a, b = a - 1, b - 1
            yield a, b


def like(word: str, other: str) -> float:
    """How much of two words is the same, from 0 to 1."""
    if word == other:
        return 1.0
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(word, other)
