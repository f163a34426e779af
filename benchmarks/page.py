"""``docs/performance.md``: one section for each benchmark between two marks, so that one can be written anew alone."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Cost, calibration

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


@dataclass(frozen=True)
class Table:
    """Rows under a heading; cells are text or numbers, ready to be read."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    before: str = ""
    """What the table shows, in a sentence or two."""


@dataclass(frozen=True)
class Section:
    """What one benchmark found."""

    title: str
    tables: Sequence[Table]
    after: str = ""
    """What to think of it."""


def seconds(value: float) -> str:
    """A time as a table shows it."""
    return f"{value:.3f} s" if value < 1 else f"{value:.2f} s"


COLUMNS = ("", "wall time, median (fastest–slowest)", "processor", "in loops", "peak memory")
"""What :func:`line` fills; loops are processor time in units of the calibration loop."""


def line(name: str, cost: Cost, loop: float) -> list[str]:
    """A row that tells what a command cost."""
    wall = f"{seconds(cost.median)} ({min(cost.seconds):.2f}–{max(cost.seconds):.2f})"
    return [name, wall, seconds(cost.busy), f"{cost.busy / loop:.2f}", f"{cost.megabytes:.0f} MB"]


def write(name: str, section: Section, libraries: Sequence[str], page: Path = PAGE) -> None:
    """Put a section in the place of its former self, or at the end of the page."""
    text = page.read_text(encoding="utf-8")
    opening, closing = f"<!-- benchmark {name} -->", f"<!-- end of {name} -->"
    body = f"{opening}\n{_markdown(section, libraries)}\n{closing}"
    marked = re.compile(re.escape(opening) + ".*?" + re.escape(closing), re.DOTALL)
    kept = marked.sub(lambda _found: body, text)
    if kept == text and body not in text:
        kept = f"{text.rstrip()}\n\n{body}\n"
    page.write_text(kept, encoding="utf-8")


def _markdown(section: Section, libraries: Sequence[str]) -> str:
    blocks = [f"## {section.title}", *(block for table in section.tables for block in _table(table))]
    return "\n\n".join([*blocks, *filter(None, [section.after]), _machine(libraries)])


def _table(table: Table) -> list[str]:
    lines = [table.head, ["---"] + ["---:"] * (len(table.head) - 1), *table.rows]
    written = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return [*filter(None, [table.before]), written]


def _machine(libraries: Sequence[str]) -> str:
    names = ", ".join(f"{library} {version(library)}" for library in libraries)
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"*{system}, {names}; the calibration loop took {calibration():.3f} s.*"
