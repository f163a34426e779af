"""Interviews, observation notes and other written sources."""

from __future__ import annotations

from typing import Any

from ethnokit.diagnostics import Diagnostic, Severity, without_text
from ethnokit.i18n import gettext as _
from ethnokit.ingest.opened import Opened, open_markdown, read_id
from ethnokit.ingest.speakers import read_speakers
from ethnokit.ingest.turns import read_turns
from ethnokit.model import (
    Audience,
    CodingState,
    Consent,
    ConsentForm,
    Document,
    DocumentType,
    Medium,
    Proofreading,
    Quoting,
    Stance,
)
from ethnokit.text.normal import text_hash
from ethnokit.text.schema import Day, Record, Whole, Words, YesNo, read_record, word


class _Consent(Record):
    collected_on: Day | None = None
    form: word(ConsentForm) | None = None  # type: ignore[valid-type]
    recording: YesNo | None = None
    quote: word(Quoting) | None = None  # type: ignore[valid-type]
    structure_named: YesNo | None = None
    proofreading: word(Proofreading) | None = None  # type: ignore[valid-type]
    withdrawal_until: Day | None = None


class _Header(Record):
    id: str | None = None
    type: word(DocumentType) | None = None  # type: ignore[valid-type]
    title: str | None = None
    description: str | None = None
    tags: Words = ()
    structures: Words = ()
    structure: Words = ()
    event: str | None = None
    date: Day | None = None
    start: Day | None = None
    end: Day | None = None
    written_on: Day | None = None
    state: str | None = None
    language: str | None = None
    medium: word(Medium) | None = None  # type: ignore[valid-type]
    posture: word(Stance) | None = None  # type: ignore[valid-type]
    stance: word(Stance) | None = None  # type: ignore[valid-type]
    announced: YesNo | None = None
    place: str | None = None
    duration_min: Whole | None = None
    guide: str | None = None
    investigators: Words = ()
    present: Any = None
    speakers: Any = None
    consent: _Consent | None = None
    audience: word(Audience) | None = None  # type: ignore[valid-type]
    coding_state: word(CodingState) | None = None  # type: ignore[valid-type]
    transcription: Any = None
    source: Any = None
    sources: Any = None
    licence: str | None = None
    version: str | None = None


class _Present(Record):
    number: Whole | None = None
    including: Any = None


def read_document(
    data: bytes, path: str, default_type: DocumentType, size: int | None = None
) -> tuple[Document, list[Diagnostic]]:
    """Read a document; whatever is wrong with its header, its body is read.

    ``path`` is relative to the study, ``default_type`` what its folder says, ``size`` its size in bytes
    when ``data`` is only its beginning.
    """
    opened, problems = open_markdown(data, path, size)
    record, found = read_record(_Header, opened.yaml, opened.source)
    problems += found
    header = record or _Header()
    kind = header.type or default_type
    speakers, found = read_speakers(header.speakers, header.investigators, kind, opened.yaml, opened.source)
    problems += found
    body, offset = opened.front.body, opened.front.offset
    talk, found = read_turns(body, kind, speakers, header.investigators, opened.source, offset)
    problems += found + _missing(header, kind, opened) + _dates(header, opened)
    return Document(
        id=read_id(header.id, opened, problems),
        type=kind,
        path=path,
        body=body,
        body_line=opened.front.body_line,
        text_hash=text_hash(body),
        structures=header.structures or header.structure,
        title=header.title,
        event=header.event,
        date=header.date or header.start,
        written_on=header.written_on,
        language=header.language or "fr",
        medium=header.medium,
        stance=header.stance or header.posture,
        announced=header.announced,
        place=header.place,
        duration_min=header.duration_min,
        guide=header.guide,
        investigators=header.investigators,
        present=_present(header, opened, problems),
        speakers=talk.speakers,
        turns=talk.turns,
        consent=_consent(header.consent),
        audience=header.audience,
        coding_state=header.coding_state or CodingState.TO_CODE,
    ), problems


def _consent(record: _Consent | None) -> Consent | None:
    """A key that is missing takes the most protective value."""
    if record is None:
        return None
    return Consent(
        form=record.form or ConsentForm.ABSENT,
        collected_on=record.collected_on,
        recording=bool(record.recording),
        quote=record.quote or Quoting.NONE,
        structure_named=bool(record.structure_named),
        proofreading=record.proofreading or Proofreading.NO,
        withdrawal_until=record.withdrawal_until,
    )


def _present(header: _Header, opened: Opened, problems: list[Diagnostic]) -> int | None:
    """How many people were present: ``present: 11`` or ``present: {number: 11}``."""
    if header.present is None:
        return None
    at: tuple[str | int, ...] = ("present",)
    yaml = opened.yaml
    if isinstance(header.present, str) and header.present.strip().isdecimal():
        return int(header.present[:9])
    record, found = read_record(_Present, yaml, opened.source, at)
    problems += found
    return record.number if record else None


def _missing(header: _Header, kind: DocumentType, opened: Opened) -> list[Diagnostic]:
    """What an interview or an observation must say before anything of it leaves the team."""
    if kind is DocumentType.DOCUMENT or not opened.source.text.strip():
        return []
    said = []
    if opened.is_silent("consent"):
        message = _("Nothing is said of consent; nothing of this document is quoted outside the team.")
        said.append(("FM003", message, _("Write what was agreed, as in consent: {form: written, quote: pseudonym}.")))
    elif opened.is_silent("consent", "quote"):
        message = _("Consent does not say how to quote; nothing is quoted outside the team.")
        said.append(("FM003", message, _("Write quote: under consent, from none to name.")))
    if opened.is_silent("audience"):
        message = _("Nothing is said of the audience; the study's default holds, else the team alone.")
        said.append(("FM004", message, _("Write audience: team, collective or public.")))
    if not (header.structures or header.structure or opened.broken):
        message = _("No structure is named; what is said here goes to no sheet.")
        said.append(("FM007", message, _("Write structures: [otters] with the ids of the register.")))
    problems = [opened.source.problem(rule, Severity.WARNING, message, hint=hint) for rule, message, hint in said]
    # Without a header there is nothing to point at: the first words of the interview are not the matter.
    return problems if opened.has_header else [without_text(p) for p in problems]


def _dates(header: _Header, opened: Opened) -> list[Diagnostic]:
    """Dates that contradict each other."""
    problems = []
    began = header.date or header.start
    for key, day in (("end", header.end), ("written_on", header.written_on)):
        if began and day and day < began:
            mark = opened.yaml.mark((key,))
            message = _("This date is before the day of the exchange.")
            problems.append(
                opened.source.problem(
                    "FM008", Severity.ERROR, message, line=mark.line, column=mark.column, length=mark.length
                )
            )
    return problems
