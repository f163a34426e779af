"""Where the work stands: documents, coders, passages that wait for a person, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ethnokit.analysis.coverage import Group, Line, Summary
from ethnokit.codings.attribution import waits
from ethnokit.model import AnchorState, Coding, CodingState, Document, DocumentType

WAITING = (AnchorState.CHANGED, AnchorState.AMBIGUOUS, AnchorState.LOST)
"""States of an anchor that a person has to settle; until then the coding is not counted."""


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """How far the coding of one document has come."""

    document: str
    type: DocumentType
    state: CodingState
    """As its header says; a document with codings is in progress until its header says that it is coded."""
    codings: dict[str, int]
    """Coder → codings that stand, in the order of the coders' names."""
    waiting: int
    """Codings whose passage is changed, ambiguous or lost."""
    undecided: int | None
    """Suggestions that nobody decided; None where they were not computed for the text and codebook as they are."""

    @property
    def to_do(self) -> bool:
        """Is there coding left, as far as the header tells?"""
        return self.state in (CodingState.TO_CODE, CodingState.IN_PROGRESS)


class Step(StrEnum):
    """What to do next; the first that applies, in this order."""

    REPAIR = "repair"
    """The study has errors: some files are not read, or not in full."""
    REANCHOR = "reanchor"
    """Coded passages are no longer in the text as they were coded."""
    IMPORT = "import"
    """There is no document yet."""
    CODE = "code"
    DECIDE = "decide"
    """Suggestions wait for a decision."""
    TRANSCRIBE = "transcribe"
    """A structure was met, and no document says what was said."""
    ASK = "ask"
    BUILD = "build"


@dataclass(frozen=True, slots=True)
class Next:
    """The next step, what it is about, and how many of the kind there are."""

    step: Step
    subject: str | None = None
    """Id of a document (code, decide) or of a structure (transcribe, ask)."""
    count: int = 0


def progress(
    documents: Sequence[Document], codings: Iterable[Coding], undecided: Mapping[str, int]
) -> tuple[DocumentProgress, ...]:
    """The progress of each document, in the order given.

    Args:
        documents: those of the study.
        codings: those of the study; codings of other documents are left out.
        undecided: document id → suggestions that nobody decided, for the documents for which they are known.
    """
    by_document: dict[str, list[Coding]] = {document.id: [] for document in documents}
    for coding in codings:
        by_document.get(coding.document, []).append(coding)
    return tuple(_of_document(d, by_document[d.id], undecided.get(d.id)) for d in documents)


def _of_document(document: Document, codings: Sequence[Coding], undecided: int | None) -> DocumentProgress:
    begun = document.coding_state is CodingState.TO_CODE and len(codings) > 0
    return DocumentProgress(
        document.id,
        document.type,
        CodingState.IN_PROGRESS if begun else document.coding_state,
        dict(sorted(Counter(coding.by for coding in codings).items())),
        sum(map(waits, codings)),
        undecided,
    )


def waiting(codings: Iterable[Coding]) -> dict[AnchorState, tuple[str, ...]]:
    """Ids of the codings that wait for a person, by the state of their anchor; every state of :data:`WAITING`."""
    found: dict[AnchorState, list[str]] = {state: [] for state in WAITING}
    for coding in codings:
        if waits(coding):
            found[coding.state].append(coding.id)
    return {state: tuple(ids) for state, ids in found.items()}


def next_step(
    errors: int, waiting: int, documents: Sequence[DocumentProgress], lines: Sequence[Line], summary: Summary
) -> Next:
    """The first thing that keeps the study from being built well."""
    begun = [d.document for d in documents if d.state is CodingState.IN_PROGRESS]
    to_code = begun + [d.document for d in documents if d.to_do and d.document not in begun]
    to_decide = [d.document for d in documents if d.undecided]
    unwritten = [line.structure for line in lines if line.group == Group.MET and not line.sources]
    unasked = summary.groups[Group.NOT_ASKED]
    steps = (
        (errors > 0, Next(Step.REPAIR, None, errors)),
        (waiting > 0, Next(Step.REANCHOR, None, waiting)),
        (not documents, Next(Step.IMPORT)),
        (bool(to_code), _about(Step.CODE, to_code)),
        (bool(to_decide), _about(Step.DECIDE, to_decide)),
        (bool(unwritten), _about(Step.TRANSCRIBE, unwritten)),
        (bool(unasked), _about(Step.ASK, unasked)),
    )
    return next((step for applies, step in steps if applies), Next(Step.BUILD))


def _about(step: Step, subjects: Sequence[str]) -> Next:
    return Next(step, subjects[0] if subjects else None, len(subjects))
