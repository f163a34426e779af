"""Every rule of ``ethnokit check``, one module per family.

A rule's id is never used again for another problem. Families: FI files, YA YAML, FM front matter,
TR turns, RG register, QU questionnaires, CB codebook, CD codings, ST study, PV privacy.
"""

from ethnokit.diagnostics.rules import codebook, codings, files, header, register, study, turns, yaml
from ethnokit.diagnostics.rules.rule import Rule

RULES: dict[str, Rule] = {
    rule.id: rule
    for family in (files, yaml, header, turns, register, codebook, codings, study)
    for rule in family.RULES
}

__all__ = ["RULES", "Rule"]
