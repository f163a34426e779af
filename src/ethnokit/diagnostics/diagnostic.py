"""A problem in a study, said to a person: what, where, what to do.

Positions are 1-based lines and columns (code points) of the file as it is on disk. ``message`` and
``hint`` never carry interview text: only ``excerpt`` does, and machine formats leave it out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

_ONE_WORD = re.compile(r"[\w.:/-]{1,60}\Z")


class Severity(StrEnum):
    """How grave a problem is; only errors make ``check`` end with exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe repair of a file: what stands at ``[start, end)`` of its text gives way to ``new``."""

    start: int
    end: int
    """Code-point offsets into the file's text after decoding and newline folding."""
    new: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, at one place."""

    path: str
    """Relative to the study, with ``/``."""
    line: int
    column: int
    severity: Severity
    rule: str
    """Stable id such as ``FM003``; ``ethnokit check --explain FM003`` tells more."""
    message: str
    """One sentence in the language of the interface, without any interview text."""
    excerpt: str | None = None
    """The line of the file, for the terminal only."""
    length: int = 1
    """How many code points of the excerpt the caret underlines."""
    hint: str | None = None
    """What to do, or "did you mean"."""
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Path, line, column, rule: the order of every listing."""
        return (self.path, self.line, self.column, self.rule)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, to find lines and columns in."""

    path: str
    text: str
    starts: tuple[int, ...]
    """Offset of the first code point of each line."""

    @classmethod
    def of(cls, path: str, text: str) -> Source:
        """Index the lines of ``text`` (split at LF only)."""
        starts = [0]
        found = text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = text.find("\n", found + 1)
        return cls(path, text, tuple(starts))

    def position(self, offset: int) -> tuple[int, int]:
        """1-based (line, column) of a code-point offset into the text."""
        row = bisect_right(self.starts, max(0, min(offset, len(self.text)))) - 1
        return row + 1, offset - self.starts[row] + 1

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its newline; empty beyond the end."""
        if not 1 <= number <= len(self.starts):
            return ""
        start = self.starts[number - 1]
        stop = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return self.text[start:stop]

    def problem(  # noqa: PLR0913 - a diagnostic has that many parts
        self,
        rule: str,
        severity: Severity,
        message: str,
        *,
        offset: int | None = None,
        line: int = 1,
        column: int = 1,
        length: int = 1,
        hint: str | None = None,
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A diagnostic at an offset (or at a line and column) of this file, with its excerpt."""
        if offset is not None:
            line, column = self.position(offset)
        return Diagnostic(
            self.path, line, column, severity, rule, message, self.line(line) or None, max(1, length), hint, fix
        )


def one_word(written: str) -> str:
    """What a message may repeat of a file: one word, as keys and ids are; of anything longer, nothing.

    Where a header is never closed, or a cell has slipped, what stands in the place of an id is what somebody said.
    """
    return written if _ONE_WORD.match(written) else "…"


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """All problems once, by path, line, column and rule."""
    return tuple(sorted(set(diagnostics), key=lambda d: d.sort_key))


def without_text(diagnostic: Diagnostic) -> Diagnostic:
    """The same problem without the line it quotes: what machine formats and logs may carry."""
    return replace(diagnostic, excerpt=None)
