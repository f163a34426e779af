"""Figures drawn by hand as SVG: no chart library, the same bytes each time, legible in grey.

Lengths are in pixels of the SVG's own view box. Each figure has a ``<title>`` (its alternative text in
the PDF) and says all with shape and words; shades only help. Labels must be plain text: they are
escaped here, and filtered typographically by the caller.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ethnokit.reports.fonts import text_width

INK = "#222222"
FILL = "#4a5a6a"
TRACK = "#e4e6e8"
LINE = "#8a9097"
SIZE = 11.0
_FONT = f'font-family="Fira Sans" font-size="{SIZE:g}" fill="{INK}"'
_COLUMNS = 3
_ROW = 96.0
"""Small groups of a network stand below the largest, so many in a row, in rows of this height."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width, height."""

_DASHES = ("", "6 3", "1.5 3", "9 3 2 3", "12 5", "9 3 2 3 2 3")


@dataclass(frozen=True, slots=True)
class Bar:
    """A count and what it was counted among."""

    label: str
    count: int
    total: int
    """The denominator N of the label n/N."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A named relation from one structure to another."""

    source: str
    target: str
    kind: str
    """What the tie is, in the words of the report: one line style for each kind."""


def _n(value: float) -> str:
    """A coordinate with one decimal at most: the last digits differ from one machine to another."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" role="img"><title>{escape(title, quote=False)}</title>'
    )
    return "\n".join([head, *parts, "</svg>"])


def _text(x: float, y: float, text: str, *, anchor: str = "start", weight: int = 400) -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-weight="{weight}" {_FONT}>'
        f"{escape(text, quote=False)}</text>"
    )


def _wrapped(label: str, width: float) -> list[str]:
    """``label`` in lines no wider than ``width``, cut at its spaces only."""
    lines: list[str] = []
    for word in label.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, SIZE) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def bars(items: Sequence[Bar], *, title: str, width: float = 480) -> str:
    """Horizontal bars in the order given, each against the full length of its own total, labelled n/N."""
    if not items:
        return ""
    gutter = min(width * 0.45, max(text_width(item.label, SIZE) for item in items) + 10)
    notes = [f"{item.count}/{item.total}" for item in items]
    length = width - gutter - max(text_width(note, SIZE, semibold=True) for note in notes) - 10
    parts: list[str] = []
    y = 4.0
    for item, note in zip(items, notes, strict=True):
        lines = _wrapped(item.label, gutter - 10)
        height = max(20.0, 14.0 * len(lines) + 6)
        middle = y + height / 2
        for n, line in enumerate(lines):
            parts.append(_text(gutter - 8, middle + 4 + 14 * (n - (len(lines) - 1) / 2), line, anchor="end"))
        share = min(1.0, max(0.0, item.count / item.total)) if item.total > 0 else 0.0
        parts.append(_rect(gutter, middle - 6, length, 12, TRACK))
        if share:
            parts.append(_rect(gutter, middle - 6, length * share, 12, FILL))
        parts.append(_text(gutter + length + 8, middle + 4, note, weight=600))
        y += height
    return _svg(width, y + 4, title, parts)


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"/>'


def network(ties: Sequence[Tie], *, title: str, width: float = 480, height: float = 360, seed: int = 7) -> str:
    """Named ties between structures as a drawing; arrows go from who speaks to who is named.

    The input's order changes nothing: names and ties are sorted before they are placed.
    """
    ties = sorted(set(ties), key=lambda tie: (tie.source, tie.target, tie.kind))
    if not ties:
        return ""
    places, height = _places(ties, width, height, seed)
    kinds = sorted({tie.kind for tie in ties})
    parts = [_edge(*ends, _DASHES[kinds.index(tie.kind) % len(_DASHES)]) for tie, ends in _ends(ties, places)]
    parts += [f'<circle cx="{_n(x)}" cy="{_n(y)}" r="5" fill="{FILL}"/>' for x, y in places.values()]
    taken = _Taken()
    # Points along the ties: a name that hides one would hide where an arrow goes.
    for tie in ties:
        for x, y in _along(places[tie.source], places[tie.target]):
            taken.add((x - 2, y - 2, 4.0, 4.0))
    for x, y in places.values():
        taken.add((x - 5, y - 5, 10.0, 10.0))
    for name in places:
        parts += _label(name, places[name], taken, width)
    for n, kind in enumerate(kinds):
        y = height + 20 + 16 * n
        parts.append(_line(8, y - 4, 38, y - 4, _DASHES[n % len(_DASHES)]))
        parts.append(_text(46, y, kind))
    return _svg(width, height + 18 + 16 * len(kinds), title, parts)


def _places(ties: Sequence[Tie], width: float, height: float, seed: int) -> tuple[dict[str, Point], float]:
    """Where each structure stands, by name, and the height that was needed.

    Groups without a tie between them are placed apart, the largest above: in one layout they would
    push each other into the corners and leave no room inside.
    """
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted({name for tie in ties for name in (tie.source, tie.target)}))
    graph.add_edges_from((tie.source, tie.target) for tie in ties)
    groups = sorted((sorted(group) for group in networkx.connected_components(graph)), key=lambda g: (-len(g), g))
    places: dict[str, Point] = {}
    for n, group in enumerate(groups):
        cell = (0.0, 0.0, width, height)
        if n:
            row, column = divmod(n - 1, _COLUMNS)
            cell = (width / _COLUMNS * column, height + _ROW * row, width / _COLUMNS, _ROW)
        # A graph of its own, filled in sorted order: the layout depends on the order of its nodes.
        part = networkx.Graph()
        part.add_nodes_from(group)
        part.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(group).edges))
        spread = 2.4 / math.sqrt(len(group))
        found = networkx.spring_layout(part, seed=seed, k=spread, iterations=200)
        places |= _fitted({name: (float(at[0]), float(at[1])) for name, at in found.items()}, cell)
    return places, height + _ROW * math.ceil((len(groups) - 1) / _COLUMNS)


def _fitted(found: dict[str, Point], cell: Box) -> dict[str, Point]:
    """A layout stretched over its cell, with room for names at the sides; rounded."""
    left, top, width, height = cell
    side, edge = min(80.0, width / 4), 24.0
    xs, ys = [x for x, _ in found.values()], [y for _, y in found.values()]
    # Structures on one line, or alone, stand in the middle.
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    return {
        name: (
            round(left + side + ((x - min(xs)) / across if across > 1e-9 else 0.5) * (width - 2 * side), 1),
            round(top + edge + ((y - min(ys)) / down if down > 1e-9 else 0.5) * (height - 2 * edge), 1),
        )
        for name, (x, y) in found.items()
    }


def _line(x1: float, y1: float, x2: float, y2: float, dash: str) -> str:
    style = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{LINE}" stroke-width="1.4"{style}/>'


def _ends(ties: Sequence[Tie], places: dict[str, Point]) -> list[tuple[Tie, tuple[Point, Point]]]:
    """Where each tie begins and ends: several between the same two run side by side, none hides another."""
    beside: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        beside.setdefault((min(tie.source, tie.target), max(tie.source, tie.target)), []).append(tie)
    ends = []
    for (one, other), group in beside.items():
        (x1, y1), (x2, y2) = places[one], places[other]
        length = math.dist(places[one], places[other]) or 1.0
        for n, tie in enumerate(group):
            shift = (n - (len(group) - 1) / 2) * 5 / length
            across, down = -(y2 - y1) * shift, (x2 - x1) * shift
            moved = {one: (x1 + across, y1 + down), other: (x2 + across, y2 + down)}
            ends.append((tie, (moved[tie.source], moved[tie.target])))
    return ends


def _edge(start: Point, end: Point, dash: str) -> str:
    """A line with an arrow head that touches the circle of the structure named."""
    (x1, y1), (x2, y2) = start, end
    distance = math.hypot(x2 - x1, y2 - y1)
    if distance < 14:
        return _line(x1, y1, x2, y2, dash)
    ux, uy = (x2 - x1) / distance, (y2 - y1) / distance
    tip_x, tip_y = x2 - ux * 6, y2 - uy * 6
    base_x, base_y = tip_x - ux * 7, tip_y - uy * 7
    head = " ".join(
        f"{_n(x)},{_n(y)}"
        for x, y in ((tip_x, tip_y), (base_x - uy * 3, base_y + ux * 3), (base_x + uy * 3, base_y - ux * 3))
    )
    return _line(x1, y1, base_x, base_y, dash) + f'<polygon points="{head}" fill="{LINE}"/>'


def _along(start: Point, end: Point) -> list[Point]:
    """Points on a line, about five pixels apart."""
    steps = max(1, round(math.dist(start, end) / 5))
    (x1, y1), (x2, y2) = start, end
    return [(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1)]


class _Taken:
    """What is drawn already, by squares of the drawing: only what is near can be covered."""

    _SQUARE = 48.0

    def __init__(self) -> None:
        self._near: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for square in self._squares(box):
            self._near.setdefault(square, []).append(box)

    def covered(self, box: Box) -> float:
        """The area of what ``box`` would cover; what lies in two squares counts in both."""
        return sum(_overlap(box, other) for square in self._squares(box) for other in self._near.get(square, ()))

    def _squares(self, box: Box) -> list[tuple[int, int]]:
        left, top, right, bottom = (int(n // self._SQUARE) for n in (box[0], box[1], box[0] + box[2], box[1] + box[3]))
        return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def _label(name: str, place: Point, taken: _Taken, width: float) -> list[str]:
    """The name of a structure on white, on the side of its circle where it covers least; ``taken`` grows by it."""
    x, y = place
    wide = text_width(name, SIZE)
    beside = [(left, y + up) for up in (-7, -16, 2) for left in (x + 8, x - 8 - wide)]
    corners = (*beside[:2], (x - wide / 2, y + 7), (x - wide / 2, y - 21), *beside[2:])
    boxes = [(max(1.0, min(left, width - wide - 1)), top, wide, 14.0) for left, top in corners]
    box = min(boxes, key=taken.covered)
    taken.add(box)
    return [_rect(box[0] - 1, box[1] + 1, wide + 2, 12, "#ffffff"), _text(box[0], box[1] + 11, name)]


def _overlap(one: Box, other: Box) -> float:
    """The area that two rectangles (x, y, width, height) share."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)
