"""A text as the words that are compared when it was edited.

Case, punctuation, spaces, the breaks of lines and the labels of speakers are left out of the comparison, never of
the text: each word knows its place in it. Positions are code points, ranks count words from 0.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ethnokit.model.document import Document

if TYPE_CHECKING:
    from ethnokit.ingest.labels import Form

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"\.{3}|[^\w\s]")
_SHAPES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-"})
_SIGNS_BEFORE = re.compile(r"[^\w\s]+\s?\Z")
_SIGNS_AFTER = re.compile(r"\s?[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order."""

    text: str
    keys: tuple[str, ...]
    """Each word as it is compared."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    ranks: dict[str, list[int]] = field(repr=False, compare=False)
    """Where each word stands, as ranks."""
    labels: tuple[Span, ...] = ()
    """What names the next speaker, in order: no words of the text."""

    def within(self, start: int, end: int) -> Span:
        """The ranks ``[first, last)`` of the words of which a part stands in a span of the text."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def occurrences(self, wanted: Sequence[str]) -> list[int]:
        """Every rank at which the words ``wanted`` stand one after the other."""
        if not wanted:
            return []
        rarest = min(range(len(wanted)), key=lambda n: len(self.ranks.get(wanted[n], ())))
        sought = tuple(wanted)
        found = (rank - rarest for rank in self.ranks.get(wanted[rarest], ()))
        return [first for first in found if first >= 0 and self.keys[first : first + len(sought)] == sought]


def signs_of(text: str) -> list[str]:
    """The signs between the words, in order, whatever their shape: a curly apostrophe is the straight one."""
    return _SIGN.findall(text.translate(_SHAPES).replace("…", "..."))


def words_of(text: str, labels: tuple[Span, ...] = ()) -> Words:
    """The words of ``text`` but those in the spans of ``labels``, which come in order."""
    found: list[tuple[str, int, int]] = []
    at = 0
    for start, end in (*labels, (len(text), len(text))):
        found += [(word[0].casefold(), *word.span()) for word in _WORD.finditer(text, at, start)]
        at = end
    ranks: dict[str, list[int]] = {}
    for rank, (key, _start, _end) in enumerate(found):
        ranks.setdefault(key, []).append(rank)
    keys, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Words(text, keys, starts, ends, ranks, labels)


def labels_of(document: Document) -> tuple[Span, ...]:
    """The spans of a document that name the next speaker: what stands on that line before the words said."""
    found: list[Span] = []
    after = 0
    for turn in document.turns:
        if turn.speaker is not None:
            named = after + len(document.body[after : turn.start].rstrip())
            found.append((document.body.rfind("\n", after, named) + 1 or after, turn.start))
        after = turn.end
    return tuple(span for span in found if span[0] < span[1])


def forms_of(words: Words) -> frozenset[Form]:
    """How the labels of a text are written."""
    from ethnokit.ingest.labels import label_of

    found = (label_of(words.text[start:end], start) for start, end in words.labels)
    return frozenset(label.form for label in found if label is not None)


def labels_in(passage: str, forms: Collection[Form], *, whole_line: bool) -> tuple[Span, ...]:
    """The labels in a piece of a text whose labels have one of these forms; ``whole_line``: it begins with a line."""
    from ethnokit.ingest.labels import label_of

    found: list[Span] = []
    at = 0
    for number, line in enumerate(passage.split("\n")):
        label = label_of(line, at) if forms and (number or whole_line) else None
        if label is not None and label.form in forms and label.colon and not label.stopped:
            found.append((at, label.end))
        at += len(line) + 1
    return tuple(found)


def span_like(  # noqa: PLR0913, PLR0917 - two texts, a span in each
    old: Words, start: int, end: int, new: Words, first: int, last: int
) -> Span:
    """The span of the new words ``[first, last)``, with what the old passage had around and within its own words.

    A passage that began or ended inside a word does so again where that word is the same.
    """
    a, b = old.within(start, end)
    begin, stop = new.starts[first], new.ends[last - 1]
    if start > old.starts[a]:
        if old.keys[a] == new.keys[first]:
            begin += start - old.starts[a]
    else:
        begin = _with_head(old.text[start : old.starts[a]], new, first)
    if end < old.ends[b - 1]:
        if old.keys[b - 1] == new.keys[last - 1]:
            stop -= old.ends[b - 1] - end
    else:
        stop = _with_tail(old.text[old.ends[b - 1] : end], new, last)
    return begin, stop


def _with_head(head: str, new: Words, first: int) -> int:
    begin = new.starts[first]
    if new.text.endswith(head, 0, begin):
        return begin - len(head)
    if _WORD.search(head):  # the label of a speaker
        rank = bisect_left(new.labels, (begin, 0)) - 1
        named = new.labels[rank] if rank >= 0 else (begin, begin)
        return named[0] if not _WORD.search(new.text, min(named[1], begin), begin) else begin
    before = new.ends[first - 1] if first else 0
    signs = _SIGNS_BEFORE.search(new.text, before, begin) if head.strip() else None
    return signs.start() if signs else begin


def _with_tail(tail: str, new: Words, last: int) -> int:
    stop = new.ends[last - 1]
    if new.text.startswith(tail, stop):
        return stop + len(tail)
    if _WORD.search(tail):
        rank = bisect_left(new.labels, (stop, 0))
        named = new.labels[rank] if rank < len(new.labels) else (stop, stop)
        return stop if _WORD.search(new.text, stop, named[0]) else named[0] + len(new.text[slice(*named)].rstrip())
    signs = _SIGNS_AFTER.match(new.text, stop) if tail.strip() else None
    return signs.end() if signs else stop
