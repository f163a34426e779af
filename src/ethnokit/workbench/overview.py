"""The study at a glance, as the page shows it beside the text: documents, codebook, register, what remains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

from ethnokit.analysis.progress import DocumentProgress, progress
from ethnokit.analysis.sources import structures_of
from ethnokit.codings.attribution import structure_of, with_turns
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language
from ethnokit.model import Audience, Code, Coding, CodingState, Document, Posture, Review, Scale
from ethnokit.model.vocabulary import shown, word_of
from ethnokit.workbench.errors import Denied
from ethnokit.workbench.live import Live
from ethnokit.workbench.positions import positions_of

Data = dict[str, Any]
MOST_PASSAGES = 300


def study_data(live: Live) -> Data:
    """Everything but the texts and their codings."""
    with live.lock:
        study = live.study
        codings = list(live.codings())
        unknown = {document.id: live.undecided(document.id) for document in study.documents}
        known = {id_: n for id_, n in unknown.items() if n is not None}
        lines = progress(study.documents, codings, known)
        uses = live.uses()
        return {
            "title": study.settings.title or live.root.name,
            "by": live.by,
            "role": live.role,
            "readOnly": live.read_only,
            "language": study.settings.language,
            "documents": _documents(live, lines, codings),
            "codebook": {
                "version": study.codebook.version,
                "codes": [_code(live, code, uses[code.id]) for code in study.codebook.codes],
            },
            "structures": [{"id": s.id, "name": s.name} for s in study.structures],
            "posture": _choices(Posture),
            "scale": _choices(Scale),
            "audience": _choices(Audience),
            "states": _choices(CodingState),
            "recent": live.recent_codes(),
            "coders": sorted({coding.by for coding in codings}),
            "errors": live.errors,
            "warnings": live.warnings,
        }


def to_review(coding: Coding, reviewer: str) -> bool:
    """Does a coding of somebody else wait for a verdict on what it says now?"""
    return coding.by != reviewer and coding.review in (None, Review.PENDING)


def is_asked(coding: Coding, by: str) -> bool:
    """Did a reviewer ask for a change of a coding of this person, or refuse it?"""
    return coding.by == by and coding.review in (Review.CHANGE, Review.REFUSED)


def _documents(live: Live, lines: Sequence[DocumentProgress], codings: Iterable[Coding]) -> list[Data]:
    waits: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for coding in codings:
        waits[coding.document] += to_review(coding, live.by)
        asked[coding.document] += is_asked(coding, live.by)
    found = []
    for document, line in zip(live.study.documents, lines, strict=True):
        found.append(
            {
                "id": document.id,
                "title": document.title or document.event or document.id,
                "type": document.type.value,
                "typeLabel": shown(document.type, language()),
                "date": document.date.isoformat() if document.date else None,
                "structures": list(structures_of(document)),
                "state": line.state.value,
                "stateLabel": shown(line.state, language()),
                "codings": sum(line.codings.values()),
                "mine": line.codings.get(live.by, 0),
                "waiting": line.waiting,
                "undecided": line.undecided,
                "toReview": waits[document.id],
                "asked": asked[document.id],
                "words": live.words(document),
            }
        )
    return found


def _code(live: Live, code: Code, used: int) -> Data:
    return {
        "id": code.id,
        "label": code.label,
        "parent": code.parent,
        "codable": code.codable,
        "relation": code.relation,
        "manual": code.manual,
        "withheld": code.withheld,
        "colour": live.colour(code),
        "definition": code.definition,
        "include": list(code.include),
        "exclude": list(code.exclude),
        "examples": list(code.examples),
        "synonyms": list(code.synonyms),
        "used": used,
    }


def _choices(kind: type[Enum]) -> list[Data]:
    return [{"value": word_of(word), "label": shown(word, language())} for word in kind]


def code_data(live: Live, id: str) -> Data:
    """The passages already coded with a code or one below it, across the study.

    Raises:
        Denied: there is no such code.
    """
    with live.lock:
        if live.study.codebook.get(id) is None:
            raise Denied("missing", _("Unknown code “{id}”.").format(id=id))
        wanted = _with_below(live, id)
        passages = [
            _passage(live, document, coding, turn)
            for document in live.study.documents
            for coding, turn in with_turns(_in_order(live.codings_of(document.id)), document)
            if coding.code in wanted
        ]
    return {"id": id, "total": len(passages), "passages": passages[:MOST_PASSAGES]}


def _passage(live: Live, document: Document, coding: Coding, turn: Any) -> Data:
    return {
        "coding": coding.id,
        "code": coding.code,
        "document": document.id,
        "title": document.title or document.event or document.id,
        "turn": turn.n if turn else None,
        "start": positions_of(document.body).to_units(min(coding.anchor.start, len(document.body))),
        "quote": coding.anchor.quote,
        "by": coding.by,
        "structure": structure_of(coding, document, turn),
        "posture": shown(coding.attributes.posture, language()) if coding.attributes.posture else None,
        "state": coding.state.value,
    }


def _in_order(codings: Iterable[Coding]) -> list[Coding]:
    return sorted(codings, key=lambda c: (c.anchor.start, c.anchor.end, c.id))


def _with_below(live: Live, id: str) -> frozenset[str]:
    """Ids of a code and of all those below it."""
    below = {code.id for code in live.study.codebook.children(id)}
    return frozenset({id}.union(*(_with_below(live, child) for child in below)))
