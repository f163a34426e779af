"""From YAML data to a checked record: types, enumerated words and dates, all problems in one pass.

A wrong field never hides the good ones: it is reported, left out, and the rest is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from ethnokit.diagnostics import Diagnostic, Fix, Severity, Source, one_word
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language
from ethnokit.model.vocabulary import aliases_of, canonical_key, choices, fold, read_word, spellings
from ethnokit.text.nearest import did_you_mean, slip_for
from ethnokit.text.slips import is_left_alone, right_date, right_key, words_fix
from ethnokit.text.yamledit import key_in
from ethnokit.text.yamlfile import Mark, Path, Yaml

YES = {"true", "yes", "oui", "vrai", "on", "1"}
NO = {"false", "no", "non", "faux", "off", "0"}
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\Z")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")

M = TypeVar("M", bound="Record")


class Record(BaseModel):
    """Base of everything that is read from YAML: frozen, and no unknown key passes unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _fail(message: str, hint: str | None = None, right: str | None = None) -> PydanticCustomError:
    """``right`` is what the person can only have meant, if anything is."""
    return PydanticCustomError("ethnokit", "{message}", {"message": message, "hint": hint, "right": right})


def _day(value: Any) -> Any:
    if value is None or isinstance(value, dt.date):
        return value
    written = str(value).strip()
    right = right_date(written)
    if match := _FRENCH_DATE.match(written):
        day, month, year = match.groups()
        iso = right or f"{year}-{int(month):02d}-{int(day):02d}"
        raise _fail(_("a date is written year-month-day"), _("Did you mean “{word}”?").format(word=iso), right)
    try:
        if not _ISO.match(written):
            raise ValueError
        return dt.date.fromisoformat(written[:10]) if len(written) == 10 else dt.datetime.fromisoformat(written).date()
    except ValueError:
        hint = _("Did you mean “{word}”?").format(word=right) if right else None
        message = _("this is not a date of the calendar; a date is written 2024-05-31")
        raise _fail(message, hint, right) from None


def _yes_no(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if fold(str(value)) in YES | NO:
        return fold(str(value)) in YES
    raise _fail(_("answer by yes or no"))


def _whole(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    written = re.sub(r"[\s\u00a0\u202f_]", "", str(value))
    if not re.fullmatch(r"-?\d{1,9}", written):
        raise _fail(_("a whole number is expected"))
    return int(written)


def _listed(value: Any) -> Any:
    """One value where a list is allowed is a list of one."""
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _choice(kind: type[Enum]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value is None or isinstance(value, kind):
            return value
        found = read_word(kind, value) if isinstance(value, str) else None
        if found is None:
            allowed = choices(kind, language())
            expected = _("expected one of: {words}").format(words=", ".join(allowed))
            right = slip_for(str(value), {spelling: one for one in kind for spelling in spellings(one)})
            hint = _("Did you mean “{word}”?").format(word=right) if right else did_you_mean(str(value), allowed)
            raise _fail(expected, hint, right)
        return found

    return read


Day = Annotated[dt.date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Whole = Annotated[int, BeforeValidator(_whole)]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Listed = BeforeValidator(_listed)


def word(kind: type[Enum]) -> Any:
    """The type of a field that holds one word of ``kind``, in French or English."""
    return Annotated[kind, BeforeValidator(_choice(kind))]


def read_record(model: type[M], yaml: Yaml, source: Source, at: Path = ()) -> tuple[M | None, list[Diagnostic]]:
    """Check the part of ``yaml`` at ``at`` against ``model``.

    Fields with problems are reported (YA003, YA004, YA005) and left out; the record is None only
    when a required field is missing or wrong. Every position points into ``source``.
    """
    problems: list[Diagnostic] = []
    data = yaml.value(at) if at else yaml.data
    if not isinstance(data, dict):
        mark = yaml.mark(at)
        message = _("Keys and values are expected here, as in “title: A portrait”.")
        return _build(model, {}), [_problem(source, "YA004", message, mark, None)]
    for _round in range(6):
        try:
            return model.model_validate(data), problems
        except ValidationError as error:
            wrong = error.errors(include_url=False)
            # A required key whose wrong value was left out is missing only now; what was wrong with it is said.
            told = [e for e in wrong if e["type"] != "missing" or not yaml.has((*at, *e["loc"]))]
            new = [p for e in told if (p := _diagnose(e, model, yaml, source, at)) not in problems]
            problems.extend(new)
            data = _without(data, [tuple(e["loc"]) for e in wrong])
    return _build(model, {}), problems


def _build(model: type[M], data: dict[str, Any]) -> M | None:
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _without(data: Any, wrong: list[Path]) -> Any:
    """A copy of ``data`` without the entries at the paths ``wrong``."""
    heads = {p[0]: [q[1:] for q in wrong if q[:1] == p[:1]] for p in wrong if p}
    if isinstance(data, dict):
        pairs = ((k, v, heads.get(k)) for k, v in data.items())
        return {k: v if tails is None else _without(v, tails) for k, v, tails in pairs if not _gone(v, tails)}
    items = ((v, heads.get(i)) for i, v in enumerate(data))
    return [v if tails is None else _without(v, tails) for v, tails in items if not _gone(v, tails)]


def _gone(value: Any, tails: list[Path] | None) -> bool:
    """An entry goes when it is wrong itself, or when what is wrong in it cannot be taken out alone."""
    if tails is None:
        return False
    if not isinstance(value, dict | list) or any(not tail for tail in tails):
        return True
    # The path goes through a rank, and there is no list: this is one entry where a list of them is allowed.
    if isinstance(value, dict) and any(isinstance(tail[0], int) for tail in tails):
        return True
    # A required key that is missing here: no part of this entry can be taken out to mend it.
    return any(len(tail) == 1 and not _holds(value, tail[0]) for tail in tails)


def _holds(value: dict[str, Any] | list[Any], step: str | int) -> bool:
    return step in value if isinstance(value, dict) else isinstance(step, int) and step < len(value)


def _diagnose(error: Any, model: type[Record], yaml: Yaml, source: Source, at: Path) -> Diagnostic:
    loc: Path = (*at, *error["loc"])
    written = yaml.written.get(loc, str(loc[-1]) if loc else "")
    if error["type"] == "extra_forbidden":
        return _unknown_key(written, loc, _known_keys(model, tuple(error["loc"])[:-1]), yaml, source)
    if error["type"] == "missing":
        message = _("The key “{key}” is missing.").format(key=key_in(language(), written))
        return _problem(source, "YA005", message, yaml.mark(loc[:-1], key=True), None)
    context = error.get("ctx") or {}
    said = context.get("message") if error["type"] == "ethnokit" else _expected(error["type"])
    place = ".".join(yaml.written.get(loc[: i + 1], str(part)) for i, part in enumerate(loc[len(at) :], len(at)))
    message = _("“{key}”: {problem}.").format(key=one_word(place), problem=said)
    mark, right = yaml.mark(loc), context.get("right")
    fix = None
    if right and not is_left_alone(loc):
        fix = words_fix(source, mark.line, mark.column, str(error["input"]).strip(), right)
    return _problem(source, "YA004", message, mark, context.get("hint"), fix)


def _unknown_key(written: str, loc: Path, known: list[str], yaml: Yaml, source: Source) -> Diagnostic:
    mark, right = yaml.mark(loc, key=True), right_key(written, known)
    fix = None
    # A key that stands there already would become one of two.
    if right and not is_left_alone(loc) and not yaml.has((*loc[:-1], canonical_key(right))):
        fix = words_fix(source, mark.line, mark.column, written, right)
    message = _("Unknown key “{key}”.").format(key=one_word(written))
    return _problem(source, "YA003", message, mark, did_you_mean(written, known), fix)


def _expected(kind: str) -> str:
    if kind.startswith("string"):
        return _("a text is expected")
    if kind.startswith(("tuple", "list")):
        return _("a list is expected")
    if kind.startswith(("model", "dict")):
        return _("keys and values are expected")
    return _("this value cannot be read")


def _problem(  # noqa: PLR0913, PLR0917 - a diagnostic has that many parts
    source: Source, rule: str, message: str, mark: Mark, hint: str | None, fix: Fix | None = None
) -> Diagnostic:
    return source.problem(
        rule, Severity.ERROR, message, line=mark.line, column=mark.column, length=mark.length, hint=hint, fix=fix
    )


def _known_keys(model: Any, path: Path) -> list[str]:
    """The keys that may stand at ``path`` of ``model``, in French and English."""
    for step in path:
        if not isinstance(step, str) or not (isinstance(model, type) and issubclass(model, Record)):
            continue
        field = model.model_fields.get(step)
        model = _record_in(field.annotation) if field else None
    if not (isinstance(model, type) and issubclass(model, Record)):
        return []
    return [alias for key in model.model_fields for alias in aliases_of(key)]


def _record_in(annotation: Any) -> type[Record] | None:
    """The record type inside ``Optional[...]``, ``tuple[..., ...]`` or ``Annotated[...]``."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)
