"""French and English micro-typography, applied when a report is rendered and never stored.

Both filters take plain, unescaped text: run on HTML they would break entities (``&amp; x``).
Spaces written here are U+202F (narrow, no break) and U+00A0 (no break).
"""

from __future__ import annotations

import re
from collections.abc import Callable

NARROW = "\u202f"
NO_BREAK = "\u00a0"

# URLs up to white space or a guillemet, e-mail addresses, times: never touched.
_PROTECTED = re.compile(
    r"(https?://[^\s«»]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))",
    re.IGNORECASE,
)

_SP = "[ \u00a0\u202f\u2009]"
_UNITS = r"%|€|km|kg|h|min|ans?|mois"
_BEFORE_WORD = r"MM?\.|Mmes?|Dr|p\.|n[°º]|art\."

# Guillemets come first: the space they write before » is one that the colon rule looks for.
_STRAIGHT = re.compile(r'(?<![\w"])"(?=\S)([^"\n]*[^"\s])"(?![\w"])')
"""Words between typewriter quotation marks, on one line."""

_FRENCH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(f"«{_SP}*"), f"«{NO_BREAK}"),
    (re.compile(f"(?<!{_SP}){_SP}*»"), f"{NO_BREAK}»"),
    # Not after an opening bracket: (?) stays as it is.
    (re.compile(rf"(?<![(\[«\s]){_SP}*([;!?]+)(?=[\s»”’\")\]]|\Z)"), NARROW + r"\1"),
    (re.compile(rf"(?:(?<=[\w»)\]’])|\A){_SP}+:(?=\s|\Z)"), f"{NO_BREAK}:"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<!\.)\.{3}(?!\.)"), "…"),
    (re.compile(rf"(?<=\d){_SP}+(?={_UNITS})(?=(?:{_UNITS})(?!\w))"), NARROW),
    (re.compile(rf"(?<!\w)({_BEFORE_WORD}){_SP}+(?=\w)"), rf"\1{NO_BREAK}"),
)

# A year before a number ("en 2020 100 personnes") has four digits and is therefore left alone.
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)")


def _outside(text: str, change: Callable[[str], str]) -> str:
    """``change`` applied to what lies between URLs, e-mail addresses and times."""
    pieces = _PROTECTED.split(text)
    return "".join(piece if n % 2 or not piece else change(piece) for n, piece in enumerate(pieces))


def _french_piece(piece: str) -> str:
    piece = _STRAIGHT.sub(r"«\1»", piece)
    for pattern, replacement in _FRENCH:
        piece = pattern.sub(replacement, piece)
    return _THOUSANDS.sub(lambda match: match.group().replace(" ", NARROW), piece)


def french(text: str) -> str:
    """``text`` with French spaces, apostrophes, ellipses and numbers; applying it twice changes nothing."""
    return _outside(text, _french_piece)


def _english_piece(piece: str) -> str:
    piece = re.sub(r"(?<=\w)'(?=\w)", "’", piece)
    return re.sub(r"(?<!\.)\.{3}(?!\.)", "…", piece)


def english(text: str) -> str:
    """``text`` with typographic apostrophes inside words and ellipses; quotation marks stay as they were."""
    return _outside(text, _english_piece)


def typeset(text: str, language: str) -> str:
    """The filter of a report's language: French for ``"fr"``, English for ``"en"``, none for any other."""
    return {"fr": french, "en": english}.get(language, str)(text)
