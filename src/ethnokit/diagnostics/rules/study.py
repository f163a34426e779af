"""Rules on the study as a whole: what its files say of each other."""

from ethnokit.diagnostics.rules.rule import Rule
from ethnokit.i18n import N_

RULES = (
    Rule(
        "ST001",
        N_("The same id is used twice"),
        N_("Codings, sheets and references find their document or structure by its id; two make them ambiguous."),
        N_("Give one of the two files another id. The first one, in the order of the paths, is the one that is read."),
    ),
    Rule(
        "ST002",
        N_("Unknown structure"),
        N_("A document that names a structure missing from the register appears on no sheet."),
        N_("Correct the id, or add fieldwork/structures/<id>.md."),
    ),
    Rule(
        "ST003",
        N_("Unknown code"),
        N_("What refers to a code that is not in the codebook is left out of the reports."),
        N_("Correct the id of the code, or add the code to codebook.yaml."),
    ),
    Rule(
        "ST004",
        N_("A link leads out of the study"),
        N_("A study must be whole in its folder: what lies elsewhere is missing from every copy and every archive."),
        N_("Copy the file itself into the folder, in place of the link."),
    ),
    Rule(
        "ST005",
        N_("The codebook is missing"),
        N_("Nothing can be suggested, coded or reported without a codebook."),
        N_("Write codebook.yaml, or name another file with the key “codebook” of ethnokit.yaml."),
    ),
    Rule(
        "ST006",
        N_("A file that cannot be opened"),
        N_("Its content is missing from the study."),
        N_("Check its permissions, and that it is not open in a program that locks it."),
    ),
    Rule(
        "ST007",
        N_("A copy made by a sync tool"),
        N_("Two people wrote at once, and the sync tool kept both files; the copy is not read."),
        N_("Compare the copy with the original, keep what is missing from it, then delete the copy."),
    ),
)
