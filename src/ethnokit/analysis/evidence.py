"""Evidence: the codings that count, each with its document, its turn and the structure it speaks for.

Everything that is counted, printed or drawn starts here, so that a suggestion, an interviewer's
question or a lost passage cannot slip into a figure by another door.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ethnokit.codings.attribution import is_evidence, structure_of, with_turns
from ethnokit.model import Codebook, Coding, Document, Study, Turn

if TYPE_CHECKING:
    import pandas

COLUMNS = (
    "coding",
    "passage",
    "document",
    "type",
    "structure",
    "code",
    "family",
    "start",
    "end",
    "by",
    "posture",
    "scale",
    "target",
    "specific",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One coding that counts."""

    coding: Coding
    document: Document
    turn: Turn | None
    structure: str | None
    """Id of the structure it speaks for; None where several are possible and nobody said which."""
    passage: str
    """Id of the distinct passage: overlapping codings of one code, by one coder or several, share it."""


def gather(study: Study) -> tuple[Evidence, ...]:
    """The evidence of a study, by document (in the study's order) and place in the text.

    Codings of unknown documents or codes, and codings of a family instead of a code, are left out;
    ``ethnokit check`` reports them.
    """
    by_document: dict[str, list[Coding]] = {}
    for coding in study.codings:
        code = study.codebook.get(coding.code)
        if code is not None and code.codable:
            by_document.setdefault(coding.document, []).append(coding)
    found: list[Evidence] = []
    for document in study.documents:
        found.extend(_of_document(document, by_document.get(document.id, ())))
    return tuple(found)


def _of_document(document: Document, codings: Iterable[Coding]) -> list[Evidence]:
    ordered = sorted(codings, key=lambda c: (c.anchor.start, c.anchor.end, c.code, c.id))
    standing = [(coding, turn) for coding, turn in with_turns(ordered, document) if is_evidence(coding, turn)]
    passages = _passages([coding for coding, _turn in standing])
    return [
        Evidence(coding, document, turn, structure_of(coding, document, turn), passages[coding.id])
        for coding, turn in standing
    ]


def _passages(ordered: Sequence[Coding]) -> dict[str, str]:
    """Coding id → id of its passage, for codings of one document in the order of the text.

    Codings of the same code whose spans overlap are one passage, named by the first of them.
    """
    reached: dict[str, tuple[int, str]] = {}
    passages: dict[str, str] = {}
    for coding in ordered:
        end, passage = reached.get(coding.code, (0, coding.id))
        if coding.anchor.start >= end:
            passage = coding.id
        passages[coding.id] = passage
        reached[coding.code] = (max(end, coding.anchor.end), passage)
    return passages


def table(evidence: Sequence[Evidence], codebook: Codebook) -> pandas.DataFrame:
    """Evidence as a table: one row per coding, in the order given, with :data:`COLUMNS`.

    ``start`` and ``end`` are code points of the body; ``type``, ``posture`` and ``scale`` are the stable
    English words; a missing value is None.
    """
    import pandas

    rows = [
        (
            e.coding.id,
            e.passage,
            e.document.id,
            e.document.type.value,
            e.structure,
            e.coding.code,
            codebook.family(e.coding.code),
            e.coding.anchor.start,
            e.coding.anchor.end,
            e.coding.by,
            e.coding.attributes.posture.value if e.coding.attributes.posture else None,
            e.coding.attributes.scale.value if e.coding.attributes.scale else None,
            e.coding.attributes.target,
            e.coding.attributes.specific,
        )
        for e in evidence
    ]
    return pandas.DataFrame.from_records(rows, columns=list(COLUMNS)).astype(
        {"start": "int64", "end": "int64", "specific": "bool"}
    )
