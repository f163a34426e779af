"""Rules on codings: their logs, and decisions that are checked before they are written."""

from ethnokit.diagnostics.rules.rule import Rule
from ethnokit.i18n import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "CD001",
        N_("A line of the log was cut short"),
        N_("Writing was interrupted; the decision was never confirmed to its author."),
        N_("Nothing to repair. If the decision is missing, take it again."),
    ),
    Rule(
        "CD002",
        N_("A line of the log cannot be read"),
        N_("The decision on this line does not count until the line is whole again."),
        N_("Restore the file from git or from the history of the synced folder; never edit it by hand."),
    ),
    Rule(
        "CD003",
        N_("An act that this version does not know"),
        N_("The event is kept and does not count here, so that the codings shown may be incomplete."),
        N_("Update EthnoKit to the version that wrote the event."),
    ),
    Rule(
        "CD010",
        N_("An attribute that cannot be read"),
        N_("What it says of the passage would be lost."),
        N_("Write for instance posture=offers, scale=structure, target=ID or specific=yes."),
    ),
    Rule(
        "CD011",
        N_("A row of a bulk file that cannot be read"),
        N_("Its decisions would be missing from the study without anybody noticing."),
        N_("Write one JSON object a line, or CSV with the keys document, code, quote (or start and end)."),
    ),
    Rule(
        "CD020",
        N_("A name that cannot be a file name"),
        N_("Each coder has a file of their own, on every system of the team."),
        N_("Choose a name of letters, digits, hyphens and inner spaces."),
    ),
    Rule(
        "CD021",
        N_("A quote that the text does not hold"),
        N_("A coding must hold on to the exact words of its document."),
        N_("Copy the quote from `ethnokit show DOC`."),
    ),
    Rule(
        "CD022",
        N_("A quote that the text holds several times"),
        N_("The tool never guesses which passage is meant."),
        N_("Add --nth 2, or quote a few words more."),
    ),
    Rule(
        "CD023",
        N_("The text is not the one that was decided on"),
        N_("The document was edited in between; the decision would bear on other words."),
        N_("Run `ethnokit suggest` again, or look at the passage with `ethnokit show DOC`."),
    ),
    Rule(
        "CD024",
        N_("Nothing to undo or redo"),
        N_("The event does not exist, was undone already, or belongs to another coder."),
        N_("Only its author can undo an event; another coder may change or remove the coding."),
    ),
    Rule(
        "CD025",
        N_("Unknown document"),
        N_("A coding needs the document that it speaks of."),
        N_("Write the id of the document as `ethnokit status` shows it; give a renamed document its old id again."),
    ),
    Rule(
        "CD026",
        N_("The decision could not be saved"),
        N_("Nothing was acknowledged, so nothing is lost; the decision is not taken yet."),
        N_("Make room on the disk, close programs that hold the file, and decide again."),
    ),
    Rule(
        "CD027",
        N_("No new place to confirm"),
        N_("Only a coding whose words were changed has one place to say yes to; several places, or none, need a word."),
        N_("Give it its place with `--place ID --start N --end N`, or give it up with `--lost ID`."),
    ),
    Rule(
        "CD028",
        N_("A word is missing"),
        N_("Who is asked for a change, or refused, must learn why; a comment without words says nothing."),
        N_("Say in a sentence what is to be changed, or why the passage does not speak of this code."),
    ),
    Rule(
        "CD030",
        N_("Unknown code"),
        N_("Only codes of the codebook can be counted and compared."),
        N_("Correct the id of the code, or add the code to codebook.yaml."),
    ),
    Rule(
        "CD031",
        N_("A family is not a code to apply"),
        N_("A passage coded with a family says less than it could, and matrices would count it twice."),
        N_("Use one of the codes below it."),
    ),
    Rule(
        "CD032",
        N_("A relation without its target"),
        N_("The network is made of the structures that such codings name."),
        N_("Add --set target=ID with the id of the other structure."),
    ),
    Rule(
        "CD033",
        N_("Unknown structure"),
        N_("A structure outside the register would be missing from sheets and network."),
        N_("Correct the id, or add fieldwork/structures/<id>.md."),
    ),
    Rule(
        "CD034",
        N_("A passage beyond the end of the text"),
        N_("Positions count the characters of the body as `ethnokit show DOC --json` gives it."),
        N_("Take start and end from `ethnokit show DOC --json`, not from a byte count."),
    ),
    Rule(
        "CD035",
        N_("A passage without words"),
        N_("There are no words to hold on to."),
        N_("Give an end after the start, or a quote."),
    ),
    Rule(
        "CD036",
        N_("Interviewer's words are coded"),
        N_("A question shows what the researcher has in mind, not what the structure lives."),
        N_("Code the answer only."),
    ),
    Rule(
        "CD037",
        N_("An interviewer speaks inside the passage"),
        N_("The words of the interviewer are no evidence, even within somebody's answer."),
        N_("Nothing to do if the answer goes on after it; otherwise code two passages."),
    ),
    Rule(
        "CD038",
        N_("A coding does not say for which structure it speaks"),
        N_("The document concerns several structures; the tool never guesses, so the passage is on no sheet."),
        N_("`ethnokit coding change ID --set structure=otters`; for the collective as a whole, scale=collective."),
    ),
    Rule(
        "CD039",
        N_("A coding no longer finds its words"),
        N_("The text was edited where it was coded; a passage that nobody has seen again is no evidence."),
        N_("`ethnokit coding reanchor` shows each with its old words and the new ones, and how to decide."),
    ),
    Rule(
        "CD040",
        N_("Codings moved with the text"),
        N_(
            "The text was edited; their words stand elsewhere, and count. The next edit is easier once that is written."
        ),
        N_("`ethnokit coding reanchor --by NAME` writes their new places; `--dry-run` shows them."),
    ),
)
