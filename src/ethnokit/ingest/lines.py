"""The lines of a body and what each is: words, heading, label, question in italics, or something set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ethnokit.ingest.labels import Label, label_of

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|\Z)")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_ASIDE = (("<!--", "-->"), ("<iframe", "</iframe>"), ("{%", "%}"), ("<br", ">"), ("<hr", ">"))
_ITALIC = re.compile(r"(?:\*(?![*\s])[^*]+\*|_(?![_\s])[^_]+_)\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body with its offsets, newline left out."""

    start: int
    end: int
    text: str
    level: int = 0
    """1 to 6 for a heading, 0 otherwise."""
    aside: bool = False
    """A comment, a frame or a template tag: nobody's words."""
    label: Label | None = None

    @property
    def blank(self) -> bool:
        """Whether the line holds white space only."""
        return not self.text.strip()

    @property
    def heading(self) -> str:
        """The words of a heading."""
        return self.text.strip().strip("#").strip()


def lines_of(body: str) -> list[Line]:
    """Every line of a body, headings, asides and candidate labels recognised."""
    found: list[Line] = []
    fence: str | None = None
    aside_until = -1
    missing: set[str] = set()
    for start, text in _raw(body):
        end = start + len(text)
        opened = _FENCE.match(text)
        if start < aside_until:
            found.append(Line(start, end, text, aside=True))
        elif fence is not None or opened:
            fence = _fence_after(fence, opened[1] if opened else None)
            found.append(Line(start, end, text))
        elif (close := _aside_end(body, start, text, missing)) is not None:
            aside_until = close
            found.append(Line(start, end, text, aside=True))
        elif heading := _HEADING.match(text):
            found.append(Line(start, end, text, level=len(heading[1])))
        elif (under := _SETEXT.match(text)) and _can_be_title(found):
            level = 1 if under[1][0] == "=" else 2
            found[-1] = Line(found[-1].start, found[-1].end, found[-1].text, level=level)
            found.append(Line(start, end, text, aside=True))
        else:
            found.append(Line(start, end, text, label=label_of(text, start)))
    return found


def _can_be_title(found: list[Line]) -> bool:
    """Underlined words are a title when they stand alone on their line and speak for nobody."""
    if not found or found[-1].blank or found[-1].aside or found[-1].level or found[-1].label:
        return False
    return len(found) == 1 or found[-2].blank or found[-2].aside or bool(found[-2].level)


def _raw(body: str) -> Iterator[tuple[int, str]]:
    start = 0
    for text in body.split("\n"):
        yield start, text
        start += len(text) + 1


def _fence_after(fence: str | None, mark: str | None) -> str | None:
    if fence is None:
        return mark
    return None if mark == fence else fence


def _aside_end(body: str, start: int, text: str, missing: set[str]) -> int | None:
    """Where the aside that this line opens ends; None when it opens none, or words follow it on its last line."""
    stripped = text.lstrip()
    for opening, closing in _ASIDE:
        if stripped[: len(opening)].lower() != opening:
            continue
        close = -1 if closing in missing else body.find(closing, start)
        if close < 0:
            missing.add(closing)
            # Never closed: it must not swallow the rest of the interview.
            return start + len(text)
        close += len(closing)
        newline = body.find("\n", close)
        rest = body[close : newline if newline >= 0 else len(body)].strip()
        return close if not rest or rest.startswith((opening, "<!--", "{%")) else None
    return None


def italic_paragraphs(lines: list[Line]) -> list[tuple[int, int, bool]]:
    """Paragraphs that are wholly in italics: index of first line, index after the last, is it a question?"""
    found = []
    i = 0
    while i < len(lines):
        if not _is_words(lines[i]):
            i += 1
            continue
        j = i
        while j < len(lines) and _is_words(lines[j]):
            j += 1
        text = "\n".join(line.text for line in lines[i:j]).strip()
        if _ITALIC.match(text):
            found.append((i, j, text[1:-1].rstrip(' \u00a0\u202f\n»"”').endswith("?")))
        i = j
    return found


def _is_words(line: Line) -> bool:
    return not (line.blank or line.aside or line.level)
