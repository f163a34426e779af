"""Codings, decisions and the suggestions they answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from ethnokit.model.audience import Audience
from ethnokit.model.words import Act, AnchorState, Posture, Review, Scale, Verdict


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a coding holds on to its text, and what it remembers of it (DESIGN, section 4)."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    """Up to 40 code points before and after the quote."""
    turn: int | None = None
    text_hash: str = ""
    """sha256 of the body the anchor was made on."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a coding says besides its code."""

    posture: Posture | None = None
    scale: Scale | None = None
    target: str | None = None
    """Another structure; makes the network."""
    specific: bool = False
    """Shows a singular trait of the structure; leads its sheet."""
    audience: Audience | None = None
    """A bound of the passage's own; None leaves it to document and study."""
    structure: str | None = None
    """The structure the passage speaks for, where the speaker stands for several."""
    memo: str | None = None
    doubt: bool = False
    """The coder is not sure, and asks the reviewer to look."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a coding log. Logs only grow; a later event supersedes an earlier one."""

    id: str
    at: dt.datetime
    by: str
    act: Act
    document: str
    code: str | None = None
    anchor: Anchor | None = None
    attributes: Attributes = Attributes()
    of: str | None = None
    """Id of the event (undo) or of the coding (every other act that makes none) which this one answers."""
    suggestion: str | None = None
    """Id of the suggestion that was accepted or refused."""
    codebook: str | None = None
    """Version of the codebook at the time."""
    extra: dict[str, Any] = field(default_factory=dict, compare=False)
    """Keys of a newer version, kept as they came."""
    gesture: str | None = None
    """The gesture of a person that this event is part of: undone at once, and written once however often it is sent."""
    verdict: Verdict | None = None
    remark: str | None = None
    """The words of a verdict or a comment."""
    seen: str | None = None
    """The revision of the coding that a verdict looked at."""

    @property
    def gesture_id(self) -> str:
        """The gesture it is part of; an event that names none is a gesture of its own."""
        return self.gesture or self.id


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said of a coding: a reviewer with a verdict, anybody without one."""

    id: str
    by: str
    at: dt.datetime
    verdict: Verdict | None = None
    text: str = ""
    seen: str | None = None
    """The revision of the coding that a verdict looked at."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A person's statement "this passage speaks of this code", as it stands now."""

    id: str
    document: str
    code: str
    anchor: Anchor
    by: str
    at: dt.datetime
    attributes: Attributes = Attributes()
    state: AnchorState = AnchorState.EXACT
    suggestion: str | None = None
    """Set when it came from a suggestion that a person accepted."""
    codebook: str | None = None
    places: tuple[tuple[int, int], ...] = ()
    """Where its words may stand now, for a person to choose from, when the anchor is ambiguous."""
    given_up: bool = False
    """A person said that its words are in the text no more: it is kept as lost, and waits for nobody."""
    revision: str = ""
    """Id of the last event by which a person said its code, its passage or its attributes.

    That its words stand elsewhere in an edited text says nothing new of it, and leaves the revision as it is.
    """
    revised_at: dt.datetime | None = None
    """When the revision was made."""
    remarks: tuple[Remark, ...] = ()
    """What was said of it, in time order."""

    @property
    def review(self) -> Review | None:
        """The last verdict, if it looked at what the coding says now, else PENDING; None before the first verdict."""
        for remark in reversed(self.remarks):
            if remark.verdict is not None:
                return Review(remark.verdict.value) if remark.seen == self.revision else Review.PENDING
        return None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A suggestion that a person refused: for this passage and code it never comes back."""

    id: str
    document: str
    code: str
    anchor: Anchor
    by: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The machine's proposal of a coding, with its reason. Never evidence, never counted."""

    id: str
    document: str
    code: str
    start: int
    end: int
    quote: str
    source: str
    """``"words"``, later also ``"learned"``."""
    score: float
    why: tuple[str, ...]
    """The words that matched as written, and the rule they matched, e.g. ``"strong: décider ← décide"``."""
    attributes: Attributes = Attributes()
    """Posture and target that the words around the match suggest."""
