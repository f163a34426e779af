"""A study compiled for one audience: read, cut, laid out, written. The way from fieldwork to print in one call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ethnokit.cache import Cache, Stage, key
from ethnokit.cache.values import from_text, to_text
from ethnokit.diagnostics import Severity
from ethnokit.model import Audience, SheetState, Study
from ethnokit.reports.build import Progress, Workshop, build
from ethnokit.reports.edition import Edition, Made
from ethnokit.reports.files import digest
from ethnokit.reports.pages import templates
from ethnokit.study import load
from ethnokit.study.gather import Gathered

FOLDER = "reports"
TEMPLATES = "reports/templates"
_PAGES = dict[str, str]
"""Path of a page below ``reports/`` → its sha256."""


class TooOpen(Exception):  # noqa: N818 - it names what is wrong
    """The audience asked for is more open than the study allows."""

    def __init__(self, bound: Audience) -> None:
        super().__init__(bound)
        self.bound = bound


class NoSuchSheet(Exception):  # noqa: N818
    """A structure has no sheet for this audience; ``known`` are the ids of those that have one."""

    def __init__(self, id: str, known: tuple[str, ...]) -> None:
        super().__init__(id)
        self.id, self.known = id, known


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for."""

    audience: Audience | None = None
    """None: as open as the study is."""
    report: bool = True
    sheets: tuple[str, ...] | None = None
    """Ids of the sheets wanted; None for all of them."""
    form: str = "pdf"
    """``pdf``, ``html`` or ``all``."""

    @property
    def whole(self) -> bool:
        """Everything that the audience may have is wanted."""
        return self.report and self.sheets is None


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in ``reports/<audience>/`` now."""

    audience: Audience
    files: tuple[Made, ...]
    """The pages, by paths relative to that folder."""
    errors: int
    """Errors in the study: what they touch is missing from the files."""
    withheld: int
    """Distinct passages that this audience may not read."""
    not_validated: tuple[str, ...]
    """Names of the structures whose sheet is printed without their agreement to it."""
    older: tuple[str, ...] = ()
    """Other pages below ``reports/``, for any audience, that were not compiled from the study as it is now."""


def publish(root: Path, cache: Cache, order: Order, *, workers: int = 2, progress: Progress | None = None) -> Published:
    """Compile the study in ``root``; nothing is computed when neither it nor the files changed since the last time.

    Raises:
        TooOpen: the study as a whole is for a more closed audience.
        NoSuchSheet: a sheet was asked for that this audience cannot have.
        ethnokit.reports.pdf.PangoMissing: for PDF, when the text engine is not installed.
        ethnokit.reports.pages.TemplateFault: a template of the study's own is wrong.
        OSError: a file cannot be written; the others are whole.
    """
    state = _state(root, cache)
    stamp = key(state, repr(order))
    published = _recall(root, cache, order, stamp)
    if published is None:
        published = _compile(root, cache, order, workers, progress)
        cache.put(_shelf(order), {stamp: to_text(published)})
        cache.keep_only(_shelf(order), [stamp])
    return replace(published, older=_older(root, cache, state, published))


def _compile(root: Path, cache: Cache, order: Order, workers: int, progress: Progress | None) -> Published:
    study, problems = load(root, cache)
    audience = study.settings.audience if order.audience is None else order.audience
    if audience > study.settings.audience:
        raise TooOpen(study.settings.audience)
    edition, withheld = edition_of(study, audience, order)
    own = root / TEMPLATES if (root / TEMPLATES).is_dir() else None
    shop = Workshop(root / FOLDER / audience.word, own, cache, workers, progress)
    files = build(edition, shop, order.form)
    return Published(
        audience=audience,
        files=files,
        errors=sum(problem.severity is Severity.ERROR for problem in problems),
        withheld=withheld,
        not_validated=tuple(sheet.name for sheet in edition.sheets if sheet.state is not SheetState.VALIDATED),
    )


def _shelf(order: Order) -> str:
    """Where the cache keeps the last publication of an order."""
    return f"published {key(repr(order))}"


def _state(root: Path, cache: Cache) -> str:
    """A key for all that every publication follows from: the study, its own templates, the tool."""
    with Stage(cache, "read") as stage:
        study = Gathered(root, stage).fingerprint()
    return key(study, templates(root / TEMPLATES))


def _recall(root: Path, cache: Cache, order: Order, stamp: str) -> Published | None:
    """What was published under this stamp, if every file is still the one that was made."""
    text = cache.get(_shelf(order), stamp)
    if text is None:
        return None
    found: Published = from_text(Published, text)
    folder = root / FOLDER / found.audience.word
    if any(digest(folder / file.path) != file.digest for file in found.files):
        return None
    return replace(found, files=tuple(replace(file, fresh=False) for file in found.files))


def _older(root: Path, cache: Cache, state: str, published: Published) -> tuple[str, ...]:
    """The pages below ``reports/`` that no publication of this state of the study made."""
    text = cache.get("pages of the study", state)
    known: dict[str, str] = from_text(_PAGES, text) if text else {}
    pages = known | {f"{published.audience.word}/{file.path}": file.digest for file in published.files}
    if pages != known:
        cache.put("pages of the study", {state: to_text(pages, _PAGES)})
        cache.keep_only("pages of the study", [state])
    folders = (root / FOLDER / audience.word for audience in Audience)
    there = sorted(file for folder in folders for kind in ("*.pdf", "*.html") for file in folder.rglob(kind))
    paths = {file.relative_to(root / FOLDER).as_posix(): file for file in there}
    return tuple(path for path, file in paths.items() if pages.get(path) != digest(file))


def edition_of(study: Study, audience: Audience, order: Order) -> tuple[Edition, int]:
    """What is to be printed, and how many passages are not."""
    from ethnokit.privacy.cut import cut
    from ethnokit.privacy.report import report, ties
    from ethnokit.privacy.sheets import heading, sheets, with_sheet

    left = cut(study, audience)
    known = tuple(structure.id for structure in with_sheet(left))
    for wanted in order.sheets or ():
        if wanted not in known:
            raise NoSuchSheet(wanted, known)
    view = report(left) if order.report else None
    lines = view.ties if view is not None else ties(left)
    return Edition(heading(left), left.names, view, sheets(left, lines, order.sheets), order.whole), left.withheld
