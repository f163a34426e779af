"""``ethnokit build``: the sheets and the report, for one audience."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ethnokit.cli.context import print_json, study_folder
from ethnokit.cli.errors import CouldNotRun, no_such
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language, ngettext, reason
from ethnokit.model import Audience
from ethnokit.model.vocabulary import choices, read_word, shown

if TYPE_CHECKING:
    from ethnokit.publish import Order, Published
    from ethnokit.reports.build import Progress

_REPORT = ("report", "rapport")
_SHEET = ("sheet", "fiche")
MOST = 4
"""Pages of earlier builds that are named; of more, the number says enough."""


@click.command("build")
@click.option("--audience", metavar="NAME", help="team, collective or public; without it, that of the study.")
@click.option("--only", multiple=True, metavar="PART", help="report, or fiche:ID; may be given several times.")
@click.option("--format", "form", type=click.Choice(["pdf", "html", "all"]), default="pdf", help="What to make.")
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1), default=2, show_default=True, help="Processes that set pages."
)
@click.option("--json", "as_json", is_flag=True, help="Data for scripts.")
@click.pass_context
def command(ctx: click.Context, /, jobs: int, as_json: bool, **wanted: Any) -> None:
    """Compile a sheet for each structure, and the report across them, into reports/.

    Only codings of people are printed, as far as consent and audience allow. What did not change is not
    made again. Exits with 1 when the study has errors: what they touch is missing from the files.
    """
    published = _published(ctx, _order(**wanted), jobs)
    if as_json:
        print_json(_data(published))
    else:
        _say(published)
    _warn(published)
    ctx.exit(1 if published.errors else 0)


def _order(audience: str | None, only: tuple[str, ...], form: str) -> Order:
    from ethnokit.publish import Order

    if not only:
        return Order(_audience(audience), form=form)
    parts = [_part(part) for part in only]
    sheets = tuple(sorted({name for _kind, name in parts if name}))
    return Order(_audience(audience), report=("report", "") in parts, sheets=sheets, form=form)


def _audience(written: str | None) -> Audience | None:
    found = read_word(Audience, written) if written is not None else None
    if written is not None and found is None:
        words = ", ".join(choices(Audience, language()))
        raise click.UsageError(_("“{word}” is no audience; there are: {words}.").format(word=written, words=words))
    return found


def _part(written: str) -> tuple[str, str]:
    """``report``, or ``sheet`` and the id of a structure, from a part written in French or English."""
    kind, colon, id_ = written.partition(":")
    if kind in _REPORT and not colon:
        return "report", ""
    if kind in _SHEET and id_:
        return "sheet", id_
    raise click.UsageError(_("“{part}” cannot be built; write report, or fiche:ID.").format(part=written))


def _published(ctx: click.Context, order: Order, jobs: int) -> Published:
    """Do it; every way in which it cannot be done is a sentence."""
    from ethnokit.cache import Cache
    from ethnokit.publish import NoSuchSheet, TooOpen, publish
    from ethnokit.reports.pages import TemplateFault
    from ethnokit.reports.pdf import PangoMissing

    root = study_folder(ctx)
    try:
        with Cache(root) as cache, _bar(ctx) as progress:
            return publish(root, cache, order, workers=jobs, progress=progress)
    except TooOpen as error:
        word = shown(error.bound, language())
        message = _("The study is for this audience at most: {word}. Its own line “audience” in ethnokit.yaml says so.")
        raise click.UsageError(message.format(word=word)) from None
    except NoSuchSheet as error:
        message = _("There is no sheet of “{id}” for this audience.").format(id=error.id)
        raise no_such(message, error.id, error.known) from None
    except PangoMissing as error:
        raise CouldNotRun(str(error)) from None
    except TemplateFault as error:
        raise CouldNotRun(_("A template of the study cannot be used: {problem}").format(problem=error)) from None
    except OSError as error:
        message = _("{file} cannot be written: {reason}.")
        raise CouldNotRun(message.format(file=error.filename or "reports/", reason=reason(error))) from None


@contextmanager
def _bar(ctx: click.Context) -> Iterator[Progress | None]:
    """A line that counts the files, on a terminal."""
    if ctx.obj["quiet"] or not sys.stderr.isatty():
        yield None
        return

    def count(done: int, total: int) -> None:
        click.echo("\r" + _("{done}/{total} files set").format(done=done, total=total), err=True, nl=done == total)

    yield count


def _say(published: Published) -> None:
    """The files, one on each line, and what is new among them."""
    for file in published.files:
        click.echo(f"reports/{published.audience.word}/{file.path}")
    fresh = sum(file.fresh for file in published.files)
    if fresh:
        sentence = ngettext(
            "{n} file was made, {kept} stood already.", "{n} files were made, {kept} stood already.", fresh
        )
        click.echo(sentence.format(n=fresh, kept=len(published.files) - fresh), err=True)
    else:
        click.echo(_("Nothing changed: all files stood already."), err=True)


def _warn(published: Published) -> None:
    """What a person must know before giving the files away."""
    for sentence in (*_closed(published), *_older(published), *_wrong(published)):
        click.echo(sentence, err=True)


def _closed(published: Published) -> Iterator[str]:
    if published.withheld:
        sentence = ngettext(
            "{n} passage is not shown to this audience ({audience}).",
            "{n} passages are not shown to this audience ({audience}).",
            published.withheld,
        )
        yield sentence.format(n=published.withheld, audience=shown(published.audience, language()))
    if published.not_validated and published.audience is not Audience.TEAM:
        names = ", ".join(published.not_validated)
        yield _("Sheets that their structures have not validated: {names}.").format(names=names)


def _older(published: Published) -> Iterator[str]:
    if published.older:
        files = [f"reports/{path}" for path in published.older[:MOST]]
        sentence = ngettext(
            "{n} page was compiled before and may show what was closed since; build or remove it: {files}",
            "{n} pages were compiled before and may show what was closed since; build or remove them: {files}",
            len(published.older),
        )
        more = ["…"] if len(published.older) > MOST else []
        yield sentence.format(n=len(published.older), files=", ".join(files + more))


def _wrong(published: Published) -> Iterator[str]:
    missing = "".join(dict.fromkeys(c for file in published.files for c in file.missing))
    if missing:
        message = _("These characters are in no font of the reports and show as empty boxes: {characters}")
        yield message.format(characters=" ".join(f"{c} (U+{ord(c):04X})" for c in missing))
    if published.errors:
        sentence = ngettext(
            "The study has {n} error; what it touches is missing here. Run: ethnokit check",
            "The study has {n} errors; what they touch is missing here. Run: ethnokit check",
            published.errors,
        )
        yield sentence.format(n=published.errors)


def _data(published: Published) -> dict[str, Any]:
    """Stable JSON of a build."""
    return {
        "audience": published.audience.word,
        "files": [
            {"path": f"reports/{published.audience.word}/{f.path}", "sha256": f.digest, "made": f.fresh}
            for f in published.files
        ],
        "withheld": published.withheld,
        "not_validated": list(published.not_validated),
        "older": [f"reports/{path}" for path in published.older],
        "errors": published.errors,
    }
