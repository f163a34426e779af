"""Rules on register."""

from ethnokit.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
