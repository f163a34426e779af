"""The enumerated words of a study. Their French aliases stand in :mod:`ethnokit.model.vocabulary`."""

from __future__ import annotations

from enum import StrEnum


class DocumentType(StrEnum):
    """What kind of source a document is."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"
    DOCUMENT = "document"


class Role(StrEnum):
    """What a speaker is in the conversation; an interviewer's words are never evidence."""

    INTERVIEWER = "interviewer"
    PARTICIPANT = "participant"
    OTHER = "other"
    NONE = "none"


class Part(StrEnum):
    """What a section of an observation note holds; impressions are never quoted."""

    FACTS = "facts"
    REPORTED = "reported"
    IMPRESSIONS = "impressions"


class Medium(StrEnum):
    """How an exchange took place."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    TELEPHONE = "telephone"
    WRITTEN = "written"
    FORUM = "forum"


class Stance(StrEnum):
    """How the observer took part."""

    PARTICIPANT = "participant"
    WITHDRAWN = "withdrawn"
    ONLINE = "online"


class Quoting(StrEnum):
    """How far a participant agreed to be quoted, from nothing to the real name."""

    NONE = "none"
    UNATTRIBUTED = "unattributed"
    PSEUDONYM = "pseudonym"
    FUNCTION = "function"
    NAME = "name"


class ConsentForm(StrEnum):
    """How consent was given."""

    WRITTEN = "written"
    RECORDED = "recorded"
    COLLECTIVE = "collective"
    ABSENT = "absent"


class Proofreading(StrEnum):
    """Whether the person asked to read the transcript, and did."""

    NO = "no"
    REQUESTED = "requested"
    DONE = "done"


class CodingState(StrEnum):
    """How far the coding of a document has come, as its header says."""

    TO_CODE = "to_code"
    IN_PROGRESS = "in_progress"
    CODED = "coded"
    REVIEWED = "reviewed"


class Posture(StrEnum):
    """How a structure stands to a theme; the directory of who does what is made of it."""

    OFFERS = "offers"
    PRACTISES = "practises"
    LEARNS = "learns"
    SEEKS = "seeks"
    REFUSES = "refuses"
    GAVE_UP = "gave_up"


class Scale(StrEnum):
    """Of whom a passage speaks."""

    INDIVIDUAL = "individual"
    STRUCTURE = "structure"
    COLLECTIVE = "collective"


class Participation(StrEnum):
    """How far a structure took part in the fieldwork; silence and refusal are kept apart."""

    TO_ASK = "to_ask"
    ASKED = "asked"
    REMINDED = "reminded"
    AGREED = "agreed"
    SCHEDULED = "scheduled"
    MET = "met"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    OUT_OF_SCOPE = "out_of_scope"


class SheetState(StrEnum):
    """Where a structure's sheet stands in its validation by the structure."""

    DRAFT = "draft"
    SENT = "sent"
    CORRECTIONS = "corrections"
    VALIDATED = "validated"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


class LegalForm(StrEnum):
    """Legal form of a structure, in the words of ChatonsInfos (organization.type)."""

    ASSOCIATION = "ASSOCIATION"
    COOPERATIVE = "COOPERATIVE"
    COMPANY = "COMPANY"
    MICROCOMPANY = "MICROCOMPANY"
    INFORMAL = "INFORMAL"
    INDIVIDUAL = "INDIVIDUAL"
    OTHER = "OTHER"


class Membership(StrEnum):
    """Standing in the collective, in the words of ChatonsInfos (organization.status)."""

    ACTIVE = "ACTIVE"
    IDLE = "IDLE"
    AWAY = "AWAY"


class Hosting(StrEnum):
    """Where the machines are, in the words of ChatonsInfos (host.provider.type)."""

    HOME = "HOME"
    HOSTEDBAY = "HOSTEDBAY"
    HOSTEDSERVER = "HOSTEDSERVER"
    OUTSOURCED = "OUTSOURCED"


class AnchorState(StrEnum):
    """What became of a coding's anchor in the text as it is now (DESIGN, section 4)."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


class Act(StrEnum):
    """What an event of the coding log records."""

    ADD = "add"
    ACCEPT = "accept"
    REFUSE = "refuse"
    CHANGE = "change"
    REMOVE = "remove"
    UNDO = "undo"
    REANCHOR = "reanchor"
    """The place of a coding in an edited text; nothing else of it changes."""
    LOSE = "lose"
    """The words of a coding are in the text no more."""
    VERDICT = "verdict"
    """What a reviewer says of a coding as it stood then."""
    COMMENT = "comment"
    """A word on a coding, of the coder or of a reviewer; nothing of the coding changes."""


class Verdict(StrEnum):
    """What a reviewer says of a coding."""

    ACCEPTED = "accepted"
    CHANGE = "change"
    """Something is to be changed; the remark says what."""
    REFUSED = "refused"
    """The passage does not speak of this code; the remark says why."""


class Review(StrEnum):
    """Where a coding stands in its review: the verdict on what it says now, or that it waits for one."""

    PENDING = "pending"
    """It was changed since the last verdict."""
    ACCEPTED = "accepted"
    CHANGE = "change"
    REFUSED = "refused"
