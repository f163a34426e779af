"""A study cut to one audience: what is left when everything above it has gone.

All that reports show is made of a :class:`Cut`, never of the study itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ethnokit.analysis.evidence import Evidence, gather
from ethnokit.analysis.sources import sources_of
from ethnokit.codings.attribution import STANDING
from ethnokit.codings.jsonl import attributes_to_json
from ethnokit.model import Answer, Audience, Coding, Document, DocumentType, Memo, Structure, Study, most_closed
from ethnokit.privacy.names import names_for, published, teller
from ethnokit.privacy.rights import Right, bound, decide, structure_named

_LETTERS = {DocumentType.INTERVIEW: "E", DocumentType.OBSERVATION: "O", DocumentType.DOCUMENT: "D"}
"""First letter of a source's reference: entretien, observation, document."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What one audience may know of a study."""

    study: Study
    """Only for what is the same for all: settings, codebook, register."""
    audience: Audience
    evidence: tuple[Evidence, ...]
    """Passages that may be counted; structure and target are gone where they may not be named."""
    rights: dict[str, Right]
    """Coding id → what may be read of it."""
    names: dict[str, str]
    """Id → name of each structure that may be named, in the order of the register."""
    documents: tuple[Document, ...]
    """Sources that a person has read and that may be listed; they know only the structures that may be named as theirs.

    A transcript that nobody opened yet is no source of anything that is said or not said here.
    """
    answers: tuple[Answer, ...]
    """Answers to questionnaires, which have no audience of their own: that of a document that says nothing holds."""
    references: dict[str, str]
    """Document id → the reference printed beside a quote; it says nothing of who spoke."""
    heard: frozenset[str]
    """Ids of the structures for which a passage speaks."""
    withheld: int
    """Distinct passages of the study that this audience may not read."""
    _of: dict[str, tuple[Document, ...]]

    def memo(self, about: str) -> str:
        """The researcher's text about a code, a structure or a part of the report; empty when there is none."""
        return "\n\n".join(m.body for m in self.study.memos if m.about == about and self._open(m))

    def _open(self, memo: Memo) -> bool:
        return self.audience <= min(memo.audience or Audience.TEAM, self.study.settings.audience)

    def prints(self, structure: Structure, field: str) -> bool:
        """May this audience read a field of the register, as ``workforce.memberships``, of a structure?"""
        return self.audience is Audience.TEAM or published(structure, field)

    def own(self, structure: str) -> tuple[Document, ...]:
        """The sources that may be named as those of a structure."""
        return self._of[structure]

    def label(self, code: str) -> str:
        """The label of a code."""
        found = self.study.codebook.get(code)
        return found.label if found else code

    @property
    def named(self) -> tuple[Structure, ...]:
        """The structures that may be named, in the order of the register."""
        return tuple(s for s in self.study.structures if s.id in self.names)


def cut(study: Study, audience: Audience) -> Cut:
    """Leave out of ``study`` everything that ``audience`` may not read."""
    everything = gather(study)
    unsaid = most_closed(study.settings.audience, study.settings.default_audience)
    names = names_for(study, audience)
    tells = teller(study)
    rights: dict[str, Right] = {}
    kept: list[Evidence] = []
    for one in _clear(everything, study, audience):
        structure = study.structure(one.structure) if one.structure else None
        words = one.document.body[one.coding.anchor.start : one.coding.anchor.end]
        right = decide(one, study.settings, structure, audience, telling=tells(one.document, words))
        if right.readable:
            rights[one.coding.id] = right
            kept.append(_unnamed(one, right, names))
    read = sources_of(study.structures, study.documents, everything).read
    documents = tuple(d for d in study.documents if d.id in read and audience <= bound(d, study.settings))
    if audience > Audience.TEAM:
        documents = tuple(_closed_names(d, names, tells) for d in documents)
    return Cut(
        study=study,
        audience=audience,
        evidence=tuple(kept),
        rights=rights,
        names=names,
        documents=documents,
        answers=study.answers if audience <= unsaid else (),
        references=_references(documents),
        heard=frozenset(e.structure for e in kept if e.structure is not None),
        withheld=len({e.passage for e in everything} - {e.passage for e in kept}),
        _of=sources_of(study.structures, documents, kept).of,
    )


def _clear(evidence: Sequence[Evidence], study: Study, audience: Audience) -> Iterable[Evidence]:
    """Evidence that shares no character with a passage that a coder closed to ``audience``, under whatever code.

    Nobody knows where a closed passage stands whose words were edited: until a person has found it again,
    all that its document says is closed with it.
    """
    closed: dict[str, list[Coding]] = {}
    for coding in study.codings:
        if _closed(coding, study) < audience:
            closed.setdefault(coding.document, []).append(coding)
    for one in evidence:
        mine = one.coding.anchor
        if not any(
            c.state not in STANDING or (mine.start < c.anchor.end and c.anchor.start < mine.end)
            for c in closed.get(one.coding.document, ())
        ):
            yield one


def _closed(coding: Coding, study: Study) -> Audience:
    """Who may read the words of a passage as far as this coding of it says."""
    code = study.codebook.get(coding.code)
    if code is not None and code.withheld:
        return Audience.TEAM
    own = coding.attributes.audience
    return Audience.PUBLIC if own is None else own


def _unnamed(evidence: Evidence, right: Right, names: dict[str, str]) -> Evidence:
    """Evidence without the names that may not be told."""
    structure = evidence.structure if right.structure_named and evidence.structure in names else None
    attributes = evidence.coding.attributes
    if attributes.target is not None and attributes.target not in names:
        attributes = replace(attributes, target=None)
    if structure is None and attributes.structure is not None:
        attributes = replace(attributes, structure=None)
    return replace(evidence, structure=structure, coding=replace(evidence.coding, attributes=attributes))


def _closed_names(document: Document, names: dict[str, str], tells: Callable[[Document, str], bool]) -> Document:
    """A document that knows only the structures that may be named as its own, and no title that tells more.

    The title of an interview is a working name, and often holds that of a person.
    """
    named = names if structure_named(document) else {}
    speakers = (replace(s, structures=tuple(one for one in s.structures if one in named)) for s in document.speakers)
    structures = tuple(one for one in document.structures if one in named)
    title = document.title or document.event
    if title is not None and (document.type is DocumentType.INTERVIEW or tells(document, title)):
        title = None
    return replace(document, structures=structures, speakers=tuple(speakers), title=title, event=None)


def _references(documents: Sequence[Document]) -> dict[str, str]:
    """E1, E2… by day, then by id: stable as long as no earlier source is added."""
    counts: dict[str, int] = {}
    references: dict[str, str] = {}
    for document in sorted(documents, key=lambda d: (d.date is None, d.date, d.id)):
        letter = _LETTERS[document.type]
        counts[letter] = counts.get(letter, 0) + 1
        references[document.id] = f"{letter}{counts[letter]}"
    return references


def fingerprint(cut: Cut) -> str:
    """sha256 of the texts and codings behind a report: two reports with the same one rest on the same evidence."""
    rows: list[Any] = [[d.id, d.text_hash] for d in sorted(cut.documents, key=lambda d: d.id)]
    codings = sorted((e.coding for e in cut.evidence), key=lambda c: c.id)
    rows += [[c.id, c.code, c.anchor.start, c.anchor.end, attributes_to_json(c.attributes)] for c in codings]
    text = json.dumps([cut.study.codebook.version, rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
