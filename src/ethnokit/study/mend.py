"""``check --fix``: mend what can be mended without asking, and nothing else.

A file is written whole beside itself and then put in its place, so that a reader, a crash or a full disk never
meets half of it. What a person said is never touched: neither the body of a document nor its codings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ethnokit.diagnostics import Diagnostic
from ethnokit.study import readers
from ethnokit.study.files import StudyFile, read_file
from ethnokit.study.readers import Reader
from ethnokit.text.whole import place_within, write_over

MANY = 500
"""Repairs of one file at most; each leaves fewer mistakes than there were, so that no honest file meets this."""
UNREAD = {"YA001", "YA002", "YA006", "YA007", "FM001", "FM005"}
"""Problems that keep a header, or a part of it, from being read at all."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One mistake that was mended, or would be."""

    path: str
    line: int
    column: int
    """Where it stood when its turn came."""
    rule: str
    old: str
    new: str
    """Words of a header; empty for a line added or taken away."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file before and after its repairs."""

    file: StudyFile
    data: bytes
    repairs: tuple[Repair, ...]


def mend(root: Path, problems: Iterable[Diagnostic], codebook: str) -> Iterator[Mended]:
    """The files with problems that can be mended, by path, each with all of its repairs; nothing is written.

    ``codebook`` is the path of the codebook. Repairs are made one at a time and the file is read again after
    each, so that two never meet and one that brings another to light is followed by it.
    """
    for path in sorted({p.path for p in problems if p.fix is not None}):
        reader = _reader(path, codebook)
        file = read_file(root, path)
        if reader is not None and isinstance(file, StudyFile):
            data = file.data
            repairs: list[Repair] = []
            while len(repairs) < MANY and (step := _first_repair(data, path, reader)):
                data, repair = step
                repairs.append(repair)
            if repairs:
                yield Mended(file, data, tuple(repairs))


def _reader(path: str, codebook: str) -> Reader[Any] | None:
    known: dict[str, Reader[Any]] = {"ethnokit.yaml": readers.SETTINGS, codebook: readers.CODEBOOK}
    folders: dict[str, Reader[Any]] = {
        "fieldwork/structures": readers.STRUCTURE,
        "fieldwork/memos": readers.MEMO,
        **readers.DOCUMENTS,
    }
    return known.get(path) or folders.get("/".join(path.split("/")[:2]))


def _first_repair(data: bytes, path: str, reader: Reader[Any]) -> tuple[bytes, Repair] | None:
    """The file after the first repair that is safe, and that repair."""
    from ethnokit.text.normal import decode
    from ethnokit.text.repair import repaired

    text = decode(data, path).text
    _value, problems = reader.read(data, path)
    for problem in problems:
        fix = problem.fix
        made = repaired(data, fix) if fix else None
        if fix is not None and made is not None and _is_safe(problems, problem, data, made, reader):
            old, new = text[fix.start : fix.end].strip(), fix.new.strip()
            return made, Repair(path, problem.line, problem.column, problem.rule, old, new)
    return None


def _is_safe(known: list[Diagnostic], mended: Diagnostic, before: bytes, after: bytes, reader: Reader[Any]) -> bool:
    """The problem is gone, the header is read no worse, and the body is the same: a guard, not a hope."""
    _value, left = reader.read(after, mended.path)
    unread = [sum(p.rule in UNREAD for p in problems) for problems in (known, left)]
    # Where a line was taken away, the next one has its place.
    taken_away = mended.fix is not None and not mended.fix.new
    place = (mended.rule, mended.line, mended.column)
    gone = taken_away or place not in {(p.rule, p.line, p.column) for p in left}
    return gone and unread[1] <= unread[0] and _body(after, mended.path) == _body(before, mended.path)


def _body(data: bytes, path: str) -> str | None:
    """What follows the header; None for a file that is all YAML."""
    from ethnokit.diagnostics import Source
    from ethnokit.ingest.frontmatter import split
    from ethnokit.text.normal import decode

    text = decode(data, path).text
    return split(text, Source.of(path, text))[0].body if path.startswith("fieldwork/") else None


def put(root: Path, mended: Mended) -> None:
    """Put a mended file in the place of the old one, all of it or nothing.

    Raises:
        ChangedMeanwhile: somebody changed the file in between; it is as they left it.
        OSError: it could not be written; it is as it was.
    """
    write_over(place_within(root, mended.file.path), mended.data, seen=mended.file.data)
