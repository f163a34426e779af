"""Which themes meet: pairs of passages of different codes that share words of one document.

Passages are sorted by where they begin; those that begin before the end of a passage are found by binary
search, and their pairs are made in blocks of bounded size, so that time grows with the number of meetings
and memory does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ethnokit.analysis.evidence import Evidence

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.int64]

COLUMNS = ("code_a", "code_b", "passages", "documents")
BLOCK = 500_000
"""Pairs that are held in memory at once."""


@dataclass(frozen=True, slots=True)
class _Passages:
    """The passages of one document, sorted by their start; spans in code points."""

    start: Numbers
    end: Numbers
    code: Numbers


def cooccurrence(evidence: Sequence[Evidence]) -> pandas.DataFrame:
    """The pairs of codes that meet, the most frequent first, then by their ids.

    One row per pair, ``code_a`` < ``code_b``: ``passages`` counts the pairs of distinct passages that
    overlap by at least one code point, ``documents`` the documents in which they do. A distinct passage is
    what :attr:`Evidence.passage` names: the codings of one code that overlap, by one coder or several.
    """
    import numpy
    import pandas

    codes = sorted({one.coding.code for one in evidence})
    n = len(codes)
    meetings, documents = _counted(_documents(evidence, codes), n)
    found = numpy.array(sorted(meetings), dtype=numpy.int64)
    names = numpy.array(codes, dtype=object)
    frame = pandas.DataFrame(
        {
            "code_a": names[found // n] if n else names,
            "code_b": names[found % n] if n else names,
            "passages": numpy.array([meetings[pair] for pair in found.tolist()], dtype=numpy.int64),
            "documents": numpy.array([documents[pair] for pair in found.tolist()], dtype=numpy.int64),
        },
        columns=list(COLUMNS),
    )
    ordered = frame.sort_values(["passages", "code_a", "code_b"], ascending=[False, True, True], kind="stable")
    return ordered.reset_index(drop=True)


def _documents(evidence: Sequence[Evidence], codes: list[str]) -> Iterator[_Passages]:
    """The passages of each document; codings of one passage are joined into the span that they cover."""
    import numpy

    rank = {code: n for n, code in enumerate(codes)}
    spans: dict[str, dict[str, tuple[int, int, int]]] = {}
    for one in evidence:
        anchor = one.coding.anchor
        start, end, code = anchor.start, anchor.end, rank[one.coding.code]
        here = spans.setdefault(one.document.id, {})
        known = here.get(one.passage)
        if known is not None:
            start, end = min(start, known[0]), max(end, known[1])
        here[one.passage] = (start, end, code)
    for here in spans.values():
        rows = numpy.array([span for span in here.values() if span[0] < span[1]], dtype=numpy.int64).reshape(-1, 3)
        rows = rows[numpy.argsort(rows[:, 0], kind="stable")]
        yield _Passages(rows[:, 0], rows[:, 1], rows[:, 2])


def _counted(documents: Iterator[_Passages], n: int) -> tuple[dict[int, int], dict[int, int]]:
    """Pair of codes (first × n + second) → meetings, and → documents with at least one."""
    meetings: dict[int, int] = {}
    met_in: dict[int, int] = {}
    for passages in documents:
        here: dict[int, int] = {}
        for pairs, counts in _meetings(passages, n):
            for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
                here[pair] = here.get(pair, 0) + count
        for pair, count in here.items():
            meetings[pair] = meetings.get(pair, 0) + count
            met_in[pair] = met_in.get(pair, 0) + 1
    return meetings, met_in


def _meetings(passages: _Passages, n: int) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of codes and their number of meetings, block by block."""
    import numpy

    # Passage i meets the ones after it that begin before it ends: i + 1 … i + after[i].
    after = numpy.searchsorted(passages.start, passages.end, side="left") - numpy.arange(len(passages.start)) - 1
    for block in _blocks(after):
        first = numpy.repeat(block, after[block])
        begun = numpy.cumsum(after[block]) - after[block]
        second = first + 1 + numpy.arange(len(first)) - numpy.repeat(begun, after[block])
        a, b = passages.code[first], passages.code[second]
        pairs = numpy.minimum(a, b) * n + numpy.maximum(a, b)
        yield numpy.unique(pairs[a != b], return_counts=True)


def _blocks(after: Numbers) -> Iterator[Numbers]:
    """The ranks of the passages in runs that make at most :data:`BLOCK` pairs, or one passage's own."""
    import numpy

    reached = numpy.cumsum(after)
    begin = 0
    while begin < len(after):
        done = reached[begin - 1] if begin else 0
        stop = max(begin + 1, int(numpy.searchsorted(reached, done + BLOCK, side="right")))
        yield numpy.arange(begin, stop)
        begin = stop
