"""Attributes as a person writes them: ``posture=offers``, ``cible=loutres``, ``specific=oui``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language
from ethnokit.model.audience import Audience
from ethnokit.model.coding import Attributes
from ethnokit.model.vocabulary import aliases_of, canonical_key, choices, fold, read_word
from ethnokit.model.words import Posture, Scale
from ethnokit.text.nearest import did_you_mean

WORDS: dict[str, Any] = {"posture": Posture, "scale": Scale, "audience": Audience}
TEXTS = ("target", "structure", "memo")
FLAGS = ("specific", "doubt")
KEYS = (*WORDS, *TEXTS, *FLAGS)
_YES_NO = {
    **dict.fromkeys(("true", "yes", "oui", "vrai", "1"), True),
    **dict.fromkeys(("false", "no", "non", "faux", "0"), False),
}


def parse_attributes(
    written: str | Iterable[str], base: Attributes | None = None
) -> tuple[Attributes, list[Diagnostic]]:
    """``base`` with the attributes that ``written`` sets; an empty value (``posture=``) clears one.

    Keys and words may be French or English. A wrong one is reported and left out.
    """
    attributes, problems = base or Attributes(), []
    for one in (written,) if isinstance(written, str) else written:
        key, equals, value = one.partition("=")
        if not equals:
            problems.append(problem("CD010", _("Attributes are written key=value, as in posture=offers.")))
            continue
        attributes, wrong = set_attribute(attributes, key.strip(), value.strip())
        problems += wrong
    return attributes, problems


def set_attribute(attributes: Attributes, written: str, value: str) -> tuple[Attributes, list[Diagnostic]]:
    """The attributes with one of them set to the value a person wrote."""
    key = canonical_key(written)
    if key not in KEYS:
        hint = did_you_mean(written, [alias for known in KEYS for alias in aliases_of(known)])
        return attributes, [problem("CD010", _("Unknown attribute “{key}”.").format(key=written), hint=hint)]
    found: Any = None
    if not value or key in TEXTS:
        found = value or (False if key in FLAGS else None)
        return replace(attributes, **{key: found}), []
    found = _YES_NO.get(fold(value)) if key in FLAGS else read_word(WORDS[key], value)
    if found is not None:
        return replace(attributes, **{key: found}), []
    allowed = (_("yes"), _("no")) if key in FLAGS else choices(WORDS[key], language())
    message = _("“{key}” is one of: {words}.").format(key=written, words=", ".join(allowed))
    return attributes, [problem("CD010", message, hint=did_you_mean(value, allowed))]


def problem(  # noqa: PLR0913 - a diagnostic has that many parts
    rule: str,
    message: str,
    *,
    path: str = "",
    line: int = 1,
    hint: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    """A problem of a decision; without excerpt, for it may be shown anywhere."""
    return Diagnostic(path, line, 1, severity, rule, message, hint=hint)
