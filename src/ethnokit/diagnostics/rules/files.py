"""Rules on files."""

from ethnokit.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
