"""What the page is given: documents, codings and suggestions as plain data, positions in JavaScript's units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ethnokit.codings.attribution import STANDING
from ethnokit.codings.jsonl import attributes_to_json
from ethnokit.i18n import language
from ethnokit.model import AnchorState, Coding, Document, Part, Remark, Role, Suggestion
from ethnokit.model.vocabulary import shown
from ethnokit.suggest.reasons import in_words
from ethnokit.workbench.decided import Decided
from ethnokit.workbench.positions import Positions, positions_of
from ethnokit.workbench.rows import Row, rows_of

Data = dict[str, Any]


def document_data(document: Document) -> Data:
    """A document to be read: its body, and the rows that the page sets it in."""
    at = positions_of(document.body)
    return {
        "id": document.id,
        "title": document.title or document.event or document.id,
        "type": document.type.value,
        "typeLabel": shown(document.type, language()),
        "language": document.language,
        "date": document.date.isoformat() if document.date else None,
        "path": document.path,
        "structures": list(document.structures),
        "state": document.coding_state.value,
        "text": document.text_hash,
        "body": document.body,
        "speakers": [
            {
                "code": speaker.code,
                "name": speaker.pseudonym or speaker.code,
                "role": speaker.role.value,
                "roleLabel": shown(speaker.role, language()),
            }
            for speaker in document.speakers
        ],
        "rows": [_row(row, at) for row in rows_of(document)],
    }


def _row(row: Row, at: Positions) -> Data:
    turn = row.turn
    return {
        "kind": row.kind,
        "n": turn.n if turn else None,
        "first": row.first,
        "speaker": turn.speaker if turn else None,
        "role": (turn.role if turn else Role.NONE).value,
        "time": turn.time if turn else None,
        "part": turn.part.value if turn and turn.part else None,
        "partLabel": shown(turn.part, language()) if turn and isinstance(turn.part, Part) else None,
        "start": at.to_units(row.start),
        "end": at.to_units(row.end),
    }


def decided_data(decided: Decided, by: str, *, reviewing: bool = False) -> Data:
    """All codings of a document, and how far a person can undo and redo."""
    codings = sorted(decided.codings, key=lambda c: (c.anchor.start, c.anchor.end, c.id))
    return {
        "text": decided.document.text_hash,
        "version": decided.version,
        "codings": [coding_data(coding, decided.document, by) for coding in codings],
        **undoable(decided, by, reviewing=reviewing),
    }


def undoable(decided: Decided, by: str, *, reviewing: bool) -> Data:
    """How many gestures a person can undo and redo in a document, in her role."""
    past = decided.ledger.history(by, reviewing=reviewing)
    return {"undo": len(past.undo), "redo": len(past.redo)}


def coding_data(coding: Coding, document: Document, by: str) -> Data:
    """A coding. A changed one carries the place that was found and the words as they were coded."""
    at = positions_of(document.body)
    anchor = coding.anchor
    placed = coding.state in STANDING or coding.state is AnchorState.CHANGED
    attributes = attributes_to_json(coding.attributes)
    return {
        "id": coding.id,
        "code": coding.code,
        "start": at.to_units(anchor.start) if placed else None,
        "end": at.to_units(anchor.end) if placed else None,
        "quote": anchor.quote,
        "by": coding.by,
        "mine": coding.by == by,
        "at": coding.at.isoformat(),
        "attributes": {"specific": False, "doubt": False} | attributes,
        "state": coding.state.value,
        "places": [[at.to_units(start), at.to_units(end)] for start, end in coding.places],
        "revision": coding.revision,
        "suggestion": coding.suggestion,
        "givenUp": coding.given_up,
        "review": coding.review.value if coding.review else None,
        "remarks": [_remark(remark, coding) for remark in coding.remarks],
    }


def _remark(remark: Remark, coding: Coding) -> Data:
    return {
        "id": remark.id,
        "by": remark.by,
        "at": remark.at.isoformat(),
        "verdict": remark.verdict.value if remark.verdict else None,
        "text": remark.text,
        "current": remark.verdict is None or remark.seen == coding.revision,
    }


def suggestions_data(suggestions: Iterable[Suggestion], document: Document) -> list[Data]:
    """Suggestions in the order of the text, each with its reasons in words."""
    at = positions_of(document.body)
    return [
        {
            "id": one.id,
            "code": one.code,
            "start": at.to_units(one.start),
            "end": at.to_units(one.end),
            "quote": one.quote,
            "score": one.score,
            "why": [in_words(why) for why in one.why],
            "attributes": attributes_to_json(one.attributes),
        }
        for one in sorted(suggestions, key=lambda s: (s.start, s.end, s.code))
    ]
