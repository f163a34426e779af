"""The three forms of a list of problems: for people, for scripts, for a forge."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ethnokit.diagnostics.diagnostic import Diagnostic, Severity
from ethnokit.i18n import gettext as _
from ethnokit.i18n import ngettext

WIDTH = 100
FIX_COMMAND = "ethnokit check --fix"


def as_text(problems: Sequence[Diagnostic], checked: int) -> str:
    """A block per problem (place, excerpt, caret, hint), then one line that sums up.

    Args:
        problems: in the order in which they are printed.
        checked: how many documents and structures were read.
    """
    errors = sum(p.severity is Severity.ERROR for p in problems)
    warnings = sum(p.severity is Severity.WARNING for p in problems)
    summary = ", ".join(
        (
            ngettext("{n} error", "{n} errors", errors).format(n=errors),
            ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
            ngettext("{n} file read", "{n} files read", checked).format(n=checked),
        )
    )
    if fixable := sum(p.fix is not None for p in problems):
        summary += "\n" + ngettext("{n} is fixable: {command}", "{n} are fixable: {command}", fixable).format(
            n=fixable, command=FIX_COMMAND
        )
    return "\n".join([*(block(p) for p in problems), summary])


def block(problem: Diagnostic) -> str:
    """One problem for people: place, sentence, excerpt with a caret, hint; ends with a newline."""
    severity = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}[problem.severity]
    place = f"{problem.path}:{problem.line}:{problem.column}: " if problem.path else ""
    lines = [f"{place}{severity}[{problem.rule}]: {problem.message}"]
    if problem.excerpt is not None:
        number = str(problem.line)
        margin = " " * len(number)
        # A paragraph of a transcript is one long line: show the part around the problem only.
        skipped = max(0, problem.column - 1 - WIDTH // 2)
        # A tab would move the caret, and an escape sequence the terminal itself.
        shown = "".join(c if c.isprintable() else " " for c in problem.excerpt[skipped : skipped + WIDTH])
        caret = "^" * max(1, min(problem.length, len(shown) - (problem.column - 1 - skipped)))
        lines += [
            f"{margin} |",
            f"{number} | {shown}",
            f"{margin} | {' ' * (problem.column - 1 - skipped)}{caret}",
        ]
    if problem.hint:
        lines.append("  = " + _("help: {hint}").format(hint=problem.hint))
    if problem.fix:
        lines.append("  = " + _("fixable: {command}").format(command=FIX_COMMAND))
    return "\n".join(lines) + "\n"


def as_json(problems: Sequence[Diagnostic]) -> str:
    """A JSON list of path, line, column, severity, rule, message; never any interview text."""
    keys = ("path", "line", "column", "severity", "rule", "message")
    return json.dumps([{key: getattr(p, key) for key in keys} for p in problems], ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Diagnostic]) -> str:
    """Workflow commands that a forge shows beside the lines; never any interview text."""
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    return "".join(
        f"::{level[p.severity]} file={_property(p.path)},line={p.line},col={p.column},title={p.rule}"
        f"::{_data(p.message)}\n"
        for p in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def explain(rule: str) -> str | None:
    """The page of a rule in the language of the interface, or None when there is no such rule."""
    from ethnokit.diagnostics.rules import RULES

    page = RULES.get(rule.upper())
    if page is None:
        return None
    return "\n\n".join((f"{page.id}: {_(page.title)}", _(page.why), _(page.repair)))
