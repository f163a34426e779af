"""The YAML header between two fences at the very top of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _

_OPEN = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
# A rich text editor rewrites the fences as rules, or sets blank lines above them.
_MANGLED = re.compile(r"\s*(?:\\?---+|\*\*\*+|\* \* \*|___+)?\s*(?:#+ *)?(?:id|type)[ \t]?:")


@dataclass(frozen=True, slots=True)
class Front:
    """A file cut in two: ``body == text[offset:]`` whatever the header looks like."""

    header: str | None
    """The YAML text, None when the file has no header."""
    header_line: int
    """1-based line of the file on which ``header`` begins."""
    body: str
    offset: int
    """Code points of the file's text before the body."""
    body_line: int
    """1-based line of the file on which the body begins."""


def split(text: str, source: Source) -> tuple[Front, list[Diagnostic]]:
    """Cut ``text`` into header and body; a header that is never closed is read as body, with a warning."""
    opened = _OPEN.match(text)
    if opened is None:
        return _whole(text), _mangled(text, source)
    closed = _CLOSE.search(text, opened.end())
    if closed is None:
        problem = source.problem(
            "FM001",
            Severity.WARNING,
            _("The header opened here is never closed; the whole file is read as text."),
            length=3,
            hint=_("Put a line of three dashes (---) after the last key."),
        )
        return _whole(text), [problem]
    line, _column = source.position(closed.start())
    body_line = line + 1 if text[closed.start() : closed.end()].endswith("\n") else line
    return Front(text[opened.end() : closed.start()], 2, text[closed.end() :], closed.end(), body_line), []


def _whole(text: str) -> Front:
    return Front(None, 1, text, 0, 1)


def _mangled(text: str, source: Source) -> list[Diagnostic]:
    """A header that an editor has rewritten is not read, but it is noticed."""
    found = _MANGLED.match(text[:2000])
    if found is None:
        return []
    message = _("This looks like a header, but no line of three dashes opens it on line 1; it is read as text.")
    hint = _("Put --- alone on the first line, and again after the last key. Some rich text editors change them.")
    return [source.problem("FM005", Severity.WARNING, message, offset=found.end() - 1, hint=hint)]
