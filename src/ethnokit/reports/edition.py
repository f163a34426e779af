"""What is compiled for one audience, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ethnokit.cache.values import to_text
from ethnokit.privacy.view import Heading, ReportView, SheetView
from ethnokit.reports.pages import report_page, sheet_page


@dataclass(frozen=True, slots=True)
class Edition:
    """What is to be compiled for one audience."""

    heading: Heading
    names: dict[str, str]
    """Names of the structures that may be named, by id."""
    report: ReportView | None
    sheets: tuple[SheetView, ...]
    whole: bool
    """All that the audience may have: files of the folder that are not in it are removed."""

    def pages(self, overrides: Path | None = None, *, web: bool = False) -> list[Page]:
        """Every page, report first; for print, or with ``web`` for a browser. None is filled before it is asked for."""
        found = []
        if self.report is not None:
            ids = [sheet.id for sheet in self.sheets]
            fill = partial(report_page, self.report, ids, overrides=overrides, web=web)
            found.append(Page("report", json.dumps([ids, to_text(self.report)]), fill))
        for sheet in self.sheets:
            text = to_text(sheet)
            names = {id_: name for id_, name in self.names.items() if f'"{id_}"' in text}
            fill = partial(sheet_page, sheet, self.heading, names, overrides=overrides, web=web)
            found.append(Page(f"sheets/{sheet.id}", json.dumps([text, to_text(self.heading), names]), fill))
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be filled."""

    name: str
    """``report``, or ``sheets/`` and the id of a structure."""
    basis: str
    """All that it follows from besides templates and style: as long as that is the same, so is the page."""
    html: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the edition."""

    path: str
    """Relative to the folder of the edition, with ``/``."""
    digest: str
    """sha256 of its bytes."""
    fresh: bool
    """False when it stood there already, the same."""
    missing: tuple[str, ...] = ()
    """Characters that no face covers; they show as empty boxes."""
