"""Coverage of the register: whom the fieldwork met, who answered, who was silent, who said no, who was not asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from ethnokit.analysis.evidence import Evidence
from ethnokit.analysis.sources import Sources, sources_of
from ethnokit.model import Answer, Document, DocumentType, Participation, Structure

if TYPE_CHECKING:
    import pandas


class Group(StrEnum):
    """How a structure took part, in seven kinds that are never added up: silence is no refusal."""

    MET = "met"
    ANSWERED = "answered"
    """Answered a questionnaire, and no more than that."""
    AGREED = "agreed"
    SILENT = "silent"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    OUT_OF_SCOPE = "out_of_scope"


_GROUPS = {
    Participation.MET: Group.MET,
    Participation.AGREED: Group.AGREED,
    Participation.SCHEDULED: Group.AGREED,
    Participation.ASKED: Group.SILENT,
    Participation.REMINDED: Group.SILENT,
    Participation.NO_ANSWER: Group.SILENT,
    Participation.REFUSED: Group.REFUSED,
    Participation.TO_ASK: Group.NOT_ASKED,
    Participation.OUT_OF_SCOPE: Group.OUT_OF_SCOPE,
}
_STAND_ALONE = (Group.MET, Group.REFUSED, Group.OUT_OF_SCOPE)
"""Groups that an answer to a questionnaire does not change: who refused to be met has refused."""


@dataclass(frozen=True, slots=True)
class Line:
    """One structure of the register and what the fieldwork has of it."""

    structure: str
    name: str
    state: str
    """The word of :class:`~ethnokit.model.Participation` in the register."""
    group: str
    """The word of :class:`Group`."""
    interviews: int
    observations: int
    documents: int
    questionnaires: int
    """Answers given; never evidence."""
    passages: int
    """Distinct passages that speak for the structure."""
    sources: int
    """Interviews, observations and documents together."""
    read: int
    """Sources that a person has read for coding."""
    told: int
    """Distinct passages in which another structure, or one that nobody named, names this one as its target."""
    only_told: bool
    """Others speak of it, or a source shows it among others; it said nothing itself, not even in a questionnaire."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The register in groups, with the number that every group is a part of."""

    population: int
    """Structures of the collective: as the settings say, and never fewer than the register lists."""
    listed: int
    """Structures in the register."""
    groups: dict[Group, tuple[str, ...]]
    """Every group, in the order of :class:`Group` → ids in the register's order."""
    only_told: tuple[str, ...]
    """Ids of the structures of which only others speak."""

    @property
    def unlisted(self) -> int:
        """Structures of the collective that are missing from the register."""
        return self.population - self.listed


def lines(
    structures: Sequence[Structure],
    documents: Sequence[Document],
    answers: Sequence[Answer],
    evidence: Sequence[Evidence],
) -> tuple[Line, ...]:
    """One line per structure of the register, in its order; works without pandas."""
    sources = sources_of(structures, documents, evidence)
    answered = [answer.structure for answer in answers if answer.answered]
    own: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    for one in evidence:
        if one.structure is not None:
            own.setdefault(one.structure, set()).add(one.passage)
        target = one.coding.attributes.target
        if target is not None and target != one.structure:
            told.setdefault(target, set()).add(one.passage)
    return tuple(
        _line(s, sources, answered.count(s.id), len(own.get(s.id, ())), len(told.get(s.id, ()))) for s in structures
    )


def _line(structure: Structure, sources: Sources, answers: int, passages: int, told: int) -> Line:
    kinds = [document.type for document in sources.of[structure.id]]
    silent = structure.id not in sources.own and not answers
    return Line(
        structure=structure.id,
        name=structure.name,
        state=structure.participation.value,
        group=group_of(structure.participation, answered=answers > 0).value,
        interviews=kinds.count(DocumentType.INTERVIEW),
        observations=kinds.count(DocumentType.OBSERVATION),
        documents=kinds.count(DocumentType.DOCUMENT),
        questionnaires=answers,
        passages=passages,
        sources=len(kinds),
        read=sources.read_of(structure.id),
        told=told,
        only_told=silent and (told > 0 or bool(kinds)),
    )


def group_of(state: Participation, *, answered: bool) -> Group:
    """The group of a structure, from the register's word and from whether it answered a questionnaire."""
    group = _GROUPS[state]
    return Group.ANSWERED if answered and group not in _STAND_ALONE else group


def summary(lines: Sequence[Line], population: int | None = None) -> Summary:
    """The groups of the register, with their denominator.

    Args:
        lines: as :func:`lines` gives them.
        population: how many structures the collective counts, when the register does not list them all.
    """
    groups = {group: tuple(line.structure for line in lines if line.group == group) for group in Group}
    told = tuple(line.structure for line in lines if line.only_told)
    return Summary(max(population or 0, len(lines)), len(lines), groups, told)


def coverage(
    structures: Sequence[Structure],
    documents: Sequence[Document],
    answers: Sequence[Answer],
    evidence: Sequence[Evidence],
) -> pandas.DataFrame:
    """The register as a table: index ``structure`` (ids, register order), columns those of :class:`Line`."""
    import pandas

    rows = [astuple(line) for line in lines(structures, documents, answers, evidence)]
    return pandas.DataFrame.from_records(rows, columns=[f.name for f in fields(Line)]).set_index("structure")
