"""HTML to tagged PDF: the only module that loads the PDF engine.

Every file is PDF/A-3a and PDF/UA-1 at once, holds only the faces of :mod:`ethnokit.reports.fonts`,
reads nothing from the network, and has the same bytes for the same input on any day.
"""

from __future__ import annotations

import atexit
import gc
import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ethnokit.i18n import gettext as _
from ethnokit.reports import finisher, fonts
from ethnokit.text.whole import write_whole

VARIANT = "pdf/a-3a"
"""Asked of the engine; the finisher adds PDF/UA-1."""

WORKERS = 2
LARGE = 200_000
"""Characters of HTML, about forty pages."""


class PangoMissing(Exception):  # noqa: N818 - it names what is missing
    """The text engine that the PDF engine needs is not installed on this machine."""

    def __str__(self) -> str:
        return _(
            "The library Pango, which sets the text of PDF files, is not installed.\n"
            "  Debian, Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
            "  Fedora:         sudo dnf install pango\n"
            "  macOS:          brew install pango\n"
            "  Windows:        install MSYS2 (https://www.msys2.org), then: pacman -S mingw-w64-ucrt-x86_64-pango\n"
            "HTML reports can be built without it: --format html."
        )


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF to make."""

    html: str
    css: str
    target: Path
    dated: date
    """Day of the snapshot: the only date in the file."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One PDF made."""

    target: Path
    pages: int
    missing: tuple[str, ...]
    """Characters that no face covers: they show as empty boxes."""


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The PDF engine, loaded once, with system fonts shut out.

    Raises:
        PangoMissing: when its shared libraries are not there.
    """
    fonts.isolate()
    try:
        with warnings.catch_warnings():
            # The engine advises on its own future needs; the person at the terminal can do nothing with it.
            warnings.simplefilter("ignore")
            import pydyf
            import weasyprint
    except OSError as error:
        raise PangoMissing from error
    _patient()
    _patch_streams(pydyf.Stream)
    _patch_pages(pydyf.PDF)
    return weasyprint


def _patch_streams(stream: Any) -> None:
    """Make every stream end safely, see :func:`ethnokit.reports.finisher.safe_line_end`."""
    written = stream.data
    if getattr(written.fget, "safe", False):
        return

    def data(self: Any) -> bytes:
        return finisher.safe_line_end(written.fget(self))

    data.safe = True  # type: ignore[attr-defined]
    stream.data = property(data)


def _patch_pages(document: Any) -> None:
    """Make the list of pages once for each number of pages.

    The engine asks for it at each structure element, and it is made of all pages each time: a report
    would cost its pages times its elements.
    """
    listed = document.page_references
    if getattr(listed.fget, "once", False):
        return

    def page_references(self: Any) -> Any:
        known = getattr(self, "_known_pages", None)
        if known is None or known[0] != len(self.pages["Kids"]):
            known = self._known_pages = (len(self.pages["Kids"]), listed.fget(self))
        return known[1]

    page_references.once = True  # type: ignore[attr-defined]
    document.page_references = property(page_references)


@lru_cache(maxsize=1)
def _font_configuration() -> Any:
    """The one font configuration of this process: making it anew for each file would double the time of a sheet."""
    _engine()
    from weasyprint.text.fonts import FontConfiguration

    # Its destructor deletes copies of the fonts and needs modules that are gone at the very end of a process.
    atexit.register(_release)
    return FontConfiguration()


def _release() -> None:
    """Let go of the style sheets and of the fonts that they hold."""
    _style.cache_clear()
    _font_configuration.cache_clear()


@lru_cache(maxsize=1)
def _fetcher() -> Any:
    """A reader of URLs that knows ``data:`` and the font files, and refuses all else."""
    allowed = {face.path.resolve() for face in fonts.FACES}

    class FontsOnly(_engine().URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if urlsplit(url).scheme == "file" and local_path(url) not in allowed:
                raise ValueError("only the font files of the reports may be read")
            return super().fetch(url, headers)

    return FontsOnly(allowed_protocols={"file", "data"}, allow_redirects=False)


def local_path(url: str) -> Path:
    """The file that a ``file:`` URL names; one on another host is not a file of this machine."""
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise ValueError("a file of another host")
    return Path(url2pathname(parts.path)).resolve()


@lru_cache(maxsize=4)
def _style(css: str) -> Any:
    """The parsed style sheet with the faces before it, shared by all files of this process."""
    text = fonts.font_face_css() + css
    return _engine().CSS(string=text, font_config=_font_configuration(), url_fetcher=_fetcher())


def render(html: str, css: str, target: Path, *, dated: date) -> Rendered:
    """Write ``html`` set with ``css`` to ``target``, whole or not at all.

    ``html`` needs ``<html lang>`` and ``<title>``; its dates are set here from ``dated``.

    Raises:
        PangoMissing: when the text engine is not installed.
        OSError: when the target cannot be written; what stood there before is untouched.
    """
    engine, style = _engine(), _style(css)
    page = engine.HTML(string=html, url_fetcher=_fetcher(), base_url=None)
    document = page.render(font_config=_font_configuration(), stylesheets=[style], pdf_variant=VARIANT)
    document.metadata.created = document.metadata.modified = f"{dated.isoformat()}T00:00:00Z"
    text = "".join(page.etree_element.itertext())
    with warnings.catch_warnings():
        # The engine leaves its colour profile open until it is collected.
        warnings.simplefilter("ignore", ResourceWarning)
        data = document.write_pdf(finisher=finisher.finish, pdf_variant=VARIANT)
    write_whole(target, data)
    return Rendered(target, len(document.pages), fonts.missing_glyphs(text))


def _patient() -> None:
    """Look for garbage less often: the boxes of a page are many, and live as long as it does (a fifth of the time)."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def _prepare(sheets: Sequence[str]) -> None:
    """Load engine, fonts and style sheets of a worker before its first file."""
    # An exception here would only say that the pool is broken; the first job says what is missing, or full.
    with suppress(PangoMissing, OSError):
        for css in sheets:
            _style(css)


def _run(job: Job) -> Rendered:
    return render(job.html, job.css, job.target, dated=job.dated)


def render_many(jobs: Iterable[Job], *, workers: int = WORKERS) -> Iterator[Rendered]:
    """Render all jobs, the longest HTML (the report) first, and give each result in that order.

    Up to two small files are made in this process: starting workers would cost more than it saves. A large one
    is set in a process of its own, so that its memory is not added to that of the study. Workers are started
    afresh (not forked), so that they behave alike on all systems.

    Raises:
        PangoMissing: when the text engine is not installed.
    """
    queue = sorted(jobs, key=lambda job: (-len(job.html), str(job.target)))
    if workers <= 1 or (len(queue) <= 2 and all(len(job.html) < LARGE for job in queue)):
        yield from map(_run, queue)
        return
    sheets = tuple(dict.fromkeys(job.css for job in queue))[:4]
    with ProcessPoolExecutor(
        min(workers, len(queue)), mp_context=get_context("spawn"), initializer=_prepare, initargs=(sheets,)
    ) as pool:
        yield from pool.map(_run, queue, chunksize=1)
