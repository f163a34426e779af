"""The speakers that a header declares: a list of maps, a map by code, or a list of names."""

from __future__ import annotations

from typing import Any

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.ingest.voices import is_interviewer_word
from ethnokit.model import DocumentType, Role, Speaker
from ethnokit.model.vocabulary import fold, read_word
from ethnokit.text.schema import Record, Words, read_record, word
from ethnokit.text.yamlfile import Path, Yaml


class _Speaker(Record):
    code: str | None = None
    role: word(Role) | None = None  # type: ignore[valid-type]
    pseudonym: str | None = None
    function: str | None = None
    structure: Words = ()
    structures: Words = ()
    gender: str | None = None
    share: str | None = None


def read_speakers(
    data: Any, investigators: tuple[str, ...], kind: DocumentType, yaml: Yaml, source: Source
) -> tuple[tuple[Speaker, ...], list[Diagnostic]]:
    """Read the value of ``speakers`` in a header; a speaker without a role gets the safest one that is clear."""
    problems: list[Diagnostic] = []
    records = [r for at, item, code in _items(data, yaml) if (r := _record(at, item, code, yaml, source, problems))]
    asking = {fold(name) for name in investigators}
    found: dict[str, tuple[_Speaker, Path]] = {}
    for record, at in records:
        code = record.code or ""
        if not code or code in found:
            said = _("A speaker has no code.") if not code else _("This speaker is declared twice.")
            problems.append(_at(source, yaml, at, "FM009", said))
            continue
        found[code] = (record, at)
    roles = {code: record.role or _clear_role(code, asking) for code, (record, _path) in found.items()}
    interviewed = Role.INTERVIEWER in roles.values()
    speakers = []
    for code, (record, at) in found.items():
        base = code.removeprefix("$")
        role = roles.get(base) if base != code and roles.get(base) else roles[code]
        if role is None:
            role, message = _open_role(interviewed and kind is DocumentType.INTERVIEW, _written_role(yaml, at))
            problems += [_at(source, yaml, at, "FM010", message)] if message else []
        structures = record.structures or record.structure
        speakers.append(Speaker(code, role, record.pseudonym, record.function, structures))
    return tuple(speakers), problems


def _items(data: Any, yaml: Yaml) -> list[tuple[Path, Any, str | None]]:
    """Each declared speaker: its path, its value, and its code when that is the key of a map."""
    if isinstance(data, dict):
        if "code" in data:
            return [(("speakers",), data, None)]
        return [(("speakers", key), item, yaml.written.get(("speakers", key), key)) for key, item in data.items()]
    if isinstance(data, list):
        return [(("speakers", i), item, None) for i, item in enumerate(data)]
    return [] if data is None else [(("speakers",), data, None)]


def _record(  # noqa: PLR0913, PLR0917 - the place of a YAML node takes three of them
    at: Path, item: Any, code: str | None, yaml: Yaml, source: Source, problems: list[Diagnostic]
) -> tuple[_Speaker, Path] | None:
    if isinstance(item, str) or item is None:
        # A lone word is a code in a list, and a role in a map by code.
        if code is None:
            return (_Speaker(code=item), at) if item else None
        role = read_word(Role, item) if item else None
        if item and role is None:
            message = _("The role is not one of: interviewer, participant, other.")
            problems.append(_at(source, yaml, at, "FM010", message))
        return _Speaker(code=code, role=role), at
    record, found = read_record(_Speaker, yaml, source, at)
    problems += found
    if record is None:
        return None
    return (record if record.code or code is None else record.model_copy(update={"code": code})), at


def _open_role(beside_an_interviewer: bool, written: Any) -> tuple[Role, str]:
    """The role of a speaker who has none that can be read, and what to say of it."""
    if written is not None:
        return Role.OTHER, ""  # reported already, as a word that is no role
    if beside_an_interviewer:
        return Role.PARTICIPANT, _("This speaker has no role; beside an interviewer, they are read as a participant.")
    return Role.OTHER, _("This speaker has no role; what they say is not read as a participant's words.")


def _written_role(yaml: Yaml, at: Path) -> Any:
    """What stands where the role of a speaker stands, in each form of the list."""
    if isinstance(yaml.value(at), dict):
        return yaml.value((*at, "role"))
    by_code = len(at) > 1 and isinstance(at[-1], str)
    return yaml.value(at) if by_code else None


def _clear_role(code: str, asking: set[str]) -> Role | None:
    return Role.INTERVIEWER if fold(code) in asking or is_interviewer_word(code) else None


def _at(source: Source, yaml: Yaml, at: Path, rule: str, message: str) -> Diagnostic:
    mark = yaml.mark(at)
    return source.problem(rule, Severity.WARNING, message, line=mark.line, column=mark.column, length=mark.length)
