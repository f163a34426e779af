"""The two families of the reports, taken unmodified from their packages, and nothing else.

Reports set :func:`isolate` before the PDF engine is loaded: a private fontconfig file then lists only
these faces, so that a character they lack is seen as an empty box instead of being drawn with
whatever the machine has (which would also change the bytes of the PDF from one machine to another).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from ethnokit import __version__

SERIF = "Spectral"
SANS = "Fira Sans"

# Drawn from the space, or not at all, by the shaping engine: line ends, tab, soft hyphen, narrow no-break space.
_NEVER_MISSING = frozenset("\n\r\t\u00ad\u202f")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file of a package."""

    package: str
    file: str
    family: str
    weight: int
    """CSS weight, 400 is regular."""
    style: str
    """``normal`` or ``italic``."""

    @property
    def path(self) -> Path:
        """Where the file is installed."""
        return Path(str(files(self.package))) / "files" / self.file


FACES = (
    Face("fontpkg_spectral", "Spectral-Regular.ttf", SERIF, 400, "normal"),
    Face("fontpkg_spectral", "Spectral-Italic.ttf", SERIF, 400, "italic"),
    Face("fontpkg_spectral", "Spectral-SemiBold.ttf", SERIF, 600, "normal"),
    Face("fontpkg_spectral", "Spectral-Bold.ttf", SERIF, 700, "normal"),
    Face("fontpkg_fira_sans", "FiraSans-Regular.ttf", SANS, 400, "normal"),
    Face("fontpkg_fira_sans", "FiraSans-Italic.ttf", SANS, 400, "italic"),
    Face("fontpkg_fira_sans", "FiraSans-Medium.ttf", SANS, 500, "normal"),
    Face("fontpkg_fira_sans", "FiraSans-SemiBold.ttf", SANS, 600, "normal"),
)


def folders() -> tuple[Path, ...]:
    """The folders that hold the font files."""
    return tuple(sorted({face.path.parent for face in FACES}))


def font_face_css() -> str:
    """The ``@font-face`` rules of all faces, for print.

    The hyphen at line ends is the ASCII one: the default U+2010 is missing from Fira Sans.
    """
    return _rules({face: face.path.as_uri() for face in FACES}) + 'html { hyphenate-character: "-"; }\n'


def web_css() -> str:
    """The ``@font-face`` rules of all faces, for a page whose style sheet lies beside the font files."""
    return _rules({face: face.file for face in FACES})


def _rules(addresses: dict[Face, str]) -> str:
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f'src: url("{address}"); }}\n'
        for face, address in addresses.items()
    )


def licences() -> dict[str, str]:
    """File name → text of the licence of each family, to lie beside copies of its files."""
    packages = {face.package: face.family for face in FACES}
    return {
        f"{family.replace(' ', '')}-OFL.txt": (files(package) / "LICENSE").read_text(encoding="utf-8")
        for package, family in packages.items()
    }


def fonts_conf(cache: Path) -> str:
    """A fontconfig file that knows the faces above only.

    Other weights in the same folders are rejected by name; a general reject would also shut out the
    copies that the PDF engine makes for ``@font-face``.
    """
    dirs = "".join(f"  <dir>{escape(str(folder))}</dir>\n" for folder in folders())
    rejected = "".join(f"<glob>{escape(str(folder))}/*</glob>" for folder in folders())
    accepted = "".join(f"<glob>{escape(str(face.path))}</glob>" for face in FACES)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"{dirs}  <cachedir>{escape(str(cache))}</cachedir>\n"
        f"  <selectfont><acceptfont>{accepted}</acceptfont><rejectfont>{rejected}</rejectfont></selectfont>\n"
        "</fontconfig>\n"
    )


def isolate() -> Path:
    """Point this process and its children to the private fontconfig file; before the PDF engine is imported."""
    import platformdirs

    digest = hashlib.sha256(f"{__version__}{[str(face.path) for face in FACES]}".encode()).hexdigest()[:12]
    folder = platformdirs.user_cache_path("ethnokit") / f"fonts-{digest}"
    try:
        conf = _write(folder)
    except OSError:
        # A home that cannot be written: the file lives as long as the machine's temporary files do.
        conf = _write(Path(tempfile.mkdtemp(prefix="ethnokit-fonts-")))
    os.environ["FONTCONFIG_FILE"] = str(conf)
    return conf


def _write(folder: Path) -> Path:
    """``fonts.conf`` in ``folder``, written whole or not at all (two processes may arrive together)."""
    conf = folder / "fonts.conf"
    text = fonts_conf(folder / "cache")
    with suppress(OSError):
        if conf.read_text(encoding="utf-8") == text:
            return conf
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(name).replace(conf)
    return conf


@lru_cache(maxsize=len(FACES))
def _metrics(face: Face) -> tuple[frozenset[int], dict[int, int], int]:
    """Code points of a face, their advance widths in font units, and the units per em."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(face.path, lazy=True) as font:
        names: dict[int, str] = font.getBestCmap()
        advances = font["hmtx"].metrics
        return frozenset(names), {code: advances[name][0] for code, name in names.items()}, font["head"].unitsPerEm


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Code points that the regular face of at least one family can draw."""
    return frozenset().union(*(_metrics(face)[0] for face in FACES if face.weight == 400 and face.style == "normal"))


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of ``text`` that no face covers, once each, in code-point order."""
    known = covered()
    return tuple(sorted(c for c in set(text) - _NEVER_MISSING if ord(c) not in known))


def text_width(text: str, size: float, *, semibold: bool = False) -> float:
    """Width of ``text`` in Fira Sans, in the unit of ``size``, without kerning (a little too wide)."""
    face = FACES[7] if semibold else FACES[4]
    _, advances, em = _metrics(face)
    return sum(advances.get(ord(c), em // 2) for c in text) * size / em
