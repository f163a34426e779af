"""Which documents are sources of which structure, which of them a person has read for coding, and who speaks there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ethnokit.analysis.evidence import Evidence
from ethnokit.model import CodingState, Document, Role, Structure


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of each structure of a register."""

    of: dict[str, tuple[Document, ...]]
    """Structure id, in the register's order → its documents, in the order given; an empty tuple where there is none."""
    read: frozenset[str]
    """Ids of the documents that a person has read for coding."""
    own: frozenset[str]
    """Ids of the structures that speak themselves in a source; the others are at most spoken of."""

    def read_of(self, structure: str) -> int:
        """How many sources of a structure were read: the denominator of everything said of it."""
        return sum(document.id in self.read for document in self.of[structure])


def sources_of(structures: Sequence[Structure], documents: Sequence[Document], evidence: Iterable[Evidence]) -> Sources:
    """The sources of each structure.

    A document is a source of the structures that its header or one of its speakers names, and of those
    that a coder said a passage speaks for. It is read once its header says that coding has begun, or once
    it holds evidence; a transcript that nobody opened yet says nothing about what was not raised.
    """
    named: dict[str, set[str]] = {document.id: set(structures_of(document)) for document in documents}
    own = {structure for document in documents for structure in speaking(document)}
    read = {document.id for document in documents if document.coding_state is not CodingState.TO_CODE}
    for one in evidence:
        read.add(one.document.id)
        if one.structure is not None:
            own.add(one.structure)
            named.setdefault(one.document.id, set()).add(one.structure)
    return Sources(
        {s.id: tuple(d for d in documents if s.id in named[d.id]) for s in structures},
        frozenset(read),
        frozenset(own),
    )


def structures_of(document: Document) -> tuple[str, ...]:
    """The structures that a document is about: those of its header, then those its speakers stand for."""
    speakers = [s for s in document.speakers if s.role is not Role.INTERVIEWER]
    spoken_for = [structure for speaker in speakers for structure in speaker.structures]
    return tuple(dict.fromkeys((*document.structures, *spoken_for)))


def speaking(document: Document) -> frozenset[str]:
    """The structures whose own word a document holds.

    Those for which somebody other than the interviewer speaks; without speakers, the only structure of
    the document. To be one of several in an observation note is to be seen, not to be heard.
    """
    voices = [s.structures or document.structures for s in document.speakers if s.role is not Role.INTERVIEWER]
    if not voices:
        return frozenset(document.structures) if len(document.structures) == 1 else frozenset()
    return frozenset(structure for structures in voices for structure in structures)
