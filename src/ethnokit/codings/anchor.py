"""How a coding holds on to its text, and what became of it after the text was edited.

Nothing is guessed: a passage is *exact* or *moved* only when its words and what stands around them
single out one place; otherwise a person decides. Positions are code points in the document's body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from ethnokit.model.coding import Anchor, Coding
from ethnokit.model.document import Document
from ethnokit.model.words import AnchorState
from ethnokit.text.normal import normalise

CONTEXT = 40
"""Code points remembered before and after a quote."""
SURVIVING = 12
"""Code points next to the quote that must survive for a context to count as found."""
SIMILAR = 0.6
"""Share of letters in common (difflib ratio) from which a text counts as an edited version of another."""
MAX_LONGER = 4
"""A changed passage is looked for up to this many times the length of the quote."""
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


def verify(coding: Coding, document: Document | None) -> Coding:
    """The coding with its state in the document as it is now (None: the document is gone).

    EXACT and MOVED carry the present start, end and turn. CHANGED carries the place of the new text but
    keeps the old quote, for a person to compare. AMBIGUOUS and LOST keep the old place as it was.
    """
    anchor = coding.anchor
    if document is None or not anchor.quote:
        return replace(coding, state=AnchorState.LOST)
    body = document.body
    if anchor.text_hash == document.text_hash and body[anchor.start : anchor.end] == anchor.quote:
        return replace(coding, state=AnchorState.EXACT)
    places = _occurrences(body, anchor.quote)
    certain = _certain(body, anchor, places)
    if len(certain) == 1:
        at = certain[0]
        state = AnchorState.EXACT if at == anchor.start else AnchorState.MOVED
        return _placed(coding, document, at, at + len(anchor.quote), state)
    if certain:
        return replace(coding, state=AnchorState.AMBIGUOUS)
    gap = _between(body, anchor)
    if gap is not None:
        return _placed(coding, document, *gap, AnchorState.CHANGED)
    if places:
        return replace(coding, state=AnchorState.AMBIGUOUS)
    beside = _beside(body, anchor)
    if beside is not None:
        return _placed(coding, document, *beside, AnchorState.CHANGED)
    return replace(coding, state=AnchorState.LOST)


def _placed(coding: Coding, document: Document, start: int, end: int, state: AnchorState) -> Coding:
    turn = document.turn_at(start)
    anchor = replace(coding.anchor, start=start, end=end, turn=turn.n if turn else None)
    return replace(coding, anchor=anchor, state=state)


def _occurrences(body: str, wanted: str) -> list[int]:
    """Every offset at which ``wanted`` stands, overlapping ones included."""
    found: list[int] = []
    at = body.find(wanted)
    while at >= 0:
        found.append(at)
        at = body.find(wanted, at + 1)
    return found


def _certain(body: str, anchor: Anchor, places: list[int]) -> list[int]:
    """The places that the words around the quote speak for: on both sides if any, else on one side.

    One side is enough only when it is long, or when the quote stands nowhere else.
    """
    sides = {at: (_before(body, anchor, at), _after(body, anchor, at)) for at in places}
    both = [at for at, (left, right) in sides.items() if left and right]
    if both:
        return both
    long_left, long_right = len(anchor.prefix) >= CONTEXT, len(anchor.suffix) >= CONTEXT
    one = [at for at, (left, right) in sides.items() if (left and long_left) or (right and long_right)]
    if one or len(places) != 1:
        return one
    only = places[0]
    left = anchor.prefix[-SURVIVING:]
    right = anchor.suffix[:SURVIVING]
    end = only + len(anchor.quote)
    near = (len(left) >= SURVIVING and body[:only].endswith(left)) or (
        len(right) >= SURVIVING and body.startswith(right, end)
    )
    return [only] if near else []


def _before(body: str, anchor: Anchor, at: int) -> bool:
    """Does the prefix stand right before ``at``? A short one began the text, and must still do so."""
    start = at - len(anchor.prefix)
    return start >= 0 and body.startswith(anchor.prefix, start) and (len(anchor.prefix) >= CONTEXT or start == 0)


def _after(body: str, anchor: Anchor, at: int) -> bool:
    """Does the suffix stand right after the quote? A short one ended the text, and must still do so."""
    end = at + len(anchor.quote)
    stop = end + len(anchor.suffix)
    return body.startswith(anchor.suffix, end) and (len(anchor.suffix) >= CONTEXT or stop == len(body))


def _unique(body: str, piece: str) -> int | None:
    """The offset of ``piece`` where it is long enough and stands once, else None."""
    if len(piece) < SURVIVING:
        return None
    at = body.find(piece)
    return at if at >= 0 and body.find(piece, at + 1) < 0 else None


def _left_end(body: str, anchor: Anchor) -> int | None:
    """Where the surviving prefix ends: the whole of it, or what of it is nearest to the quote."""
    if not anchor.prefix:
        return 0
    for size in (CONTEXT, CONTEXT // 2, SURVIVING):
        piece = anchor.prefix[-size:]
        at = _unique(body, piece)
        if at is not None:
            return at + len(piece)
    return None


def _right_start(body: str, anchor: Anchor) -> int | None:
    """Where the surviving suffix begins."""
    if not anchor.suffix:
        return len(body)
    found = (_unique(body, anchor.suffix[:size]) for size in (CONTEXT, CONTEXT // 2, SURVIVING))
    return next((at for at in found if at is not None), None)


def _between(body: str, anchor: Anchor) -> tuple[int, int] | None:
    """The text that now stands between the surviving prefix and suffix, without white space around it."""
    start, end = _left_end(body, anchor), _right_start(body, anchor)
    if start is None or end is None or end - start > MAX_LONGER * len(anchor.quote) + CONTEXT:
        return None
    return _trimmed(body, start, end)


def _beside(body: str, anchor: Anchor) -> tuple[int, int] | None:
    """Text next to the one surviving side that is still much like the quote."""
    start, end = _left_end(body, anchor), _right_start(body, anchor)
    size = len(anchor.quote)
    if start is not None and anchor.prefix:
        span = _trimmed(body, start, min(len(body), start + size))
    elif end is not None and anchor.suffix:
        span = _trimmed(body, max(0, end - size), end)
    else:
        return None
    if span is None:
        return None
    ratio = SequenceMatcher(None, anchor.quote, body[slice(*span)], autojunk=False).ratio()
    return span if ratio >= SIMILAR else None


def _trimmed(body: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends, or None when nothing is left."""
    text = body[start:end] if start < end else ""
    if not text.strip():
        return None
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
