"""The log of one coder on one document, followed as it grows: by this page, another one, or the command line."""

from __future__ import annotations

from pathlib import Path

from ethnokit.codings.log import read
from ethnokit.model import Event

TRACE = 64
"""Bytes before the place reached that are compared: a log that was rewritten is read anew."""


class Tail:
    """What a log holds that was not read yet. Only whole events are read: half of one is still being written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._offset = 0
        self._trace = b""
        self._seen: tuple[int, int, int] | None = None

    def new_events(self) -> tuple[Event, ...] | None:
        """The events written since the last time; None when the log was rewritten, and must be read from its start.

        Raises:
            OSError: it cannot be read.
        """
        try:
            about = self.path.stat()
        except FileNotFoundError:
            return () if self._offset == 0 else None
        stamp = (about.st_ino, about.st_size, about.st_mtime_ns)
        if stamp == self._seen:
            return ()
        with self.path.open("rb") as file:
            file.seek(max(0, self._offset - TRACE))
            data = file.read()
        trace, data = data[: len(self._trace)], data[len(self._trace) :]
        if trace != self._trace or (self._seen is not None and stamp[0] != self._seen[0]):
            return None
        lines = data.rfind(b"\n") + 1
        events, last = read(data[:lines], self.path.name)[0], read(data[lines:], self.path.name)[0]
        # An editor may have taken the last newline away: what is an event without it counts, here as everywhere.
        whole = data if last else data[:lines]
        self._seen = stamp
        self._offset += len(whole)
        self._trace = (self._trace + whole)[-TRACE:]
        return events + last
