"""What the page can ask and decide, address by address."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ethnokit.i18n import gettext as _
from ethnokit.workbench import acts, overview, reviewing, sentences, shapes, writing
from ethnokit.workbench.errors import Denied
from ethnokit.workbench.live import Live

Data = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]


class Api:
    """The addresses below ``/api``, for one open study."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def study(self, request: Request) -> Data:
        """The study at a glance."""
        return overview.study_data(self.live)

    def document(self, request: Request) -> Data:
        """A document with its rows and codings."""
        live, id_ = self.live, request.path_params["id"]
        with live.lock:
            decided = live.decided(id_)
            return shapes.document_data(decided.document) | shapes.decided_data(
                decided, live.by, reviewing=live.reviewing
            )

    def codings(self, request: Request) -> Data:
        """The codings of a document."""
        with self.live.lock:
            decided = self.live.decided(request.path_params["id"])
            return shapes.decided_data(decided, self.live.by, reviewing=self.live.reviewing)

    def suggestions(self, request: Request) -> Data:
        """The suggestions for a document that nobody decided."""
        document = self.live.document(request.path_params["id"])
        found = self.live.suggestions(document.id)
        fitting = [one for one in found if document.body.startswith(one.quote, one.start)]
        return {"text": document.text_hash, "suggestions": shapes.suggestions_data(fitting, document)}

    def code(self, request: Request) -> Data:
        """The passages of a code across the study."""
        return overview.code_data(self.live, request.path_params["id"])

    def new_code_id(self, request: Request) -> Data:
        """The id that a new code would get."""
        query = request.query_params
        return writing.proposed(self.live, query.get("label", ""), query.get("parent") or None)

    def memo(self, request: Request) -> Data:
        """The memo on a document or a code."""
        return writing.memo(self.live, request.path_params["kind"], request.path_params["id"])

    def review(self, request: Request) -> Data:
        """The reviewer's queue."""
        return reviewing.queue(self.live, reviewing.wanted(request.query_params))

    def words(self, request: Request) -> Data:
        """The sentences of the page."""
        return sentences.words_data()

    def decide(self, request: Request, data: Data) -> Data:
        """One gesture."""
        return acts.decide_in(self.live, data)

    def save_memo(self, request: Request, data: Data) -> Data:
        """Save the memo on a document or a code."""
        return writing.save(self.live, request.path_params["kind"], request.path_params["id"], data)

    def add_code(self, request: Request, data: Data) -> Data:
        """Put a new code into the codebook."""
        return writing.add(self.live, data)

    def mark(self, request: Request, data: Data) -> Data:
        """Say how far the coding of a document has come."""
        return writing.mark_document(self.live, request.path_params["id"], data)

    async def events(self, request: Request) -> Response:
        """What happens, as it happens (server-sent events)."""
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        yield _event({"kind": "hello", "boot": self.live.boot})
        async for message in self.live.bell.listen():
            yield ": still here\n\n" if message is None else _event(message)


def routes(live: Live) -> list[Route]:
    """The routes of the page's API."""
    api = Api(live)
    asked: list[tuple[str, Callable[[Request], Data]]] = [
        ("/api/study", api.study),
        ("/api/words", api.words),
        ("/api/documents/{id}", api.document),
        ("/api/documents/{id}/codings", api.codings),
        ("/api/documents/{id}/suggestions", api.suggestions),
        ("/api/codes/new", api.new_code_id),
        ("/api/codes/{id}", api.code),
        ("/api/memos/{kind}/{id}", api.memo),
        ("/api/review", api.review),
    ]
    sent: list[tuple[str, Callable[[Request, Data], Data]]] = [
        ("/api/decisions", api.decide),
        ("/api/codes", api.add_code),
        ("/api/memos/{kind}/{id}", api.save_memo),
        ("/api/documents/{id}/state", api.mark),
    ]
    return [
        Route("/api/events", api.events, methods=["GET"]),
        *(Route(path, _answering(question), methods=["GET"]) for path, question in asked),
        *(Route(path, _doing(gesture, live), methods=["POST"]) for path, gesture in sent),
    ]


def _answering(question: Callable[[Request], Data]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return _json(await run_in_threadpool(question, request))

    return endpoint


def _doing(gesture: Callable[[Request, Data], Data], live: Live) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        if live.read_only:
            raise Denied("readonly", _("The study is open for reading only."))
        try:
            data = json.loads(await request.body())
        except (ValueError, RecursionError):
            raise Denied("wrong", _("What the page sent is no JSON.")) from None
        return _json(await run_in_threadpool(gesture, request, data))

    return endpoint


def _json(data: Data) -> Response:
    return JSONResponse(data)


def _event(message: Data) -> str:
    return f"data: {json.dumps(message)}\n\n"
