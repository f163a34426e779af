"""Every file of a study, before and after it is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeVar

from ethnokit.cache import Stage, key
from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language
from ethnokit.model import Codebook, Settings
from ethnokit.study import readers
from ethnokit.study.files import TEXTS, StudyFile, read_file, read_folder
from ethnokit.study.readers import Reader

SETTINGS = "ethnokit.yaml"
STRUCTURES = "fieldwork/structures"
QUESTIONNAIRES = "fieldwork/questionnaires"
MEMOS = "fieldwork/memos"
CODINGS = "fieldwork/codings"
SUFFIXES = {
    **dict.fromkeys((*readers.DOCUMENTS, STRUCTURES, MEMOS), TEXTS),
    QUESTIONNAIRES: (".csv",),
    CODINGS: (".jsonl",),
}
"""The folders of a study, and how the names of their files end."""

T = TypeVar("T")


def edition(pipeline: str | None) -> bytes:
    """What a spaCy pipeline in a folder says of itself; one that is installed tells it by its version."""
    try:
        return Path(pipeline, "meta.json").read_bytes() if pipeline else b""
    except OSError:
        return b""


class Gathered:
    """The bytes of a study's files, all at one moment; its readers are asked only for what is wanted.

    ``problems`` are those of finding and reading them, as far as that was done.
    """

    def __init__(self, root: Path, stage: Stage) -> None:
        self.root, self._stage = root, stage
        self.problems: list[Diagnostic] = []
        self._files: dict[str, tuple[StudyFile, ...]] = {SETTINGS: self._find(SETTINGS)}
        self.settings = self._first(SETTINGS, readers.SETTINGS) or Settings()
        self._files[self.settings.codebook] = self._find(self.settings.codebook, needed=True)
        for folder, suffixes in SUFFIXES.items():
            self._files[folder], found = read_folder(root, folder, suffixes)
            self.problems.extend(found)
        self._unread = tuple(self.problems)
        self._fingerprint: str | None = None

    def fingerprint(self) -> str:
        """Two studies of one fingerprint are the same to EthnoKit: same paths, bytes and obstacles, same language."""
        if self._fingerprint is None:
            files = [part for files in self._files.values() for file in files for part in (file.path, file.data)]
            self._fingerprint = key(language(), repr(self._unread), edition(self.settings.pipeline), *files)
        return self._fingerprint

    def codebook(self) -> Codebook:
        """The codebook that the settings name; an empty one where there is none to read."""
        path = self.settings.codebook
        return self._first(path, readers.CODEBOOK) or Codebook("", "", path=path)

    def each(self, folder: str, reader: Reader[T]) -> list[T]:
        """What the reader makes of each file of a folder, in the order of the paths."""
        values = (self._read(file, reader) for file in self._files[folder])
        return [value for value in values if value is not None]

    def _first(self, path: str, reader: Reader[T]) -> T | None:
        return next(iter(self.each(path, reader)), None)

    def _find(self, path: str, *, needed: bool = False) -> tuple[StudyFile, ...]:
        if not os.path.lexists(self.root / path):  # unlike Path.exists, no name is too long for it
            if needed:
                message = _("There is no codebook at this place.")
                self.problems.append(Source.of(path, "").problem("ST005", Severity.ERROR, message))
            return ()
        file = read_file(self.root, path)
        if isinstance(file, Diagnostic):
            self.problems.append(file)
            return ()
        return (file,)

    def _read(self, file: StudyFile, reader: Reader[T]) -> T | None:
        def compute() -> tuple[T | None, tuple[Diagnostic, ...]]:
            value, found = reader.read(file.data, file.path)
            return value, tuple(found)

        # Messages are in the language of the interface: it goes into what is read.
        kind: Any = tuple[reader.kind | None, tuple[Diagnostic, ...]]  # type: ignore[name-defined]
        value, found = self._stage.of(kind, reader.name, language(), file.path, file.data, compute=compute)
        self.problems.extend(found)
        return value
