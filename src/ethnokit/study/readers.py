"""The reader of each kind of file.

Each imports its module only when it is called: a study in which nothing changed is opened from the cache,
without the libraries that read YAML and check schemas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ethnokit.diagnostics import Diagnostic
from ethnokit.model import Answer, Codebook, Document, DocumentType, Event, Memo, Settings, Structure

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """A pure function of the bytes of a file and its path, and what it makes of them."""

    name: str
    kind: Any
    """The annotation of the value."""
    read: Callable[[bytes, str], tuple[T | None, list[Diagnostic]]]


def _settings(data: bytes, path: str) -> tuple[Settings, list[Diagnostic]]:
    from ethnokit.ingest.settings import read_settings

    return read_settings(data, path)


def _codebook(data: bytes, path: str) -> tuple[Codebook, list[Diagnostic]]:
    from ethnokit.codebook.read import read_codebook

    return read_codebook(data, path)


def _structure(data: bytes, path: str) -> tuple[Structure | None, list[Diagnostic]]:
    from ethnokit.ingest.register import read_structure

    return read_structure(data, path)


def _document(kind: DocumentType) -> Reader[Document]:
    def read(data: bytes, path: str) -> tuple[Document, list[Diagnostic]]:
        from ethnokit.ingest.document import read_document

        return read_document(data, path, kind)

    return Reader(kind.value, Document, read)


def _answers(data: bytes, path: str) -> tuple[tuple[Answer, ...], list[Diagnostic]]:
    from ethnokit.ingest.questionnaire import read_answers

    return read_answers(data, path)


def _memo(data: bytes, path: str) -> tuple[Memo, list[Diagnostic]]:
    from ethnokit.ingest.memo import read_memo

    return read_memo(data, path)


def _log(data: bytes, path: str) -> tuple[tuple[Event, ...], list[Diagnostic]]:
    from ethnokit.codings.log import read

    return read(data, path)


SETTINGS = Reader("settings", Settings, _settings)
CODEBOOK = Reader("codebook", Codebook, _codebook)
STRUCTURE = Reader("structure", Structure, _structure)
ANSWERS = Reader("answers", tuple[Answer, ...], _answers)
MEMO = Reader("memo", Memo, _memo)
LOG = Reader("log", tuple[Event, ...], _log)
DOCUMENTS = {
    "fieldwork/documents": _document(DocumentType.DOCUMENT),
    "fieldwork/interviews": _document(DocumentType.INTERVIEW),
    "fieldwork/observations": _document(DocumentType.OBSERVATION),
}
"""By folder: it says what a document is where its header does not."""
