"""What the files of a study say of each other: ids, structures, codes, and codings that wait for a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from ethnokit.codings.attribution import is_evidence, structure_of, waits, with_turns
from ethnokit.codings.log import FOLDER
from ethnokit.diagnostics import Diagnostic, Severity, Source, one_word
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language, ngettext
from ethnokit.model import AnchorState, Coding, Document, Scale, Structure, Study
from ethnokit.model.vocabulary import canonical_key, shown
from ethnokit.study.places import Place, in_header, in_log, in_table
from ethnokit.text.nearest import did_you_mean

T = TypeVar("T", Document, Structure)


def unique(root: Path, items: Iterable[T], problems: list[Diagnostic]) -> tuple[T, ...]:
    """The first item of each id, in the order given; a later one with the same id is reported (ST001)."""
    kept: dict[str, T] = {}
    for item in items:
        first = kept.setdefault(item.id, item)
        if first is not item:
            message = _("The id “{id}” is already that of {path}.").format(id=item.id, path=first.path)
            problems.append(in_header(root, item.path, item.id, ("id",)).problem("ST001", Severity.ERROR, message))
    return tuple(kept.values())


def cross_check(study: Study) -> Iterator[Diagnostic]:
    """Problems that only show when the files are read together."""
    structures = [structure.id for structure in study.structures]
    codes = [code.id for code in study.codebook.codes]
    yield from _unknown(_structures_named(study), structures, "ST002", _("Unknown structure “{id}”."))
    if codes:  # a missing codebook is already reported
        unknown_code = _("Unknown code “{id}”.")
        yield from _unknown(_codes_named(study), codes, "ST003", unknown_code)
        documents = [document.id for document in study.documents]
        yield from _unknown(_subjects_named(study), codes + structures + documents, "ST003", unknown_code)
    yield from _waiting_codings(study)


Named = tuple[str, Callable[[], Place]]
"""An id that a file names, and where: looked for only when the id is unknown."""


def _unknown(named: Iterable[Named], known: list[str], rule: str, message: str) -> Iterator[Diagnostic]:
    exists = frozenset(known)
    for name, place in named:
        if name not in exists:
            yield place().problem(rule, Severity.ERROR, message.format(id=one_word(name)), did_you_mean(name, known))


def _structures_named(study: Study) -> Iterator[Named]:
    for document in study.documents:
        spoken_for = (s for speaker in document.speakers for s in speaker.structures)
        for name in dict.fromkeys((*document.structures, *spoken_for)):
            yield name, partial(in_header, study.root, document.path, name, ("structures", "structure"))
    for answer in study.answers:
        for name in dict.fromkeys((answer.structure, *(tie.target for tie in answer.ties))):
            yield name, partial(in_table, study.root, answer.path, answer.line, name)
    for coding in study.codings:
        for said in (coding.attributes.target, coding.attributes.structure):
            if said:
                yield said, partial(in_log, study.root, _log(coding.document, coding.by), said)


def _codes_named(study: Study) -> Iterator[Named]:
    for structure in study.structures:
        for contact in structure.contacts:
            yield contact.topic, partial(in_header, study.root, structure.path, contact.topic, ("topic",))
    for answer in study.answers:
        for name in dict.fromkeys((*answer.offers, *answer.seeks, *(tie.code for tie in answer.ties))):
            yield name, partial(in_table, study.root, answer.path, answer.line, name)
    for name, document, by in dict.fromkeys((c.code, c.document, c.by) for c in study.codings):
        yield name, partial(in_log, study.root, _log(document, by), name)


def _subjects_named(study: Study) -> Iterator[Named]:
    """What memos are about: a code, a structure, a document, or a part of the report, which is none of the three."""
    for memo in study.memos:
        if memo.about is not None and not _is_report_part(memo.about):
            yield memo.about, partial(in_header, study.root, memo.path, memo.about, ("about",))


def _is_report_part(about: str) -> bool:
    """``report.summary``, or ``rapport.synthese``."""
    return canonical_key(about.partition(".")[0]) == "report"


def _waiting_codings(study: Study) -> Iterator[Diagnostic]:
    """Per document and coder, the codings that count for less until a person says a word (CD025, CD038 to CD040)."""
    logs: dict[tuple[str, str], list[Coding]] = {}
    for coding in study.codings:
        logs.setdefault((coding.document, coding.by), []).append(coding)
    for (name, by), codings in logs.items():
        document, path = study.document(name), _log(name, by)
        if document is None:
            message = _("The document “{id}” of these codings is not in the study.").format(id=name)
            hint = did_you_mean(name, [d.id for d in study.documents])
            yield Place(Source.of(path, "")).problem("CD025", Severity.ERROR, message, hint)
            continue
        moved = [coding for coding in codings if coding.state is AnchorState.MOVED]
        adrift = list(filter(waits, codings))
        said = ((_unattributed(codings, document), _no_structure), (adrift, _no_place), (moved, _moved))
        for found, problem in said:
            if found:
                yield problem(in_log(study.root, path, found[0].id), found)


def _unattributed(codings: Iterable[Coding], document: Document) -> list[Coding]:
    """Codings that count in a document of several structures, while nobody said for which one they speak.

    What is said of the collective as a whole speaks for no single structure, and need not.
    """
    return [
        coding
        for coding, turn in with_turns(codings, document)
        if document.structures
        and coding.attributes.scale is not Scale.COLLECTIVE
        and is_evidence(coding, turn)
        and structure_of(coding, document, turn) is None
    ]


def _no_structure(place: Place, found: Sequence[Coding]) -> Diagnostic:
    n = len(found)
    message = ngettext(
        "{n} coding does not say for which structure of the document it speaks; it is on no sheet.",
        "{n} codings do not say for which structure of the document they speak; they are on no sheet.",
        n,
    )
    hint = _("Say it with ethnokit coding change ID --set structure=ID; what concerns all takes scale=collective.")
    return place.problem("CD038", Severity.WARNING, message.format(n=n), hint)


def _no_place(place: Place, found: Sequence[Coding]) -> Diagnostic:
    n = len(found)
    message = ngettext(
        "{n} coding no longer finds its words in the document; it does not count ({states}).",
        "{n} codings no longer find their words in the document; they do not count ({states}).",
        n,
    )
    counts = Counter(coding.state for coding in found)
    parts = (
        _("{name}: {n}").format(name=shown(state, language()), n=counts[state])
        for state in AnchorState
        if counts[state]
    )
    hint = _("See each and decide with ethnokit coding reanchor.")
    return place.problem("CD039", Severity.WARNING, message.format(n=n, states=", ".join(parts)), hint)


def _moved(place: Place, found: Sequence[Coding]) -> Diagnostic:
    n = len(found)
    message = ngettext(
        "{n} coding moved with its words when the document was edited; it counts.",
        "{n} codings moved with their words when the document was edited; they count.",
        n,
    )
    hint = _("Write the new places with ethnokit coding reanchor --by NAME.")
    return place.problem("CD040", Severity.NOTE, message.format(n=n), hint)


def _log(document: str, coder: str) -> str:
    return f"{FOLDER}/{document}/{coder}.jsonl"
