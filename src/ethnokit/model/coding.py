"""Codings, decisions and the suggestions they answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from ethnokit.model.audience import Audience
from ethnokit.model.words import Act, AnchorState, Posture, Scale


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
    """Id of the coding (change, remove, reanchor, lose) or of the event (undo) this one answers."""
    suggestion: str | None = None
    """Id of the suggestion that was accepted or refused."""
    codebook: str | None = None
    """Version of the codebook at the time."""
    extra: dict[str, Any] = field(default_factory=dict, compare=False)
    """Keys of a newer version, kept as they came."""


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
