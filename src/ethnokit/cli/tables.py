"""Tables for people: drawn on a terminal, plain aligned text in a pipe; never more than what the file's text says.

Whatever a file holds is printed as it is: it cannot move the cursor, colour the screen or be read as markup.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from rich.table import Table

PIPE_WIDTH = 100
"""Columns of text where there is no terminal to ask and COLUMNS does not say."""
_HEADING = "\ue000"
"""Keeps the place of a heading in a drawn table, for rich has no cell over several columns."""
_UNPRINTED = re.compile(rf"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff{_HEADING}]+")
"""Control characters (ESC and the C1 ones that begin sequences without it), marks that turn the direction of the
line around, halves of characters."""


def visible(text: str) -> str:
    """A text of a file as one line that a terminal only prints: no control characters, single spaces."""
    return " ".join(_UNPRINTED.sub(" ", text).split())


def screen_width() -> int:
    """How many columns of text there are; at least 60, under which no table can be read."""
    return max(60, shutil.get_terminal_size((PIPE_WIDTH, 24)).columns)


def print_lines(lines: Iterable[str]) -> None:
    """Print sentences, each from the beginning of a line and broken where the screen ends."""
    for line in lines:
        click.echo(textwrap.fill(line, screen_width(), break_long_words=False, break_on_hyphens=False))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the side its cells stand on, and a width where it must not depend on the cells."""

    title: str
    side: Literal["left", "right"] = "left"
    width: int | None = None


class Heading(str):
    """A row that only names the rows below it, which are then set in."""

    __slots__ = ()


Row = Heading | Sequence[str]


def print_table(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Print a table as wide as the screen allows; long cells go on in a next line."""
    terminal = sys.stdout.isatty()
    click.echo(render(columns, rows, width=screen_width(), terminal=terminal), nl=False)


def render(columns: Sequence[Column], rows: Sequence[Row], *, width: int, terminal: bool) -> str:
    """The table as text, every line ended; with bold type and a rule under the titles for a terminal."""
    from rich.console import Console

    text = io.StringIO()
    console = Console(
        file=text,
        width=width,
        force_terminal=terminal,
        color_system=None,  # bold and faint type need no colours, and are readable on every background
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    console.print(_table(columns, rows, terminal=terminal))
    named = (visible(row) for row in rows if isinstance(row, Heading))
    headings = (click.style(name, bold=True) if terminal else name for name in named)
    lines = text.getvalue().splitlines()
    return "".join((next(headings) if line.strip() == _HEADING else line.rstrip()) + "\n" for line in lines)


def _table(columns: Sequence[Column], rows: Sequence[Row], *, terminal: bool) -> Table:
    from rich import box
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    # One space between columns in both forms: where there is a box, its own separator is that space.
    style, padding = (box.SIMPLE_HEAD, (0, 0, 0, 0)) if terminal else (None, (0, 1, 0, 0))
    table = Table(box=style, pad_edge=False, show_edge=False, padding=padding)
    for column in columns:
        table.add_column(Text(column.title), justify=column.side, width=column.width, overflow="fold")
    indent = 2 if any(isinstance(row, Heading) for row in rows) else 0
    for row in rows:
        if isinstance(row, Heading):
            table.add_row(_HEADING)
        else:
            first, *others = (Text(visible(cell)) for cell in row)
            table.add_row(Padding(first, (0, 0, 0, indent)), *others)
    return table
