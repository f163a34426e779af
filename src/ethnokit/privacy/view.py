"""What a report may show to ONE audience: plain data, already cut, with nothing above that audience.

Templates are given these and nothing else. A person appears only as an attribution that consent allows;
a withheld passage is absent, not hidden. Names of structures are those that may be printed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ethnokit.model.audience import Audience
from ethnokit.model.words import DocumentType, Medium, Participation, Posture, SheetState


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as the list of sources shows it."""

    ref: str
    """Reference printed beside each quote (``E3``) and linked to this line."""
    type: DocumentType
    title: str | None
    """Its title, or the event observed; never the name of a file outside the team."""
    when: str
    """Day, month or year (``2026-06-16``, ``2026-06``, ``2026``), as fine as the audience may know; or empty."""
    medium: Medium | None
    duration_min: int | None
    words: int
    structures: tuple[str, ...]
    """Ids of the structures that may be named."""
    passages: int
    """Distinct passages of this source that count here."""
    delay_days: int | None = None
    """For an observation: days between the scene and the note."""
    document: str | None = None
    """Id of the document; for the team only."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of a quoted passage by one speaker."""

    asks: bool
    """True for the interviewer, whose question is printed for the answer's sake."""
    text: str
    """Plain text in the words of the source, without label, time or Markdown marks."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A quoted passage, with what consent lets be said of its speaker."""

    n: int
    """Number in its sheet or report, in the order of print; other places refer to it."""
    voices: tuple[Voice, ...]
    attribution: str
    """Pseudonym, function or name; empty when the words are quoted without attribution."""
    kind: str
    """``said`` (interview), ``observed`` (facts of a note), ``reported`` (words in a note), ``written`` (document)."""
    ref: str
    """Reference of its :class:`SourceLine`."""
    turn: int | None
    time: str | None
    structure: str | None
    """Id of the structure, None when it may not be named."""
    posture: Posture | None = None
    target: str | None = None
    specific: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A code with what was said of it, in one sheet or across structures."""

    code: str
    label: str
    definition: str
    family: str
    passages: int
    """Distinct passages (overlapping passages of one code by several coders count once)."""
    sources: int
    """Documents these passages come from."""
    structures: tuple[str, ...]
    """Ids of the structures concerned, in the order of the register; for a sheet, the one."""
    postures: tuple[tuple[Posture, tuple[str, ...]], ...]
    """Each posture taken, with the structures that take it."""
    verbatims: tuple[Verbatim, ...]
    see: tuple[int, ...]
    """Numbers of verbatims printed under another theme that speak of this one too."""
    unquoted: int
    """Passages that are counted but that consent does not let be quoted."""
    memo: str = ""
    """The researcher's text on this theme, Markdown."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of the codebook with its themes, in the order of the file."""

    code: str
    label: str
    definition: str
    colour: str
    themes: tuple[Theme, ...]
    not_raised: tuple[str, ...]
    """Labels of its themes that nobody raised in the sources read: said as such, never as "has not"."""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code as the annex prints it."""

    code: str
    label: str
    family: str
    """Label of the family."""
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Whom to ask about a topic: a mailbox or a role, never a person."""

    code: str
    label: str
    by: str | None
    means: str | None


@dataclass(frozen=True, slots=True)
class StructureLine:
    """A structure in the register's coverage, met or silent."""

    id: str
    name: str
    form: str | None
    """Legal form in the report's language."""
    place: str | None
    participation: Participation | None
    """None when the structure keeps it to itself."""
    interviews: int
    observations: int
    documents: int
    passages: int
    questionnaire: bool
    sheet: bool
    """A sheet of its own is compiled for this audience."""

    @property
    def sources(self) -> int:
        """All its sources that may be listed."""
        return self.interviews + self.observations + self.documents


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """The structures in one state of participation."""

    state: Participation
    count: int
    names: tuple[str, ...]
    """Those that may be named; fewer than ``count`` when some may not."""


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One structure under one topic of the directory."""

    structure: str
    posture: Posture
    passages: int
    """0 when only a questionnaire states it."""
    sources: int
    contact: ContactLine | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the directory: who stands to it how."""

    code: str
    label: str
    family: str
    """Label of the family."""
    entries: tuple[DirectoryEntry, ...]


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie of the network. ``passages`` is 0 when only a questionnaire states it."""

    source: str
    target: str
    code: str
    label: str
    passages: int
    sources: int = 0


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """One theme across the structures."""

    code: str
    label: str
    family: str
    """Id of the family."""
    cells: tuple[int, ...]
    """Distinct passages, one number per structure of the matrix."""
    structures: int
    """In how many of the structures it was raised."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Theme × structure, with the number of sources read behind every cell, empty ones too."""

    structures: tuple[str, ...]
    """Ids of the structures with at least one source read."""
    sources: tuple[int, ...]
    """Sources read, per structure."""
    lines: tuple[MatrixLine, ...]
    unattributed: int
    """Passages that speak for no single structure that may be named; counted in themes, not in cells."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two themes that meet in the same words."""

    code_a: str
    label_a: str
    code_b: str
    label_b: str
    passages: int
    sources: int


@dataclass(frozen=True, slots=True)
class SheetView:
    """One structure's sheet."""

    id: str
    name: str
    portrait: str
    """The researcher's lead, Markdown."""
    memo: str
    facts: tuple[tuple[str, str], ...]
    """Facts of the register that may be published: (stable English key, value in the report's language)."""
    services: tuple[tuple[str, str | None, str | None], ...]
    """Name, software, access."""
    specific: tuple[Verbatim, ...]
    families: tuple[Family, ...]
    """Themes with this structure's passages only."""
    postures: tuple[tuple[Posture, tuple[str, ...]], ...]
    """Each posture, with the labels of the themes towards which the structure takes it."""
    stated: tuple[tuple[Posture, tuple[str, ...]], ...]
    """What a questionnaire alone states: kept apart, never evidence."""
    contacts: tuple[ContactLine, ...]
    ties: tuple[TieLine, ...]
    """Named relations from and to this structure."""
    sources: tuple[SourceLine, ...]
    passages: int
    main_share: tuple[str, float] | None
    """(reference, share of the passages) of the one source that gives more than the study's bound."""
    state: SheetState
    validated_by: str | None
    partial: bool
    """Some passage of the study is closed to this audience: of which structure is not told."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What every file says of the study it was compiled from."""

    title: str
    collective: str | None
    audience: Audience
    language: str
    snapshot: dt.date | None
    start: dt.date | None
    end: dt.date | None
    authors: tuple[str, ...]
    responsible: str | None
    licence: str | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything the report of one study may show to one audience."""

    heading: Heading
    population: int
    """How many structures the collective counts."""
    names: dict[str, str]
    """Id of each structure that may be named, and its name."""
    structures: tuple[StructureLine, ...]
    coverage: tuple[CoverageLine, ...]
    sources: tuple[SourceLine, ...]
    families: tuple[Family, ...]
    topics: tuple[Topic, ...]
    matrix: Matrix
    ties: tuple[TieLine, ...]
    meetings: tuple[Meeting, ...]
    codebook: tuple[CodeLine, ...]
    codebook_version: str
    memos: dict[str, str]
    """Researcher's texts by part of the report (``summary``, ``method``, ``limits``), Markdown."""
    passages: int
    withheld: int
    """Passages that this audience may not read: said as a number."""
    quoted_at_most: int
    """Verbatims of one theme; the sheets hold the others."""
    coders: int
    fingerprint: str
    """sha256 of the texts and codings behind the report, see :func:`ethnokit.privacy.cut.fingerprint`."""
