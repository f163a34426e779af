"""What the server says when it does not give what was asked for: JSON to the page, a readable page to a person."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from ethnokit.i18n import gettext, language
from ethnokit.workbench.errors import Denied

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")


def answer(scope: Scope, problem: Denied, status: int, headers: dict[str, str] | None = None) -> Response:
    """A refusal as whoever asked can read it: who opens the page sees a page, and a script gets JSON."""
    if scope["path"] == "/" and scope["method"] in ("GET", "HEAD"):
        return page("door.html", status, headers, message=problem.message, hint=problem.hint)
    # Escaped, since a message may quote what was asked, and half a sign of JavaScript has no UTF-8.
    return Response(json.dumps(problem.data()), status, headers, media_type="application/json")


def page(template: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> HTMLResponse:
    """A page in the language of the interface; everything that it prints is escaped."""
    text = _environment().get_template(template).render(language=language(), **values)
    return HTMLResponse(text, status, headers)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["_"] = gettext
    return env
