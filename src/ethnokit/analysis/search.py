"""Find words in the documents, whatever their case, accents, apostrophes and hyphens.

The query becomes a pattern that allows for these; the text is never rewritten, so that every position is
that of the body itself, in code points.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ethnokit.analysis.sources import structures_of
from ethnokit.codings.attribution import STANDING
from ethnokit.model import Coding, Document, Turn

_SIGNS = ("'’ʼ‘′＇", "-‐‑‒–", "·⋅•‧∙", '"“”„«»')
"""Signs that stand for one another."""
_PAIRS = {"oe": "œŒ", "ae": "æÆ", "ss": "ßẞ", "fi": "ﬁ", "fl": "ﬂ"}
"""Two letters that may be written as one."""
_UNSEEN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
"""Accents that have no letter of their own with their base, soft hyphens, joiners."""
_ANY_UNSEEN = f"[{_UNSEEN}]*+"
_SPACE = r"[*_]{0,3}\s+[*_]{0,3}"
"""White space, no-break spaces and line ends; the marks of emphasis may begin or end there."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place where the words stand."""

    document: Document
    start: int
    end: int
    """Code points of the body, half-open."""
    turn: Turn | None
    """None for a heading, a label, or what stands between turns."""
    structures: tuple[str, ...]
    """Ids of the structures that the words may speak for: the speaker's, else the document's."""
    codings: tuple[Coding, ...]
    """The codings that surely stand and share a code point with these words, in the order of the text."""

    @property
    def quote(self) -> str:
        """The words as they are written."""
        return self.document.body[self.start : self.end]


def pattern(query: str, *, whole: bool = False) -> re.Pattern[str] | None:
    """What matches the words of ``query`` in a text; None when the query is empty.

    Letters match with any accent and case; white space matches any white space. The first and the last
    word may be parts of longer ones (``mail`` finds ``courriel et webmails``), unless ``whole`` is true.
    """
    folded = _fold(" ".join(query.split()))
    if not folded:
        return None
    pieces = [_piece(piece) for piece in re.findall("|".join((*_PAIRS, "(?s:.)")), folded)]
    words = _ANY_UNSEEN.join(pieces) + _ANY_UNSEEN
    return re.compile(rf"(?<!\w){words}(?!\w)" if whole else words)


def search(wanted: re.Pattern[str], documents: Iterable[Document], codings: Iterable[Coding]) -> Iterator[Found]:
    """Every place where ``wanted`` stands, by document (in the order given) and place in the text.

    The interviewer's words are found as well; :attr:`Found.turn` tells whose they are. A coding whose
    passage is changed, ambiguous or lost is not told, for nobody knows where it stands.
    """
    by_document: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.state in STANDING:
            by_document.setdefault(coding.document, []).append(coding)
    for document in documents:
        here = sorted(by_document.get(document.id, ()), key=lambda c: (c.anchor.start, c.anchor.end, c.code, c.id))
        yield from _in_document(wanted, document, here)


def _in_document(wanted: re.Pattern[str], document: Document, codings: Sequence[Coding]) -> Iterator[Found]:
    starts = [turn.start for turn in document.turns]
    everyone = structures_of(document)
    for match in wanted.finditer(document.body):
        start, end = match.span()
        rank = bisect_right(starts, start) - 1
        turn = document.turns[rank] if rank >= 0 and start < document.turns[rank].end else None
        speaker = document.speaker(turn.speaker) if turn is not None else None
        structures = speaker.structures if speaker is not None and speaker.structures else everyone
        there = tuple(c for c in codings if c.anchor.start < end and start < c.anchor.end)
        yield Found(document, start, end, turn, structures, there)


def _piece(piece: str) -> str:
    """The pattern of one letter or sign of the folded query, or of a pair of letters."""
    if piece in _PAIRS:
        both = _ANY_UNSEEN.join(_piece(letter) for letter in piece)
        return f"(?:{both}|[{_PAIRS[piece]}])"
    if piece == " ":
        return _SPACE
    same = next((signs for signs in _SIGNS if piece in signs), None) or _variants().get(piece) or piece
    return "[" + re.escape(same) + "]"


def _fold(text: str) -> str:
    """Small letters without accents, ligatures undone: the form in which a query is taken apart."""
    return "".join(map(_folded, unicodedata.normalize("NFC", text)))


def _folded(letter: str) -> str:
    for pair, ligatures in _PAIRS.items():
        if letter in ligatures:
            return pair
    plain = re.sub(f"[{_UNSEEN}]", "", unicodedata.normalize("NFD", letter.casefold()))
    return plain if len(plain) < 2 else letter  # a syllable that comes apart is looked for as it is


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Folded letter → every letter of Latin, Greek and Cyrillic script that folds to it."""
    found: dict[str, str] = {}
    for code in (*range(0x41, 0x530), *range(0x1E00, 0x2000)):
        letter = chr(code)
        folded = _fold(letter)
        if len(folded) == 1 and folded.isalpha():
            found[folded] = found.get(folded, "") + letter
    return found
