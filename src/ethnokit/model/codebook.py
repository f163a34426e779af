"""The codebook: a tree of themes with the words that may announce them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ethnokit.model.words import Posture


@dataclass(frozen=True, slots=True)
class PostureRule:
    """Words near a match that suggest how the structure stands to the theme."""

    posture: Posture
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A theme. Ids never change; labels may."""

    id: str
    label: str
    parent: str | None = None
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    """Lemma sequences, one of which is enough to suggest the code in a segment; ``~n`` is a gap of at most n words."""
    weak: tuple[str, ...] = ()
    """Lemma sequences of which two different ones are needed in the same segment."""
    blocking: tuple[str, ...] = ()
    """Lemma sequences whose presence silences the weak ones."""
    patterns: tuple[str, ...] = ()
    """Regular expressions on the written form; case counts."""
    postures: tuple[PostureRule, ...] = ()
    colour: str | None = None
    codable: bool = True
    relation: bool = False
    """A coding of this code must name a target structure: the network is made of these."""
    manual: bool = False
    """Never suggested; coded by hand only."""
    withheld: bool = False
    """Passages coded so are left out of every output beyond the team, whatever else they carry."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """The tree of codes, in the order of the file."""

    id: str
    version: str
    language: str = "fr"
    date: dt.date | None = None
    status: str | None = None
    codes: tuple[Code, ...] = ()
    path: str = "codebook.yaml"
    postures: tuple[PostureRule, ...] = ()
    """Posture rules that hold for every code."""
    _by_id: dict[str, Code] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._by_id.update((c.id, c) for c in self.codes)

    def get(self, code: str) -> Code | None:
        """The code with this id, or None."""
        return self._by_id.get(code)

    def children(self, parent: str | None) -> tuple[Code, ...]:
        """The codes right below ``parent`` (None: the families), in the order of the file."""
        return tuple(c for c in self.codes if c.parent == parent)

    def line(self, code: str) -> tuple[Code, ...]:
        """A code and those above it, up to its family; empty where there is no such code."""
        found: list[Code] = []
        current = self._by_id.get(code)
        while current is not None:
            found.append(current)
            current = self._by_id.get(current.parent) if current.parent is not None else None
        return tuple(found)

    def family(self, code: str) -> str:
        """The id of the topmost ancestor of a code (itself for a family).

        Raises:
            KeyError: there is no such code.
        """
        return self.line(self._by_id[code].id)[-1].id
