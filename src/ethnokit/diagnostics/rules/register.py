"""Rules on the register and on questionnaires."""

from ethnokit.diagnostics.rules.rule import Rule
from ethnokit.i18n import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "RG001",
        N_("A structure without a header"),
        N_("Nothing of the structure is known; it is missing from the register."),
        N_("Begin the file with a header: ---, id: otters, name: The Otters, ---."),
    ),
    Rule(
        "RG002",
        N_("A structure without a name"),
        N_("Its id is printed instead on its sheet."),
        N_("Add name: to the header."),
    ),
    Rule(
        "RG003",
        N_("The state of participation is missing"),
        N_("Coverage keeps silence and refusal apart; without a state the structure counts as “to ask”."),
        N_("Add participation: {state: to_ask}, or the state that is true."),
    ),
    Rule(
        "RG004",
        N_("A field not to be published does not exist"),
        N_("A misspelt field would be published against the will of the structure."),
        N_("Write the dotted name of the field, as in unpublished: [workforce.memberships]."),
    ),
    Rule(
        "QU001",
        N_("A questionnaire without a column for the structure"),
        N_("Without it nobody knows who answered."),
        N_("Name one column structure and put the ids of the register in it."),
    ),
    Rule(
        "QU002",
        N_("A row without a structure"),
        N_("The answer cannot be tied to the register."),
        N_("Fill in the first column with an id of the register, or remove the row."),
    ),
    Rule(
        "QU003",
        N_("A tie that cannot be read"),
        N_("The link is missing from the network."),
        N_("Write structure:code, several separated by semicolons, as in otters:coop.sharing;crane:coop.help."),
    ),
    Rule(
        "QU004",
        N_("A column stands twice"),
        N_("A French name and its English one are the same column; only the first is read."),
        N_("Remove or rename one of the two."),
    ),
    Rule(
        "QU005",
        N_("A structure answers twice"),
        N_("Both rows are kept, and the second may be a correction or a mistake."),
        N_("Keep one row for each structure."),
    ),
    Rule(
        "QU006",
        N_("A row with more cells than columns"),
        N_("Most often a comma inside a cell: what follows it has moved to the wrong column."),
        N_("Put the cell between quotation marks, or export the table again."),
    ),
    Rule(
        "QU007",
        N_("A table that cannot be read to its end"),
        N_("The rows after this place are missing."),
        N_("Look for a quotation mark that is never closed."),
    ),
    Rule(
        "QU008",
        N_("A day of answer that is not a date"),
        N_("The answer is kept without its day."),
        N_("Write it 2024-05-31."),
    ),
)
