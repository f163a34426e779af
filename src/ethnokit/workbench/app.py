"""The application behind the door: the page, the files it is made of, and what it asks for (``api.py``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ethnokit.diagnostics.failure import write_failure
from ethnokit.i18n import gettext as _
from ethnokit.workbench.answers import answer, page
from ethnokit.workbench.door import Door, Entrance
from ethnokit.workbench.errors import Denied
from ethnokit.workbench.guard import Guard
from ethnokit.workbench.seal import Sealed

if TYPE_CHECKING:
    from ethnokit.workbench.live import Live

STATIC = Path(__file__).with_name("static")
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
"""The kinds of file that the page is made of; there are no others."""


def create(live: Live, door: Door, port: int) -> ASGIApp:
    """The application for one study, one person and one port; every way to it leads through guard and door."""
    from ethnokit.reports.fonts import FACES
    from ethnokit.workbench import api

    pieces = {file.name: file for file in STATIC.iterdir() if file.suffix in KINDS}
    faces = {face.file: face.path for face in FACES}
    routes = [
        Route("/", _page_of(live)),
        Route("/static/{file}", _file_among(pieces)),
        Route("/fonts/{file}", _file_among(faces)),
        *api.routes(live),
    ]
    inside = Starlette(routes=routes, exception_handlers={Denied: _denied, HTTPException: _elsewhere})
    inside.router.redirect_slashes = False
    inside.add_exception_handler(Exception, _unforeseen)
    return Sealed(Unforeseen(Guard(Entrance(inside, door), port, read_only=live.read_only)))


def _page_of(live: Live) -> Callable[[Request], Response]:
    def shown(request: Request) -> Response:
        return page("page.html", by=live.by, role=live.role, read_only=live.read_only)

    return shown


def _file_among(files: Mapping[str, Path]) -> Callable[[Request], Response]:
    """One of the files that are there at the start: a name is looked up and never becomes a path."""

    def file(request: Request) -> Response:
        found = files.get(request.path_params["file"])
        if found is None:
            raise HTTPException(404)
        return Response(found.read_bytes(), media_type=KINDS[found.suffix])

    return file


def _denied(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Denied)
    return answer(request.scope, problem, problem.status)


def _elsewhere(request: Request, problem: Exception) -> Response:
    """No such address, or not asked in this way."""
    assert isinstance(problem, HTTPException)
    if problem.status_code == 404:
        return answer(request.scope, Denied("missing", _("There is nothing at this address.")), 404)
    said = Denied("wrong", _("This cannot be asked in this way."))
    return answer(request.scope, said, problem.status_code, dict(problem.headers or {}))


def _unforeseen(request: Request, error: Exception) -> Response:
    return _failure(request.scope, error)


def _failure(scope: Scope, error: Exception) -> Response:
    log = write_failure(error)
    hint = _("The details are in {log}; please send that file with your question.").format(log=log)
    problem = Denied("unexpected", _("EthnoKit met a failure it did not foresee."), hint)
    return answer(scope, problem, problem.status)


class Unforeseen:
    """Answers what nobody foresaw (ASGI). No server log sees the error, whose words may be those of an interview."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; when that fails, say so."""
        started = complete = False

        async def noting(message: Message) -> None:
            nonlocal started, complete
            started = True
            complete = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if complete:  # Starlette answers, and raises the error again for a server's log
                return
            if not started:
                await _failure(scope, error)(scope, receive, send)
                return
            write_failure(error)
            raise  # half an answer must not look like a whole one: the connection is cut
