"""One kind of computed value: asked for by what goes in, computed only when the same was never seen."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from ethnokit import __version__
from ethnokit.cache.store import Cache
from ethnokit.cache.values import from_text, to_text

T = TypeVar("T")

BATCH = 64
"""Values computed between two writes: what a run that is cut short loses at most."""


def key(*parts: str | bytes) -> str:
    """The key of a computed value: sha256 of the tool itself and of all that went in."""
    digest = hashlib.sha256(tool())
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def tool() -> bytes:
    """sha256 of what computes: EthnoKit's version, code, translations and templates, Python, installed libraries.

    With it in every key, an update or a line changed in the code can never meet a value from before it, and
    nobody has to remember to raise a number.
    """
    digest = hashlib.sha256(repr((__version__, sys.version, sorted(_libraries()))).encode())
    for folder, below, names in os.walk(Path(__file__).parents[1]):
        below[:] = sorted(name for name in below if name != "__pycache__")
        for name in sorted(names):
            digest.update(name.encode() + b"\0" + (Path(folder) / name).read_bytes())
    return digest.digest()


def _libraries() -> Iterator[str]:
    """``spacy-3.8.7.dist-info`` and so on: the name of this folder is where an installed library says its version."""
    for folder in filter(os.path.isdir, sys.path):
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries if entry.name.endswith(".dist-info"))


class Stage:
    """The values of one stage of the work. Without a cache, everything is computed.

    Used as a context: what is new is written on the way and when it ends.
    """

    def __init__(self, cache: Cache | None, name: str) -> None:
        self._cache, self._name = cache, name
        self._new: dict[str, str] = {}
        self._asked: set[str] = set()

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write()

    def of(self, kind: Any, *parts: str | bytes, compute: Callable[[], T]) -> T:
        """What ``compute`` gives for ``parts``, which must be all that it depends on.

        ``kind`` is the annotation of the value, for instance ``tuple[Suggestion, ...]``.
        """
        if self._cache is None:
            return compute()
        name = key(*parts)
        self._asked.add(name)
        text = self._cache.get(self._name, name)
        if text is not None:
            try:
                value: T = from_text(kind, text)
            except (ValueError, TypeError, LookupError):
                pass  # not what was written: computed again, and written over
            else:
                return value
        value = compute()
        self._new[name] = to_text(value, kind)
        if len(self._new) >= BATCH:
            self._write()
        return value

    def forget_others(self) -> None:
        """Forget the values that nobody asked for in this run; for a run that asks for all that a study needs."""
        if self._cache is not None:
            self._cache.keep_only(self._name, self._asked)

    def _write(self) -> None:
        if self._cache is not None:
            self._cache.put(self._name, self._new)
        self._new = {}
