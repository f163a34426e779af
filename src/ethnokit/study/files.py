"""The files of a study: which there are, and their bytes. Reading never writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ethnokit.codings.log import is_conflict_copy
from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _

TEXTS = (".md", ".markdown", ".txt")


@dataclass(frozen=True, slots=True)
class StudyFile:
    """A file of the study and its bytes."""

    path: str
    """Relative to the study, with ``/``."""
    data: bytes


def find_study(start: Path) -> Path | None:
    """The nearest folder, from ``start`` upwards, that holds a study: ``fieldwork/`` or ``codebook.yaml``."""
    here = start.resolve()
    marks = ("fieldwork", "codebook.yaml", "ethnokit.yaml")
    return next((f for f in (here, *here.parents) if any((f / mark).exists() for mark in marks)), None)


def read_folder(root: Path, folder: str, suffixes: tuple[str, ...]) -> tuple[tuple[StudyFile, ...], list[Diagnostic]]:
    """The files below ``folder`` with one of ``suffixes``, by path; hidden files and README are passed over.

    A link that leads out of the study (ST004), a file that cannot be opened (ST006) and a copy made by
    a sync tool (ST007) are reported and not read.
    """
    files: list[StudyFile] = []
    problems: list[Diagnostic] = []
    for file in _below(root / folder, suffixes):
        path = file.relative_to(root).as_posix()
        found = read_file(root, path)
        if isinstance(found, StudyFile):
            files.append(found)
        else:
            problems.append(found)
    return tuple(files), problems


def read_file(root: Path, path: str) -> StudyFile | Diagnostic:
    """The bytes of one file of the study, or the problem that keeps it from being read."""
    file, nowhere = root / path, Source.of(path, "")
    if is_conflict_copy(file.name):
        return nowhere.problem("ST007", Severity.WARNING, _("This copy was made by a sync tool; it is not read."))
    if not file.resolve().is_relative_to(root.resolve()):
        return nowhere.problem("ST004", Severity.ERROR, _("This link leads out of the study; it is not read."))
    try:
        return StudyFile(path, file.read_bytes())
    except OSError as error:
        message = _("This file cannot be opened: {reason}.").format(reason=error.strerror or type(error).__name__)
        return nowhere.problem("ST006", Severity.ERROR, message)


def _below(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        wanted = file.suffix.lower() in suffixes and file.stem.upper() != "README"
        if wanted and not hidden and (file.is_file() or file.is_symlink()):
            yield file
