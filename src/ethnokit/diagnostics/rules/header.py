"""Rules on header."""

from ethnokit.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
