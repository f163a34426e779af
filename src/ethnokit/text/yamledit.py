"""Add to a YAML text, or change one word of it, in the manner in which it is written.

Each function says where something goes and how it reads there, as a :class:`Fix` that
:func:`ethnokit.text.repair.repaired` puts into the bytes. Positions are code points of the whole text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

import yaml

from ethnokit.diagnostics import Fix
from ethnokit.model.vocabulary import KEYS, canonical_key, fold, shown
from ethnokit.text.yamlfile import NULLS, Loader

Entry = tuple[yaml.Node, yaml.Node]
"""A key and its value."""


def compose(text: str) -> yaml.Node | None:
    """The nodes of a YAML text that :func:`read_yaml` could read, with their positions; None where it is blank."""
    node: yaml.Node | None = yaml.compose(text, Loader=Loader)
    return node


def entries(node: yaml.Node | None) -> dict[str, Entry]:
    """The entries of a mapping by their key in English; of a key written twice, the first. Else none."""
    found: dict[str, Entry] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            found.setdefault(canonical_key(str(key.value)), (key, value))
    return found


def is_blank(node: yaml.Node) -> bool:
    """Whether a value says nothing: ``key:`` or ``key: null``."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in NULLS


def in_flow(node: yaml.Node) -> bool:
    """Whether a list or mapping stands between brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def start_of(node: yaml.Node) -> int:
    """Where a node begins."""
    return int(node.start_mark.index)


def column_of(node: yaml.Node) -> int:
    """How many code points stand before a node on its line; for a list with dashes, before its first dash."""
    return int(node.start_mark.column)


def end_of(text: str, node: yaml.Node) -> int:
    """Where a node ends; the end that YAML gives to lists and mappings holds the remarks and blank lines after them."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(text, last[-1] if isinstance(last, tuple) else last)
    return len(text[: int(node.end_mark.index)].rstrip())


def below(text: str, end: int, column: int) -> int:
    """The beginning of the line under what ends at ``end``, and under the remarks there indented beyond ``column``."""
    line = found = _next_line(text, end)
    while line < len(text):
        following = _next_line(text, line)
        written = text[line:following]
        remark = written.lstrip(" ")
        if remark.startswith("#") and len(written) - len(remark) > column:
            found = following
        elif remark.strip():
            break
        line = following
    return found


def _next_line(text: str, at: int) -> int:
    newline = text.find("\n", at)
    return len(text) if newline < 0 else newline + 1


def lines_at(text: str, at: int, lines: Sequence[str]) -> Fix:
    """Whole lines, put in at the beginning of a line or at the end of a text whose last line is not ended."""
    added = "\n".join(lines)
    unended = at == len(text) and text != "" and not text.endswith("\n")
    return Fix(at, at, f"\n{added}" if unended else f"{added}\n")


def into_flow(text: str, node: yaml.CollectionNode, added: str) -> Fix:
    """One more item of a list, or entry of a mapping, between brackets; on its own line where the last one is."""
    pairs = [item if isinstance(item, tuple) else (item, item) for item in node.value]
    if not pairs:
        return Fix(start_of(node) + 1, start_of(node) + 1, added)
    first, last = pairs[-1]
    before = end_of(text, pairs[-2][1]) if len(pairs) > 1 else start_of(node)
    on_own_line = "\n" in text[before : start_of(first)]
    comma = " ," if is_blank(last) else ","
    at = end_of(text, last)
    return Fix(at, at, f"{comma}\n{' ' * column_of(first)}{added}" if on_own_line else f"{comma} {added}")


def scalar(value: str, style: str | None = None) -> str:
    """A text as YAML, on one line: with the quotes of ``style``, or without any where it can stand without.

    It can stand between brackets as well, and is read as text by every reader of YAML.
    """
    if value.splitlines() != [value]:
        return _emitted(value, '"')
    if style in ('"', "'"):
        return _emitted(value, style)
    plain = _emitted(value, None)
    return _emitted(value, '"') if plain.startswith("'") else plain


def _emitted(value: str, style: str | None) -> str:
    made = yaml.dump(
        [value],
        Dumper=yaml.SafeDumper,
        default_flow_style=True,
        default_style=style,
        allow_unicode=True,
        width=sys.maxsize,
    )
    return str(made).strip()[1:-1]


def language_of(keys: Iterable[str], otherwise: str) -> str:
    """The language in which a person wrote their keys: most of those that differ in French and English."""
    french = english = 0
    for written in set(keys):
        key = canonical_key(written)
        if fold(written) != key and key in KEYS:
            french += 1
        elif KEYS.get(key):
            english += 1
    if french == english:
        return otherwise
    return "fr" if french > english else "en"


def key_in(language: str, key: str) -> str:
    """An English key as a French or an English author writes it."""
    return KEYS[key][0] if language == "fr" and KEYS.get(key) else key


def word_in(language: str, value: Enum) -> str:
    """An enumerated value as a French or an English author writes it in a file: ``a_coder`` or ``to_code``."""
    return fold(shown(value, language))


def keys_written(data: Any) -> list[str]:
    """Every key below a node, as it is written."""
    if isinstance(data, yaml.MappingNode):
        own = [str(key.value) for key, _value in data.value if isinstance(key, yaml.ScalarNode)]
        return own + [key for _key, value in data.value for key in keys_written(value)]
    if isinstance(data, yaml.SequenceNode):
        return [key for item in data.value for key in keys_written(item)]
    return []
