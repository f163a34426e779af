"""Frozen dataclasses as JSON and back, by their annotations alone.

A dataclass becomes the list of its fields in order, a tuple a list, an enumerated word its value, a date its
ISO form. Reading builds the annotated types and nothing else, so that no file can make this process do anything.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import lru_cache
from operator import attrgetter, methodcaller
from typing import Any, NamedTuple

_AS_IT_IS = (str, int, bool, float, type(None), Any)


class _Form(NamedTuple):
    """How values of one type become plain data and values again; None stays None everywhere."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def to_text(value: Any, kind: Any = None) -> str:
    """A value as JSON text; ``kind`` is its annotation, by default its type.

    Raises:
        TypeError: the annotation holds a type that JSON could not give back.
    """
    annotation: Any = kind or type(value)
    form = _form(annotation)
    plain = value if form is None or value is None else form.write(value)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def from_text(kind: Any, text: str) -> Any:
    """The value of type ``kind`` that :func:`to_text` wrote.

    Raises:
        ValueError, TypeError, LookupError: the text is not that of such a value.
    """
    form, plain = _form(kind), json.loads(text)
    return plain if form is None or plain is None else form.read(plain)


@lru_cache
def _form(kind: Any) -> _Form | None:
    """The form of a type; None for one that JSON knows."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind in _AS_IT_IS or origin is dict:
        return None
    if origin in (types.UnionType, typing.Union):
        (kind,) = (part for part in parts if part is not type(None))
        return _form(kind)
    if origin is tuple:
        return _many(_form(parts[0])) if parts[1:] == (Ellipsis,) else _row(tuple, lambda *items: items, parts)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Form(attrgetter("_value_"), {word.value: word for word in kind}.__getitem__)
    if kind in (dt.date, dt.datetime):
        return _Form(methodcaller("isoformat"), kind.fromisoformat)
    if dataclasses.is_dataclass(kind):
        # A field with an underscore is derived from the others.
        names = [field.name for field in dataclasses.fields(kind) if not field.name.startswith("_")]
        annotations = typing.get_type_hints(kind)
        return _row(_fields(names), typing.cast("Any", kind), [annotations[name] for name in names])
    raise TypeError(f"there is no way to remember a {kind!r}")


def _fields(names: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    """What takes the values of some fields; the C function for it gives no sequence where there is one field."""
    return attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]


def _many(form: _Form | None) -> _Form:
    if form is None:
        return _Form(list, tuple)
    write, read = form
    return _Form(
        lambda items: [None if item is None else write(item) for item in items],
        lambda items: tuple([None if item is None else read(item) for item in items]),
    )


def _row(take: Callable[[Any], Iterable[Any]], build: Callable[..., Any], kinds: Iterable[Any]) -> _Form:
    """Items of several types: taken out of a value, and a value built of them. Most are plain and stay as they are."""
    forms = [(i, form) for i, kind in enumerate(kinds) if (form := _form(kind)) is not None]

    def write(value: Any) -> list[Any]:
        items = list(take(value))
        for i, form in forms:
            if items[i] is not None:
                items[i] = form.write(items[i])
        return items

    def read(items: list[Any]) -> Any:
        for i, form in forms:
            if items[i] is not None:
                items[i] = form.read(items[i])
        return build(*items)

    return _Form(write, read)
