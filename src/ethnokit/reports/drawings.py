"""The figures of a report, with words that say what they show."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from markupsafe import Markup

from ethnokit.model.vocabulary import shown
from ethnokit.privacy.view import ReportView
from ethnokit.reports.arrange import shortened
from ethnokit.reports.figures import Bar, Tie, bars
from ethnokit.reports.figures import network as drawn
from ethnokit.reports.fonts import text_width
from ethnokit.reports.typography import typeset

Translate = Callable[[str], str]
MAIN = 415.0
"""Width of the text column in pixels (110 mm)."""
HEAD_SIZE = 2.76
"""Size of column heads in millimetres (7.8 points)."""
HIGHEST = 620
"""Pixels of a drawing that leaves room for its heading and caption on one page."""
FULL = 627.0
"""Width of text and side column together (166 mm)."""


def coverage(view: ReportView, translate: Translate) -> Markup:
    """How many structures are in each state of participation, each against all that the collective counts."""
    language = view.heading.language
    items = [Bar(_capital(shown(line.state, language)), line.count, view.population) for line in view.coverage]
    unlisted = view.population - sum(line.count for line in view.coverage)
    if unlisted:
        items.append(Bar(typeset(translate("Not in the register"), language), unlisted, view.population))
    told = "; ".join(f"{bar.label} {bar.count}/{bar.total}" for bar in items)
    title = typeset(translate("Structures by state of participation: {told}").format(told=told), language)
    return Markup(bars(items, title=title, width=MAIN))  # noqa: S704 - figures escape their labels


def network(view: ReportView, translate: Translate) -> Markup:
    """Ties that rest on passages, one line style for each kind; those of questionnaires stay in the table."""
    language = view.heading.language
    names = shortened(view.names)
    ties = [
        Tie(*(typeset(text, language) for text in (names[tie.source], names[tie.target], tie.label)))
        for tie in view.ties
        if tie.passages
    ]
    told = translate("Named relations between structures, drawn from {n} ties; the table below lists each of them.")
    title = typeset(told.format(n=len(ties)), language)
    there = {name for tie in ties for name in (tie.source, tie.target)}
    height = min(HIGHEST, max(400, 160 + 12 * len(there)))
    return Markup(drawn(ties, title=title, width=FULL, height=height))  # noqa: S704


def turned(labels: Iterable[str]) -> int:
    """Height in millimetres of a row of column heads that lean at 60°, as :file:`style.css` sets them."""
    longest = max((text_width(label, HEAD_SIZE) for label in labels), default=0.0)
    return math.ceil(longest * math.sin(math.radians(60))) + 6


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
