"""Put a repair into the bytes of a file: everything outside of it stays, byte for byte.

Positions of repairs count in the text as EthnoKit reads it (LF, NFC, no byte-order mark); the file keeps its own
encoding, mark, newlines and accents.
"""

from __future__ import annotations

import codecs
import re

from ethnokit.diagnostics import Fix
from ethnokit.text.normal import UTF16_BOMS, decode, normalise

_NEWLINE = re.compile(r"\r\n|\r|\n")


def repaired(data: bytes, fix: Fix) -> bytes | None:
    """``data`` with one repair; None where the place cannot be told for sure."""
    mark, encoding = _encoding(data)
    text = decode(data, "").text
    if not 0 <= fix.start <= fix.end <= len(text):
        return None
    try:
        raw = data[len(mark) :].decode(encoding)
        start, end = _raw_offset(raw, text, fix.start), _raw_offset(raw, text, fix.end)
        if start is None or end is None:
            return None
        new = fix.new.replace("\n", _newline(raw))
        before, written, after = (part.encode(encoding) for part in (raw[:start], new, raw[end:]))
    except (UnicodeError, LookupError):  # no text, or the file's encoding has no such letter
        return None
    made = mark + before + written + after
    untouched = data.startswith(mark + before) and data.endswith(after)
    wanted = text[: fix.start] + fix.new + text[fix.end :]
    return made if untouched and decode(made, "").text == wanted else None


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The byte-order mark and the encoding by which :func:`decode` reads the rest."""
    if data[:2] in UTF16_BOMS:
        return data[:2], "utf-16-le" if data[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    encoding = decode(data, "").encoding
    return mark if encoding == "utf-8" else b"", encoding


def _raw_offset(raw: str, text: str, offset: int) -> int | None:
    """Where in ``raw`` the code point at ``offset`` of the normal text stands; accents may be two code points there."""
    row = text.count("\n", 0, offset)
    column = offset - (text.rfind("\n", 0, offset) + 1)
    at = 0
    for _row in range(row):
        newline = _NEWLINE.search(raw, at)
        if newline is None:
            return None
        at = newline.end()
    newline = _NEWLINE.search(raw, at)
    line = raw[at : newline.start() if newline else len(raw)]
    wanted = normalise(line)
    if line == wanted:
        return at + column
    cuts = (i for i in range(column, len(line) + 1) if normalise(line[:i]) == wanted[:column])
    cut = next((i for i in cuts if normalise(line[i:]) == wanted[column:]), None)
    return None if cut is None else at + cut


def _newline(raw: str) -> str:
    """The newline of the file: its first one."""
    found = _NEWLINE.search(raw)
    return found[0] if found else "\n"
