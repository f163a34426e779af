"""What may be told of structures and sources: register facts, coverage, the list of sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ethnokit.analysis.evidence import Evidence
from ethnokit.analysis.sources import structures_of
from ethnokit.model import Audience, Contact, Document, DocumentType, Structure
from ethnokit.model.vocabulary import fold, shown
from ethnokit.model.words import Participation, SheetState
from ethnokit.privacy.cut import Cut
from ethnokit.privacy.view import ContactLine, CoverageLine, SourceLine, StructureLine


def sources(cut: Cut, documents: Sequence[Document], evidence: Sequence[Evidence]) -> tuple[SourceLine, ...]:
    """The documents as lines, by reference; ``passages`` counts those of ``evidence``."""
    passages: dict[str, set[str]] = {}
    for one in evidence:
        passages.setdefault(one.document.id, set()).add(one.passage)
    lines = [_source(cut, document, len(passages.get(document.id, ()))) for document in documents]
    return tuple(sorted(lines, key=lambda line: (line.ref[0], int(line.ref[1:]))))


def _source(cut: Cut, document: Document, passages: int) -> SourceLine:
    team = cut.audience is Audience.TEAM
    delay = (document.written_on - document.date).days if document.written_on and document.date else None
    return SourceLine(
        ref=cut.references[document.id],
        type=document.type,
        title=document.title or document.event,
        when=when(document.date, cut.audience),
        medium=document.medium,
        duration_min=document.duration_min,
        words=sum(len(document.body[t.start : t.end].split()) for t in document.turns),
        structures=structures_of(document),
        passages=passages,
        delay_days=delay,
        document=document.id if team else None,
    )


def when(day: dt.date | None, audience: Audience) -> str:
    """A day as finely as an audience may know it: day for the team, month for the collective, year for all."""
    if day is None:
        return ""
    return day.isoformat()[: {Audience.TEAM: 10, Audience.COLLECTIVE: 7, Audience.PUBLIC: 4}[audience]]


def structure_lines(cut: Cut) -> tuple[StructureLine, ...]:
    """Every structure that may be named, met or silent, in the order of their names."""
    answered = {answer.structure for answer in cut.answers if answer.answered}
    passages: dict[str, set[str]] = {}
    for one in cut.evidence:
        if one.structure is not None:
            passages.setdefault(one.structure, set()).add(one.passage)
    lines = []
    for structure in cut.named:
        kinds = [document.type for document in cut.own(structure.id)]
        facts = dict(register_facts(cut, structure))
        lines.append(
            StructureLine(
                id=structure.id,
                name=structure.name,
                form=facts.get("form"),
                place=facts.get("place"),
                participation=structure.participation if cut.prints(structure, "participation.state") else None,
                interviews=kinds.count(DocumentType.INTERVIEW),
                observations=kinds.count(DocumentType.OBSERVATION),
                documents=kinds.count(DocumentType.DOCUMENT),
                passages=len(passages.get(structure.id, ())),
                questionnaire=structure.id in answered,
                sheet=has_sheet(cut, structure),
            )
        )
    return tuple(sorted(lines, key=lambda line: fold(line.name)))


def has_sheet(cut: Cut, structure: Structure) -> bool:
    """No sheet without the structure's own word, none that it refused, none of hearsay alone."""
    refused = structure.sheet.state is SheetState.REFUSED or structure.participation is Participation.REFUSED
    if cut.audience > Audience.TEAM and refused:
        return False
    return structure.id in cut.names and structure.id in cut.heard


def coverage(cut: Cut) -> tuple[CoverageLine, ...]:
    """The structures by state of participation, in the order of the states; silence and refusal stay apart."""
    lines = []
    for state in Participation:
        there = [s for s in cut.study.structures if s.participation is state]
        told = (s for s in there if s.id in cut.names and cut.prints(s, "participation.state"))
        names = sorted((cut.names[s.id] for s in told), key=fold)
        if there:
            lines.append(CoverageLine(state, len(there), tuple(names)))
    return tuple(lines)


def register_facts(cut: Cut, structure: Structure) -> tuple[tuple[str, str], ...]:
    """(English key, value in the report's language) of what the structure lets be published."""
    language = cut.study.settings.language
    place, workforce = structure.place, structure.workforce
    values = (
        ("form", "form", shown(structure.form, language) if structure.form else None),
        ("founded", "founded", structure.founded),
        ("joined", "membership.joined", structure.joined),
        ("place", "place.town", _place(structure) if cut.prints(structure, "place.department") else None),
        ("area", "place.area", place.area),
        ("hosting", "hosting", shown(structure.hosting, language) if structure.hosting else None),
        ("site", "site", structure.site),
        ("volunteers", "workforce.volunteers", _number(workforce.volunteers)),
        ("employees", "workforce.employees", _number(workforce.employees)),
        ("memberships", "workforce.memberships", _number(workforce.memberships)),
    )
    return tuple((key, value) for key, field, value in values if value and cut.prints(structure, field))


def _place(structure: Structure) -> str | None:
    place = structure.place
    if place.town and place.department:
        return f"{place.town} ({place.department})"
    return place.town or place.department


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def contact_line(cut: Cut, contact: Contact) -> ContactLine:
    """A contact with the label of its topic."""
    return ContactLine(contact.topic, cut.label(contact.topic), contact.by, contact.means)


def contacts(cut: Cut, structure: Structure) -> tuple[ContactLine, ...]:
    """Whom to ask about what, unless the structure keeps its contacts to itself."""
    if not cut.prints(structure, "contacts"):
        return ()
    return tuple(contact_line(cut, contact) for contact in structure.contacts)


def services(cut: Cut, structure: Structure) -> tuple[tuple[str, str | None, str | None], ...]:
    """Name, software and access of each service, unless the structure keeps them to itself."""
    if not cut.prints(structure, "services"):
        return ()
    return tuple((s.name, s.software, s.access) for s in structure.services)
