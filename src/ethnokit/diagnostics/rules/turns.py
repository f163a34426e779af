"""Rules on turns."""

from ethnokit.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
