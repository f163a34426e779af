"""Sentences where not every sign can be written: behind a pipe on Windows, and on old terminals.

A French sentence holds a narrow no-break space, which the usual encoding of Windows does not know.
"""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

_NEAR = {"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
_NEAR |= {"→": "->", "←": "<-", "▪": "-", "·": "-", "œ": "oe", "Œ": "OE"}


def accept_every_sign() -> None:
    """Have this process write the nearest sign that its output can take, rather than fail."""
    codecs.register_error("nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """What to write for the signs that an encoding does not have: see :func:`codecs.register_error`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_without_accents(sign) for sign in error.object[error.start : error.end]), error.end


def _without_accents(sign: str) -> str:
    """A sign in ASCII: ``é`` without its accent, ``…`` as three dots, a space of any width as a space."""
    near = _NEAR.get(sign) or "".join(c for c in unicodedata.normalize("NFKD", sign) if c.isascii())
    return near or "?"
