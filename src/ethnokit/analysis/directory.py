"""Who does what, and how to reach them: structures by theme and by posture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ethnokit.analysis.evidence import Evidence
from ethnokit.model import Answer, Codebook, Contact, Posture, Structure

if TYPE_CHECKING:
    import pandas

COLUMNS = ("code", "structure", "posture", "passages", "sources", "stated")


@dataclass(slots=True)
class _Count:
    passages: set[str]
    sources: set[str]


def directory(
    codebook: Codebook, structures: Sequence[Structure], answers: Iterable[Answer], evidence: Iterable[Evidence]
) -> pandas.DataFrame:
    """Each posture that a structure takes to a theme.

    Columns: ``code``, ``structure``, ``posture`` (the stable English word), ``passages`` (distinct),
    ``sources`` (documents), ``stated``. A row with ``stated`` true is what a questionnaire says: it holds no
    passage and no source, stands beside the row of the evidence where there is one, and is never added to
    it. Evidence without a posture, or for a structure that nobody named or that is not in ``structures``,
    makes no row (see :func:`unattributed`). Rows are in the order of the codebook, the postures, the
    register, evidence first.
    """
    import pandas

    known = {s.id: n for n, s in enumerate(structures)}
    codes = {c.id: n for n, c in enumerate(codebook.codes) if c.codable}
    counts = _counted(e for e in evidence if e.structure in known and e.coding.code in codes)
    rows = [(*key, len(count.passages), len(count.sources), False) for key, count in counts.items()]
    stated = dict.fromkeys(_stated(answers))
    rows += [(*key, 0, 0, True) for key in stated if key[0] in codes and key[1] in known]
    postures = list(Posture)
    rows.sort(key=lambda row: (codes[row[0]], postures.index(row[2]), known[row[1]], row[5]))
    found = [(code, structure, posture.value, *rest) for code, structure, posture, *rest in rows]
    frame = pandas.DataFrame.from_records(found, columns=list(COLUMNS))
    return frame.astype({"passages": "int64", "sources": "int64", "stated": "bool"})


def _counted(evidence: Iterable[Evidence]) -> dict[tuple[str, str, Posture], _Count]:
    counts: dict[tuple[str, str, Posture], _Count] = {}
    for one in evidence:
        posture = one.coding.attributes.posture
        if posture is not None and one.structure is not None:
            count = counts.setdefault((one.coding.code, one.structure, posture), _Count(set(), set()))
            count.passages.add(one.passage)
            count.sources.add(one.document.id)
    return counts


def _stated(answers: Iterable[Answer]) -> Iterable[tuple[str, str, Posture]]:
    for answer in answers:
        yield from ((code, answer.structure, Posture.OFFERS) for code in answer.offers)
        yield from ((code, answer.structure, Posture.SEEKS) for code in answer.seeks)


def unattributed(evidence: Iterable[Evidence]) -> int:
    """Distinct passages with a posture of which nobody said whose it is: told apart, never guessed."""
    passages: dict[str, bool] = {}
    for one in evidence:
        if one.coding.attributes.posture is not None:
            passages[one.passage] = passages.get(one.passage, False) or one.structure is not None
    return sum(not attributed for attributed in passages.values())


def contacts_for(structure: Structure, code: str, codebook: Codebook) -> tuple[Contact, ...]:
    """The lines of the register that say whom to ask about a theme.

    Those of the theme itself; where there is none, those of the nearest theme above it.
    """
    topic: str | None = code
    while topic is not None:
        found = tuple(contact for contact in structure.contacts if contact.topic == topic)
        above = codebook.get(topic)
        if found:
            return found
        topic = above.parent if above is not None else None
    return ()
