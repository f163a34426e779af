"""Documents of the fieldwork: interviews, observation notes, other written sources.

All positions are code-point offsets into :attr:`Document.body`, half-open ``[start, end)``.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter

from ethnokit.model.audience import Audience
from ethnokit.model.words import (
    CodingState,
    ConsentForm,
    DocumentType,
    Medium,
    Part,
    Proofreading,
    Quoting,
    Role,
    Stance,
)

_START, _END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who speaks in a document, as the header declares or the text shows."""

    code: str
    """The label written before the turns, for instance ``P1``."""
    role: Role
    pseudonym: str | None = None
    function: str | None = None
    structures: tuple[str, ...] = ()
    """Structures the person speaks for; empty means those of the document."""
    declared: bool = True
    """False when the header does not name this speaker and the label alone shows them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who said it: a run of text by one speaker, or a run without a speaker (``role`` none)."""

    n: int
    """1-based rank in the document."""
    speaker: str | None
    role: Role
    time: str | None
    """Time as written in the transcript, for instance ``00:04``."""
    start: int
    end: int
    """The words said, without label, time, and surrounding white space."""
    part: Part | None = None
    """For an observation note, the kind of section the text stands in."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What the persons of a document agreed to. A missing value is the most protective one."""

    form: ConsentForm = ConsentForm.ABSENT
    collected_on: dt.date | None = None
    recording: bool = False
    quote: Quoting = Quoting.NONE
    structure_named: bool = False
    """The structure may be named; a separate agreement from being quoted."""
    proofreading: Proofreading = Proofreading.NO
    withdrawal_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source, as EthnoKit reads it. The file itself is never rewritten."""

    id: str
    type: DocumentType
    path: str
    """Relative to the study, with ``/``."""
    body: str
    """The text after the header, with NFC and LF applied."""
    body_line: int
    """1-based line of the file on which the body starts."""
    text_hash: str
    """sha256 (hex) of the body in UTF-8."""
    structures: tuple[str, ...] = ()
    title: str | None = None
    event: str | None = None
    date: dt.date | None = None
    """Day of the exchange; for an observation, the day it began."""
    written_on: dt.date | None = None
    """Day an observation note was written; the delay is a sign of its quality."""
    language: str = "fr"
    medium: Medium | None = None
    stance: Stance | None = None
    announced: bool | None = None
    """For an observation: were the people present told of the study?"""
    place: str | None = None
    duration_min: int | None = None
    guide: str | None = None
    investigators: tuple[str, ...] = ()
    present: int | None = None
    speakers: tuple[Speaker, ...] = ()
    turns: tuple[Turn, ...] = ()
    """In the order of the text; none overlaps another."""
    consent: Consent | None = None
    """None when the header says nothing of consent: nothing may then be quoted outside the team."""
    audience: Audience | None = None
    """None when the header says nothing: the study's default holds."""
    coding_state: CodingState = CodingState.TO_CODE

    def speaker(self, code: str | None) -> Speaker | None:
        """The speaker behind a label, or None."""
        return next((s for s in self.speakers if s.code == code), None)

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that holds the code point at ``offset``, or None between turns."""
        rank = bisect_right(self.turns, offset, key=_START) - 1
        return self.turns[rank] if rank >= 0 and offset < self.turns[rank].end else None

    def turns_between(self, start: int, end: int) -> tuple[Turn, ...]:
        """The turns of which a part stands in ``[start, end)``."""
        return self.turns[bisect_right(self.turns, start, key=_END) : bisect_left(self.turns, end, key=_START)]
