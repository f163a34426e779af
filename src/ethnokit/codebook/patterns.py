"""Regular expressions of the codebook: which can be read, and which could run without end."""

from __future__ import annotations

import importlib
import re
from typing import Any

import regex  # type: ignore[import-untyped]

from ethnokit.i18n import N_
from ethnokit.i18n import gettext as _

_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
_MANY = 16
"""A repetition allowed more often than this counts as one without bound."""
_SAID_BY_THE_ENGINE = (
    N_("bad character range"),
    N_("bad escape (end of pattern)"),
    N_("invalid group reference"),
    N_("min repeat greater than max repeat"),
    N_("missing )"),
    N_("missing >"),
    N_("multiple repeat"),
    N_("nothing to repeat"),
    N_("unbalanced parenthesis"),
    N_("unknown extension"),
    N_("unknown group"),
    N_("unknown property"),
    N_("unterminated character set"),
)
"""The usual ones, so that they are translated; others are shown as they come."""


def compile_error(pattern: str) -> str | None:
    """What the engine says of a pattern it cannot read, with the place (a character, from 1); None when it can."""
    try:
        regex.compile(pattern)
    except regex.error as error:
        return _("{problem}, at character {n}").format(problem=_(error.msg), n=(error.pos or 0) + 1)
    except (RecursionError, OverflowError, ValueError):
        return _("it is too long or nested too deep")
    return None


def can_run_away(pattern: str) -> bool:
    """True when a repetition without bound holds another choice of length: time may grow exponentially.

    A pattern that this reader cannot judge is taken for one that can. Slower growth (quadratic) is not
    seen here; every match has a time limit besides.
    """
    parser: Any = importlib.import_module("re._parser")
    try:
        return _nested(parser.parse(_PROPERTY.sub(r"\\w", pattern)), inside=False)
    except (re.error, RecursionError, OverflowError, ValueError):
        return True


def _nested(part: Any, *, inside: bool) -> bool:
    """``inside``: this part stands in a repetition without bound."""
    for operator, argument in part:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, body = argument
            if inside and low != high:
                return True
            if _nested(body, inside=inside or int(high) > _MANY):
                return True
        elif name == "BRANCH":
            # Two branches that begin alike can match the same text in many ways once repeated.
            if inside or any(_nested(branch, inside=inside) for branch in argument[1]):
                return True
        elif any(_nested(sub, inside=inside) for sub in _bodies(argument)):
            return True
    return False


def _bodies(argument: Any) -> list[Any]:
    """The sub-patterns of a group, a look-around or a condition."""
    items = argument if isinstance(argument, tuple | list) else [argument]
    return [item for item in items if type(item).__name__ == "SubPattern"]
