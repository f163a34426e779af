"""CSV that LibreOffice and Excel open as it is, and in which no cell is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

import click

BOM = "\ufeff"
_BLANK = r"[\s\u200b-\u200d\u2060\ufeff]"
_FORMULA = re.compile(
    rf"""'*                        # an apostrophe written by hand before such a cell gets one more
    (?: [\t\r\n]
      | (?:{_BLANK}|")*[=+@＝＋＠]
      | {_BLANK}*[-－] (?! [ \u00a0\u202f]+[^\W\d_] (?![^\n]*(?:\||\w\()) )
    )""",
    re.VERBOSE,
)
"""What a spreadsheet may take for a formula. A dash, space and word open a turn of a dialogue and are left alone,
unless a call or a pipe follows."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def safe_cell(value: Any) -> str:
    """A value as the text of a cell.

    Text that a spreadsheet could compute is preceded by an apostrophe (:func:`plain_cell` takes it away
    again); numbers are written as numbers; lists are joined by spaces; control characters are left out.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) and not isinstance(value, Enum):
        return str(value)
    if isinstance(value, (tuple, list)):
        return safe_cell(" ".join(map(str, value)))
    text = _CONTROL.sub("", str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(cell: str) -> str:
    """The text that :func:`safe_cell` wrote into a cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table with a byte-order mark, commas, and the line ends of RFC 4180."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return BOM + text.getvalue()


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table to stdout in UTF-8, whatever the encoding of the terminal."""
    click.echo(as_csv(columns, rows).encode("utf-8"), nl=False)
