"""Rules on files."""

from ethnokit.diagnostics.rules.rule import Rule
from ethnokit.i18n import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "FI001",
        N_("Empty file"),
        N_("Most often a copy that failed, or a file that the synchronised folder has not filled yet."),
        N_("Copy the file again, or remove it."),
    ),
    Rule(
        "FI002",
        N_("The file is not in UTF-8"),
        N_("Its accents are guessed; positions and quotes rest on the guess."),
        N_("Save it as UTF-8 in your editor, then check its accents."),
    ),
    Rule(
        "FI003",
        N_("The file is not a text file"),
        N_("A word processor's file or a recording cannot be read as text."),
        N_("Export it as plain text or Markdown (.md), and put that file in the folder."),
    ),
    Rule(
        "FI004",
        N_("The file is too large"),
        N_("A transcript of one hour is under 0.1 MB; a very large file is something else, and would slow everything."),
        N_("Keep recordings and images outside of fieldwork; cut a very long text into several documents."),
    ),
    Rule(
        "FI005",
        N_("The file could not be saved"),
        N_("What was to be written is not on the disk; the file is as it was before."),
        N_("Make room on the disk, or close the file in the program that holds it, then do it again."),
    ),
    Rule(
        "FI006",
        N_("The file was changed in the meantime"),
        N_("Another window, program or person saved the file at the same moment; theirs is kept, whole."),
        N_("Look at what they wrote, then do it again."),
    ),
)
