"""What one audience may read of one passage: the most closed of all that was agreed wins.

Each rule can only close. What a header does not say is read as a refusal, so that a forgotten line
costs a quote and never a confidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ethnokit.analysis.evidence import Evidence
from ethnokit.model import (
    Audience,
    Consent,
    ConsentForm,
    Document,
    DocumentType,
    Proofreading,
    Quoting,
    Settings,
    Structure,
    most_closed,
)


class Reason(StrEnum):
    """Why a passage, its words or its structure are kept from an audience."""

    BOUND = "bound"
    """Study, document or passage is for a more closed audience."""
    NO_CONSENT = "no_consent"
    """The header of the document says nothing of consent, or says that there is none."""
    NOT_TO_QUOTE = "not_to_quote"
    """The persons agreed to be read, not to be quoted."""
    PROOFREADING = "proofreading"
    """The person asked to read the transcript and has not done so yet."""
    SMALL_GROUP = "small_group"
    """So few people that a function is a name."""
    NAMES_A_STRUCTURE = "names_a_structure"
    """The words themselves name a structure that did not agree to be named."""
    STRUCTURE_NOT_NAMED = "structure_not_named"
    """The structure did not agree to be named with these words."""


@dataclass(frozen=True, slots=True)
class Right:
    """What an audience may read of a passage."""

    readable: bool
    """It may be counted, and shown as far as ``quoting`` says."""
    quoting: Quoting = Quoting.NONE
    """How its words may be quoted, from not at all to the name agreed upon."""
    structure_named: bool = False
    reasons: tuple[Reason, ...] = ()


def decide(
    evidence: Evidence, settings: Settings, structure: Structure | None, audience: Audience, *, telling: bool = False
) -> Right:
    """What ``audience`` may read of a passage; whether it overlaps one that is closed is for the caller to know.

    Args:
        evidence: the passage.
        settings: those of the study.
        structure: the one that the passage speaks for, or None.
        audience: who would read.
        telling: its words name a structure that may not be named.
    """
    document = evidence.document
    if audience > bound(document, settings, evidence.coding.attributes.audience):
        return Right(readable=False, reasons=(Reason.BOUND,))
    if audience is Audience.TEAM:
        return Right(readable=True, quoting=Quoting.NAME, structure_named=True)
    quoting, reasons = _quoting(document, settings, structure)
    if telling:
        quoting, reasons = Quoting.NONE, (*reasons, Reason.NAMES_A_STRUCTURE)
    named = structure_named(document)
    if not named:
        reasons = (*reasons, Reason.STRUCTURE_NOT_NAMED)
    return Right(readable=True, quoting=quoting, structure_named=named, reasons=reasons)


def bound(document: Document, settings: Settings, passage: Audience | None = None) -> Audience:
    """The most open audience of a document, or of one of its passages where a coder closed it further."""
    own = settings.default_audience if document.audience is None else document.audience
    return most_closed(settings.audience, own, Audience.PUBLIC if passage is None else passage)


def _quoting(document: Document, settings: Settings, structure: Structure | None) -> tuple[Quoting, tuple[Reason, ...]]:
    consent = document.consent
    if consent is None or not _given(consent, document):
        return Quoting.NONE, (Reason.NO_CONSENT,)
    if consent.quote is Quoting.NONE:
        return Quoting.NONE, (Reason.NOT_TO_QUOTE,)
    if consent.proofreading is Proofreading.REQUESTED:
        return Quoting.NONE, (Reason.PROOFREADING,)
    if consent.quote is Quoting.FUNCTION and _few(structure, settings):
        return Quoting.UNATTRIBUTED, (Reason.SMALL_GROUP,)
    return consent.quote, ()


def _given(consent: Consent, document: Document) -> bool:
    """True when somebody agreed; a text that was public before the study needs nobody's signature."""
    return consent.form is not ConsentForm.ABSENT or document.type is DocumentType.DOCUMENT


def structure_named(document: Document) -> bool:
    """True when a source may be told to be of its structures; who signs a page that is public already did so."""
    if document.type is DocumentType.DOCUMENT and document.audience is Audience.PUBLIC:
        return True
    return document.consent is not None and document.consent.structure_named


def _few(structure: Structure | None, settings: Settings) -> bool:
    """True when too few people, or an unknown number, keep the structure alive."""
    if structure is None:
        return True
    counted = (structure.workforce.volunteers, structure.workforce.employees)
    return sum(n or 0 for n in counted) < settings.small_group
