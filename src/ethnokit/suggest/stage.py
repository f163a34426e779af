"""Suggestions of a document, computed once: a later run reads them from the cache without spaCy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ethnokit.cache import Cache, key
from ethnokit.model import Attributes, Codebook, Coding, Document, Posture, Refusal, Structure, Suggestion

VERSION = "1"
"""Raised when the same text and codebook would give other suggestions."""


CHANCE = 4
"""Fewer code points than this may be the same by chance."""


class PipelineMissing(ValueError):  # noqa: N818 - the name says what is the matter
    """The spaCy pipeline that the settings name is not installed."""


def suggestions_for(
    document: Document, codebook: Codebook, structures: tuple[Structure, ...], pipeline: str | None, cache: Cache
) -> tuple[Suggestion, ...]:
    """What :func:`ethnokit.suggest.engine.suggest` gives, from the cache where nothing that matters changed.

    Raises:
        PipelineMissing: the pipeline is needed and not installed.
    """
    name = _key(document, codebook, structures, pipeline)
    known = _read(cache.get(name))
    if known is not None:
        return known
    from ethnokit.suggest.engine import suggest

    found = suggest(document, codebook, structures, pipeline)
    cache.put(name, json.dumps([asdict(s) for s in found], ensure_ascii=False))
    return found


def without_refused(
    suggestions: Iterable[Suggestion], refusals: Iterable[Refusal], codings: Iterable[Coding]
) -> tuple[Suggestion, ...]:
    """Leave out what a person refused, and what is coded so already.

    A refusal holds for what overlaps it and has the same code. When nothing stands there any more (the
    transcript was edited before it), it holds for the same quote, wherever that is: rather a proposal too
    few than one that comes back. A suggestion with the span and code of a coding has nothing to add.
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
    coded = {(c.document, c.code, c.anchor.start, c.anchor.end) for c in codings}
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


def _key(document: Document, codebook: Codebook, structures: tuple[Structure, ...], pipeline: str | None) -> str:
    names = sorted((s.id, s.name, s.other_names) for s in structures)
    turns = [(t.role.value, t.start, t.end, t.part) for t in document.turns]
    scope = (document.id, document.type.value, document.text_hash, document.structures)
    return key("suggest", VERSION, document.body, repr(scope), repr(turns), repr(codebook), repr(names), pipeline or "")


def _read(text: str | None) -> tuple[Suggestion, ...] | None:
    """Suggestions out of the cache; None when there are none, or not in a form that can be read."""
    if text is None:
        return None
    try:
        return tuple(_suggestion(entry) for entry in json.loads(text))
    except (ValueError, KeyError, TypeError):
        return None


def _suggestion(entry: dict[str, Any]) -> Suggestion:
    said = entry["attributes"]
    posture = Posture(said["posture"]) if said["posture"] else None
    attributes = Attributes(posture=posture, target=said["target"])
    return Suggestion(**{**entry, "why": tuple(entry["why"]), "attributes": attributes})
