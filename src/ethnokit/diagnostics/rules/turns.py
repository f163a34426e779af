"""Rules on turns."""

from ethnokit.diagnostics.rules.rule import Rule
from ethnokit.i18n import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "TR001",
        N_("A speaker who is not declared"),
        N_("Only the words of participants are evidence, and consent is tied to the people declared."),
        N_("Declare them in the header, as in speakers: [{code: P1, role: participant}]."),
    ),
    Rule(
        "TR002",
        N_("A label close to another one"),
        N_("A misspelt label makes a new speaker, and an interviewer's question may pass for an answer."),
        N_("Correct the label; if it is someone else, declare them under speakers."),
    ),
    Rule(
        "TR003",
        N_("Text after a heading has no speaker"),
        N_("A heading ends the turn: what follows may be a note of the researcher."),
        N_("Write the speaker's label again after the heading."),
    ),
    Rule(
        "TR004",
        N_("An observation without sections"),
        N_("Facts and reported words may be quoted, impressions never; without sections nobody can tell."),
        N_("Write the headings “## Faits”, “## Paroles rapportées”, “## Impressions” (or in English)."),
    ),
    Rule(
        "TR005",
        N_("Words that look like a speaker's label"),
        N_("A label that is not recognised puts one person's words into another one's mouth."),
        N_("If somebody speaks there, declare them under speakers; if not, leave it: the words stay where they are."),
    ),
    Rule(
        "TR006",
        N_("An interview without speakers"),
        N_("Questions and answers are one text; what the interviewer said may be coded as if the structure said it."),
        N_("Begin each turn with a label (P1 : …) and declare it under speakers; a story told by one needs one label."),
    ),
    Rule(
        "TR007",
        N_("Questions are known by their italics only"),
        N_("Typography is a weak sign: a title or a stage direction in italics would pass for a question."),
        N_("Declare the one who answers under speakers, or begin each turn with a label."),
    ),
)
