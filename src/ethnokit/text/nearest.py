"""“Did you mean”: the known word nearest to what was written."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ethnokit.i18n import gettext as _
from ethnokit.model.vocabulary import fold


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The word of ``known`` nearest to ``written`` (accents and case folded), or None when none is near."""
    by_fold = {fold(word): word for word in known}
    found = get_close_matches(fold(written)[:80], by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def did_you_mean(written: str, known: Iterable[str]) -> str | None:
    """The hint to print, or None."""
    word = nearest(written, known)
    return _("did you mean “{word}”?").format(word=word) if word else None
