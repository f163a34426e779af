"""Word lists of the codebook: ``créer ~3 association`` becomes words and the gaps between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ethnokit.i18n import gettext as _

MAX_GAP = 20
"""More words than this between two others is no longer one expression."""

_PIECE = re.compile(r'«\s*([^«»]*?)\s*»|“\s*([^“”]*?)\s*”|"\s*([^"]*?)\s*"|([^\s«»“”"]+)|([«»“”"])')
_GAP = re.compile(r"~(\d{1,3})\Z")


@dataclass(frozen=True, slots=True)
class Term:
    """A sequence of words as the codebook writes it."""

    words: tuple[str, ...]
    gaps: tuple[int, ...] = ()
    """At most this many words between ``words[i]`` and ``words[i + 1]``; one fewer than the words."""
    exact: tuple[bool, ...] = ()
    """True for a quoted word: only that written form counts (case aside)."""


def parse_term(written: str) -> tuple[Term | None, str | None]:
    """Read one entry of a word list; without a term, the second part says what is wrong."""
    words: list[str] = []
    gaps: list[int] = []
    exact: list[bool] = []
    waiting: int | None = None
    for piece in _PIECE.finditer(written):
        *quoted, plain, lone = piece.groups()
        if lone:
            return None, _("a quotation mark is never closed")
        if plain and plain.startswith("~"):
            gap = _GAP.match(plain)
            if gap is None or int(gap[1]) > MAX_GAP:
                return None, _("a gap is written ~ and a number of words, from ~0 to ~{n}").format(n=MAX_GAP)
            if not words or waiting is not None:
                return None, _("a gap stands between two words")
            waiting = int(gap[1])
            continue
        for word in [plain] if plain else " ".join(q for q in quoted if q).split():
            if words:
                gaps.append(waiting or 0)
            waiting = None
            words.append(word)
            exact.append(not plain)
    if waiting is not None:
        return None, _("a gap stands between two words")
    if not words:
        return None, _("no word is written here")
    return Term(tuple(words), tuple(gaps), tuple(exact)), None
