"""Problems printed for people, for scripts and for a forge."""

import json
from dataclasses import replace

from ethnokit.diagnostics import Fix, Severity, Source, one_word
from ethnokit.diagnostics.formats import as_github, as_json, as_text, explain
from ethnokit.diagnostics.rules import RULES

TEXT = "---\ndiffusion: colectif\n---\nUne phrase dite en confiance.\n"
SOURCE = Source.of("fieldwork/interviews/ent-01.md", TEXT)
PROBLEM = SOURCE.problem(
    "YA004", Severity.ERROR, "“diffusion”: expected one of: team.", line=2, column=12, length=8, hint="did you mean …?"
)
SPOKEN = SOURCE.problem("TR001", Severity.WARNING, "A label.", offset=TEXT.index("phrase"), length=6)


def test_text_points_at_the_word():
    printed = as_text([PROBLEM], checked=1)
    assert printed == (
        "fieldwork/interviews/ent-01.md:2:12: error[YA004]: “diffusion”: expected one of: team.\n"
        "  |\n"
        "2 | diffusion: colectif\n"
        "  |            ^^^^^^^^\n"
        "  = help: did you mean …?\n"
        "\n1 error, 0 warnings, 1 file read"
    )


def test_what_is_shown_of_a_file_cannot_move_the_caret_or_the_terminal():
    line = "a\tb\x1b[2Jc\u00a0d\u202ee\u0301"
    problem = Source.of("a.md", line).problem("TR001", Severity.WARNING, "A label.", column=3)
    assert as_text([problem], checked=1).split("\n")[2] == "1 | a b [2Jc d e\u0301"


def test_only_what_is_one_word_is_repeated():
    assert [one_word(w) for w in ("ent-01", "gouv.décision", "Le canari a dit", "", "x" * 61, "a\n")] == [
        "ent-01",
        "gouv.décision",
        *["…"] * 4,
    ]


def test_a_fixable_problem_says_so():
    fixable = replace(PROBLEM, fix=Fix(0, 1, "x"))
    printed = as_text([fixable, PROBLEM], checked=1)
    assert printed.count("  = fixable: ethnokit check --fix\n") == 1
    assert printed.endswith("2 errors, 0 warnings, 1 file read\n1 is fixable: ethnokit check --fix")


def test_offsets_become_lines_and_columns():
    assert (SPOKEN.line, SPOKEN.column) == (4, 5)
    assert SOURCE.line(4)[SPOKEN.column - 1 :].startswith("phrase")


def test_machine_formats_carry_no_interview_text():
    for printed in (as_json([PROBLEM, SPOKEN]), as_github([PROBLEM, SPOKEN])):
        assert "confiance" not in printed
        assert "YA004" in printed
    assert json.loads(as_json([SPOKEN]))[0] == {
        "path": "fieldwork/interviews/ent-01.md",
        "line": 4,
        "column": 5,
        "severity": "warning",
        "rule": "TR001",
        "message": "A label.",
    }


def test_every_rule_has_a_page():
    assert RULES
    for rule in RULES:
        assert explain(rule).startswith(f"{rule}: ")
    assert explain("ZZ999") is None
