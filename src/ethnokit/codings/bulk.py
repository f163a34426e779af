"""Many decisions at once, from JSONL, a JSON list or CSV, with the keys of ``coding list --json``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ethnokit.codings.attributes import KEYS, problem, set_attribute
from ethnokit.diagnostics import Diagnostic
from ethnokit.i18n import gettext as _
from ethnokit.model.coding import Attributes
from ethnokit.model.vocabulary import canonical_key, fold

NOTHING = Attributes()
_QUOTE_WORDS = ("citation", "verbatim", "passage")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a bulk file; what it does not say is None."""

    line: int
    """1-based line of the file (of a JSON list: rank of the entry)."""
    id: str | None = None
    """Id of a suggestion, for accept and refuse."""
    document: str | None = None
    code: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    nth: int | None = None
    by: str | None = None
    attributes: Attributes = NOTHING


def read_bulk(text: str, path: str = "") -> tuple[tuple[Row, ...], list[Diagnostic]]:
    """The rows of a bulk file and its problems; a bad row never hides the good ones."""
    rows: list[Row] = []
    records, problems = _records(text.removeprefix("\ufeff"), path)
    for line, record in records:
        row, wrong = _row(line, record, path)
        problems += wrong
        if row is not None:
            rows.append(row)
    return tuple(rows), sorted(problems, key=lambda p: p.line)


def _records(text: str, path: str) -> tuple[list[tuple[int, Any]], list[Diagnostic]]:
    first = text.lstrip()[:1]
    if first == "[":
        data = _json(text)
        if isinstance(data, list):
            return list(enumerate(data, start=1)), []
        return [], [problem("CD011", _("This is no JSON list."), path=path)]
    if first != "{":
        return _csv(text, path)
    found: list[tuple[int, Any]] = []
    problems: list[Diagnostic] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            record = _json(line)
            if isinstance(record, dict):
                found.append((number, record))
            else:
                problems.append(problem("CD011", _("This line is no JSON object."), path=path, line=number))
    return found, problems


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _csv(text: str, path: str) -> tuple[list[tuple[int, Any]], list[Diagnostic]]:
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, Any]] = []
    line = 2
    try:
        for record in reader:
            found.append((line, {k: v for k, v in record.items() if k is not None and v}))
            line = reader.line_num + 1
    except csv.Error:
        hint = _("Look for a quotation mark that is never closed.")
        return found, [
            problem("CD011", _("The table cannot be read from this line on."), path=path, line=line, hint=hint)
        ]
    return found, []


def _row(line: int, record: Any, path: str) -> tuple[Row | None, list[Diagnostic]]:
    if not isinstance(record, dict):
        return None, [problem("CD011", _("Keys and values are expected here."), path=path, line=line)]
    values: dict[str, Any] = {}
    attributes, problems = Attributes(), []
    for written, value in record.items():
        key = "quote" if fold(written) in _QUOTE_WORDS else canonical_key(written.strip())
        if key in ("start", "end", "nth") and value is not None:
            values[key], wrong = _number(written, value)
        elif key in ("id", "suggestion") and value:
            wrong = []
            values["id"] = str(value)
        elif key in ("document", "code", "quote", "by"):
            wrong = []
            values[key] = None if value is None else str(value)
        elif key == "attributes":
            attributes, wrong = _set_all(attributes, value)
        elif key in KEYS and value is not None:
            attributes, wrong = set_attribute(attributes, written, _word(value))
        else:
            wrong = []  # anchor, review and later keys of ``coding list`` say nothing new
        problems += [problem(w.rule, w.message, path=path, line=line, hint=w.hint) for w in wrong]
    return Row(line=line, attributes=attributes, **values), problems


def _set_all(attributes: Attributes, value: Any) -> tuple[Attributes, list[Diagnostic]]:
    """A JSON object, or in a cell of CSV: JSON or ``posture=offers; specific=yes``."""
    data = _json(value) if isinstance(value, str) and value.lstrip().startswith("{") else value
    pairs: Iterable[tuple[str, Any]]
    if isinstance(data, dict):
        pairs = data.items()
    elif isinstance(data, str):
        split = (part.partition("=") for part in data.split(";") if part.strip())
        pairs = [(key.strip(), found.strip()) for key, _equals, found in split]
    elif data is None:
        return attributes, []
    else:
        return attributes, [problem("CD010", _("Attributes are written key=value, as in posture=offers."))]
    problems: list[Diagnostic] = []
    for key, one in pairs:
        if one is not None:
            attributes, wrong = set_attribute(attributes, key, _word(one))
            problems += wrong
    return attributes, problems


def _word(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).strip()


def _number(key: str, value: Any) -> tuple[int | None, list[Diagnostic]]:
    try:
        if isinstance(value, bool | float):
            raise ValueError
        return int(value), []
    except (TypeError, ValueError):
        return None, [problem("CD011", _("“{key}”: a whole number is expected.").format(key=key))]
