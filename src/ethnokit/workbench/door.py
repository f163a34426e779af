"""How a person comes in: once, by the address that the terminal shows, and then with the cookie it gives.

The address holds a key of 256 bits that is void once it was used: it may stay in a history or in the list of running
programs. The cookie is for this server only, is hidden from scripts, and is not sent along with anything that
another site began. That is why the address does not simply redirect: opened from a mail or another page, a redirect
would still count as theirs, and the cookie would stay behind. A small page that goes on by itself counts as ours.
"""

from __future__ import annotations

from hmac import compare_digest
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from ethnokit.i18n import gettext as _
from ethnokit.workbench.answers import answer, page
from ethnokit.workbench.errors import Denied
from ethnokit.workbench.guard import opens_door
from ethnokit.workbench.session import new_key


class Door:
    """The key that opens once, and the one that the cookie holds from then on."""

    def __init__(self, port: int, session_key: str) -> None:
        self._port, self._session = port, session_key
        self._once: str | None = new_key()

    @property
    def address(self) -> str:
        """The one-time address; without its key once that was used."""
        here = f"http://127.0.0.1:{self._port}/"
        return f"{here}?key={self._once}" if self._once is not None else here

    @property
    def cookie(self) -> str:
        """The header that lets a browser in. Cookies know no ports, so the name says which server it is for."""
        return f"{self._name}={self._session}; Path=/; HttpOnly; SameSite=Strict"

    @property
    def _name(self) -> str:
        return f"ethnokit-{self._port}"

    def opens(self, key: str) -> bool:
        """Try the one-time key; when it is right it is void from now on."""
        if self._once is None or not _same(key, self._once):
            return False
        self._once = None
        return True

    def knows(self, scope: Scope) -> bool:
        """Does a request bring the cookie? Others of the same name, which another server here may set, do no harm."""
        lines = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
        pairs = [pair.strip().partition("=") for line in lines for pair in line.split(";")]
        return any(name == self._name and _same(value, self._session) for name, _equals, value in pairs)


def _same(given: str, secret: str) -> bool:
    return compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())


class Entrance:
    """Lets in who has the one-time key or the cookie (ASGI)."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let pass, let in, or say how to get in."""
        if opens_door(scope) and scope["method"] == "GET" and not _only_ahead(scope):
            await self._opened(scope)(scope, receive, send)
        elif self._door.knows(scope):
            await self._app(scope, receive, send)
        else:
            problem = Denied("forbidden", _("This browser was not let in, or was let in too long ago."), _way_in())
            await answer(scope, problem, 403)(scope, receive, send)

    def _opened(self, scope: Scope) -> ASGIApp:
        key = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if self._door.opens(key):
            return page("door.html", 200, {"Set-Cookie": self._door.cookie}, message=_("You are in."), onward=True)
        if self._door.knows(scope):
            return page("door.html", 200, message=_("You are in."), onward=True)
        message = _("This address opens the page once, and that was done already; or it is not complete.")
        return page("door.html", 403, message=message, hint=_way_in(), again=True)


def _way_in() -> str:
    return _(
        "To get in: stop EthnoKit in the terminal with Ctrl+C, run “ethnokit serve” again, "
        "and open the new address that it shows."
    )


def _only_ahead(scope: Scope) -> bool:
    """A browser that loads ahead what may be wanted must not use the key up."""
    purposes = [value for name, value in scope["headers"] if name in (b"sec-purpose", b"purpose", b"x-moz")]
    return any(b"prefetch" in value.lower() or b"prerender" in value.lower() for value in purposes)
