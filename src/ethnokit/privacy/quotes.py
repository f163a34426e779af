"""Passages made ready for print: words without marks, and what consent lets be said of who spoke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ethnokit.analysis.evidence import Evidence
from ethnokit.codings.attribution import answers
from ethnokit.model import Audience, Document, DocumentType, Part, Quoting, Role, Speaker, Turn
from ethnokit.privacy.cut import Cut
from ethnokit.privacy.view import Verbatim, Voice
from ethnokit.text.plain import plain

_KINDS = {DocumentType.INTERVIEW: "said", DocumentType.OBSERVATION: "observed", DocumentType.DOCUMENT: "written"}

Span = tuple[str, int, int]
"""Document, start and end of a passage."""


class Quotes:
    """The verbatims of one sheet or report: each passage is printed once, and numbered in the order of print."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self._printed: dict[Span, int] = {}

    def quotable(self, evidence: Evidence) -> bool:
        """True when the audience may read the words themselves."""
        return self._cut.rights[evidence.coding.id].quoting is not Quoting.NONE

    def number(self, evidence: Evidence) -> int | None:
        """Number under which the passage, or one that shares most of its words, stands in print already."""
        document, start, end = _span(evidence)
        for (other, first, last), n in self._printed.items():
            if other == document and min(end, last) - max(start, first) > 0.5 * min(end - start, last - first):
                return n
        return None

    def take(self, evidence: Evidence) -> Verbatim:
        """The passage as a verbatim, under the next number."""
        n = len(self._printed) + 1
        self._printed[_span(evidence)] = n
        coding, document = evidence.coding, evidence.document
        return Verbatim(
            n=n,
            voices=tuple(voices(document, coding.anchor.start, coding.anchor.end)),
            attribution=self._attribution(evidence),
            kind=_kind(document, evidence.turn),
            ref=self._cut.references[document.id],
            turn=evidence.turn.n if evidence.turn else None,
            time=evidence.turn.time if evidence.turn else None,
            structure=evidence.structure,
            posture=coding.attributes.posture,
            target=coding.attributes.target,
            specific=coding.attributes.specific,
        )

    def _attribution(self, evidence: Evidence) -> str:
        """Who speaks in the passage, as far as consent lets it be said; several as they come."""
        document, quoting = evidence.document, self._cut.rights[evidence.coding.id].quoting
        said = answers(evidence.coding, document, evidence.turn)
        speakers = (document.speaker(turn.speaker) for turn in said)
        told = (self._told(speaker, quoting) for speaker in speakers if speaker is not None)
        return " · ".join(dict.fromkeys(filter(None, told)))

    def _told(self, speaker: Speaker, quoting: Quoting) -> str:
        if self._cut.audience is Audience.TEAM:
            return ", ".join(filter(None, (speaker.pseudonym or speaker.code, speaker.function)))
        if quoting is Quoting.FUNCTION:
            return speaker.function or ""
        if quoting is Quoting.PSEUDONYM:
            return speaker.pseudonym or ""
        if quoting is Quoting.NAME:
            return ", ".join(filter(None, (speaker.pseudonym, speaker.function)))
        return ""


def _span(evidence: Evidence) -> Span:
    return evidence.document.id, evidence.coding.anchor.start, evidence.coding.anchor.end


def _kind(document: Document, turn: Turn | None) -> str:
    if document.type is DocumentType.OBSERVATION and turn is not None and turn.part is Part.REPORTED:
        return "reported"
    return _KINDS[document.type]


def voices(document: Document, start: int, end: int) -> Iterator[Voice]:
    """The words of a passage, turn by turn; labels, times and an observer's impressions are left out."""
    turns = [turn for turn in document.turns if turn.start < end and start < turn.end]
    if not turns:
        yield Voice(asks=False, text=plain(document.body[start:end]))
    for turn in (turn for turn in turns if turn.part is not Part.IMPRESSIONS):
        text = plain(document.body[max(start, turn.start) : min(end, turn.end)])
        if text:
            yield Voice(asks=turn.role is Role.INTERVIEWER, text=text)


def distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """One piece of evidence per passage: of overlapping codings, the one that holds the most words."""
    best: dict[str, Evidence] = {}
    for one in evidence:
        other = best.setdefault(one.passage, one)
        if _length(one) > _length(other):
            best[one.passage] = one
    return list(best.values())


def _length(evidence: Evidence) -> int:
    return evidence.coding.anchor.end - evidence.coding.anchor.start


def contrasting(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Passages in an order that takes one structure after the other, those that show a singular trait first.

    Whatever is cut off at the end, as many structures as possible have been heard.
    """
    groups: dict[str | None, list[Evidence]] = {}
    for one in sorted(evidence, key=lambda e: not e.coding.attributes.specific):
        groups.setdefault(one.structure, []).append(one)
    rounds = max(map(len, groups.values()), default=0)
    return [group[n] for n in range(rounds) for group in groups.values() if n < len(group)]
