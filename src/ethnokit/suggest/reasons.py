"""Why a suggestion was made, in the words of the interface."""

from __future__ import annotations

from ethnokit.i18n import N_
from ethnokit.i18n import gettext as _

KINDS = {"strong": N_("strong"), "weak": N_("weak"), "pattern": N_("pattern")}
"""The lists of the codebook that a reason can come from."""


def in_words(why: str) -> str:
    """A reason with its kind in the language of the interface: ``strong: décider ← décide``."""
    kind, colon, rest = why.partition(": ")
    return _("{name}: {n}").format(name=_(KINDS[kind]), n=rest) if colon and kind in KINDS else why
