"""Where in a file of the study a word stands that only shows as wrong when files are read together.

The model does not keep lines and columns: the file is read again, and only when there is something to say.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.study.files import StudyFile, read_file


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, 1-based, with the text around it where it may be shown."""

    source: Source
    line: int = 1
    column: int = 1
    length: int = 1

    def problem(self, rule: str, severity: Severity, message: str, hint: str | None = None) -> Diagnostic:
        """A problem at this place."""
        return self.source.problem(
            rule, severity, message, line=self.line, column=self.column, length=self.length, hint=hint
        )


def in_header(root: Path, path: str, word: str, keys: Collection[str]) -> Place:
    """Where the header of a Markdown file says ``word`` under one of ``keys`` (in English); else its first line."""
    from ethnokit.ingest.opened import open_markdown

    file = read_file(root, path)
    if not isinstance(file, StudyFile):
        return _nowhere(path)
    opened, _problems = open_markdown(file.data, path)
    for at, mark in opened.yaml.values.items():
        if not set(keys).isdisjoint(at) and opened.yaml.value(at) == word:
            return Place(opened.source, mark.line, mark.column, mark.length)
    return Place(opened.source)


def in_table(root: Path, path: str, line: int, word: str) -> Place:
    """Where a row of a questionnaire, which begins on ``line``, says ``word``; else the beginning of the row."""
    from ethnokit.text.normal import decode

    file = read_file(root, path)
    if not isinstance(file, StudyFile):
        return _nowhere(path)
    source = Source.of(path, decode(file.data, path).text)
    at = source.line(line).find(word)
    return Place(source, line, at + 1, len(word)) if at >= 0 else Place(source, line)


def in_log(root: Path, path: str, word: str) -> Place:
    """The first event of a log that names ``word``: its own id, a code or a structure; without its text."""
    file = read_file(root, path)
    lines = file.data.split(b"\n") if isinstance(file, StudyFile) else []
    line = next((n for n, written in enumerate(lines, start=1) if _names(written, word)), 1)
    return Place(Source.of(path, ""), line)


def _names(line: bytes, word: str) -> bool:
    try:
        event: Any = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(event, dict):
        return False
    said = event.get("attributes")
    said = said if isinstance(said, dict) else {}
    return word in (event.get("id"), event.get("code"), said.get("target"), said.get("structure"))


def _nowhere(path: str) -> Place:
    return Place(Source.of(path, ""))
