"""Answers to questionnaires, as a spreadsheet exports them: one row per structure."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator

from ethnokit.diagnostics import Diagnostic, Severity, Source, one_word
from ethnokit.i18n import gettext as _
from ethnokit.ingest.opened import decode_text
from ethnokit.model import Answer, Tie
from ethnokit.model.vocabulary import canonical_key

_SEPARATORS = re.compile(r"[;|]")


def read_answers(data: bytes, path: str, size: int | None = None) -> tuple[tuple[Answer, ...], list[Diagnostic]]:
    """Read a table of answers; a row that cannot be read never hides the others."""
    text, problems = decode_text(data, path, size)
    source = Source.of(path, text)
    rows = _rows(text, source, problems)
    line, header = next(rows, (1, []))
    written = [cell.strip() for cell in header]
    columns = [canonical_key(cell) for cell in written]
    if "structure" not in columns:
        if text.strip():
            message = _("The table has no column “structure”; nothing of it is read.")
            problems.append(source.problem("QU001", Severity.ERROR, message, line=line))
        return (), problems
    twice = {column: cell for column, cell in zip(columns, written, strict=True) if columns.count(column) > 1}
    for name in filter(None, twice.values()):
        message = _("The column “{name}” stands twice; the first one is read.").format(name=one_word(name))
        problems.append(source.problem("QU004", Severity.WARNING, message, line=line))
    answers: list[Answer] = []
    seen: set[str] = set()
    for number, row in rows:
        answer = _answer(columns, row, source, number, problems)
        if answer is None:
            continue
        if answer.structure in seen:
            message = _("This structure answers twice in this table; both rows are kept.")
            problems.append(source.problem("QU005", Severity.WARNING, message, line=number))
        seen.add(answer.structure)
        answers.append(answer)
    return tuple(answers), problems


def _rows(text: str, source: Source, problems: list[Diagnostic]) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the 1-based line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            message = _("The table cannot be read from this line on.")
            hint = _("Look for a quotation mark that is never closed.")
            problems.append(source.problem("QU007", Severity.ERROR, message, line=line, hint=hint))
            return
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1


def _delimiter(text: str) -> str:
    """The sign between cells, as the first line that is not blank shows it outside quotation marks."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max((",", ";", "\t"), key=bare.count)


def _answer(columns: list[str], row: list[str], source: Source, line: int, problems: list[Diagnostic]) -> Answer | None:
    if any(cell.strip() for cell in row[len(columns) :]):
        message = _("This row has more cells than the table has columns; the last ones are not read.")
        hint = _("Put a cell that holds the separator between quotation marks.")
        problems.append(source.problem("QU006", Severity.WARNING, message, line=line, hint=hint))
    cells: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=False):
        if column:
            cells.setdefault(column, cell.strip())
    structure = cells.pop("structure", "")
    if not structure:
        message = _("This row names no structure; it is not read.")
        problems.append(source.problem("QU002", Severity.ERROR, message, line=line))
        return None
    return Answer(
        structure=structure,
        path=source.path,
        line=line,
        answered_on=_day(cells.get("answered_on", ""), source, line, problems),
        speaks_for=cells.get("speaks_for") or None,
        offers=_several(cells.get("offers", "")),
        seeks=_several(cells.get("seeks", "")),
        ties=_ties(structure, cells.get("ties", ""), source, line, problems),
        fields=tuple((column, cell) for column, cell in cells.items() if cell),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _SEPARATORS.split(cell) if part.strip())


def _ties(structure: str, cell: str, source: Source, line: int, problems: list[Diagnostic]) -> tuple[Tie, ...]:
    """``pic-vert:coop.mutualisation;grue:coop.entraide``: other structure, colon, code of the relation."""
    ties = []
    for part in _several(cell):
        target, colon, code = (piece.strip() for piece in part.partition(":"))
        if target and colon and code:
            ties.append(Tie(structure, target, code))
            continue
        message = _("A tie is written structure:code; this one is not read.")
        problems.append(source.problem("QU003", Severity.ERROR, message, line=line))
    return tuple(ties)


def _day(cell: str, source: Source, line: int, problems: list[Diagnostic]) -> dt.date | None:
    """A date as the study writes it, or day/month/year as a French spreadsheet exports it."""
    if not cell:
        return None
    french = re.match(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)", cell)
    iso = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", cell)
    try:
        if french:
            return dt.date(int(french[3]), int(french[2]), int(french[1]))
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    message = _("The day of the answer is not a date; a date is written 2024-05-31.")
    problems.append(source.problem("QU008", Severity.ERROR, message, line=line))
    return None
