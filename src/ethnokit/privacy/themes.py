"""Themes with what was said of them: for a sheet, or across structures."""

from __future__ import annotations

from collections.abc import Sequence

from ethnokit.analysis.evidence import Evidence
from ethnokit.model import Code, Posture
from ethnokit.privacy.cut import Cut
from ethnokit.privacy.quotes import Quotes, contrasting, distinct
from ethnokit.privacy.view import Family, Theme, Verbatim


def families(cut: Cut, evidence: Sequence[Evidence], quotes: Quotes, most: int | None = None) -> tuple[Family, ...]:
    """The families of the codebook with the themes that ``evidence`` speaks of, in the order of the file.

    ``most`` bounds the verbatims of a theme: structures are heard in turn, see
    :func:`ethnokit.privacy.quotes.contrasting`. None prints every quotable passage.
    """
    by_code: dict[str, list[Evidence]] = {}
    for one in evidence:
        by_code.setdefault(one.coding.code, []).append(one)
    found = []
    for family in cut.study.codebook.children(None):
        codes = _codes(cut, family.id)
        themes = tuple(_theme(cut, code, by_code[code.id], quotes, most) for code in codes if code.id in by_code)
        not_raised = tuple(code.label for code in codes if code.id not in by_code and _can_be_raised(code))
        colour = family.colour or "#6b6b6b"
        memo = cut.memo(family.id)
        found.append(Family(family.id, family.label, family.definition, colour, themes, not_raised, memo))
    return tuple(family for family in found if family.themes or family.not_raised)


def _codes(cut: Cut, family: str) -> list[Code]:
    """The codes of a family that can be applied, in the order of the file."""
    codebook = cut.study.codebook
    return [c for c in codebook.codes if c.codable and codebook.family(c.id) == family]


def _can_be_raised(code: Code) -> bool:
    """A code for the researcher's own notes, or for what is to be withheld, is no theme that people could raise."""
    return not code.manual and not code.withheld


def _theme(cut: Cut, code: Code, evidence: Sequence[Evidence], quotes: Quotes, most: int | None) -> Theme:
    passages = distinct(evidence)
    heard = {e.structure for e in evidence}
    printed, see = _verbatims([e for e in passages if quotes.quotable(e)], quotes, most)
    return Theme(
        code=code.id,
        label=code.label,
        definition=code.definition,
        family=cut.study.codebook.family(code.id),
        passages=len(passages),
        sources=len({e.document.id for e in evidence}),
        structures=tuple(s for s in cut.names if s in heard),
        postures=postures(cut, evidence),
        verbatims=printed,
        see=see,
        unquoted=sum(not quotes.quotable(e) for e in passages),
        memo=cut.memo(code.id),
    )


def _verbatims(
    passages: Sequence[Evidence], quotes: Quotes, most: int | None
) -> tuple[tuple[Verbatim, ...], tuple[int, ...]]:
    """Verbatims to print here, and the numbers of those that stand elsewhere already."""
    ordered = passages if most is None else contrasting(passages)
    printed: list[Verbatim] = []
    see: list[int] = []
    for one in ordered:
        number = quotes.number(one)
        if number is not None:
            see.append(number)
        elif most is None or len(printed) < most:
            printed.append(quotes.take(one))
    own = {verbatim.n for verbatim in printed}
    return tuple(printed), tuple(sorted(set(see) - own))


def postures(cut: Cut, evidence: Sequence[Evidence]) -> tuple[tuple[Posture, tuple[str, ...]], ...]:
    """Each posture that was taken, in the order of the word list, with the structures in that of the register."""
    taken = {(e.coding.attributes.posture, e.structure) for e in evidence}
    found = ((posture, tuple(s for s in cut.names if (posture, s) in taken)) for posture in Posture)
    return tuple((posture, structures) for posture, structures in found if structures)
