"""Rules on the headers of documents and memos, and on the settings."""

from ethnokit.diagnostics.rules.rule import Rule
from ethnokit.i18n import N_

RULES: tuple[Rule, ...] = (
    Rule(
        "FM001",
        N_("The header is never closed"),
        N_("Without its last line of dashes, nobody can tell the header from the interview; all is read as text."),
        N_("Put a line of three dashes (---) after the last key."),
    ),
    Rule(
        "FM002",
        N_("The header gives no id"),
        N_("An id made from the file's name changes when the file is renamed, and its codings are then orphans."),
        N_("Write one in the header, as in id: ent-otters-01, and never change it."),
    ),
    Rule(
        "FM003",
        N_("Nothing is said of consent"),
        N_("Without consent, the most protective reading holds: nothing is quoted outside the team."),
        N_("Write what was agreed, as in consent: {form: written, quote: pseudonym}."),
    ),
    Rule(
        "FM004",
        N_("Nothing is said of the audience"),
        N_("The study's default holds; where it has none, only the team reads the document."),
        N_("Write audience: team, collective or public."),
    ),
    Rule(
        "FM005",
        N_("Something like a header is read as text"),
        N_("A header begins on line 1 with three dashes; rich text editors change them, or add lines above."),
        N_("Open the file in a plain text editor and put --- alone on line 1, and again after the last key."),
    ),
    Rule(
        "FM006",
        N_("An id with signs that an id cannot hold"),
        N_("Ids name folders on every system and are written in codings; accents and spaces break them."),
        N_("Use letters without accents, digits, - and _ only, as in id: ent-otters-01."),
    ),
    Rule(
        "FM007",
        N_("No structure is named"),
        N_("What is coded in the document goes to no sheet and counts in no coverage."),
        N_("Write structures: [otters] with the ids of the register."),
    ),
    Rule(
        "FM008",
        N_("Dates that contradict each other"),
        N_("Something cannot end, or be written down, before it began."),
        N_("Correct the date that is wrong; dates are written 2024-05-31."),
    ),
    Rule(
        "FM009",
        N_("A speaker without a code of their own"),
        N_("The code is the label before the turns; without it nobody knows who speaks."),
        N_("Give each speaker one code, as in {code: P1, role: participant}."),
    ),
    Rule(
        "FM010",
        N_("A speaker without a role"),
        N_("An interviewer's words are never evidence; the tool must not guess who asks."),
        N_("Add role: interviewer, participant or other."),
    ),
    Rule(
        "FM011",
        N_("The state of coding cannot be written into the header"),
        N_("The header cannot be read, or the file is no longer that of this document; nothing in it was changed."),
        N_("Correct the header, or write it yourself: coding_state: to_code, in_progress, coded or reviewed."),
    ),
)
