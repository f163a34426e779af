"""Theme × structure: distinct passages, and behind every cell, empty ones too, the sources that were read.

An empty cell never says "has not": it says how many sources were read without the theme being raised,
that the sources are still to be read, or that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ethnokit.analysis.evidence import Evidence, table
from ethnokit.analysis.sources import sources_of
from ethnokit.model import Codebook, Document, Structure

if TYPE_CHECKING:
    import pandas


class State(StrEnum):
    """What a cell says."""

    RAISED = "raised"
    NOT_RAISED = "not_raised"
    """Sources were read, and nobody raised the theme in them."""
    NOT_READ = "not_read"
    """There are sources; nobody has read them for coding yet."""
    NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True)
class Cell:
    """One theme in one structure."""

    code: str
    structure: str
    passages: int
    raised_in: int
    """Sources that raise the theme."""
    read: int
    """Sources of the structure that were read."""
    sources: int
    """Sources of the structure, read or waiting."""
    state: State


@dataclass(frozen=True, slots=True)
class Matrix:
    """Themes as rows, structures as columns; every table holds whole numbers."""

    passages: pandas.DataFrame
    """Index ``code`` (codebook order), columns structure ids (register order): distinct passages."""
    raised_in: pandas.DataFrame
    """Same shape: distinct documents behind these passages."""
    codes: pandas.DataFrame
    """Index ``code``. Columns: ``family`` (id); ``passages`` (distinct, unattributed ones included);
    ``unattributed`` (of these, the ones in no column: they speak for no single structure, or nobody said for
    which); ``structures`` (how many columns raise it); ``sources`` (documents that raise it)."""
    structures: pandas.DataFrame
    """Index ``structure``; columns ``name``, ``passages``, ``sources``, ``read``."""
    read: int
    """Distinct documents that were read, of those given: the denominator of ``codes.sources``."""

    @property
    def heard(self) -> tuple[str, ...]:
        """Ids of the structures with at least one source read: the denominator of ``codes.structures``."""
        return tuple(str(structure) for structure in self.structures.index[self.structures["read"] > 0])

    def only(self, codes: list[str]) -> Matrix:
        """The rows of some codes; the numbers of the structures stay those of the whole."""
        return replace(
            self, passages=self.passages.loc[codes], raised_in=self.raised_in.loc[codes], codes=self.codes.loc[codes]
        )

    def cells(self) -> Iterator[Cell]:
        """Every cell, row by row."""
        counted = zip(self.passages.to_numpy().tolist(), self.raised_in.to_numpy().tolist(), strict=True)
        columns = list(zip(self.structures.index, self.structures["read"], self.structures["sources"], strict=True))
        for code, (passages, raised) in zip(self.passages.index, counted, strict=True):
            for n, documents, (structure, read, sources) in zip(passages, raised, columns, strict=True):
                state = state_of(n, int(read), int(sources))
                yield Cell(code, structure, n, documents, int(read), int(sources), state)


def state_of(passages: int, read: int, sources: int) -> State:
    """What a cell with these numbers says."""
    if passages:
        return State.RAISED
    if read:
        return State.NOT_RAISED
    return State.NOT_READ if sources else State.NO_SOURCE


def matrix(
    codebook: Codebook,
    structures: Sequence[Structure],
    documents: Sequence[Document],
    evidence: Sequence[Evidence],
    *,
    by_family: bool = False,
) -> Matrix:
    """Count the evidence by theme and structure.

    Args:
        codebook: its codes that can be applied make the rows, in the order of the file.
        structures: the register, or the part of it that may be shown; they make the columns.
        documents: the sources that may be counted as read.
        evidence: as :func:`ethnokit.analysis.evidence.gather` gives it, or less.
        by_family: rows are families; the passages of a family are those of its codes, added up.

    A passage that coders attribute to two structures is counted in both columns and once in the total.
    Evidence without a structure, or of one that is not in ``structures``, is in the total and in
    ``unattributed``.
    """
    rows = "family" if by_family else "code"
    columns = [s.id for s in structures]
    index = _rows(codebook, by_family=by_family)
    found = table(evidence, codebook)
    placed = found[found["structure"].isin(columns)]
    sources = sources_of(structures, documents, evidence)
    passages = _crossed(placed, rows, "passage", index, columns)
    return Matrix(
        passages=passages,
        raised_in=_crossed(placed, rows, "document", index, columns),
        codes=_codes(found, placed, passages, rows, codebook),
        structures=_structures(structures, placed, {s: sources.read_of(s) for s in columns}, sources.of),
        read=sum(document.id in sources.read for document in documents),
    )


def _rows(codebook: Codebook, *, by_family: bool) -> list[str]:
    codes = [code.id for code in codebook.codes if code.codable]
    return list(dict.fromkeys(codebook.family(code) for code in codes)) if by_family else codes


def _crossed(
    placed: pandas.DataFrame, rows: str, counted: str, index: list[str], columns: list[str]
) -> pandas.DataFrame:
    """How many different values of ``counted`` there are for each row and structure."""
    distinct = placed[[rows, "structure", counted]].drop_duplicates()
    crossed = distinct.groupby([rows, "structure"]).size().unstack(fill_value=0)
    full = crossed.reindex(index=index, columns=columns, fill_value=0).astype("int64")
    full.index.name, full.columns.name = "code", "structure"
    return full


def _codes(
    found: pandas.DataFrame, placed: pandas.DataFrame, passages: pandas.DataFrame, rows: str, codebook: Codebook
) -> pandas.DataFrame:
    import pandas

    index = passages.index
    total = found.groupby(rows)["passage"].nunique().reindex(index, fill_value=0)
    attributed = placed.groupby(rows)["passage"].nunique().reindex(index, fill_value=0)
    columns = {
        "family": [codebook.family(code) for code in index],
        "passages": total,
        "unattributed": total - attributed,
        "structures": (passages > 0).sum(axis=1),
        "sources": found.groupby(rows)["document"].nunique().reindex(index, fill_value=0),
    }
    numbers = dict.fromkeys(("passages", "unattributed", "structures", "sources"), "int64")
    return pandas.DataFrame(columns, index=index).astype(numbers)


def _structures(
    structures: Sequence[Structure],
    placed: pandas.DataFrame,
    read: dict[str, int],
    sources: dict[str, tuple[Document, ...]],
) -> pandas.DataFrame:
    import pandas

    passages = placed.groupby("structure")["passage"].nunique()
    rows = [(s.id, s.name, int(passages.get(s.id, 0)), len(sources[s.id]), read[s.id]) for s in structures]
    return pandas.DataFrame.from_records(
        rows, columns=["structure", "name", "passages", "sources", "read"], index="structure"
    )
