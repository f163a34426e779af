"""The register: one Markdown file per structure."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from ethnokit.diagnostics import Diagnostic, Severity, one_word
from ethnokit.i18n import gettext as _
from ethnokit.ingest.opened import Opened, open_markdown, read_id
from ethnokit.model import (
    Contact,
    ContactLog,
    Hosting,
    LegalForm,
    Membership,
    Participation,
    Place,
    PublicSource,
    Service,
    Sheet,
    SheetState,
    Structure,
    Workforce,
)
from ethnokit.model.vocabulary import aliases_of, canonical_key
from ethnokit.text.nearest import did_you_mean
from ethnokit.text.schema import Day, Listed, Record, Whole, Words, read_record, word


class _Membership(Record):
    state: word(Membership) | None = None  # type: ignore[valid-type]
    joined: str | None = None
    left: str | None = None


class _Place(Record):
    town: str | None = None
    department: str | None = None
    country: str | None = None
    area: str | None = None


class _Workforce(Record):
    volunteers: Whole | None = None
    memberships: Whole | None = None
    employees: Whole | None = None
    counted_on: Day | None = None


class _Service(Record):
    name: str
    software: str | None = None
    access: str | None = None


class _Contact(Record):
    topic: str
    by: str | None = None
    means: str | None = None


class _Step(Record):
    on: Day | None = None
    what: word(Participation)  # type: ignore[valid-type]
    means: str | None = None
    document: str | None = None


class _Participation(Record):
    state: word(Participation) | None = None  # type: ignore[valid-type]
    availability: str | None = None
    history: Annotated[tuple[_Step, ...], Listed] = ()


class _Sheet(Record):
    state: word(SheetState) | None = None  # type: ignore[valid-type]
    sent_on: Day | None = None
    version: str | None = None
    validated_by: str | None = None
    remarks: str | None = None


class _Source(Record):
    address: str
    seen_on: Day | None = None
    used_for: Words = ()


def _under(key: str) -> BeforeValidator:
    """A lone word where a mapping is allowed stands for its key ``key``."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


class _Structure(Record):
    id: str | None = None
    type: str | None = None
    name: str | None = None
    other_names: Words = ()
    form: word(LegalForm) | None = None  # type: ignore[valid-type]
    membership: Annotated[_Membership | None, _under("state")] = None
    founded: str | None = None
    place: Annotated[_Place | None, _under("town")] = None
    site: str | None = None
    workforce: Annotated[_Workforce | None, _under("volunteers")] = None
    hosting: word(Hosting) | None = None  # type: ignore[valid-type]
    services: Annotated[tuple[Annotated[_Service, _under("name")], ...], Listed] = ()
    contacts: Annotated[tuple[_Contact, ...], Listed] = ()
    participation: Annotated[_Participation | None, _under("state")] = None
    sheet: Annotated[_Sheet | None, _under("state")] = None
    sources: Annotated[tuple[Annotated[_Source, _under("address")], ...], Listed] = ()
    unpublished: Words = ()


def read_structure(data: bytes, path: str, size: int | None = None) -> tuple[Structure | None, list[Diagnostic]]:
    """Read one structure of the register; None when the file has no readable header."""
    opened, problems = open_markdown(data, path, size)
    if not opened.yaml.data:
        if not problems or not opened.has_header:
            message = _("This file of the register has no header; the structure is not read.")
            hint = _("Begin it with ---, id: and name: lines, and ---.")
            problems.append(opened.source.problem("RG001", Severity.ERROR, message, hint=hint))
        return None, problems
    record, found = read_record(_Structure, opened.yaml, opened.source)
    problems += found
    if record is None:
        return None, problems
    identifier = read_id(record.id, opened, problems)
    _check(record, opened, problems)
    return _structure(record, identifier, path, opened, problems), problems


def _check(record: _Structure, opened: Opened, problems: list[Diagnostic]) -> None:
    if record.name is None:
        message = _("The structure has no name; its id stands for it.")
        problems.append(opened.source.problem("RG002", Severity.ERROR, message, hint=_("Write name: in the header.")))
    if opened.is_silent("participation") or (
        isinstance(opened.yaml.value(("participation",)), dict) and opened.is_silent("participation", "state")
    ):
        message = _("The state of participation is missing; the structure counts as “to ask”.")
        mark = opened.yaml.mark(("participation",))
        problems.append(opened.source.problem("RG003", Severity.WARNING, message, line=mark.line, column=mark.column))


def _structure(record: _Structure, id: str, path: str, opened: Opened, problems: list[Diagnostic]) -> Structure:
    member = record.membership or _Membership()
    part = record.participation or _Participation()
    place, work, sheet = record.place or _Place(), record.workforce or _Workforce(), record.sheet or _Sheet()
    return Structure(
        id=id,
        name=record.name or id,
        path=path,
        other_names=record.other_names,
        form=record.form,
        membership=member.state,
        joined=member.joined,
        left=member.left,
        founded=record.founded,
        place=Place(place.town, place.department, place.country, place.area),
        site=record.site,
        workforce=Workforce(work.volunteers, work.memberships, work.employees, work.counted_on),
        hosting=record.hosting,
        services=tuple(Service(s.name, s.software, s.access) for s in record.services),
        contacts=tuple(Contact(c.topic, c.by, c.means) for c in record.contacts),
        participation=part.state or Participation.TO_ASK,
        availability=part.availability,
        history=tuple(ContactLog(h.on, h.what, h.means, h.document) for h in part.history),
        sheet=Sheet(sheet.state or SheetState.DRAFT, sheet.sent_on, sheet.version, sheet.validated_by, sheet.remarks),
        sources=tuple(PublicSource(s.address, s.seen_on, tuple(_field(f) for f in s.used_for)) for s in record.sources),
        unpublished=_unpublished(record, opened, problems),
        portrait=opened.front.body.strip(),
    )


def _field(written: str) -> str:
    """A dotted field name in English: ``effectifs.adhesions`` gives ``workforce.memberships``."""
    return ".".join(canonical_key(part) for part in written.split("."))


_PARTS: dict[str, type[Record]] = {
    "membership": _Membership,
    "place": _Place,
    "workforce": _Workforce,
    "participation": _Participation,
    "sheet": _Sheet,
}
_FIELDS = {
    *_Structure.model_fields,
    *(f"{key}.{field}" for key, record in _PARTS.items() for field in record.model_fields),
}

# The same in both languages: whoever errs is helped in the language they wrote.
_NAMES = sorted(_FIELDS | {".".join(aliases_of(part)[:2][-1] for part in name.split(".")) for name in _FIELDS})


def _unpublished(record: _Structure, opened: Opened, problems: list[Diagnostic]) -> tuple[str, ...]:
    """Fields withheld by the structure. A misspelt one would be published: that is an error."""
    names = tuple(_field(written) for written in record.unpublished)
    for i, (written, name) in enumerate(zip(record.unpublished, names, strict=True)):
        if name in _FIELDS:
            continue
        mark = opened.yaml.mark(("unpublished", i))
        message = _("The field “{name}” that must not be published does not exist.").format(name=one_word(written))
        hint = did_you_mean(written, _NAMES)
        problems.append(
            opened.source.problem(
                "RG004", Severity.ERROR, message, line=mark.line, column=mark.column, length=mark.length, hint=hint
            )
        )
    return names
