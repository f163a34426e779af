"""Read a whole study: every problem in one pass, and a bad file never hides the good ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from ethnokit.codebook.read import read_codebook
from ethnokit.codings.anchor import verify
from ethnokit.codings.fold import fold
from ethnokit.codings.log import read as read_log
from ethnokit.diagnostics import Diagnostic, Severity, Source, in_order
from ethnokit.i18n import gettext as _
from ethnokit.ingest.document import read_document
from ethnokit.ingest.memo import read_memo
from ethnokit.ingest.questionnaire import read_answers
from ethnokit.ingest.register import read_structure
from ethnokit.ingest.settings import read_settings
from ethnokit.model import Codebook, Coding, Document, DocumentType, Event, Refusal, Settings, Study
from ethnokit.study.checks import cross_check, unique
from ethnokit.study.files import TEXTS, read_file, read_folder

SETTINGS = "ethnokit.yaml"
DOCUMENT_FOLDERS = {
    "fieldwork/documents": DocumentType.DOCUMENT,
    "fieldwork/interviews": DocumentType.INTERVIEW,
    "fieldwork/observations": DocumentType.OBSERVATION,
}

T = TypeVar("T")


def load(root: Path) -> tuple[Study, tuple[Diagnostic, ...]]:
    """Read the study in ``root``.

    Returns what could be read and every problem, by path, line and column. Positions in the problems
    are those of the files on disk. Nothing is written.
    """
    problems: list[Diagnostic] = []
    settings = _settings(root, problems)
    codebook = _codebook(root, settings.codebook, problems)
    structures = unique(_each(root, "fieldwork/structures", TEXTS, read_structure, problems), problems)
    documents = unique(_documents(root, problems), problems)
    answers = _each(root, "fieldwork/questionnaires", (".csv",), read_answers, problems)
    memos = _each(root, "fieldwork/memos", TEXTS, read_memo, problems)
    codings, refusals = _codings(root, documents, problems)
    study = Study(
        root=root,
        settings=settings,
        codebook=codebook,
        structures=structures,
        documents=documents,
        answers=tuple(answer for rows in answers for answer in rows),
        memos=tuple(memos),
        codings=codings,
        refusals=refusals,
    )
    problems.extend(cross_check(study))
    return study, in_order(problems)


def _settings(root: Path, problems: list[Diagnostic]) -> Settings:
    if not (root / SETTINGS).exists():
        return Settings()
    file = read_file(root, SETTINGS)
    if isinstance(file, Diagnostic):
        problems.append(file)
        return Settings()
    settings, found = read_settings(file.data, SETTINGS)
    problems.extend(found)
    return settings


def _codebook(root: Path, path: str, problems: list[Diagnostic]) -> Codebook:
    if not (root / path).exists():
        message = _("There is no codebook at this place.")
        problems.append(Source.of(path, "").problem("ST005", Severity.ERROR, message))
        return Codebook("", "", path=path)
    file = read_file(root, path)
    if isinstance(file, Diagnostic):
        problems.append(file)
        return Codebook("", "", path=path)
    codebook, found = read_codebook(file.data, path)
    problems.extend(found)
    return codebook


def _each(
    root: Path,
    folder: str,
    suffixes: tuple[str, ...],
    read: Callable[[bytes, str], tuple[T | None, list[Diagnostic]]],
    problems: list[Diagnostic],
) -> list[T]:
    """What ``read`` makes of each file of a folder, in the order of the paths."""
    files, found = read_folder(root, folder, suffixes)
    problems.extend(found)
    values: list[T] = []
    for file in files:
        value, found = read(file.data, file.path)
        problems.extend(found)
        if value is not None:
            values.append(value)
    return values


def _documents(root: Path, problems: list[Diagnostic]) -> list[Document]:
    documents: list[Document] = []
    for folder, kind in DOCUMENT_FOLDERS.items():

        def read(data: bytes, path: str, kind: DocumentType = kind) -> tuple[Document | None, list[Diagnostic]]:
            return read_document(data, path, kind)

        documents.extend(_each(root, folder, TEXTS, read, problems))
    return documents


def _codings(
    root: Path, documents: Iterable[Document], problems: list[Diagnostic]
) -> tuple[tuple[Coding, ...], tuple[Refusal, ...]]:
    """The codings that stand, each verified against the text as it is now, and the refusals."""
    files, found = read_folder(root, "fieldwork/codings", (".jsonl",))
    problems.extend(found)
    by_id = {document.id: document for document in documents}
    events: list[Event] = []
    for file in files:
        read, found = read_log(file.data, file.path)
        problems.extend(found)
        events.extend(read)
    codings, refusals = fold(events)
    return tuple(verify(coding, by_id.get(coding.document)) for coding in codings), refusals
