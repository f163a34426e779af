"""YAML as written: every scalar a string, every node with its line and column.

YAML 1.1 reads ``no`` as false, ``12:30`` as 750 and ``01`` as 1; nothing of that happens here, types are
given by the schema (:mod:`ethnokit.text.schema`). Duplicate keys, anchors and endless nesting are errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import yaml

from ethnokit.diagnostics import Diagnostic, Fix, Severity, Source, one_word
from ethnokit.i18n import gettext as _
from ethnokit.model.vocabulary import canonical_key
from ethnokit.text.slips import is_left_alone, line_fix

MAX_DEPTH = 24
NULLS = ("", "~", "null", "Null", "NULL")
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a node of the YAML begins in its file: 1-based line and column, and its length there."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True)
class Yaml:
    """The data of a YAML text (dict, list, str, None), keys in English, and where each part stands."""

    data: Any
    keys: dict[Path, Mark]
    values: dict[Path, Mark]
    written: dict[Path, str]
    """The key as the person wrote it, by path."""

    def has(self, path: Path) -> bool:
        """Whether a value stands at ``path``, blank or not."""
        return path in self.values

    def value(self, path: Path) -> Any:
        """What stands at ``path``; None where nothing does."""
        data = self.data if path in self.values else None
        for step in path:
            data = None if data is None else data[step]
        return data

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Where to point for ``path``: its key or value, or the nearest parent that exists."""
        table = self.keys if key else self.values
        for size in range(len(path), -1, -1):
            found = table.get(path[:size]) or self.keys.get(path[:size]) or self.values.get(path[:size])
            if found:
                return found
        return Mark(1, 1)


EMPTY = Yaml({}, {}, {}, {})


def read_yaml(text: str, source: Source, first_line: int = 1) -> tuple[Yaml, list[Diagnostic]]:
    """Read a YAML text that begins on ``first_line`` of ``source``.

    Returns what could be read (an empty mapping when nothing could) and the problems, each pointing
    into the file. Never raises on bad input.
    """
    problems: list[Diagnostic] = []
    try:
        refused = _refuse_events(text, source, first_line)
        if refused:
            return EMPTY, [refused]
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        return EMPTY, [_syntax_problem(error, source, first_line)]
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        line, column = Source.of("", text).position(position if isinstance(position, int) else 0)
        message = _("A character here cannot stand in YAML.")
        return EMPTY, [source.problem("YA001", Severity.ERROR, message, line=line + first_line - 1, column=column)]
    walk = _Walk(source, first_line, problems)
    data = walk.value(node, ()) if node is not None else {}
    return Yaml(data, walk.keys, walk.values, walk.written), problems


def _refuse_events(text: str, source: Source, first_line: int) -> Diagnostic | None:
    """Anchors and depth, seen before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        begins = cast("yaml.Mark", event.start_mark)
        line, column = begins.line + first_line, begins.column + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = _("YAML anchors (&) and aliases (*) are not read here.")
            hint = _("Put a value that begins with & or * between quotes.")
            return source.problem("YA006", Severity.ERROR, message, line=line, column=column, hint=hint)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                message = _("This YAML is nested more than {n} levels deep.").format(n=MAX_DEPTH)
                return source.problem("YA007", Severity.ERROR, message, line=line, column=column)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _syntax_problem(error: yaml.MarkedYAMLError, source: Source, first_line: int) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
    hint = None
    if error.problem and "mapping values are not allowed" in error.problem:
        hint = _('A value that holds ": " must stand between quotes.')
    elif error.problem and "cannot start any token" in error.problem:
        hint = _("A value that begins with this sign must stand between quotes; tabs cannot indent.")
    elif error.problem and ("expected ',' or" in error.problem or "block end" in error.problem):
        hint = _("Look for a bracket, a quote or an indentation that does not match on this line or above.")
    return source.problem(
        "YA001",
        Severity.ERROR,
        _("The YAML cannot be read from here on."),
        line=line,
        column=column,
        hint=hint,
    )


class _Walk:
    """Turn composed nodes into data while noting where each part stands."""

    def __init__(self, source: Source, first_line: int, problems: list[Diagnostic]) -> None:
        self.source, self.first_line, self.problems = source, first_line, problems
        self.keys: dict[Path, Mark] = {}
        self.values: dict[Path, Mark] = {}
        self.written: dict[Path, str] = {}

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.values[path] = self._mark(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        plain = isinstance(node, yaml.ScalarNode) and not node.style
        return None if plain and node.value in NULLS else str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._complain(key_node, "YA001", _("A key must be a word."))
                continue
            written = str(key_node.value)
            key = canonical_key(written)
            if key in found:
                message = _("The key “{key}” is written twice; the first one is kept.").format(key=one_word(written))
                fix = self._fix_of_twin((*path, key), found[key], key_node, value_node)
                self._complain(key_node, "YA002", message, len(written), fix)
                continue
            here = (*path, key)
            self.keys[here] = self._mark(key_node)
            self.written[here] = written
            found[key] = self.value(value_node, here)
        return found

    def _mark(self, node: yaml.Node) -> Mark:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if start.line == end.line else 1
        return Mark(start.line + self.first_line, start.column + 1, max(1, length))

    def _complain(self, node: yaml.Node, rule: str, message: str, length: int = 1, fix: Fix | None = None) -> None:
        mark = self._mark(node)
        problem = self.source.problem(
            rule, Severity.ERROR, message, line=mark.line, column=mark.column, length=length, fix=fix
        )
        self.problems.append(problem)

    def _fix_of_twin(self, path: Path, first: Any, key_node: yaml.ScalarNode, value_node: yaml.Node) -> Fix | None:
        """A key written twice is safe to mend when one of the two is blank, or when both say the same word."""
        if is_left_alone(path):
            return None
        second = str(value_node.value) if isinstance(value_node, yaml.ScalarNode) else None
        if second is not None and (second in NULLS or second == first):
            return line_fix(self.source, self._mark(key_node).line, str(key_node.value), second)
        blank = first is None
        return line_fix(self.source, self.keys[path].line, self.written[path], "") if blank else None
