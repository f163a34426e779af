"""The file of the cache: texts by stage and key, in ``.ethnokit/cache.sqlite``."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

FOLDER = ".ethnokit"
WAIT_SECONDS = 2.0
"""How long to wait for another process; beyond this it is quicker to compute than to wait."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""Primary result codes after which the file is thrown away; ``ERROR`` is a table of another form."""


_FORM = """
    pragma synchronous = off;   -- it can always be computed again
    pragma auto_vacuum = full;  -- what is forgotten gives its room back,
    pragma secure_delete = on;  -- and what a withdrawn interview said leaves no trace
    create table if not exists computed (stage text, key text, checksum integer, value blob, primary key (stage, key));
"""


class Cache:
    """Computed values of one study. Several processes may use it at once."""

    def __init__(self, root: Path) -> None:
        self._file = root / FOLDER / "cache.sqlite"
        self._connection: sqlite3.Connection | None = None
        self._set_aside = False

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def get(self, stage: str, key: str) -> str | None:
        """The text of a stage under ``key``, or None when there is none or it is damaged."""
        with self._forgiving():
            if connection := self._open(create=False):
                row = connection.execute(
                    "select checksum, value from computed where stage = ? and key = ?", (stage, key)
                ).fetchone()
                if row and isinstance(row[1], bytes) and row[0] == _checksum(key, row[1]):
                    return str(row[1], "utf-8", "surrogatepass")
        return None

    def keys(self, stage: str) -> frozenset[str]:
        """The keys under which a stage has a text."""
        with self._forgiving():
            if connection := self._open(create=False):
                rows = connection.execute("select key from computed where stage = ?", (stage,))
                return frozenset(key for (key,) in rows)
        return frozenset()

    def put(self, stage: str, texts: dict[str, str]) -> None:
        """Remember texts of a stage by their keys, all in one transaction."""
        if not texts:
            return
        rows = [(stage, key, text.encode("utf-8", "surrogatepass")) for key, text in texts.items()]
        with self._forgiving():
            if connection := self._open(create=True):
                with connection:
                    connection.executemany(
                        "insert or replace into computed values (?, ?, ?, ?)",
                        [(stage, key, _checksum(key, value), value) for stage, key, value in rows],
                    )

    def keep_only(self, stage: str, keys: Iterable[str]) -> None:
        """Forget every text of a stage but those under ``keys``: the cache never outgrows the study."""
        wanted = set(keys)
        with self._forgiving():
            if connection := self._open(create=False):
                found = connection.execute("select key from computed where stage = ?", (stage,))
                gone = [(stage, key) for (key,) in found if key not in wanted]
                if gone:
                    with connection:
                        connection.executemany("delete from computed where stage = ? and key = ?", gone)

    def _open(self, *, create: bool) -> sqlite3.Connection | None:
        """The connection; None when there is no cache and none is to be made, or it is set aside."""
        if self._connection is None and not self._set_aside and (create or self._file.exists()):
            if create:
                _make_folder(self._file.parent)
            self._connection = sqlite3.connect(self._file, timeout=WAIT_SECONDS)
            self._connection.executescript(_FORM)
        return self._connection

    @contextlib.contextmanager
    def _forgiving(self) -> Iterator[None]:
        """A cache that cannot be used is set aside for this run; a damaged one is thrown away."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self._set_aside = True
            self.close()
            # SQLite's extended codes keep the primary one in their lowest byte; text that is no text has no code.
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if isinstance(error, sqlite3.Error) and code in _DAMAGED:
                with contextlib.suppress(OSError):
                    self._file.unlink()


def _checksum(key: str, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key.encode()))


def _make_folder(folder: Path) -> None:
    """The cache holds interview text: it keeps itself out of git, whatever the study's own settings say."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
