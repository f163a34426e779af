"""The border between code points (here) and UTF-16 units (JavaScript): crossed here, and nowhere else."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


class Positions:
    """The positions of one text: code points and UTF-16 units only part at signs like an emoji, which are rare."""

    def __init__(self, text: str) -> None:
        self._points = [found.start() for found in _BEYOND.finditer(text)]
        """The code points that are two units."""
        self._units = [point + n for n, point in enumerate(self._points)]
        """The first unit of each."""

    def to_units(self, point: int) -> int:
        """The UTF-16 offset of a code-point offset."""
        return point + bisect_left(self._points, point)

    def to_points(self, unit: int) -> int:
        """The code-point offset of a UTF-16 offset.

        Raises:
            ValueError: the offset stands within a sign.
        """
        before = bisect_left(self._units, unit)
        if before and unit == self._units[before - 1] + 1:
            raise ValueError(unit)
        return unit - before


@lru_cache(maxsize=32)
def positions_of(text: str) -> Positions:
    """The positions of a document's body, looked through once."""
    return Positions(text)
