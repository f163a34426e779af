"""Which structures may stand in print under their name, and words that would name the others all the same."""

from __future__ import annotations

import re
from collections.abc import Callable

from ethnokit.analysis.search import pattern
from ethnokit.analysis.sources import structures_of
from ethnokit.model import Audience, Document, DocumentType, Participation, Place, Sheet, Structure, Study, Workforce
from ethnokit.privacy.rights import structure_named

_PRIVATE_STATES = frozenset(
    {
        Participation.TO_ASK,
        Participation.ASKED,
        Participation.REMINDED,
        Participation.REFUSED,
        Participation.NO_ANSWER,
        Participation.OUT_OF_SCOPE,
    }
)
"""What the public need not know of a structure by its name: that it was silent, or said no."""

_ARTICLE = re.compile(r"\A(?:l['’]|(?:les?|la|the)\s)\s*", re.IGNORECASE)
"""« Les Hérons » are named in « chez nous, aux Hérons » too."""


def names_for(study: Study, audience: Audience) -> dict[str, str]:
    """Id → name of each structure that may stand in print under its name, in the order of the register.

    One that spoke and never agreed to be named is not named; nor, to the public, one that was silent or said
    no; nor one that keeps its own name to itself.
    """
    if audience is Audience.TEAM:
        return {s.id: s.name for s in study.structures}
    closed = _unnamed(study)
    if audience is Audience.PUBLIC:
        closed |= {s.id for s in study.structures if s.participation in _PRIVATE_STATES}
    return {s.id: s.name for s in study.structures if s.id not in closed}


def _unnamed(study: Study) -> set[str]:
    """The structures that spoke in an interview and never agreed to be named, and those that forbid their name."""
    agreed: dict[str, bool] = {}
    for document in study.documents:
        if document.type is DocumentType.INTERVIEW:
            for structure in structures_of(document):
                agreed[structure] = agreed.get(structure, False) or structure_named(document)
    forbid = {s.id for s in study.structures if "name" in s.unpublished}
    return forbid.union(structure for structure, yes in agreed.items() if not yes)


def teller(study: Study) -> Callable[[Document, str], bool]:
    """A judge of words of a document: do they name a structure that nobody outside the team may know to speak there?

    Those are the structures that spoke and never agreed to be named, wherever they are named, and those of the
    document itself when it may not be told whose it is.
    """
    unnamed = _unnamed(study)
    forms = {s.id: [form for name in (s.name, *s.other_names) if (form := _form(name))] for s in study.structures}

    def tells(document: Document, words: str) -> bool:
        closed = unnamed if structure_named(document) else unnamed.union(structures_of(document))
        return any(form.search(words) for structure in closed for form in forms.get(structure, ()))

    return tells


def _form(name: str) -> re.Pattern[str] | None:
    """What finds a name in words, whatever its article, case, accents and hyphens."""
    return pattern(_ARTICLE.sub("", name.strip(), count=1), whole=True)


def published(structure: Structure, field: str) -> bool:
    """Does a structure let a field of the register, as ``workforce.memberships``, be printed?

    A group that it keeps to itself stands for all that is in it. A name that is no field was written to protect
    something: one that is no part of its group hides the group, one of no group hides everything.
    """
    group, _dot, part = field.partition(".")
    for written in structure.unpublished:
        closed, _dot, closed_part = written.partition(".")
        if closed not in _FIELDS:
            return False
        if closed == group and (closed_part == part or closed_part not in _PARTS.get(group, ())):
            return False
    return True


_FIELDS = frozenset(Structure.__dataclass_fields__)
_PARTS = {
    "membership": ("state", "joined", "left"),
    "participation": ("state", "availability", "history"),
    "place": tuple(Place.__dataclass_fields__),
    "sheet": tuple(Sheet.__dataclass_fields__),
    "workforce": tuple(Workforce.__dataclass_fields__),
}
