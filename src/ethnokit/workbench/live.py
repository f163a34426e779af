"""The study as it is on the disk now, for the pages that are open.

The disk is the truth, here as everywhere: every question looks at it first, and what is in memory only spares
reading the same again. One lock orders what pages, and the watcher of files, ask for.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from ethnokit.cache import Cache
from ethnokit.codings.desk import Desk
from ethnokit.codings.log import FOLDER
from ethnokit.codings.snapshot import Snapshot, Snapshots
from ethnokit.diagnostics import Severity
from ethnokit.i18n import gettext as _
from ethnokit.model import Code, Coding, Document, Refusal, Remark, Suggestion
from ethnokit.study import load
from ethnokit.suggest.stage import known_suggestions, suggestions_for, without_refused
from ethnokit.workbench.bell import Bell
from ethnokit.workbench.decided import Decided
from ethnokit.workbench.errors import Denied

Role = Literal["coder", "reviewer"]
Stamp = tuple[int, int, int]
CODES_AT_HAND = 9
"""Recent codes, one for each digit."""


class Live:
    """A study that is open in the browser, by one person in one role."""

    def __init__(self, root: Path, by: str, role: Role = "coder", *, read_only: bool = False) -> None:
        self.root, self.by, self.role, self.read_only = root, by, role, read_only
        self.boot = secrets.token_hex(8)
        """Tells this run of the server from another one."""
        self.bell = Bell()
        self.lock = threading.RLock()
        self._decided: dict[str, Decided] = {}
        self._proposed: dict[str, tuple[Suggestion, ...]] = {}
        self._words: dict[str, int] = {}
        self._read()
        self.last_review = max((r.at for r in self._my_verdicts()), default=None)
        """When this person last reviewed, before this run."""

    @property
    def reviewing(self) -> bool:
        """Does this person review, rather than code?"""
        return self.role == "reviewer"

    # What there is

    def document(self, id: str) -> Document:
        """The document of this id, as it is on the disk now.

        Raises:
            Denied: there is none.
        """
        with self.lock:
            known = self.study.document(id)
            if known is None or self._stamps.get(known.path) != _stamp(self.root / known.path):
                self.look()
            found = self.study.document(id)
        if found is None:
            raise Denied("missing", _("There is no document “{id}” in this study.").format(id=id))
        return found

    def decided(self, id: str) -> Decided:
        """What is decided on a document, with all that the disk holds now."""
        with self.lock:
            document = self.document(id)
            found = self._decided.get(id)
            if found is None:
                found = self._decided[id] = Decided(self.root, document, self._snapshot)
            else:
                self.refresh(found)
            return found

    def refresh(self, decided: Decided) -> frozenset[str]:
        """Read what was written on a document; tell the pages, and return the ids of the codings that this touches."""
        before, refused = decided.version, len(decided.ledger.refusals)
        touched = decided.refresh()
        if decided.version != before:
            suggested = any(c is None or c.suggestion for c in map(decided.coding, touched))
            self._ring(decided, suggestions=suggested or refused != len(decided.ledger.refusals))
        return touched

    def codings(self) -> Iterator[Coding]:
        """The codings of the whole study."""
        with self.lock:
            for document in self.study.documents:
                yield from self.codings_of(document.id)

    def codings_of(self, id: str) -> Iterable[Coding]:
        """The codings of one document, as far as it was read."""
        found = self._decided.get(id)
        return found.codings if found is not None else self._loaded.get(id, ())

    def refusals_of(self, id: str) -> Iterable[Refusal]:
        """The refusals of one document, as far as it was read."""
        found = self._decided.get(id)
        return found.refusals if found is not None else [r for r in self.study.refusals if r.document == id]

    def suggestions(self, id: str) -> tuple[Suggestion, ...]:
        """The suggestions for a document that nobody decided, computed where they are not known yet."""
        while True:
            document, study = self.document(id), self.study
            if id not in self._proposed:
                with Cache(self.root) as cache:  # without the lock: the first time this takes seconds
                    proposed = suggestions_for(study, (document,), cache)
                with self.lock:
                    if study is not self.study:  # something was edited meanwhile: what is found may not hold any more
                        continue
                    self._proposed[id] = proposed
            with self.lock:
                decided = self.decided(id)
                if id in self._proposed:
                    return without_refused(self._proposed[id], decided.refusals, decided.codings)

    def undecided(self, id: str) -> int | None:
        """How many suggestions for a document nobody decided; None where they are not known yet."""
        if id not in self._proposed:
            return None
        return len(without_refused(self._proposed[id], self.refusals_of(id), self.codings_of(id)))

    def words(self, document: Document) -> int:
        """How many words a document has."""
        if document.text_hash not in self._words:
            self._words[document.text_hash] = len(document.body.split())
        return self._words[document.text_hash]

    def recent_codes(self) -> list[str]:
        """The codes that this person used last, the latest first."""
        mine = sorted((c for c in self.codings() if c.by == self.by), key=lambda c: c.at, reverse=True)
        known = (c.code for c in mine if (code := self.study.codebook.get(c.code)) is not None and code.codable)
        return list(dict.fromkeys(known))[:CODES_AT_HAND]

    def uses(self) -> Counter[str]:
        """Code id → codings of the study."""
        return Counter(coding.code for coding in self.codings())

    def colour(self, code: Code) -> str | None:
        """The colour of a code, else of the nearest one above it."""
        return next((c.colour for c in self.study.codebook.line(code.id) if c.colour), None)

    def desk(self, gesture: str | None = None) -> Desk:
        """The desk at which this person decides."""
        names = frozenset(s.id for s in self.study.structures)
        return Desk(self.root, self.by, self.study.codebook, names, gesture=gesture)

    # What happens

    def changed(self, paths: Iterable[str]) -> None:
        """Files of the study were written, by whomever; the pages are told of what this changes for them."""
        with self.lock:
            for name in sorted(set(self._coded(map(Path, paths)))):
                known = name in self._decided
                decided = self.decided(name)
                if not known:  # what was read of it at the start may be less than there is now
                    self._ring(decided, suggestions=True)
            self.look()

    def _coded(self, paths: Iterable[Path]) -> Iterator[str]:
        """The documents whose logs were written; all, where a folder of logs was put in its place as a whole."""
        logs = self.root / FOLDER
        for path in paths:
            below = path.relative_to(logs).parts if path.is_relative_to(logs) else ()
            if below and self.study.document(below[0]) is not None:
                yield below[0]
            elif not below and logs.is_relative_to(path):
                yield from (document.id for document in self.study.documents)

    def _ring(self, decided: Decided, *, suggestions: bool) -> None:
        news = {"kind": "codings", "document": decided.document.id, "version": decided.version}
        self.bell.ring(news | {"suggestions": suggestions})

    def look(self) -> None:
        """Read the study again if a file other than a log was written since it was read."""
        with self.lock:
            if self._stamps == self._stamps_now():
                return
            before = self.study
            self._read()
            for id_, decided in list(self._decided.items()):
                document = self.study.document(id_)
                if document is None:
                    del self._decided[id_]
                    continue
                edited = document.text_hash != decided.document.text_hash
                decided.read_in(document)
                if edited:  # with codings or without: the page shows another text
                    self.bell.ring({"kind": "text", "document": id_, "text": document.text_hash})
            if self.study != before:
                self.bell.ring({"kind": "study"})

    def close(self) -> None:
        """End what pages listen to."""
        self.bell.close()

    def _read(self) -> None:
        self._stamps = self._stamps_now()  # before reading: what is written meanwhile is read again
        with Cache(self.root) as cache:
            self.study, problems = load(self.root, cache)
            self._proposed = known_suggestions(self.study, self.study.documents, cache)
        self.errors = sum(p.severity is Severity.ERROR for p in problems)
        self.warnings = sum(p.severity is Severity.WARNING for p in problems)
        self._loaded: dict[str, list[Coding]] = {}
        for coding in self.study.codings:
            self._loaded.setdefault(coding.document, []).append(coding)

    def _snapshot(self, text_hash: str) -> Snapshot | None:
        with Cache(self.root) as cache:
            return Snapshots(cache).get(text_hash)

    def _my_verdicts(self) -> Iterator[Remark]:
        for coding in self.study.codings:
            yield from (r for r in coding.remarks if r.by == self.by and r.verdict is not None)

    def _stamps_now(self) -> dict[str, Stamp | None]:
        """Size and time of every file that makes the study but the logs, which are followed on their own."""
        stamps = {name: _stamp(self.root / name) for name in ("ethnokit.yaml", "codebook.yaml")}
        if hasattr(self, "study"):
            path = self.study.settings.codebook
            stamps[path] = _stamp(self.root / path)
        for folder, below, names in os.walk(self.root / "fieldwork"):
            below[:] = [name for name in below if not name.startswith(".")]
            inside = Path(folder).relative_to(self.root).as_posix()
            if inside == FOLDER:
                below.clear()
                continue
            stamps |= {f"{inside}/{name}": _stamp(Path(folder, name)) for name in names if not name.startswith(".")}
        return stamps


def _stamp(path: Path) -> Stamp | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns


__all__ = ["Live", "Role"]
