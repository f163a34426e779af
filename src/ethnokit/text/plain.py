"""The words of Markdown text without its marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS = frozenset("*_`[]<&\\~")


@lru_cache(maxsize=1)
def _inline() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def plain(text: str) -> str:
    """``text`` without comments, emphasis, code and link marks; line ends and runs of spaces become one space.

    Only inline marks are read: a dash or number that opens a line is part of what was said.
    """
    if _MARKS.isdisjoint(text):
        return " ".join(text.split())
    words: list[str] = []
    for block in _inline().parseInline(uncommented(text)):
        for token in block.children or ():
            words.append(" " if token.type in ("softbreak", "hardbreak") else token.content)
    return " ".join("".join(words).split())


def uncommented(text: str) -> str:
    """Markdown without its comments: a note that nobody sees on screen is nobody's words in print."""
    return _COMMENT.sub("", text)
