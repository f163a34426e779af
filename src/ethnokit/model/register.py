"""The register: every structure of the collective, met or silent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ethnokit.model.words import Hosting, LegalForm, Membership, Participation, SheetState


@dataclass(frozen=True, slots=True)
class Service:
    """A service that a structure runs."""

    name: str
    software: str | None = None
    access: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about a topic: a mailbox or a role, never a person."""

    topic: str
    """Id of a code."""
    by: str | None = None
    means: str | None = None


@dataclass(frozen=True, slots=True)
class ContactLog:
    """One step in the dealings with a structure; never published."""

    on: dt.date | None
    what: Participation
    means: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class PublicSource:
    """Where a fact of the register was read."""

    address: str
    seen_on: dt.date | None = None
    used_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workforce:
    """How many people keep a structure alive, and when that was counted."""

    volunteers: int | None = None
    memberships: int | None = None
    employees: int | None = None
    counted_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a structure is, as coarse as it chose to say."""

    town: str | None = None
    department: str | None = None
    country: str | None = None
    area: str | None = None
    """The perimeter it serves."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Validation of the sheet by the structure itself."""

    state: SheetState = SheetState.DRAFT
    sent_on: dt.date | None = None
    version: str | None = None
    validated_by: str | None = None
    """A role or a body, not a person."""
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class Structure:
    """An organisation of the register."""

    id: str
    name: str
    path: str
    other_names: tuple[str, ...] = ()
    form: LegalForm | None = None
    membership: Membership | None = None
    joined: str | None = None
    left: str | None = None
    founded: str | None = None
    place: Place = Place()
    site: str | None = None
    workforce: Workforce = Workforce()
    hosting: Hosting | None = None
    services: tuple[Service, ...] = ()
    contacts: tuple[Contact, ...] = ()
    participation: Participation = Participation.TO_ASK
    availability: str | None = None
    history: tuple[ContactLog, ...] = ()
    sheet: Sheet = Sheet()
    sources: tuple[PublicSource, ...] = ()
    unpublished: tuple[str, ...] = ()
    """Dotted names of fields that the structure does not want published, e.g. ``workforce.memberships``."""
    portrait: str = ""
    """The file's body: the lead of the sheet, written by the researcher, in Markdown."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A link that a questionnaire states: feeds the network, is never evidence."""

    source: str
    target: str
    code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a structure answered to a questionnaire; feeds register and network only."""

    structure: str
    path: str
    line: int
    answered_on: dt.date | None = None
    speaks_for: str | None = None
    offers: tuple[str, ...] = ()
    """Ids of codes."""
    seeks: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    """All non-empty cells as written, in the order of the columns."""

    @property
    def answered(self) -> bool:
        """True when the row holds more than the structure's id."""
        return bool(self.fields)
