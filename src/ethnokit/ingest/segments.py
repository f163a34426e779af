"""The spans that may be quoted or coded at once: paragraphs and list items."""

from __future__ import annotations

import re

from ethnokit.ingest.labels import leading_time
from ethnokit.model import Document, Part, Role

_ITEM = re.compile(r"[^\S\n]*(?:>[^\S\n]*)*(?:(?:[-*+•–—]|\d{1,3}[.)])[^\S\n]+)?")
_LIST = re.compile(r"[^\S\n]*(?:>[^\S\n]*)*(?:[-*+•–—]|\d{1,3}[.)])[^\S\n]+")


def segments(document: Document) -> tuple[tuple[int, int], ...]:
    """Spans ``(start, end)`` of the body, in order: what :func:`paragraphs` finds in turns that may be quoted.

    Questions of an interviewer and impressions of an observer hold none: they are never evidence.
    """
    found: list[tuple[int, int]] = []
    for turn in document.turns:
        if turn.role is not Role.INTERVIEWER and turn.part is not Part.IMPRESSIONS:
            found.extend(paragraphs(document.body, turn.start, turn.end))
    return tuple(found)


def paragraphs(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs and list items of ``body[start:end]``, without list marks, quotation marks and times."""
    spans: list[tuple[int, int]] = []
    current: tuple[int, int] | None = None
    at = start
    for line in body[start:end].split("\n"):
        stop = at + len(line)
        marks = _ITEM.match(line)
        first = at + (marks.end() if marks else 0)
        if current is None:
            first += leading_time(line[first - at :])
        last = at + len(line.rstrip())
        if first >= last:
            _end(spans, current)
            current = None
        elif current is not None and not _LIST.match(line):
            current = (current[0], last)
        else:
            _end(spans, current)
            current = (first, last)
        at = stop + 1
    _end(spans, current)
    return spans


def _end(spans: list[tuple[int, int]], current: tuple[int, int] | None) -> None:
    if current is not None and current[0] < current[1]:
        spans.append(current)
