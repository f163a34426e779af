"""The files of a study: which there are, and their bytes. Reading never writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ethnokit.codings.log import is_conflict_copy
from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.i18n import reason
from ethnokit.text.normal import MAX_BYTES, too_large
from ethnokit.text.whole import is_inside

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

    A link that leads out of the study (ST004), a file or folder that cannot be opened (ST006) and a copy made
    by a sync tool (ST007) are reported and not read.
    """
    inside = is_inside(root / folder, root)
    files: list[StudyFile] = []
    problems: list[Diagnostic] = []
    for path, linked in _below(root, folder, suffixes, problems):
        found = _read(root, path, trusted=inside and not linked)
        if isinstance(found, StudyFile):
            files.append(found)
        else:
            problems.append(found)
    return tuple(files), problems


def read_file(root: Path, path: str) -> StudyFile | Diagnostic:
    """The bytes of one file of the study, or the problem that keeps it from being read."""
    return _read(root, path, trusted=False)


def _read(root: Path, path: str, *, trusted: bool) -> StudyFile | Diagnostic:
    """``trusted`` files are known to lie in the study: following every link of their path would cost more than them."""
    file = root / path
    if is_conflict_copy(file.name):
        message = _("This copy was made by a sync tool; it is not read.")
        return Source.of(path, "").problem("ST007", Severity.WARNING, message)
    if not trusted and not is_inside(file, root):
        return _outside(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            return too_large(path)
        return StudyFile(path, file.read_bytes())
    except OSError as error:
        return _closed(path, error)


def _outside(path: str) -> Diagnostic:
    message = _("This link leads out of the study; it is not read.")
    return Source.of(path, "").problem("ST004", Severity.ERROR, message)


def _closed(path: str, error: OSError) -> Diagnostic:
    message = _("This file cannot be opened: {reason}.").format(reason=reason(error))
    return Source.of(path, "").problem("ST006", Severity.ERROR, message)


def _below(
    root: Path, folder: str, suffixes: tuple[str, ...], problems: list[Diagnostic]
) -> Iterator[tuple[str, bool]]:
    """The path of each wanted file, and whether it is a link; links to folders are not followed."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        problems.append(_closed(folder, error))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, path, suffixes, problems)
        elif entry.is_symlink() and (root / path).is_dir() and not is_inside(root / path, root):
            problems.append(_outside(path))
        elif _is_wanted(entry.name, suffixes) and (entry.is_symlink() or entry.is_file()):
            yield path, entry.is_symlink()


def _is_wanted(name: str, suffixes: tuple[str, ...]) -> bool:
    stem, dot, suffix = name.rpartition(".")
    return (dot + suffix).lower() in suffixes and stem.upper() != "README"
