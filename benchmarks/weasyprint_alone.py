"""What one writes at first: each page of a study's build set by WeasyPrint, one after the other, fonts and all."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from ethnokit.cache import Cache
from ethnokit.publish import Order, edition_of
from ethnokit.reports import fonts, pages
from ethnokit.study import load


def main(study: Path) -> None:
    """Set every page into a folder that is thrown away."""
    with Cache(study) as cache:
        read, _problems = load(study, cache)
    edition, _withheld = edition_of(read, read.settings.audience, Order())
    with tempfile.TemporaryDirectory() as folder:
        for n, page in enumerate(edition.pages()):
            configuration = FontConfiguration()
            style = CSS(string=fonts.font_face_css() + pages.style(), font_config=configuration)
            HTML(string=page.html()).write_pdf(
                Path(folder) / f"{n}.pdf", stylesheets=[style], font_config=configuration
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
