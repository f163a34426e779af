"""Slips of the pen in a header that can be mended without asking: those that leave one reading only.

What people agreed to, and who may read it, is never mended, nor is any key that would bring such a word to life.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from ethnokit.diagnostics import Fix, Source
from ethnokit.model.vocabulary import canonical_key, fold
from ethnokit.text.nearest import slip_for

LEFT_ALONE = frozenset(
    {"consent", "quote", "audience", "default_audience", "small_group", "unpublished", "effect", "withheld"}
)
"""Keys that the tool never writes, and under which it never writes."""

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)?[ \u00a0](\w+)[ \u00a0](\d{4})\Z")
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "january february march april may june july august september october november december",
)


def is_left_alone(path: Iterable[str | int]) -> bool:
    """Does a path of keys (in English) lead to a word that only its person may change?"""
    return not LEFT_ALONE.isdisjoint(path)


def right_key(written: str, known: Iterable[str]) -> str | None:
    """The key that a misspelt one can only be, or None; ``known`` are the keys of its place, in both languages."""
    found = slip_for(written, {key: canonical_key(key) for key in known})
    return None if found is None or canonical_key(found) in LEFT_ALONE else found


def right_date(written: str) -> str | None:
    """A date in its form 2024-05-31 where it has one reading only: 3/4/2024 has two, 25/4/2024 has one."""
    if found := _YEAR_FIRST.match(written):
        return _iso(*found.groups())
    if found := _YEAR_LAST.match(written):
        day, month, year = found.groups()
        other = _iso(year, day, month)
        return _iso(year, month, day) if other is None or int(day) == int(month) else None
    if found := _IN_WORDS.match(written):
        day, name, year = found.groups()
        year_of = (months.split() for months in _MONTHS)
        number = next((months.index(fold(name)) + 1 for months in year_of if fold(name) in months), 0)
        return _iso(year, str(number), day)
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def words_fix(source: Source, line: int, column: int, old: str, new: str) -> Fix | None:
    """Write ``new`` where ``old`` stands at a line and column, within its quotation marks if it has some."""
    at = source.starts[line - 1] + column - 1
    if source.text[at : at + 1] in {'"', "'"}:
        at += 1
    return Fix(at, at + len(old), new) if source.text.startswith(old, at) else None


def line_fix(source: Source, line: int, key: str, value: str) -> Fix | None:
    """Take a line away that holds ``key: value`` and nothing else."""
    shape = rf"[ \t]*{re.escape(key)}[ \t]*:[ \t]*([\"']?){re.escape(value)}\1[ \t]*"
    if re.fullmatch(shape, source.line(line)) is None:
        return None
    end = source.starts[line] if line < len(source.starts) else len(source.text)
    return Fix(source.starts[line - 1], end, "")
