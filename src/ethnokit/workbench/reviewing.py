"""The reviewer's queue: which codings, in which order, and the words around each."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ethnokit.codings.attribution import STANDING, structure_of, with_turns
from ethnokit.i18n import gettext as _
from ethnokit.model import Coding, Document
from ethnokit.workbench.errors import Denied
from ethnokit.workbench.live import Live
from ethnokit.workbench.overview import is_asked, to_review
from ethnokit.workbench.shapes import coding_data

Data = dict[str, Any]
MOST = 500
AROUND = 160
"""Code points shown before and after a passage."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reviewer wants to see."""

    state: str = "pending"
    """``pending``: without a verdict on what it says now; ``asked``: to work on again, a coder's own or,
    for a reviewer, everybody's; ``all``."""
    coder: str = ""
    code: str = ""
    structure: str = ""
    doubt: bool = False
    since_last: bool = False
    """Only what was coded or changed since this person's last review before this run of the page."""
    sample: int = 0
    """Draw so many at random; 0: all."""
    seed: str = ""


def wanted(query: Mapping[str, str]) -> Wanted:
    """The wishes that stand in an address.

    Raises:
        Denied: the size of the sample is no number.
    """
    try:
        sample = max(0, int(query.get("sample") or 0))
    except ValueError:
        raise Denied("wrong", _("The size of a sample is a whole number.")) from None
    return Wanted(
        state=query.get("state") or "pending",
        coder=query.get("coder", ""),
        code=query.get("code", ""),
        structure=query.get("structure", ""),
        doubt=query.get("doubt") == "1",
        since_last=query.get("since") == "last",
        sample=sample,
        seed=query.get("seed", ""),
    )


@dataclass(frozen=True, slots=True)
class _Item:
    coding: Coding
    document: Document
    structure: str | None


def queue(live: Live, wish: Wanted) -> Data:
    """The codings that a reviewer wants, in reading order; a sample is drawn by its seed and can be drawn again."""
    with live.lock:
        found = list(_matching(live, wish))
        total, seed = len(found), wish.seed
        if wish.sample:
            seed = seed or secrets.token_hex(3)
            drawn = random.Random(seed).sample(range(total), min(wish.sample, total))  # noqa: S311 - a draw, no secret
            found = [found[n] for n in sorted(drawn)]
        return {
            "total": total,
            "seed": seed or None,
            "lastReview": live.last_review.isoformat() if live.last_review else None,
            "items": [_item_data(live, item) for item in found[:MOST]],
        }


def _matching(live: Live, wish: Wanted) -> Iterator[_Item]:
    for document in live.study.documents:
        codings = sorted(live.codings_of(document.id), key=lambda c: (c.anchor.start, c.anchor.end, c.id))
        for coding, turn in with_turns(codings, document):
            if _is_wanted(live, wish, coding):
                item = _Item(coding, document, structure_of(coding, document, turn))
                if wish.structure in ("", item.structure):
                    yield item


def _is_wanted(live: Live, wish: Wanted, coding: Coding) -> bool:
    if wish.state == "pending" and not to_review(coding, live.by):
        return False
    if wish.state == "asked" and not is_asked(coding, coding.by if live.role == "reviewer" else live.by):
        return False
    if wish.since_last and live.last_review is not None and (coding.revised_at or coding.at) <= live.last_review:
        return False
    if wish.code and wish.code not in {code.id for code in live.study.codebook.line(coding.code)}:
        return False
    return wish.coder in ("", coding.by) and (not wish.doubt or coding.attributes.doubt)


def _item_data(live: Live, item: _Item) -> Data:
    code = live.study.codebook.get(item.coding.code)
    start, end = item.coding.anchor.start, item.coding.anchor.end
    stands = item.coding.state in STANDING
    body = item.document.body
    turn = item.document.turn_at(start) if stands else None
    # Within the turn: what another person says, and the labels between, are read in the text itself.
    first, last = (turn.start, max(turn.end, end)) if turn else (0, len(body))
    return {
        "coding": coding_data(item.coding, item.document, live.by),
        "document": item.document.id,
        "title": item.document.title or item.document.event or item.document.id,
        "structure": item.structure,
        "before": body[max(first, start - AROUND) : start] if stands else item.coding.anchor.prefix,
        "after": body[end : min(last, end + AROUND)] if stands else item.coding.anchor.suffix,
        "codeLabel": code.label if code is not None else item.coding.code,
    }
