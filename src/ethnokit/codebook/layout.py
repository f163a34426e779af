"""How the file of a codebook is laid out, and where in it one more code goes.

Codes stand in one list with the family of each, or each within its parent; on a few lines, or one between braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from ethnokit.diagnostics import Fix
from ethnokit.i18n import language
from ethnokit.model import Codebook
from ethnokit.text.yamledit import (
    Entry,
    below,
    column_of,
    compose,
    end_of,
    entries,
    in_flow,
    into_flow,
    is_blank,
    key_in,
    keys_written,
    language_of,
    lines_at,
    start_of,
)

_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Item:
    """A family or a code, as it stands in the file."""

    id: str
    node: yaml.MappingNode
    entries: dict[str, Entry]
    among: yaml.SequenceNode
    """The list in which it stands."""
    within: Item | None
    """The code in whose entry it stands; None in the lists of the file itself."""
    is_family: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A codebook as a text."""

    text: str
    root: yaml.MappingNode
    items: tuple[Item, ...]
    """In the order in which they are read: families first."""

    def item(self, id: str) -> Item | None:
        """The family or code of this id."""
        return next((item for item in self.items if item.id == id), None)

    def among(self, codes: yaml.Node | None) -> tuple[Item, ...]:
        """The items of one list."""
        return tuple(item for item in self.items if item.among is codes)

    def spelling(self, key: str, beside: Sequence[Item]) -> str:
        """An English key as the codes beside the new one write it; else in the language of the file."""
        written = next((str(item.entries[key][0].value) for item in beside if key in item.entries), None)
        return written or key_in(language_of(keys_written(self.root), language()), key)

    def quotes(self, key: str, beside: Sequence[Item]) -> str | None:
        """The quotation marks in which the codes beside the new one put what they say under a key."""
        values = (item.entries[key][1] for item in beside if key in item.entries)
        words = (value.value[0] if isinstance(value, yaml.SequenceNode) and value.value else value for value in values)
        return next((word.style for word in words if isinstance(word, yaml.ScalarNode)), None)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a new code goes."""

    holder: yaml.MappingNode
    """What holds the list: the file, or the parent."""
    codes: yaml.Node | None
    """The list, which may be empty; None where it must be begun."""
    after: Item | None
    """The code that it follows; None at the end."""
    parent_key: str | None
    """The key that names its parent, in English; None where its place says so."""


def layout_of(text: str) -> Layout | None:
    """How a codebook that can be read is laid out; None for one that says nothing yet."""
    root = compose(text)
    return Layout(text, root, tuple(_items(root, None))) if isinstance(root, yaml.MappingNode) else None


def _items(holder: yaml.MappingNode, within: Item | None) -> Iterator[Item]:
    held = entries(holder)
    for key in ("families", "codes") if within is None else ("codes",):
        among = held[key][1] if key in held else None
        for node in among.value if isinstance(among, yaml.SequenceNode) else ():
            said = entries(node)
            if "id" in said and isinstance(node, yaml.MappingNode) and isinstance(among, yaml.SequenceNode):
                item = Item(str(said["id"][1].value).strip(), node, said, among, within, key == "families")
                yield item
                yield from _items(node, item)


def spot_for(layout: Layout, book: Codebook, parent: str | None) -> Spot | None:
    """Where a new code of ``parent`` goes: after the last code of its branch, in the way in which those are kept."""
    top = entries(layout.root).get("codes")
    codes = top[1] if top else None
    if parent is None:
        return Spot(layout.root, codes, None, None)
    own = layout.item(parent)
    if own is None:
        return None
    branch = _branch(book, parent)
    flat = [item for item in layout.items if _parent(book, item) == parent and _names_its_parent(item, own)]
    if flat:
        followers = [item for item in layout.among(flat[-1].among) if item.id in branch]
        return Spot(layout.root, flat[-1].among, followers[-1], _parent_key(flat[-1]))
    if "codes" in own.entries or _is_nested(layout, own):
        inner = own.entries.get("codes")
        return Spot(own.node, inner[1] if inner else None, None, None)
    if own.is_family:
        return Spot(layout.root, codes, _last_before(layout, book, own, codes), "family")
    return Spot(layout.root, own.among, own, "parent")


def _parent(book: Codebook, item: Item) -> str | None:
    code = book.get(item.id)
    return code.parent if code else None


def _parent_key(item: Item) -> str | None:
    return next((key for key in ("parent", "family") if key in item.entries), None)


def _names_its_parent(item: Item, own: Item) -> bool:
    return item.within is not own and not item.is_family and _parent_key(item) is not None


def _is_nested(layout: Layout, own: Item) -> bool:
    """Whether codes stand within their parents here, so that the first one of a parent does as well."""
    flat = any(item.within is None and not item.is_family and _parent_key(item) for item in layout.items)
    return own.within is not None or (not flat and any(item.within is not None for item in layout.items))


def _branch(book: Codebook, parent: str) -> set[str]:
    """The ids of all codes below ``parent``."""
    found: set[str] = set()
    waiting = [parent]
    while waiting:
        below_it = [code.id for code in book.children(waiting.pop()) if code.id not in found]
        found.update(below_it)
        waiting += below_it
    return found


def _last_before(layout: Layout, book: Codebook, family: Item, codes: yaml.Node | None) -> Item | None:
    """Families stand in an order, and so do their codes: the last code of the families before this one."""
    earlier: set[str] = set()
    for item in layout.items[: layout.items.index(family)]:
        if item.is_family:
            earlier |= _branch(book, item.id)
    return next((item for item in reversed(layout.among(codes)) if item.id in earlier), None)


def put_in(layout: Layout, spot: Spot, pairs: Sequence[str]) -> Fix | None:
    """A new code of these ``key: value`` pairs, at its place; None where the file has a form that is not known."""
    text, codes = layout.text, spot.codes
    braces = f"{{{', '.join(pairs)}}}"
    if codes is None:
        if in_flow(spot.holder):
            return into_flow(text, spot.holder, f"codes: [{braces}]")
        return _new_list(layout, spot, pairs)
    if is_blank(codes):
        at = end_of(text, codes)
        if codes.value or in_flow(spot.holder):
            return Fix(start_of(codes) if codes.value else at, at, f"{'' if codes.value else ' '}[{braces}]")
        return _first_of_list(layout, spot, codes, pairs)
    if not isinstance(codes, yaml.SequenceNode):
        return None
    if in_flow(codes):
        return into_flow(text, codes, braces)
    return _next_of_list(text, codes, spot.after.node if spot.after else codes.value[-1], pairs)


def _next_of_list(text: str, codes: yaml.SequenceNode, after: yaml.Node, pairs: Sequence[str]) -> Fix:
    """One more item under ``after``, as far from it as the others are from each other."""
    dash, rank = column_of(codes), codes.value.index(after)
    lines = _lines(dash, after, pairs)
    pair = codes.value[rank - 1 : rank + 1] if rank else codes.value[:2]
    if len(pair) == 2 and _apart(text, *pair):
        lines = ["", *lines]
    return lines_at(text, below(text, end_of(text, after), dash), lines)


def _apart(text: str, first: yaml.Node, second: yaml.Node) -> bool:
    """Whether a blank line stands between two neighbours."""
    return _BLANK_LINE.search(text, end_of(text, first), start_of(second)) is not None


def _new_list(layout: Layout, spot: Spot, pairs: Sequence[str]) -> Fix:
    """``codes:`` and its first code, at the end of what holds them."""
    text, own = layout.text, next((item for item in layout.items if item.node is spot.holder), None)
    margin, column = column_of(own.among) if own else 0, column_of(spot.holder)
    nested = next((item for item in layout.items if item.within), None)
    lines = [" " * column + "codes:", *_lines(column + _step(layout), nested.node if own and nested else None, pairs)]
    tops = list(entries(layout.root).values())
    if own is None and len(tops) > 1 and _apart(text, tops[-2][1], tops[-1][0]):
        lines = ["", *lines]
    return lines_at(text, below(text, end_of(text, spot.holder), margin), lines)


def _first_of_list(layout: Layout, spot: Spot, codes: yaml.Node, pairs: Sequence[str]) -> Fix:
    """The first code under a ``codes:`` that waits for one."""
    column = column_of(spot.holder)
    at = below(layout.text, end_of(layout.text, codes), column)
    return lines_at(layout.text, at, _lines(column + _step(layout), None, pairs))


def _step(layout: Layout) -> int:
    """How far the lists of this file are indented beyond their key."""
    lists = [(key, value) for key, value in entries(layout.root).values() if isinstance(value, yaml.SequenceNode)]
    return next((column_of(value) - column_of(key) for key, value in lists if not in_flow(value)), 2)


def _lines(dash: int, like: yaml.Node | None, pairs: Sequence[str]) -> list[str]:
    """An item of a list, in the form of another one."""
    column = max(column_of(like), dash + 2) if like else dash + 2
    first = " " * dash + "-" + " " * (column - dash - 1)
    if like is not None and in_flow(like):
        return [f"{first}{{{', '.join(pairs)}}}"]
    return [first + pairs[0], *(" " * column + pair for pair in pairs[1:])]
