"""The sentences of the page, in the language of the interface.

The scripts ask for them as everything here does, with ``_("…")`` and ``ngettext("…", "…", n)``; they are found in the
scripts themselves, so that no list has to be kept.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ethnokit.i18n import gettext, language, ngettext

SCRIPTS = Path(__file__).with_name("static")
_OPTIONS = {"**.js": {"parse_template_string": "true"}}
"""Sentences also stand within template strings."""
_KEYWORDS: dict[str, Any] = {"_": None, "ngettext": (1, 2)}


@lru_cache(maxsize=1)
def asked_for() -> tuple[tuple[str, ...], ...]:
    """What the scripts say: one sentence, or its singular and plural."""
    from babel.messages.extract import extract_from_dir

    found = extract_from_dir(SCRIPTS, [("**.js", "javascript")], options_map=_OPTIONS, keywords=_KEYWORDS)
    messages = (message for _file, _line, message, *_more in found)
    return tuple(sorted({(m,) if isinstance(m, str) else tuple(m[:2]) for m in messages}))


def words_data() -> dict[str, Any]:
    """Each sentence with its translation, each plural with its two forms."""
    return {
        "language": language(),
        "words": {one[0]: gettext(one[0]) for one in asked_for() if len(one) == 1},
        "plurals": {one[0]: [ngettext(*one, 1), ngettext(*one, 2)] for one in asked_for() if len(one) == 2},
    }
