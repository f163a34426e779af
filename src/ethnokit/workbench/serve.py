"""The server of the page: on this machine only, until Ctrl+C."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ethnokit.i18n import gettext as _
from ethnokit.workbench.app import create
from ethnokit.workbench.door import Door
from ethnokit.workbench.live import Live, Role
from ethnokit.workbench.seal import SEAL
from ethnokit.workbench.session import Session, keep_session, kept_session, new_session, session_file
from ethnokit.workbench.watch import watch

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HERE = "127.0.0.1"
"""The only interface: what is bound to it cannot be reached from another machine."""
GOODBYE_SECONDS = 1
"""How long answers under way may take once the server was told to stop."""

IN_THE_TERMINAL = {"www-browser", "links", "elinks", "lynx", "w3m"}
"""Browsers that would take the terminal over, and know no JavaScript."""


class PortTaken(OSError):  # noqa: N818 - what happened, in a person's words
    """The port that was asked for cannot be used: another program has it, or the system keeps it."""


def serve(  # noqa: PLR0913 - the options of `ethnokit serve`
    root: Path,
    by: str,
    role: Role,
    *,
    port: int | None = None,
    read_only: bool = False,
    open_browser: bool = True,
    announce: Callable[[str], None],
) -> None:
    """Serve the page of a study to one person, until a signal ends it.

    The port of before is tried first, so that a page that is still open goes on. ``announce`` is given sentences
    for the person at the terminal.

    Raises:
        PortTaken: ``port`` was asked for and cannot be used.
    """
    file = session_file(root, by, role, read_only=read_only)
    session = kept_session(file) or new_session()
    with _listening(session, port) as listener:
        here = listener.getsockname()[1]
        _keep(file, session, here, asked=port is not None)
        door = Door(here, session.key)
        live = Live(root, by, role, read_only=read_only)
        try:
            app = create(live, door, here)
            announce(_("The page is at this address, which opens once:"))
            announce(door.address)
            announce(_("Ctrl+C to stop."))
            if open_browser:
                threading.Thread(target=_open_browser, args=(door.address, announce), daemon=True).start()
            asyncio.run(_run(app, listener, live))
        finally:
            live.close()
    announce(_("The page is closed. What it showed as saved is on the disk."))


@contextmanager
def _listening(session: Session, asked: int | None) -> Iterator[socket.socket]:
    """A socket on the port that was asked for, else the one of before, else any."""
    if asked is not None:
        try:
            listener = _listen(asked)
        except OSError as error:
            raise PortTaken(error.errno, error.strerror) from error
    else:
        try:
            listener = _listen(session.port or 0)
        except OSError as error:
            if session.port is None or error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            listener = _listen(0)
    with listener:
        yield listener


def _listen(port: int) -> socket.socket:
    # Named as TCP, or asyncio lets small answers wait 40 ms for others to be sent with.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "nt":
            # Windows would let another program listen on the same port, and take what is meant for the page.
            listener.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", -5), 1)
        else:
            # Elsewhere this only takes back a port whose last connections are not quite forgotten.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HERE, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _keep(file: Path, session: Session, port: int, *, asked: bool) -> None:
    """Note the port for the next start, unless the one of before is only taken by a second server of this person."""
    if asked or session.port in (None, port):
        with suppress(OSError):  # a home that cannot be written: the next start begins a new session
            keep_session(file, replace(session, port=port))


def _open_browser(address: str, announce: Callable[[str], None]) -> None:
    try:
        browser = webbrowser.get()
        opened = getattr(browser, "name", "") not in IN_THE_TERMINAL and browser.open(address)
    except webbrowser.Error:
        opened = False
    if not opened:
        announce(_("The browser could not be opened: open the address yourself."))


async def _run(app: ASGIApp, listener: socket.socket, live: Live) -> None:
    watcher = asyncio.create_task(watch(live.root, live.changed))
    try:
        await _Server(_config(app), live.close).serve(sockets=[listener])
    finally:
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        # Its log would hold the words of errors, which may be those of an interview: they are answered in app.py.
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
    )


class _Server(uvicorn.Server):
    """Ends where it was started, instead of passing the signal on once more: Ctrl+C is the way to stop."""

    def __init__(self, config: uvicorn.Config, before_the_end: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_the_end = before_the_end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would go on for ever, then let what is under way come to its end."""
        self._before_the_end()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let signals ask the server to stop."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
        before = {number: signal.signal(number, self.handle_exit) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class _Protocol(H11Protocol):
    """Refuses what is no HTTP with the seal that every answer has."""

    def send_400_response(self, msg: str) -> None:
        """Refuse, and hang up."""
        if self.cycle is None or self.cycle.response_complete:
            lines = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(msg))]
            head = b"".join(b"%s: %s\r\n" % pair for pair in (*lines, (b"connection", b"close"), *SEAL))
            self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + head + b"\r\n" + msg.encode("ascii"))
        self.transport.close()
