"""Ties between structures: passages that name another structure, and, apart from them, what questionnaires state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ethnokit.analysis.evidence import Evidence
from ethnokit.model import Answer, Posture, Structure

if TYPE_CHECKING:
    import pandas

Key = tuple[str | None, str, str, Posture | None]
"""Source, target, code, posture."""
COLUMNS = ("source", "target", "code", "posture", "passages", "documents", "stated")


@dataclass(frozen=True, slots=True)
class Network:
    """Three tables with the same columns, in the order of the register (source, then target), code and posture.

    ``source`` and ``target`` (structure ids), ``code``, ``posture`` (English word or None), ``passages``
    (distinct), ``documents``, ``stated`` (a questionnaire says so).
    """

    ties: pandas.DataFrame
    """Ties that passages speak of; ``stated`` tells the ones that a questionnaire says as well."""
    stated: pandas.DataFrame
    """Ties that only a questionnaire states: no passage, no document, no posture."""
    unattributed: pandas.DataFrame
    """Ties whose passage speaks for no single structure, or nobody said for which: ``source`` is None, and is
    never guessed."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One row of the tables."""

    source: str | None
    """Id of the structure that speaks; None when nobody named it."""
    target: str
    code: str
    posture: Posture | None
    passages: int
    """Distinct passages; 0 when only a questionnaire states the tie."""
    documents: int
    stated: bool


def ties(structures: Sequence[Structure], answers: Iterable[Answer], evidence: Iterable[Evidence]) -> tuple[Tie, ...]:
    """The ties between the structures given, from evidence with a target and from questionnaires; without pandas.

    A tie of a structure with itself is none, and a target that is not in ``structures`` has no place in
    the drawing (``ethnokit check`` reports it); a source that is not in ``structures`` counts as not named.
    They are in the order of :class:`Network`.
    """
    order = {s.id: n for n, s in enumerate(structures)}
    passages: dict[Key, set[str]] = {}
    documents: dict[Key, set[str]] = {}
    for one in evidence:
        key = _key(one, order)
        if key is not None:
            passages.setdefault(key, set()).add(one.passage)
            documents.setdefault(key, set()).add(one.document.id)
    said = dict.fromkeys((t.source, t.target, t.code) for a in answers for t in a.ties if t.source != t.target)
    found = [Tie(*key, len(passages[key]), len(documents[key]), key[:3] in said) for key in passages]
    seen = {key[:3] for key in passages}
    found += [Tie(*key, None, 0, 0, stated=True) for key in said if key not in seen and {*key[:2]} <= order.keys()]
    postures: list[Posture | None] = [None, *Posture]
    return tuple(
        sorted(found, key=lambda t: (order.get(t.source or "", -1), order[t.target], t.code, postures.index(t.posture)))
    )


def network(structures: Sequence[Structure], answers: Iterable[Answer], evidence: Iterable[Evidence]) -> Network:
    """:func:`ties` as tables."""
    found = ties(structures, answers, evidence)
    return Network(
        ties=_frame([t for t in found if t.source is not None and t.passages]),
        stated=_frame([t for t in found if not t.passages]),
        unattributed=_frame([t for t in found if t.source is None]),
    )


def _key(one: Evidence, known: dict[str, int]) -> Key | None:
    """The tie that a coding speaks of, or None."""
    attributes = one.coding.attributes
    source = one.structure if one.structure in known else None
    if attributes.target is None or attributes.target not in known or attributes.target == source:
        return None
    return source, attributes.target, one.coding.code, attributes.posture


def _frame(found: Sequence[Tie]) -> pandas.DataFrame:
    import pandas

    rows = [
        (t.source, t.target, t.code, t.posture and t.posture.value, t.passages, t.documents, t.stated) for t in found
    ]
    frame = pandas.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return frame.astype({"passages": "int64", "documents": "int64", "stated": "bool"})
