"""What the open pages are told of as it happens: rung from any thread, heard by every page."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

QUIET_SECONDS = 10.0
"""After this long without news a sign of life is sent, so that a page notices a server that is gone."""
MOST_WAITING = 1000
"""Messages that wait for one page; one that does not listen any more is dropped, and asks anew when it is back."""

Message = dict[str, Any]


class Bell:
    """Rings for every page that listens."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[asyncio.Queue[Message | None], asyncio.AbstractEventLoop] = {}
        self._closed = False

    def ring(self, message: Message) -> None:
        """Tell every page; may be called from any thread."""
        self._send(message)

    def close(self) -> None:
        """End every stream: the server stops."""
        self._closed = True
        self._send(None)

    async def listen(self) -> AsyncIterator[Message | None]:
        """The messages from now on, and None as a sign of life when there was none for a while."""
        queue: asyncio.Queue[Message | None] = asyncio.Queue(MOST_WAITING)
        with self._lock:
            self._listeners[queue] = asyncio.get_running_loop()
        try:
            while not self._closed:
                try:
                    message = await asyncio.wait_for(queue.get(), QUIET_SECONDS)
                except TimeoutError:
                    yield None
                    continue
                if message is None:
                    return
                yield message
        finally:
            with self._lock:
                self._listeners.pop(queue, None)

    def _send(self, message: Message | None) -> None:
        with self._lock:
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            try:
                loop.call_soon_threadsafe(self._put, queue, message)
            except RuntimeError:  # the loop of this page is closed
                with self._lock:
                    self._listeners.pop(queue, None)

    def _put(self, queue: asyncio.Queue[Message | None], message: Message | None) -> None:
        try:
            queue.put_nowait(message)
        except asyncio.QueueFull:
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(None)  # ends the stream: the page connects again, and asks for everything anew
