"""What the page is told when something it asked for cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ethnokit.diagnostics import Diagnostic, Severity

STATUS = {
    "wrong": 422,
    "stale": 409,
    "missing": 404,
    "forbidden": 403,
    "readonly": 403,
    "disk": 507,
    "unexpected": 500,
}
"""The kinds of failure and their HTTP status. ``stale``: the text or the coding is no more what the page saw;
``disk``: the decision could not be saved, and was not."""

RULES = {"CD026": "disk", "FI005": "disk", "FI006": "stale"}
"""Rules of the study whose problems are not a mistake of the one who asks."""


class Denied(Exception):  # noqa: N818 - it is an answer, not a fault
    """An answer that says no: its kind, a sentence for a person, what to do, and data that helps to go on."""

    def __init__(self, kind: str, message: str, hint: str | None = None, rule: str | None = None, **more: Any) -> None:
        super().__init__(message)
        self.kind, self.message, self.hint, self.rule, self.more = kind, message, hint, rule, more

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.kind]

    def data(self) -> dict[str, Any]:
        """What the page gets as JSON."""
        error = {"kind": self.kind, "message": self.message, "hint": self.hint, "rule": self.rule}
        return {"error": error, **self.more}


def denied(problems: Sequence[Diagnostic]) -> Denied:
    """The answer for a decision that its checks forbid: the first error, and what it advises."""
    first = next((p for p in problems if p.severity is Severity.ERROR), problems[0])
    return Denied(RULES.get(first.rule, "wrong"), first.message, first.hint, first.rule)
