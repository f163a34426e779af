"""Where a decision is taken: who decides, against what it is checked, and how it gets on the disk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from ethnokit.codings.attributes import problem
from ethnokit.codings.ids import new_id
from ethnokit.codings.log import FOLDER, append, name_problem
from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.i18n import gettext as _
from ethnokit.i18n import reason
from ethnokit.model.codebook import Codebook
from ethnokit.model.coding import Event
from ethnokit.model.words import Act

Outcome = tuple[str | None, list[Diagnostic]]
"""Id of the event that was written, and the problems; without an id nothing was written."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who decides, and what decisions are checked against."""

    root: Path
    by: str
    codebook: Codebook
    structures: frozenset[str] = frozenset()
    """Ids of the register."""
    gesture: str | None = None
    """The gesture that its decisions are part of; None: each is one of its own."""

    def as_one(self) -> Desk:
        """The same desk, at which all that is decided is one gesture."""
        return self if self.gesture is not None else replace(self, gesture=new_id())


def new_event(desk: Desk, act: Act, document: str, code: str | None = None) -> Event:
    """An event of now by the one who decides."""
    now = dt.datetime.now(dt.UTC)
    return Event(new_id(), now, desk.by, act, document, code, codebook=desk.codebook.version, gesture=desk.gesture)


def write(desk: Desk, event: Event | None, problems: list[Diagnostic]) -> Outcome:
    """Put an event on the disk, unless something is wrong."""
    if event is None or errors(problems):
        return None, problems
    failed = save(desk.root, event.document, desk.by, [event])
    return (None, [*problems, failed]) if failed else (event.id, problems)


def save(root: Path, document: str, by: str, events: list[Event]) -> Diagnostic | None:
    """Put events on the disk, all of them; the problem that kept them from it, or None."""
    path = f"{FOLDER}/{document}/{by}.jsonl"
    try:
        append(root, document, by, events)
    except ValueError as error:
        return problem("CD020", str(error), path=path)
    except OSError as error:
        message = _("The decision could not be saved: {reason}.").format(reason=reason(error))
        return problem(
            "CD026", message, path=path, hint=_("Make room on the disk or free the file, then decide again.")
        )
    return None


def errors(problems: list[Diagnostic]) -> bool:
    """Does one of them forbid the decision?"""
    return any(p.severity is Severity.ERROR for p in problems)


def name_problems(by: str) -> list[Diagnostic]:
    """Why nobody can decide under this name."""
    why = name_problem(by)
    return [problem("CD020", why)] if why else []
