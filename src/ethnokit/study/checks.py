"""What the files of a study say of each other: ids, structures, codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.model import Document, Structure, Study
from ethnokit.text.nearest import did_you_mean

T = TypeVar("T", Document, Structure)


def unique(items: Iterable[T], problems: list[Diagnostic]) -> tuple[T, ...]:
    """The first item of each id, in the order given; a later one with the same id is reported (ST001)."""
    kept: dict[str, T] = {}
    for item in items:
        first = kept.setdefault(item.id, item)
        if first is not item:
            message = _("The id “{id}” is already that of {path}.").format(id=item.id, path=first.path)
            problems.append(_at(item.path, "ST001", message))
    return tuple(kept.values())


def cross_check(study: Study) -> Iterator[Diagnostic]:
    """Problems that only show when the files are read together."""
    yield from _unknown_structures(study)
    yield from _unknown_codes(study)


def _unknown_structures(study: Study) -> Iterator[Diagnostic]:
    known = [structure.id for structure in study.structures]
    for document in study.documents:
        spoken_for = (s for speaker in document.speakers for s in speaker.structures)
        for structure in dict.fromkeys((*document.structures, *spoken_for)):
            if structure not in known:
                yield _unknown_structure(document.path, structure, known)
    for answer in study.answers:
        if answer.structure not in known:
            yield _unknown_structure(answer.path, answer.structure, known, answer.line)
    for coding in study.codings:
        target = coding.attributes.target
        if target and target not in known:
            yield _unknown_structure(_log(coding.document, coding.by), target, known)


def _unknown_codes(study: Study) -> Iterator[Diagnostic]:
    known = [code.id for code in study.codebook.codes]
    if not known:
        return  # the missing codebook is already reported
    for structure in study.structures:
        for contact in structure.contacts:
            if contact.topic not in known:
                yield _unknown_code(structure.path, contact.topic, known)
    for answer in study.answers:
        for code in dict.fromkeys((*answer.offers, *answer.seeks, *(tie.code for tie in answer.ties))):
            if code not in known:
                yield _unknown_code(answer.path, code, known, answer.line)
    for by, document, code in dict.fromkeys((c.by, c.document, c.code) for c in study.codings):
        if code not in known:
            yield _unknown_code(_log(document, by), code, known)


def _log(document: str, coder: str) -> str:
    return f"fieldwork/codings/{document}/{coder}.jsonl"


def _unknown_structure(path: str, id: str, known: list[str], line: int = 1) -> Diagnostic:
    return _at(path, "ST002", _("Unknown structure “{id}”.").format(id=id), did_you_mean(id, known), line)


def _unknown_code(path: str, id: str, known: list[str], line: int = 1) -> Diagnostic:
    return _at(path, "ST003", _("Unknown code “{id}”.").format(id=id), did_you_mean(id, known), line)


def _at(path: str, rule: str, message: str, hint: str | None = None, line: int = 1) -> Diagnostic:
    return Source.of(path, "").problem(rule, Severity.ERROR, message, line=line, hint=hint)
