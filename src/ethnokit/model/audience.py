"""Who may read what: a ladder of three rungs, and the rule that the most closed wins."""

from __future__ import annotations

from enum import IntEnum


class Audience(IntEnum):
    """Who may read; a greater value is more open."""

    TEAM = 0
    COLLECTIVE = 1
    PUBLIC = 2

    @property
    def word(self) -> str:
        """The stable English word used in files and JSON."""
        return self.name.lower()


def most_closed(*audiences: Audience | None) -> Audience:
    """The audience that is left when all of ``audiences`` must agree.

    A missing value (``None``) is read as the most closed one.
    """
    return min((Audience.TEAM if a is None else a for a in audiences), default=Audience.TEAM)
