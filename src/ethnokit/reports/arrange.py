"""A view put in the order in which it is printed: index, directory, tables too wide for a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ethnokit.model import Posture
from ethnokit.model.vocabulary import fold
from ethnokit.privacy.view import DirectoryEntry, ReportView, Theme, Topic


def by_letter(themes: Sequence[Theme]) -> list[tuple[str, list[Theme]]]:
    """Themes by the first letter of their labels, accents set aside, for the index."""
    ordered = sorted(themes, key=lambda theme: fold(theme.label))
    return [(letter, list(group)) for letter, group in groupby(ordered, lambda theme: fold(theme.label)[:1].upper())]


def quoted_at(themes: Sequence[Theme]) -> dict[str, list[int]]:
    """Structure id → numbers of the verbatims that speak for it, for the index."""
    places: dict[str, list[int]] = {}
    for verbatim in (verbatim for theme in themes for verbatim in theme.verbatims):
        if verbatim.structure is not None:
            places.setdefault(verbatim.structure, []).append(verbatim.n)
    return places


@dataclass(frozen=True, slots=True)
class Shelf:
    """One family of the directory: a row for each topic and posture."""

    label: str
    rows: tuple[tuple[Topic, Posture, tuple[DirectoryEntry, ...]], ...]


def shelves(topics: Sequence[Topic]) -> list[Shelf]:
    """The directory as printed: families in the order of the codebook, postures in that of the word list."""
    found: dict[str, list[tuple[Topic, Posture, tuple[DirectoryEntry, ...]]]] = {}
    for topic in topics:
        for posture in Posture:
            entries = tuple(entry for entry in topic.entries if entry.posture is posture)
            if entries:
                found.setdefault(topic.family, []).append((topic, posture, entries))
    return [Shelf(label, tuple(rows)) for label, rows in found.items()]


@dataclass(frozen=True, slots=True)
class FamilyColumn:
    """A family of themes across the structures of the matrix."""

    label: str
    cells: tuple[int, ...]
    """The passages of its themes added up, one number per structure."""


def matrix_families(view: ReportView) -> list[FamilyColumn]:
    """The matrix by family, for a collective too large for one column per structure."""
    found = []
    for family in view.families:
        rows = [line.cells for line in view.matrix.lines if line.family == family.code]
        if rows:
            found.append(FamilyColumn(family.label, tuple(map(sum, zip(*rows, strict=True)))))
    return found


def columns(items: Sequence[Any], most: int) -> list[range]:
    """Ranks of ``items`` in runs of nearly equal length, none longer than ``most``: a wide table in parts."""
    if not items:
        return []
    runs = -(-len(items) // most)
    size = -(-len(items) // runs)
    return [range(start, min(start + size, len(items))) for start in range(0, len(items), size)]


SHORT = 30
"""Characters of a name where it stands slanted, or in a drawing."""


def short(name: str) -> str:
    """A name that is too long for a column head or a drawing, without its middle: names often begin or end alike."""
    if len(name) <= SHORT:
        return name
    return f"{name[: SHORT - 12].rstrip()}…{name[-11:].lstrip()}"


def shortened(names: dict[str, str]) -> dict[str, str]:
    """Id → short name; whole where two would look the same."""
    twice = {one for one, times in Counter(map(short, names.values())).items() if times > 1}
    return {key: name if short(name) in twice else short(name) for key, name in names.items()}


def heads(view: ReportView, part: range) -> list[str]:
    """The heads of some columns of the matrix."""
    return [short(view.names[view.matrix.structures[n]]) for n in part]
