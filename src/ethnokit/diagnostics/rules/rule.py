"""A rule: the stable id of a kind of problem, and its page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What ``ethnokit check --explain ID`` prints. Texts are marked with ``N_`` and translated when shown."""

    id: str
    title: str
    why: str
    """Why it is a problem for the study."""
    repair: str
    """What to do, with an example."""
