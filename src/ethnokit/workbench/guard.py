"""Who may ask, and how: the page of this server, in a browser of this machine, and nobody else.

Any page that is open in the same browser can send requests to this machine. Each of them is looked at before the
rest of the house sees it: for whom it is meant (a foreign name that points here is DNS rebinding), from which page
it comes (``Origin``, ``Sec-Fetch-Site``), and whether it is of a kind that no foreign page can send unasked (JSON
with a header of our own, which would need a permission that is never given: there is no CORS here).

A navigation that another page or program began may reach the one-time address, since it must know the key, and
nothing else: even ``/`` is refused to it. Such a request could do no harm, but nobody needs it either, and a door
that only opens from inside is easier to watch.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ethnokit.i18n import gettext as _
from ethnokit.workbench.answers import answer
from ethnokit.workbench.errors import Denied

MOST_BYTES = 1_000_000
"""Bytes of the largest request; a decision has some hundred, a long memo some ten thousand."""
PATIENCE_BYTES = 4_000_000
"""Bytes beyond these are not even read to throw them away: the connection is cut."""
PATIENCE_SECONDS = 20.0
"""How long a request may take to arrive."""
IMPATIENCE_SECONDS = 1.0
"""How long the rest of a request that is refused anyway may take."""
METHODS = "GET, HEAD, POST"
_ONCE = (b"origin", b"sec-fetch-site", b"sec-fetch-mode", b"sec-fetch-dest", b"content-type", b"x-ethnokit")
"""Headers that decide something; twice, each reader might believe another one."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request goes no further, and its HTTP status."""

    status: int
    problem: Denied


class Request:
    """The head of a request, as far as it tells who asks."""

    def __init__(self, scope: Scope) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.opens_door = opens_door(scope)
        self._headers: list[tuple[bytes, bytes]] = scope["headers"]

    def all(self, name: bytes) -> list[str]:
        """Every value of a header; names are in lower case."""
        return [value.decode("latin-1").strip() for key, value in self._headers if key == name]

    def one(self, name: bytes) -> str | None:
        """The value of a header, None when it is missing."""
        return next(iter(self.all(name)), None)

    @property
    def contradicts_itself(self) -> bool:
        """Could two readers take it for two different requests?"""
        two_lengths = bool(self.all(b"content-length")) and bool(self.all(b"transfer-encoding"))
        return two_lengths or not self.path.startswith("/") or any(len(self.all(name)) > 1 for name in _ONCE)


def opens_door(scope: Scope) -> bool:
    """Is this the one-time address?"""
    return scope["path"] == "/" and "key" in parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def own_hosts(port: int) -> frozenset[str]:
    """The values of ``Host`` under which this server is meant."""
    names = ("127.0.0.1", "localhost", "[::1]")
    # A browser leaves the port out where it is the usual one.
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


def refusal(request: Request, hosts: frozenset[str], *, read_only: bool) -> Refusal | None:
    """Why a request goes no further, or None when it may."""
    return next(_refusals(request, hosts, read_only), None)


def _refusals(request: Request, hosts: frozenset[str], read_only: bool) -> Iterator[Refusal]:
    named = request.all(b"host")
    if len(named) != 1 or named[0].lower() not in hosts:
        yield _no(421, _("This address is not the page’s own."))
    if request.method not in METHODS.split(", "):
        yield _no(405, _("The page only asks with GET, HEAD and POST."))
    if request.contradicts_itself:
        yield _no(400, _("This request contradicts itself."))
    if _is_foreign(request, named[0].lower()):
        yield _no(403, _("Another page may not ask this of EthnoKit."), _reopen())
    if request.method == "POST":
        yield from _refusals_to_write(request, read_only)
    elif request.one(b"content-length") not in (None, "0") or request.all(b"transfer-encoding"):
        yield _no(400, _("A question has no body."))


def _is_foreign(request: Request, host: str) -> bool:
    """Was it sent by another page than ours, be it one of another program on this machine?"""
    if request.one(b"origin") not in (None, f"http://{host}"):
        return True
    site = request.one(b"sec-fetch-site")
    if site in (None, "same-origin"):  # None: a browser too old to say, or no browser; the key must do then
        return False
    opened_in_a_tab = (request.one(b"sec-fetch-mode"), request.one(b"sec-fetch-dest")) == ("navigate", "document")
    may = request.method == "GET" and opened_in_a_tab and (site == "none" or request.opens_door)
    return not may


def _refusals_to_write(request: Request, read_only: bool) -> Iterator[Refusal]:
    sent_by_us = request.one(b"origin") is not None or request.one(b"sec-fetch-site") == "same-origin"
    if not sent_by_us or request.one(b"x-ethnokit") != "1":
        yield _no(403, _("Only the page itself may write."), _reopen())
    kind = (request.one(b"content-type") or "").lower().replace(" ", "")
    if kind not in ("application/json", "application/json;charset=utf-8"):
        yield _no(415, _("Only JSON is taken."))
    if read_only:
        hint = _("To code, start it again without --read-only.")
        yield Refusal(403, Denied("readonly", _("The page was opened to look only; nothing is written."), hint))


def _no(status: int, message: str, hint: str | None = None) -> Refusal:
    return Refusal(status, Denied("forbidden", message, hint))


def _reopen() -> str:
    return _("Type the address into the address bar of your browser, or run “ethnokit serve” again.")


class Guard:
    """Stands before the whole application (ASGI)."""

    def __init__(self, app: ASGIApp, port: int, *, read_only: bool) -> None:
        self._app, self._hosts, self._read_only = app, own_hosts(port), read_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass or answer it here."""
        if scope["type"] != "http":
            # Nothing here speaks WebSocket, whose handshake no browser guards.
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        refused = refusal(request, self._hosts, read_only=self._read_only)
        if refused is not None:
            await _body(receive, most=0, seconds=IMPATIENCE_SECONDS)
        elif request.method == "POST":
            body = await _body(receive, most=MOST_BYTES, seconds=PATIENCE_SECONDS)
            if body is not None:
                await self._app(scope, _again(body, receive), send)
                return
            message = _("This is too large, or took too long to arrive; one megabyte is the most that can be sent.")
            refused = Refusal(413, Denied("wrong", message))
        else:
            await self._app(scope, receive, send)
            return
        headers = {"Connection": "close"} | ({"Allow": METHODS} if refused.status == 405 else {})
        await answer(scope, refused.problem, refused.status, headers)(scope, receive, send)


async def _body(receive: Receive, *, most: int, seconds: float) -> bytes | None:
    """What a request brings, None when it is more than ``most`` bytes or does not end in time.

    The rest is read and forgotten, up to a limit: a browser that is still sending would not hear the answer.
    """
    body, length = bytearray(), 0
    try:
        async with asyncio.timeout(seconds):
            while length <= PATIENCE_BYTES:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                length += len(message.get("body", b""))
                if length <= most:
                    body += message.get("body", b"")
                else:
                    body.clear()
                if not message.get("more_body", False):
                    return bytes(body) if length <= most else None
    except TimeoutError:
        pass
    return None


def _again(body: bytes, receive: Receive) -> Receive:
    """Hand on a body that was read; afterwards, what the connection says."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message
