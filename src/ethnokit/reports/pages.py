"""HTML pages of a view: one set of templates for screen and print.

Templates see the view and a few filters. They run in a sandbox, everything they print is escaped and
typeset in the language of the report, and a name that does not exist is an error instead of a hole.
A file of the same name in ``reports/templates/`` of the study takes the place of a built-in template.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ethnokit import __version__, i18n
from ethnokit.model.vocabulary import shown
from ethnokit.privacy.view import Heading, ReportView, SheetView
from ethnokit.reports import arrange, drawings
from ethnokit.reports.files import digest
from ethnokit.reports.prose import prose
from ethnokit.reports.typography import typeset

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")


_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class TemplateFault(Exception):  # noqa: N818 - it names what is wrong
    """A template of the study's own cannot be used: where, and why."""


def style(overrides: Path | None = None) -> str:
    """The style sheet of print and screen, the study's own rules last.

    Raises:
        TemplateFault: those rules cannot be read.
    """
    own = overrides / "style.css" if overrides is not None else None
    rules = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    if own is None or not own.is_file():
        return rules
    try:
        return f"{rules}\n{own.read_text(encoding='utf-8')}"
    except (OSError, UnicodeError) as error:
        raise TemplateFault(f"{own}: {error}") from error


def templates(overrides: Path | None = None) -> str:
    """What stands in the study's own templates, as one text; those of the package are part of the tool."""
    files = sorted(file for file in overrides.rglob("*") if file.is_file()) if overrides is not None else []
    return json.dumps([[file.relative_to(overrides or file).as_posix(), digest(file)] for file in files])


def report_page(view: ReportView, sheets: Sequence[str], *, overrides: Path | None = None, web: bool = False) -> str:
    """The cross-cutting report as one HTML page; ``sheets`` are the ids of the sheets that exist beside it.

    ``web`` makes a page for a browser, with its style sheet and links to the sheets.
    """
    themes = [theme for family in view.families for theme in family.themes]
    return _filled(
        "report.html",
        view.heading.language,
        overrides,
        view=view,
        heading=view.heading,
        names=view.names,
        sheets=frozenset(sheets),
        themes_by_label=arrange.by_letter(themes),
        quoted_at=arrange.quoted_at(themes),
        directory=arrange.shelves(view.topics),
        matrix_families=arrange.matrix_families(view),
        web=web,
        root="",
    )


def sheet_page(
    sheet: SheetView, heading: Heading, names: dict[str, str], *, overrides: Path | None = None, web: bool = False
) -> str:
    """One structure's sheet as an HTML page."""
    return _filled(
        "sheet.html", heading.language, overrides, sheet=sheet, heading=heading, names=names, web=web, root="../"
    )


def _filled(name: str, language: str, overrides: Path | None, **values: Any) -> str:
    """A template with its values.

    Raises:
        TemplateFault: a template is wrong; those of the package are tested, so it is one of the study's own.
    """
    from jinja2 import TemplateSyntaxError

    try:
        return environment(language, overrides).get_template(name).render(**values, version=__version__)
    except TemplateSyntaxError as error:
        raise TemplateFault(f"{error.filename or error.name}:{error.lineno}: {error.message}") from error
    except Exception as error:
        # A template is a small program of the study's: it can fail in every way a program can.
        if overrides is None:
            raise
        raise TemplateFault(f"{overrides}/{name}: {error}") from error


@lru_cache(maxsize=4)
def environment(language: str, overrides: Path | None = None) -> Environment:
    """The templates' environment for one language of report."""
    from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    folders = [folder for folder in (overrides, TEMPLATES) if folder is not None]
    env = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        finalize=lambda value: typeset(value, language) if type(value) is str else value,
    )
    catalogue = i18n.catalogue(language)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: typeset(catalogue.gettext(message), language),
        lambda one, many, n: typeset(catalogue.ngettext(one, many, n), language),
        newstyle=True,
    )
    env.filters |= {
        "prose": lambda text: prose(text, language),
        "word": lambda value: _word(value, language),
        "day": lambda value: day(value, language),
        "percent": lambda value: f"{round(value * 100)} %",
        "quoted": lambda text: _quoted(text, language),
        "short": arrange.short,
    }
    env.globals |= {
        "coverage_figure": lambda view: drawings.coverage(view, catalogue.gettext),
        "network_figure": lambda view: drawings.network(view, catalogue.gettext),
        "columns": arrange.columns,
        "heads_of": arrange.heads,
        "turned": drawings.turned,
    }
    return env


def _word(value: Enum | None, language: str) -> str:
    return "" if value is None else shown(value, language)


def _quoted(text: str, language: str) -> str:
    """What somebody said in quotation marks of the language; those inside it become the inner ones.

    Marks that the source puts around the whole, or that the passage cuts from their pair, are not doubled.
    """
    opening, closing, inner_opening, inner_closing = _MARKS.get(language, _ENGLISH)
    words = text.strip()
    if words.startswith(opening) and words.find(closing) == len(words) - 1:
        words = words[1:-1].strip()
    if words.count(opening) != words.count(closing):
        words = " ".join(re.sub(f"[{opening}{closing}]", " ", words).split())
    words = re.sub(r'(?<!\w)"([^"]+)"(?!\w)', rf"{inner_opening}\1{inner_closing}", words)
    words = re.sub(f"{opening}\\s*", inner_opening, re.sub(f"\\s*{closing}", inner_closing, words))
    return f"{opening}{words}{closing}"


_ENGLISH = ("“", "”", "‘", "’")
_MARKS = {"fr": ("«", "»", "“", "”"), "en": _ENGLISH}
"""Quotation marks of a language, and those inside them."""


def day(value: dt.date | str | None, language: str) -> str:
    """A date in words, as fine as it is given: ``2026-06-16``, ``2026-06`` or ``2026``; empty for none.

    The first day of a month is « 1er » in French. What is no such date, as a person may write it in the
    register (“around 2010”), comes back as it is.
    """
    if not value:
        return ""
    if not _DATE.fullmatch(str(value)):
        return str(value)
    from babel.dates import format_date

    year, month, date = (*(int(part) for part in str(value).split("-")), 0, 0)[:3]
    if not month:
        return str(year)
    if not date:
        return format_date(dt.date(year, month, 1), "MMMM y", locale=language)
    form = "d MMMM y" if language != "fr" or date > 1 else "d'er' MMMM y"
    return format_date(dt.date(year, month, date), form, locale=language)
