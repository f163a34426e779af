"""Rules on YAML, wherever it stands: headers, codebook, settings."""

from ethnokit.diagnostics.rules.rule import Rule
from ethnokit.i18n import N_

RULES = (
    Rule(
        "YA001",
        N_("The YAML cannot be read"),
        N_("A mistake in the punctuation of the header makes all of its fields unreadable."),
        N_('Most often a value holds ": " or begins with a sign; put it between quotes: title: "Lou: a portrait".'),
    ),
    Rule(
        "YA002",
        N_("The same key is written twice"),
        N_("YAML readers silently keep the last one; nobody can tell which one was meant."),
        N_("Keep one of the two. A French key and its English name are the same key."),
    ),
    Rule(
        "YA003",
        N_("Unknown key"),
        N_("A misspelt key is a field that is silently missing."),
        N_("Correct its spelling, or remove it."),
    ),
    Rule(
        "YA004",
        N_("A value that cannot be read"),
        N_("The field is ignored until its value is one that the study understands."),
        N_("Write one of the values that the message lists; dates are written 2024-05-31."),
    ),
    Rule(
        "YA005",
        N_("A required key is missing"),
        N_("Without it the file cannot take its place in the study."),
        N_("Add the key that the message names."),
    ),
    Rule(
        "YA006",
        N_("YAML anchors and aliases are not read"),
        N_("They let a small file expand without end, and a header has no use for them."),
        N_("Write the value again in full; put a value that begins with & or * between quotes."),
    ),
    Rule(
        "YA007",
        N_("The YAML is nested too deep"),
        N_("No file of a study needs more than a few levels."),
        N_("Look for brackets that are never closed."),
    ),
)
