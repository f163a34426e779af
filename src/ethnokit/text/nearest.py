"""“Did you mean”: the known word nearest to what was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches

from ethnokit.i18n import gettext as _
from ethnokit.model.vocabulary import fold

NEAR = 0.7
"""Likeness (0 to 1) from which a word is worth proposing."""
SURE = 0.8
"""Likeness from which a word is a slip of the pen for another."""
SHORTEST = 4
"""Words under this length, such as P1 and P2, are too short to be told from a slip."""


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The word of ``known`` nearest to ``written`` (accents and case folded), or None when none is near."""
    by_fold = {fold(word): word for word in known}
    found = get_close_matches(fold(written)[:80], by_fold, n=1, cutoff=NEAR)
    return by_fold[found[0]] if found else None


def did_you_mean(written: str, known: Iterable[str]) -> str | None:
    """The hint to print, or None."""
    word = nearest(written, known)
    return _("Did you mean “{word}”?").format(word=word) if word else None


def likeness(one: str, other: str) -> float:
    """How alike two folded words are, from 0 to 1 (difflib ratio); 0 for words that differ by a number.

    Names that differ by a number only are different people, and different documents.
    """
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    same_digits = re.sub(r"\D", "", one) == re.sub(r"\D", "", other)
    if not same_digits or matcher.real_quick_ratio() < SURE:
        return 0.0
    return matcher.ratio()


def slip_for(written: str, meanings: Mapping[str, object]) -> str | None:
    """The one word that ``written`` is a slip of the pen for: near it, and near no word of another meaning.

    ``meanings`` maps each known word to what it stands for; words that stand for the same are one neighbour.
    """
    name = fold(written)[:80]
    alike = {word: likeness(name, fold(word)) for word in meanings if len(fold(word)) >= SHORTEST <= len(name)}
    near = [word for word, ratio in alike.items() if ratio >= SURE]
    if len({meanings[word] for word in near}) != 1:
        return None
    return max(near, key=lambda word: alike[word])
