"""The researcher's Markdown as HTML that a tagged PDF can hold: no raw HTML, no image, no heading of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from ethnokit.reports.typography import typeset
from ethnokit.text.plain import uncommented

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def prose(text: str, language: str) -> Markup:
    """Markdown as HTML, typeset in ``language``.

    Headings become strong paragraphs, so that the outline of the report stays the report's own; a link
    keeps its words only as plain text, since PDF/UA-1 wants a link without elements inside. A link to a file
    of the study (``../interviews/…``) leads nowhere from a report, and would tell its name: its words stay.
    """
    parser = _parser()
    tokens = parser.parse(uncommented(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
            if token.nesting == 1:
                token.attrSet("class", "prose-head")
        if token.children:
            token.children = _inline(token.children, language)
    # The parser escapes all text; what it adds are the tags of Markdown itself.
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704


def _inline(children: list[Token], language: str) -> list[Token]:
    """Inline tokens with typeset words, and nothing but words inside links."""
    kept: list[Token] = []
    link: Token | None = None
    for token in children:
        if token.type == "link_open":
            link = token
        if token.type == "text":
            token.content = typeset(token.content, language)
        if link is not None and token.type == "code_inline":
            token.type, token.tag = "text", ""
        words = token.type in ("text", "softbreak")
        if link is None or words or (token.type.startswith("link") and _leads_out(link)):
            kept.append(token)
        if token.type == "link_close":
            link = None
    return kept


def _leads_out(link: Token) -> bool:
    return str(link.attrGet("href")).startswith(("http://", "https://", "mailto:"))
