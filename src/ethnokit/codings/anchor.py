"""How a coding holds on to its text. Positions are code points in the document's body.

What becomes of it when the text is edited is told in :mod:`ethnokit.codings.reanchor`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ethnokit.codings.passage import CONTEXT
from ethnokit.model.coding import Anchor
from ethnokit.model.document import Document
from ethnokit.text.normal import normalise

_APOSTROPHES = "'’ʼ‘"


@dataclass(frozen=True, slots=True)
class QuoteProblem:
    """Why a quote did not give a place."""

    kind: Literal["absent", "ambiguous"]
    count: int
    """How many times the quote stands in the text."""


def make_anchor(document: Document, start: int, end: int) -> Anchor:
    """The anchor of ``[start, end)`` in the document as it is now."""
    body = document.body
    turn = document.turn_at(start)
    return Anchor(
        start,
        end,
        body[start:end],
        body[max(0, start - CONTEXT) : start],
        body[end : end + CONTEXT],
        turn.n if turn else None,
        document.text_hash,
    )


def find_quote(document: Document, quote: str, nth: int | None = None) -> tuple[int, int] | QuoteProblem:
    """The span of a quote; ``nth`` is the 1-based occurrence, needed where there are several.

    When the exact text is absent, typewriter and typographic apostrophes are one, and so are runs of
    white space, no-break spaces included. The span is always that of the text as it is in the body.
    """
    wanted = normalise(quote)
    if not wanted.strip():
        return QuoteProblem("absent", 0)
    spans = [(at, at + len(wanted)) for at in _occurrences(document.body, wanted)]
    if not spans:
        spans = [found.span() for found in re.finditer(_tolerant(wanted.strip()), document.body)]
    if not spans or (nth is not None and not 1 <= nth <= len(spans)):
        return QuoteProblem("absent", len(spans))
    if nth is None and len(spans) > 1:
        return QuoteProblem("ambiguous", len(spans))
    return spans[(nth or 1) - 1]


def _tolerant(quote: str) -> str:
    pieces = (re.escape(piece) for piece in re.split(r"\s+", quote))
    return re.sub(f"[{_APOSTROPHES}]", f"[{_APOSTROPHES}]", r"\s+".join(pieces))


def _occurrences(body: str, wanted: str) -> list[int]:
    """Every offset at which ``wanted`` stands, overlapping ones included."""
    found: list[int] = []
    at = body.find(wanted)
    while at >= 0:
        found.append(at)
        at = body.find(wanted, at + 1)
    return found
