"""Rules on the codebook."""

from ethnokit.diagnostics.rules.rule import Rule
from ethnokit.i18n import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "CB001",
        N_("Two codes have the same id"),
        N_("Codings name their code by its id; with two of them nobody can tell which one was meant."),
        N_("Give one of them another id. Ids of codes already in use never change."),
    ),
    Rule(
        "CB002",
        N_("The parent of a code does not exist"),
        N_("The code falls out of its family and out of the chapters made of families."),
        N_("Correct the family or parent of the code, or add the family that is missing."),
    ),
    Rule(
        "CB003",
        N_("A code is its own ancestor"),
        N_("Codes form a tree; a circle in it has no top from which to read."),
        N_("Remove the parent from one of the codes of the circle."),
    ),
    Rule(
        "CB004",
        N_("A code has no definition"),
        N_("Two people can only code alike when the code says what belongs to it."),
        N_("Write one sentence: definition: How the structure decides."),
    ),
    Rule(
        "CB005",
        N_("A regular expression cannot be read"),
        N_("The pattern is left out, and what it should find is not suggested."),
        N_("Look for a bracket that is never closed; in double quotes a backslash is written twice."),
    ),
    Rule(
        "CB006",
        N_("A regular expression could run without end"),
        N_("A repetition inside a repetition, as in (a+)+, can take longer than a life on an ordinary sentence."),
        N_("Keep one repetition only: a+ instead of (a+)+."),
    ),
    Rule(
        "CB007",
        N_("A colour cannot be read"),
        N_("The code is printed in the colour of its family or in grey."),
        N_('Write # and six digits between quotes: colour: "#4C6A92".'),
    ),
    Rule(
        "CB008",
        N_("Words of a code cannot be read"),
        N_("The entry is left out, and what it should find is not suggested."),
        N_('A gap stands between two words: "create ~3 association"; quotes force one written form.'),
    ),
    Rule(
        "CB009",
        N_("The effect of a code is not known"),
        N_("The passages of the code are withheld from every output until the word is one that is known."),
        N_("The one effect is: effect: withheld (in French effet: retire_des_sorties)."),
    ),
    Rule(
        "CB010",
        N_("A new code lacks a label or a usable id"),
        N_("The label is what people read; the id stands in codings and in names of files, and never changes."),
        N_("Write a few words as its label, and an id of letters without accents, digits, -, _ and . only."),
    ),
    Rule(
        "CB011",
        N_("A new code cannot be written into the codebook"),
        N_("The file cannot be read, or has a form in which a code could only be added by changing others."),
        N_("Correct what ethnokit check says of the codebook, or add the code in a text editor."),
    ),
)
