"""A study as a whole: what was read from its folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from ethnokit.model.audience import Audience
from ethnokit.model.codebook import Codebook
from ethnokit.model.coding import Coding, Refusal
from ethnokit.model.document import Document
from ethnokit.model.register import Answer, Structure


@dataclass(frozen=True, slots=True)
class Settings:
    """``ethnokit.yaml``: every setting has a default, the file is optional."""

    title: str = ""
    collective: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    snapshot: dt.date | None = None
    """The date that sheets and report carry."""
    language: str = "fr"
    population: int | None = None
    """How many structures the collective counts, when the register does not list them all."""
    codebook: str = "codebook.yaml"
    audience: Audience = Audience.TEAM
    """Bound of the whole study; where the file gives only a default for documents, that default."""
    default_audience: Audience = Audience.TEAM
    """For documents that say nothing of their audience."""
    small_group: int = 5
    """Under this number of active people a function points to a person: no attribution by function."""
    max_share: float = 0.33
    """A sheet drawn for more than this share from one document says so."""
    authors: tuple[str, ...] = ()
    responsible: str | None = None
    """Who answers for the data."""
    licence: str | None = None
    pipeline: str | None = None
    """A spaCy pipeline of the user's own (``nlp.pipeline``)."""


@dataclass(frozen=True, slots=True)
class Memo:
    """A note of the researcher in ``fieldwork/memos``; leads the chapter or sheet it is about.

    What is about a document is for the one who codes it, and leads nothing.
    """

    path: str
    about: str | None
    """Id of a code, structure, document or report part (``report.summary``), or None."""
    body: str
    audience: Audience | None = None
    """Who may read it in print; None, as in a notebook, is the team."""


@dataclass(frozen=True, slots=True)
class Study:
    """Everything read from one folder, ready for pure functions to work on."""

    root: Path
    settings: Settings
    codebook: Codebook
    structures: tuple[Structure, ...] = ()
    documents: tuple[Document, ...] = ()
    answers: tuple[Answer, ...] = ()
    memos: tuple[Memo, ...] = ()
    codings: tuple[Coding, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    _documents: dict[str, Document] = field(default_factory=dict, repr=False, compare=False)
    _structures: dict[str, Structure] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._documents.update((d.id, d) for d in self.documents)
        self._structures.update((s.id, s) for s in self.structures)

    def document(self, id: str) -> Document | None:
        """The document with this id, or None."""
        return self._documents.get(id)

    def structure(self, id: str) -> Structure | None:
        """The structure with this id, or None."""
        return self._structures.get(id)
