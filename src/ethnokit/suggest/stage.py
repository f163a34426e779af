"""Suggestions of a study, each document's computed once: a later run reads them from the cache without spaCy."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence

from ethnokit.cache import Cache, Stage
from ethnokit.model import Coding, Document, Refusal, Study, Suggestion
from ethnokit.study.gather import edition

CHANCE = 4
"""Fewer code points than this may be the same by chance."""


class PipelineMissing(ValueError):  # noqa: N818 - the name says what is the matter
    """The spaCy pipeline that the settings name is not installed."""


def suggestions_for(study: Study, documents: Sequence[Document], cache: Cache | None = None) -> tuple[Suggestion, ...]:
    """What :func:`ethnokit.suggest.engine.suggest` gives for each document, decided or not.

    With a cache, only those documents are looked through whose text, turns or structures changed; all of
    them when codebook, register or pipeline did.

    Raises:
        PipelineMissing: the pipeline is needed and not installed.
    """
    pipeline, common = study.settings.pipeline, _common(study)
    found: list[Suggestion] = []
    with Stage(cache, "suggest") as stage:
        for document in documents:

            def compute(document: Document = document) -> tuple[Suggestion, ...]:
                from ethnokit.suggest.engine import suggest

                return suggest(document, study.codebook, study.structures, pipeline)

            found += stage.of(tuple[Suggestion, ...], common, _seen_of(document), compute=compute)
        if len(documents) == len(study.documents):
            stage.forget_others()
    return tuple(found)


def known_suggestions(study: Study, documents: Iterable[Document], cache: Cache) -> dict[str, tuple[Suggestion, ...]]:
    """Document id → the suggestions that an earlier run left for it as it is now, decided or not.

    Nothing is computed: a document is missing where the cache holds no answer for its present text, the
    codebook, the register and the pipeline.
    """
    common = _common(study)
    known: dict[str, tuple[Suggestion, ...]] = {}

    def compute() -> tuple[Suggestion, ...]:
        raise LookupError

    with Stage(cache, "suggest") as stage:
        for document in documents:
            with contextlib.suppress(LookupError):
                known[document.id] = stage.of(tuple[Suggestion, ...], common, _seen_of(document), compute=compute)
    return known


def without_refused(
    suggestions: Iterable[Suggestion], refusals: Iterable[Refusal], codings: Iterable[Coding]
) -> tuple[Suggestion, ...]:
    """Leave out what a person refused, and what is coded so already.

    A refusal holds for what overlaps it and has the same code. When nothing stands there any more (the
    transcript was edited before it), it holds for the same quote, wherever that is: rather a proposal too
    few than one that comes back. A suggestion with the span and code of a coding has nothing to add, nor has one
    that was accepted, whatever its coding became since.
    """
    offered = tuple(suggestions)
    by_code: dict[tuple[str, str], list[Suggestion]] = {}
    for one in offered:
        by_code.setdefault((one.document, one.code), []).append(one)
    gone: set[str] = set()
    for refusal in refusals:
        same = by_code.get((refusal.document, refusal.code), [])
        here = [s for s in same if _stands_at(refusal, s)]
        gone.update(s.id for s in here or (s for s in same if s.quote == refusal.anchor.quote))
    coded: set[tuple[str, str, int, int]] = set()
    for coding in codings:
        coded.add((coding.document, coding.code, coding.anchor.start, coding.anchor.end))
        if coding.suggestion is not None:
            gone.add(coding.suggestion)
    return tuple(s for s in offered if s.id not in gone and (s.document, s.code, s.start, s.end) not in coded)


def _stands_at(refusal: Refusal, suggestion: Suggestion) -> bool:
    """Do they overlap, and is the text they share the same? After an edit an old position covers other words."""
    anchor = refusal.anchor
    start, end = max(anchor.start, suggestion.start), min(anchor.end, suggestion.end)
    shortest = min(anchor.end - anchor.start, suggestion.end - suggestion.start, CHANCE)
    if end <= start or end - start < shortest:
        return False
    mine = suggestion.quote[start - suggestion.start : end - suggestion.start]
    return mine == anchor.quote[start - anchor.start : end - anchor.start]


def _common(study: Study) -> str:
    """All that the engine looks at besides the document."""
    pipeline = study.settings.pipeline
    names = sorted((s.id, s.name, s.other_names) for s in study.structures)
    return repr((study.codebook, names, pipeline, edition(pipeline)))


def _seen_of(document: Document) -> str:
    """All of a document that the engine looks at."""
    turns = ",".join([f"{t.role.value} {t.start} {t.end} {t.part}" for t in document.turns])
    return repr((document.id, document.type.value, document.text_hash, document.structures, turns))
