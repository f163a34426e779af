"""A document as rows of the page: the paragraphs of its turns, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ethnokit.codings.words import labels_of
from ethnokit.model import Document, Turn

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph ``[start, end)`` of the body, in code points. Rows are in order and never overlap."""

    kind: Literal["turn", "aside"]
    """``aside``: a heading or a remark, which nobody says."""
    start: int
    end: int
    turn: Turn | None = None
    first: bool = False
    """The turn begins with it."""


def rows_of(document: Document) -> tuple[Row, ...]:
    """All of the document but its blank space and the labels that name the next speaker."""
    return tuple(_rows(document))


def _rows(document: Document) -> Iterator[Row]:
    body, labels = document.body, {end: start for start, end in labels_of(document)}
    after = 0
    for turn in document.turns:
        yield from _asides(body, after, labels.get(turn.start, turn.start))
        for n, (start, end) in enumerate(_paragraphs(body, turn.start, turn.end)):
            yield Row("turn", start, end, turn, first=n == 0)
        after = max(after, turn.end)
    yield from _asides(body, after, len(body))


def _asides(body: str, start: int, end: int) -> Iterator[Row]:
    for first, last in _paragraphs(body, start, end):
        yield Row("aside", first, last)


def _paragraphs(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a span, without the white space around them."""
    at = start
    for blank in (*_BLANK_LINES.finditer(body, start, end), None):
        stop = end if blank is None else blank.start()
        text = body[at:stop]
        if text.strip():
            yield at + len(text) - len(text.lstrip()), at + len(text.rstrip())
        at = end if blank is None else blank.end()
