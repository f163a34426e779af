"""What was already computed, by content. Delete ``.ethnokit/`` at any time: nothing is lost.

A value is found by a key made of the stage's name, its version and everything that went in
(:func:`key`); nothing is ever looked up by path or date. Values are text or bytes, never pickles.
A cache that cannot be written (read-only folder, full disk) is only slower, never an error.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from ethnokit import __version__

FOLDER = ".ethnokit"


def key(stage: str, *parts: str | bytes) -> str:
    """The key of a computed value: sha256 of the tool's version, the stage and all that went in."""
    digest = hashlib.sha256()
    for part in (__version__, stage, *parts):
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


class Cache:
    """Computed values of one study, in ``.ethnokit/cache.sqlite``."""

    def __init__(self, root: Path) -> None:
        self._file = root / FOLDER / "cache.sqlite"
        self._connection: sqlite3.Connection | None = None
        self._broken = False

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def get(self, key: str) -> str | None:
        """The text stored under ``key``, or None."""
        return self.get_many([key]).get(key)

    def get_many(self, keys: Iterable[str]) -> dict[str, str]:
        """The texts stored under ``keys``; a missing key is missing from the answer."""
        connection = self._open(create=False)
        if connection is None:
            return {}
        found: dict[str, str] = {}
        with self._forgiving():
            for one in keys:
                row = connection.execute("select value from cache where key = ?", (one,)).fetchone()
                if row:
                    found[one] = row[0]
        return found

    def put(self, key: str, value: str) -> None:
        """Remember a text under ``key``."""
        self.put_many({key: value})

    def put_many(self, values: dict[str, str]) -> None:
        """Remember several texts in one transaction."""
        connection = self._open(create=True)
        if connection is None or not values:
            return
        with self._forgiving(), connection:
            connection.executemany("insert or replace into cache values (?, ?)", values.items())

    def _open(self, *, create: bool) -> sqlite3.Connection | None:
        if self._connection is None and not self._broken and (create or self._file.exists()):
            with self._forgiving():
                self._file.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(self._file, timeout=5)
                connection.execute("pragma synchronous = off")  # it can always be computed again
                connection.execute("create table if not exists cache (key text primary key, value text) without rowid")
                self._connection = connection
        return self._connection

    @contextlib.contextmanager
    def _forgiving(self) -> Iterator[None]:
        """A damaged or unwritable cache is set aside for this run."""
        try:
            yield
        except (sqlite3.Error, OSError):
            self._broken = True
            if self._connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.close()
                self._connection = None
            with contextlib.suppress(OSError):
                self._file.unlink()
