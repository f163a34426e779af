"""From bytes to the text that positions count in: UTF-8 (or cp1252), no BOM, LF, NFC."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _

MAX_BYTES = 20 * 1024 * 1024
"""A transcript of one hour is under 0.1 MB; beyond this a file is not a transcript, and is not read."""
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and what was noticed while reading it."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def normalise(text: str) -> str:
    """LF newlines, NFC, no BOM: the one form in which offsets are counted. Idempotent."""
    unbroken = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unbroken if unicodedata.is_normalized("NFC", unbroken) else unicodedata.normalize("NFC", unbroken)


def too_large(path: str) -> Diagnostic:
    """What is said of a file of more than :data:`MAX_BYTES`."""
    message = _("This file is larger than {n} MB; it is not read.").format(n=MAX_BYTES // 1024 // 1024)
    return Source.of(path, "").problem("FI004", Severity.ERROR, message)


def decode(data: bytes, path: str) -> Decoded:
    """Read the bytes of a text file, whatever they are.

    UTF-8 and UTF-16 with a byte-order mark are read as such; bytes that are not UTF-8 are read as
    cp1252 with a warning (FI002); bytes that are no text at all give an empty text and an error (FI003).
    """
    if data[:2] in UTF16_BOMS:
        return _decoded(data.decode("utf-16", errors="replace"), "utf-16", path)
    if b"\x00" in data:
        problem = Source.of(path, "").problem("FI003", Severity.ERROR, _("This file is not a text file."))
        return Decoded("", "binary", (problem,))
    try:
        return _decoded(data.decode("utf-8-sig"), "utf-8", path)
    except UnicodeDecodeError as error:
        return _as_cp1252(data, path, error.start)


def _decoded(text: str, encoding: str, path: str) -> Decoded:
    return Decoded(normalise(text), encoding)


def _as_cp1252(data: bytes, path: str, bad: int) -> Decoded:
    # Five bytes mean nothing in cp1252; latin-1 reads them as control characters rather than fail.
    try:
        raw, encoding = data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        raw, encoding = data.decode("latin-1"), "latin-1"
    text = normalise(raw)
    before = len(normalise(raw[:bad]))
    problem = Source.of(path, text).problem(
        "FI002",
        Severity.WARNING,
        _("This file is not in UTF-8; it was read as {encoding}.").format(encoding=encoding),
        offset=before,
        hint=_("Save it as UTF-8 in your editor, then check its accents."),
    )
    return Decoded(text, encoding, (problem,))


def text_hash(text: str) -> str:
    """sha256 (hex) of a text in UTF-8; lone surrogates are kept apart from other characters."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
