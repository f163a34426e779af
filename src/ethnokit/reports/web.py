"""The same pages for a browser: HTML with style sheet and fonts beside it, that works from a folder or a USB stick."""

from __future__ import annotations

from pathlib import Path

from ethnokit.reports import fonts, pages
from ethnokit.reports.edition import Edition, Made
from ethnokit.reports.files import digest, write_if_new


def write(edition: Edition, folder: Path, overrides: Path | None = None) -> list[Made]:
    """Write the pages of an edition and what they need; a file that holds the same bytes already is left alone."""
    assets = folder / "assets"
    write_if_new(assets / "style.css", pages.style(overrides).encode())
    write_if_new(assets / "fonts.css", fonts.web_css().encode())
    for face in fonts.FACES:
        write_if_new(assets / face.file, face.path.read_bytes())
    for name, text in fonts.licences().items():
        write_if_new(assets / name, text.encode())
    made = []
    for page in edition.pages(overrides, web=True):
        target = folder / f"{page.name}.html"
        fresh = write_if_new(target, page.html().encode())
        made.append(Made(f"{folder.name}/{page.name}.html", digest(target), fresh))
    return made
