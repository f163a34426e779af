"""From a view to files: only what changed is made again, and what no longer belongs goes.

``reports/<audience>/`` belongs to EthnoKit: ``report.pdf``, ``sheets/<id>.pdf``, and the same as HTML under
``html/``. A PDF is made again when its page, style, fonts or engine changed, or when the file on disk is
no longer the one that was made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ethnokit.cache import Cache, key
from ethnokit.cache.values import from_text, to_text
from ethnokit.reports import pages, pdf, web
from ethnokit.reports.edition import Edition, Made
from ethnokit.reports.files import digest, remove_others
from ethnokit.text.whole import sweep

Progress = Callable[[int, int], None]
"""Told how many files are done, of how many."""

UNDATED = date(1970, 1, 1)
"""Date inside the PDF of a study without a snapshot: a fixed one, so that the same study gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where files are made, and with what."""

    folder: Path
    overrides: Path | None = None
    """Templates of the study's own."""
    cache: Cache | None = None
    workers: int = pdf.WORKERS
    progress: Progress | None = None


def build(edition: Edition, shop: Workshop, form: str = "pdf") -> tuple[Made, ...]:
    """Write the files of an edition, report first, then sheets in the order given.

    Raises:
        ethnokit.reports.pdf.PangoMissing: for PDF, when the text engine is not installed.
        ethnokit.reports.pages.TemplateFault: when a template of the study's own is wrong.
        OSError: when a file cannot be written; the others are whole.
    """
    made: list[Made] = []
    sweep(shop.folder)
    if form in ("html", "all"):
        made += web.write(edition, shop.folder / "html", shop.overrides)
    if form in ("pdf", "all"):
        made += _pdfs(edition, shop)
    if edition.whole:
        _remove_old(edition, shop.folder)
    return tuple(made)


def _pdfs(edition: Edition, shop: Workshop) -> list[Made]:
    css, cache = pages.style(shop.overrides), shop.cache
    dated = edition.heading.snapshot or UNDATED
    found = {f"{page.name}.pdf": page for page in edition.pages(shop.overrides)}
    common = (css, pages.templates(shop.overrides), dated.isoformat())
    keys = {name: key("pdf", page.basis, *common) for name, page in found.items()}
    shelf = f"pdf {edition.heading.audience.word}"
    made = {
        name: _standing(name, shop.folder / name, cache.get(shelf, keys[name]) if cache else None) for name in found
    }
    stale = {shop.folder / name: name for name in found if made[name].fresh}
    jobs = [pdf.Job(found[name].html(), css, target, dated) for target, name in stale.items()]
    for n, done in enumerate(pdf.render_many(jobs, workers=shop.workers), start=1):
        name = stale[done.target]
        made[name] = Made(name, digest(done.target), fresh=True, missing=done.missing)
        if cache:
            # One by one: a build that is cut short keeps what it made.
            cache.put(shelf, {keys[name]: to_text(made[name])})
        if shop.progress:
            shop.progress(n, len(stale))
    if cache and edition.whole:
        cache.keep_only(shelf, keys.values())
    return list(made.values())


def _standing(name: str, target: Path, known: str | None) -> Made:
    """The file as it was made before, if it is still that one; a fresh one, still to be made, if not."""
    made: Made | None = from_text(Made, known) if known else None
    if made is None or made.digest != digest(target):
        return Made(name, "", fresh=True)
    return replace(made, fresh=False)


def _remove_old(edition: Edition, folder: Path) -> None:
    """A sheet that this audience may no longer read must not stay behind."""
    sheets = [sheet.id for sheet in edition.sheets]
    remove_others(folder / "sheets", {f"{sheet}.pdf" for sheet in sheets})
    remove_others(folder / "html" / "sheets", {f"{sheet}.html" for sheet in sheets})
