"""Rules on codebook."""

from ethnokit.diagnostics.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
