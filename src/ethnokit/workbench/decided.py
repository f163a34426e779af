"""The decisions on one document as the disk has them now, and where each stands in its text."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from ethnokit.codings.ledger import Ledger
from ethnokit.codings.log import FOLDER, is_conflict_copy
from ethnokit.codings.reanchor import Edited, befallen
from ethnokit.codings.snapshot import Snapshot
from ethnokit.model import Coding, Document, Event, Refusal
from ethnokit.study.anchors import untouched
from ethnokit.workbench.tail import Tail


class Decided:
    """What people decided on one document. Its logs are followed as they grow, whoever writes them.

    What one decision costs does not depend on the length of the text, nor on how much was decided before.
    """

    def __init__(self, root: Path, document: Document, before: Callable[[str], Snapshot | None]) -> None:
        self._folder = root / FOLDER / document.id
        self._before = before
        self._tails: dict[str, Tail] = {}
        self._placed: dict[str, Coding] = {}
        self.ledger = Ledger()
        self.document = document
        self.version = time.time_ns() // 1_000_000
        """Grows with everything that changes here; after a restart it never has a number that a page may know."""
        self._edited = Edited(document, before)
        self.refresh()

    @property
    def codings(self) -> Iterable[Coding]:
        """The codings that stand, each with the state of its anchor."""
        return self._placed.values()

    @property
    def refusals(self) -> Iterable[Refusal]:
        """The suggestions that were refused."""
        return self.ledger.refusals.values()

    def coding(self, id: str) -> Coding | None:
        """The coding of this id, or None."""
        return self._placed.get(id)

    def read_in(self, document: Document) -> frozenset[str]:
        """Take the document as it is now; the ids of the codings that this touches: all of them, if it was edited."""
        if document.text_hash == self.document.text_hash:
            self.document = document
            return frozenset()
        self.document = document
        self._edited = Edited(document, self._before)
        self.version += 1
        return self._place(frozenset(self.ledger.codings))

    def refresh(self) -> frozenset[str]:
        """Read what was written since the last time; the ids of the codings that are new, changed or gone.

        A log that cannot be read just now is read the next time; it hides none of the others.
        """
        for path in self._logs():
            self._tails.setdefault(path.name, Tail(path))
        touched: frozenset[str] = frozenset()
        for tail in self._tails.values():
            events = _readable(tail)
            if events is None:
                return self._from_the_start()
            if events:
                touched |= self.ledger.take(events)
                self.version += 1
        return self._place(touched)

    def _from_the_start(self) -> frozenset[str]:
        """A log was rewritten, by git or a sync tool: what was read of it before may not hold any more."""
        self.version += 1
        known = frozenset(self._placed)
        self.ledger = Ledger()
        self._tails = {path.name: Tail(path) for path in self._logs()}
        for tail in self._tails.values():
            self.ledger.take(_readable(tail) or ())
        return self._place(known | frozenset(self.ledger.codings))

    def _logs(self) -> list[Path]:
        logs = sorted(self._folder.glob("*.jsonl")) if self._folder.is_dir() else []
        return [log for log in logs if not is_conflict_copy(log.name) and not log.name.startswith(".")]

    def _place(self, ids: frozenset[str]) -> frozenset[str]:
        for id_ in ids:
            coding = self.ledger.codings.get(id_)
            if coding is None:
                self._placed.pop(id_, None)
            elif not coding.given_up and untouched(coding, self.document):
                self._placed[id_] = coding
            else:
                self._placed[id_] = befallen(coding, self.document, self._edited.fate(coding.anchor))
        return ids


def _readable(tail: Tail) -> tuple[Event, ...] | None:
    """What :meth:`Tail.new_events` gives; nothing while a sync tool or a virus scanner holds the log."""
    try:
        return tail.new_events()
    except OSError:
        return ()
