"""Whom a coded passage speaks for, and whether it is evidence at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

from ethnokit.model import AnchorState, Coding, Document, Part, Role, Turn

STANDING = frozenset({AnchorState.EXACT, AnchorState.MOVED})
"""States in which a coding surely holds the words that were coded."""


def waits(coding: Coding) -> bool:
    """True for a coding of which a person must say where it stands; one that was given up as lost waits no more."""
    return coding.state not in STANDING and not coding.given_up


def with_turns(codings: Iterable[Coding], document: Document) -> Iterator[tuple[Coding, Turn | None]]:
    """Each coding of a document with the turn in which its passage begins (None: between turns)."""
    starts = [turn.start for turn in document.turns]
    for coding in codings:
        rank = bisect_right(starts, coding.anchor.start) - 1
        turn = document.turns[rank] if rank >= 0 else None
        yield coding, turn if turn is not None and coding.anchor.start < turn.end else None


def is_evidence(coding: Coding, turn: Turn | None) -> bool:
    """True for words of the field that surely stand where they were coded.

    An interviewer's question and the observer's impressions show what the researcher had in mind; a
    passage that is lost, changed or ambiguous waits for a person.
    """
    if coding.state not in STANDING:
        return False
    return turn is None or (turn.role is not Role.INTERVIEWER and turn.part is not Part.IMPRESSIONS)


def structure_of(coding: Coding, document: Document, turn: Turn | None) -> str | None:
    """The structure that a passage speaks for: the coder's word, else the speakers' one, else the document's one.

    None where several are possible and nobody said which: it is never guessed.
    """
    if coding.attributes.structure is not None:
        return coding.attributes.structure
    possible = {one for said in answers(coding, document, turn) for one in _stands_for(said, document)}
    if not possible:
        possible = set(document.structures)
    return possible.pop() if len(possible) == 1 else None


def answers(coding: Coding, document: Document, turn: Turn | None) -> Iterator[Turn]:
    """The turns that a passage holds words of, questions of an interviewer left out; ``turn`` is its first."""
    if turn is not None:
        for said in islice(document.turns, turn.n - 1, None):
            if said.start >= coding.anchor.end:
                break
            if said.role is not Role.INTERVIEWER:
                yield said


def _stands_for(turn: Turn, document: Document) -> tuple[str, ...]:
    speaker = document.speaker(turn.speaker)
    return speaker.structures if speaker is not None and speaker.structures else document.structures
