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
    """A document as the list of sources shows it."""

    id: str
    """Reference printed beside each quote and linked to this line."""
    type: DocumentType
    title: str | None
    date: dt.date | None
    medium: Medium | None
    duration_min: int | None
    words: int
    structures: tuple[str, ...]
    """Ids of the structures that may be named."""
    passages: int
    """Passages of this source that the report counts."""
    delay_days: int | None = None
    """For an observation: days between the scene and the note."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A quoted passage, with what consent lets be said of its speaker."""

    anchor: str
    """Unique id in the report, for links."""
    text: str
    attribution: str
    """Pseudonym, function or name; empty when the words are quoted without attribution."""
    kind: str
    """``said`` (interview), ``observed`` (facts of a note), ``reported`` (words in a note), ``written`` (document)."""
    source: str
    """Id of the :class:`SourceLine`."""
    turn: int | None
    code: str
    structure: str | None
    """Id of the structure, None when it may not be named."""
    posture: Posture | None = None
    specific: bool = False
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A code with what was said of it, in one sheet or across structures."""

    code: str
    label: str
    definition: str
    family: str
    colour: str
    passages: int
    """Distinct passages (overlapping passages of one code by several coders count once)."""
    sources: int
    """Documents these passages come from."""
    structures: tuple[str, ...]
    """Ids of the structures concerned, by name; for a sheet, the one."""
    postures: tuple[tuple[Posture, tuple[str, ...]], ...]
    """Each posture taken, with the structures that take it."""
    verbatims: tuple[Verbatim, ...]
    """A choice of quotable passages of contrasting structures; all of them on a sheet."""
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


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code as the annex prints it."""

    code: str
    label: str
    family: str
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    example: str
    passages: int
    sources: int


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Whom to ask about a topic: a mailbox or a role, never a person."""

    topic: str
    label: str
    by: str | None
    means: str | None


@dataclass(frozen=True, slots=True)
class StructureLine:
    """A structure in the register's coverage, met or silent."""

    id: str
    name: str
    form: str | None
    """Legal form, the ChatonsInfos word."""
    place: str | None
    participation: Participation
    sources: int
    passages: int
    answered_questionnaire: bool
    has_sheet: bool
    sheet_state: SheetState


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One structure under one topic of the directory."""

    structure: str
    posture: Posture
    sources: int
    stated: bool
    """True when only a questionnaire states it, without any passage."""
    contact: ContactLine | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the directory: who stands to it how, and who seeks what others offer."""

    code: str
    label: str
    family: str
    entries: tuple[DirectoryEntry, ...]


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie of the network. ``passages`` is 0 when only a questionnaire states it."""

    source: str
    target: str
    code: str
    passages: int
    stated: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """Theme × structure: passages, and the number of sources read behind every cell, empty ones too."""

    codes: tuple[str, ...]
    structures: tuple[str, ...]
    passages: tuple[tuple[int, ...], ...]
    """One row per code, one column per structure."""
    sources_read: tuple[int, ...]
    """Per structure."""


@dataclass(frozen=True, slots=True)
class NotRaised:
    """A theme that nobody raised in the sources read: said as such, never as "has not"."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """One structure's sheet."""

    id: str
    name: str
    portrait: str
    """The researcher's lead, Markdown."""
    facts: tuple[tuple[str, str], ...]
    """Key facts of the register that may be published: (English key such as ``form`` or ``founded``, value)."""
    services: tuple[tuple[str, str | None, str | None], ...]
    """Name, software, access."""
    specific: tuple[Verbatim, ...]
    families: tuple[Family, ...]
    """Themes with this structure's passages only."""
    contacts: tuple[ContactLine, ...]
    ties: tuple[TieLine, ...]
    sources: tuple[SourceLine, ...]
    not_raised: tuple[NotRaised, ...]
    main_share: float | None
    """Share of the passages that comes from one document, when it is above the study's bound."""
    state: SheetState
    validated_by: str | None
    only_told: bool
    """True when the structure is only spoken of by others: no sheet without its own word."""


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """How many structures are in each state of participation."""

    state: Participation
    structures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything the reports of one study may show to one audience."""

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
    population: int
    """How many structures the register, or the settings, count."""
    names: dict[str, str]
    """Id of each structure that may be named, and its name."""
    structures: tuple[StructureLine, ...]
    coverage: tuple[CoverageLine, ...]
    sources: tuple[SourceLine, ...]
    families: tuple[Family, ...]
    topics: tuple[Topic, ...]
    matrix: Matrix
    ties: tuple[TieLine, ...]
    cooccurrences: tuple[tuple[str, str, int], ...]
    """Pairs of codes that meet in a passage, with the number of passages; the most frequent first."""
    codebook: tuple[CodeLine, ...]
    codebook_version: str
    sheets: tuple[SheetView, ...]
    memos: dict[str, str]
    """Researcher's texts by what they are about (``report.summary``, ``report.limits``, …), Markdown."""
    withheld: int
    """Passages that this audience may not read: said as a number."""
    coders: int
    fingerprint: str
    """sha256 of all that the study's files hold: printed in the colophon."""
