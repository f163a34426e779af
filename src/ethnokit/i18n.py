"""Sentences for people, in French and in English.

The source sentences are English; ``locale/fr/LC_MESSAGES/ethnokit.po`` holds the French ones.
Three languages are independent: interface (:func:`set_language`), report and corpus. A report asks
for its own catalogue with :func:`catalogue`, so that a French report can be built from an English
interface. Identifiers, JSON keys and file names are never translated.
"""

from __future__ import annotations

import gettext as _gettext
import os
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("fr", "en")
DOMAIN = "ethnokit"
LOCALE = Path(__file__).with_name("locale")


class _Interface:
    """The language of the interface of this process; English until one is chosen."""

    language = "en"
    translations: _gettext.NullTranslations | None = None


@lru_cache(maxsize=4)
def catalogue(language: str) -> _gettext.NullTranslations:
    """The translations of one language; English (the source) for any language without a catalogue."""
    return _gettext.translation(DOMAIN, LOCALE, languages=[language], fallback=True)


def set_language(language: str) -> None:
    """Choose the language of the interface for this process, click's own sentences included."""
    _Interface.language = language
    _Interface.translations = catalogue(language)
    # click looks its sentences up through the module-level functions of the standard library.
    _gettext.bindtextdomain(DOMAIN, str(LOCALE))
    _gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


def language() -> str:
    """The language of the interface now: ``"fr"`` or ``"en"``."""
    return _Interface.language


def gettext(message: str) -> str:
    """``message`` in the language of the interface."""
    return message if _Interface.translations is None else _Interface.translations.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of a sentence that fits ``n``, in the language of the interface."""
    if _Interface.translations is None:
        return singular if n == 1 else plural
    return _Interface.translations.ngettext(singular, plural, n)


def reason(error: OSError) -> str:
    """Why the system could not do something: its own words, in the language of the interface where they are known."""
    return gettext(error.strerror or str(error) or type(error).__name__)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a sentence for translation where it is written; it is translated where it is shown."""
    return message


# What a system says when a file or a folder is out of reach: English in Python, whatever the language of the system.
_SAID_BY_THE_SYSTEM = (
    N_("Address already in use"),
    N_("Device or resource busy"),
    N_("Disk quota exceeded"),
    N_("File exists"),
    N_("File name too long"),
    N_("Input/output error"),
    N_("Is a directory"),
    N_("No space left on device"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Operation not permitted"),
    N_("Permission denied"),
    N_("Read-only file system"),
    N_("Too many levels of symbolic links"),
)
