"""Read a whole study: every problem in one pass, and a bad file never hides the good ones."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from ethnokit.cache import Cache, Stage
from ethnokit.codings.fold import fold
from ethnokit.diagnostics import Diagnostic, in_order
from ethnokit.model import Study
from ethnokit.study import readers
from ethnokit.study.anchors import verified
from ethnokit.study.checks import cross_check, unique
from ethnokit.study.gather import CODINGS, MEMOS, QUESTIONNAIRES, STRUCTURES, Gathered

T = TypeVar("T")
Loaded = tuple[Study, tuple[Diagnostic, ...]]


def load(root: Path, cache: Cache | None = None, *, recall: bool = False) -> Loaded:
    """Read the study in ``root``; with a cache, a file whose bytes were read before is not read again.

    What is read follows from the files alone, so that a study is the same on every machine. Only ``recall`` also asks
    the texts before their last edit, which the cache may still hold, where codings went: to write that down.

    Returns what could be read and every problem, by path, line and column. Positions in the problems
    are those of the files on disk. Nothing of the study is written.
    """
    with Stage(cache, "read") as stage:
        return _load(Gathered(root, stage), stage, cache, recall=recall)


def ask(root: Path, cache: Cache | None, name: str, kind: Any, question: Callable[[Loaded], T]) -> T:
    """The answer to a question about the whole study; with a cache, asked anew only after a file changed.

    ``name`` tells the question from others, and ``kind`` is the annotation of the answer, which must follow
    from the files of the study alone.
    """
    with Stage(cache, "read") as stage, Stage(cache, f"answer:{name}") as answers:
        gathered = Gathered(root, stage)
        answer = answers.of(kind, gathered.fingerprint(), compute=lambda: question(_load(gathered, stage, cache)))
        answers.forget_others()
        return answer


def _load(gathered: Gathered, stage: Stage, cache: Cache | None, *, recall: bool = False) -> Loaded:
    with _undisturbed():
        study = _study(gathered, cache, recall=recall)
    if recall:  # not what the files alone say: not to be remembered as such
        return study, in_order([*gathered.problems, *cross_check(study)])
    kind = tuple[Diagnostic, ...]
    across = stage.of(kind, "across files", gathered.fingerprint(), compute=lambda: tuple(cross_check(study)))
    stage.forget_others()
    return study, in_order([*gathered.problems, *across])


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A study is many thousands of small lasting objects: looking for garbage among them only takes time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _study(gathered: Gathered, cache: Cache | None, *, recall: bool) -> Study:
    root, problems = gathered.root, gathered.problems
    read = (d for f, reader in readers.DOCUMENTS.items() for d in gathered.each(f, reader))
    documents = unique(root, read, problems)
    codings, refusals = fold(event for log in gathered.each(CODINGS, readers.LOG) for event in log)
    return Study(
        root=root,
        settings=gathered.settings,
        codebook=gathered.codebook(),
        structures=unique(root, gathered.each(STRUCTURES, readers.STRUCTURE), problems),
        documents=documents,
        answers=tuple(a for table in gathered.each(QUESTIONNAIRES, readers.ANSWERS) for a in table),
        memos=tuple(gathered.each(MEMOS, readers.MEMO)),
        codings=verified(codings, documents, cache, recall=recall),
        refusals=refusals,
    )
