"""The optional settings of a study, ``ethnokit.yaml``."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.ingest.opened import decode_text
from ethnokit.model import Audience, Settings
from ethnokit.text.schema import Day, Record, Whole, Words, YesNo, read_record, word
from ethnokit.text.yamlfile import EMPTY, read_yaml


def _share(value: Any) -> Any:
    """A share between 0 and 1, with a decimal point or comma, or as a percentage."""
    if value is None or isinstance(value, float):
        return value
    written = str(value).strip().replace(",", ".")
    try:
        number = float(written.rstrip("% \u00a0\u202f")) / (100 if written.endswith("%") else 1)
        if not 0 < number <= 1:
            raise ValueError
    except ValueError:
        message = _("a share between 0 and 1 is expected, such as 0.33")
        raise PydanticCustomError("ethnokit", "{message}", {"message": message, "hint": None}) from None
    return number


class _Period(Record):
    start: Day | None = None
    end: Day | None = None


class _Alerts(Record):
    withdrawal_before_release: YesNo | None = None
    unvalidated_sheet: str | None = None
    max_share: Annotated[float, BeforeValidator(_share)] | None = None


class _Nlp(Record):
    pipeline: str | None = None


class _Settings(Record):
    study: str | None = None
    title: str | None = None
    collective: str | None = None
    period: _Period | None = None
    start: Day | None = None
    end: Day | None = None
    snapshot: Day | None = None
    language: str | None = None
    population: Whole | None = None
    codebook: str | None = None
    audience: word(Audience) | None = None  # type: ignore[valid-type]
    default_audience: word(Audience) | None = None  # type: ignore[valid-type]
    small_group: Whole | None = None
    alerts: _Alerts | None = None
    authors: Words = ()
    responsible: str | None = None
    licence: str | None = None
    nlp: _Nlp | None = None


def read_settings(data: bytes, path: str, size: int | None = None) -> tuple[Settings, list[Diagnostic]]:
    """Read the settings; whatever is missing or wrong keeps its default, audiences the most closed one."""
    text, problems = decode_text(data, path, size)
    source = Source.of(path, text)
    yaml, found = read_yaml(text, source)
    problems += found
    record, found = read_record(_Settings, yaml if yaml.data is not None else EMPTY, source)
    problems += found
    settings = _settings(record or _Settings())
    if settings.start and settings.end and settings.end < settings.start:
        mark = yaml.mark(("period", "end") if ("period", "end") in yaml.values else ("end",))
        message = _("The period ends before it begins.")
        problems.append(source.problem("FM008", Severity.ERROR, message, line=mark.line, column=mark.column))
    return settings, problems


def _settings(record: _Settings) -> Settings:
    period, alerts, base = record.period or _Period(), record.alerts or _Alerts(), Settings()
    default = record.default_audience
    bound = record.audience if record.audience is not None else default
    return Settings(
        title=record.study or record.title or "",
        collective=record.collective,
        start=period.start or record.start,
        end=period.end or record.end,
        snapshot=record.snapshot,
        language=record.language or base.language,
        population=record.population,
        codebook=record.codebook or base.codebook,
        audience=Audience.TEAM if bound is None else bound,
        default_audience=Audience.TEAM if default is None else default,
        small_group=base.small_group if record.small_group is None else record.small_group,
        max_share=base.max_share if alerts.max_share is None else alerts.max_share,
        authors=record.authors,
        responsible=record.responsible,
        licence=record.licence,
        pipeline=record.nlp.pipeline if record.nlp else None,
    )
