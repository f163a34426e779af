from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codebook.read import read_codebook
from ethnokit.diagnostics import Severity
from ethnokit.model import Posture

ROOT = Path(__file__).parents[2]

FRENCH = """grille: {id: essai, version: "2", langue: fr, date: 2023-06-01}
familles:
  - {id: eco, libelle: Économie, couleur: "#4C6A92"}
codes:
  - id: eco.don
    famille: eco
    libelle: Dons
    definition: L'argent donné.
    forts: ["don", "prix libre"]
    faibles: argent
    bloque: ["cadeau"]
    motifs: ["\\\\d+\\\\s?€"]
    relation: oui
    manuel: non
    effet: retire_des_sorties
    exemple: "« Quinze euros. »"
postures:
  - {posture: cherche, mots: [chercher, "avoir ~1 besoin"]}
"""

ENGLISH = """codebook: {id: essai, version: "2", language: fr, date: 2023-06-01}
families:
  - {id: eco, label: Économie, colour: "#4C6A92"}
codes:
  - id: eco.don
    parent: eco
    label: Dons
    definition: L'argent donné.
    strong: ["don", "prix libre"]
    weak: [argent]
    blocking: ["cadeau"]
    patterns: ["\\\\d+\\\\s?€"]
    relation: yes
    manual: no
    effect: withheld
    examples: ["« Quinze euros. »"]
postures:
  - {posture: seeks, words: [chercher, "avoir ~1 besoin"]}
"""


def read(text):
    return read_codebook(text.encode(), "codebook.yaml")


def test_french_and_english_are_the_same_codebook():
    french, problems = read(FRENCH)
    assert problems == []
    assert read(ENGLISH) == (french, [])
    family, don = french.codes
    assert (family.codable, family.parent, family.colour) == (False, None, "#4C6A92")
    assert (don.parent, don.codable, don.withheld, don.relation, don.manual) == ("eco", True, True, True, False)
    assert don.weak == ("argent",)
    assert don.patterns == (r"\d+\s?€",)
    assert don.examples == ("« Quinze euros. »",)
    assert french.postures[0].posture is Posture.SEEKS


def test_nested_codes_have_the_outer_one_as_parent():
    codebook, problems = read(
        "familles:\n- id: a\n  codes:\n  - id: b\n    definition: x\n    codes:\n    - {id: c, definition: y}\n"
    )
    assert problems == []
    assert [(c.id, c.parent, c.codable) for c in codebook.codes] == [
        ("a", None, False),
        ("b", "a", True),
        ("c", "b", True),
    ]


@pytest.mark.parametrize(
    ("codes", "rule", "line"),
    [
        ("- {id: a, definition: x}\n- {id: a, definition: y}", "CB001", 3),
        ("- {id: a, definition: x}\n- {id: b, parent: aa, definition: y}", "CB002", 3),
        ("- {id: a, parent: b, definition: x}\n- {id: b, parent: a, definition: y}", "CB003", 2),
        ("- {id: a, definition: x, patterns: ['(']}", "CB005", 2),
        ("- {id: a, definition: x, patterns: ['(a+)+']}", "CB006", 2),
        ("- {id: a, definition: x, colour: bleu}", "CB007", 2),
        ("- {id: a, definition: x, strong: [b, 'a ~x b']}", "CB008", 2),
        ("- {id: a, definition: x, effect: retire}", "CB009", 2),
    ],
)
def test_each_problem_is_said_once_where_it_stands(codes, rule, line):
    codebook, problems = read("codes:\n" + codes + "\n")
    assert [(p.rule, p.line, p.severity) for p in problems] == [(rule, line, Severity.ERROR)]
    assert codebook.get("a") is not None
    assert codebook.family("a") in ("a", "b")


def test_a_missing_definition_is_a_warning_and_a_family_needs_none():
    _codebook, problems = read("familles: [{id: f}]\ncodes:\n- {id: a, famille: f}\n")
    assert [(p.rule, p.severity) for p in problems] == [("CB004", Severity.WARNING)]


def test_a_code_left_out_by_the_schema_does_not_shift_places():
    _codebook, problems = read("codes:\n- {label: sans id}\n- {id: a, definition: x, colour: bleu}\n")
    assert [(p.rule, p.line) for p in problems] == [("YA005", 2), ("CB007", 3)]


def test_a_misspelt_effect_still_protects():
    codebook, _problems = read("codes:\n- {id: a, definition: x, effet: retire_des_sortie}\n")
    assert codebook.get("a").withheld


def test_what_stands_below_a_withheld_family_is_withheld_with_it():
    text = "familles: [{id: f, effet: retire_des_sorties}, {id: g}]\ncodes:\n"
    text += (
        "- {id: a, famille: f, definition: x, codes: [{id: b, definition: x}]}\n- {id: c, famille: g, definition: x}\n"
    )
    codebook, _problems = read(text)
    assert [code.id for code in codebook.codes if code.withheld] == ["f", "a", "b"]


@given(st.binary(max_size=80) | st.text(alphabet="codes:- {}[]id\n~\"'", max_size=60).map(str.encode))
def test_no_input_raises(data):
    codebook, problems = read_codebook(data, "codebook.yaml")
    assert codebook.path == "codebook.yaml"
    assert all(problem.path == "codebook.yaml" for problem in problems)


@pytest.mark.parametrize("path", [ROOT / "codebook.yaml", ROOT / "../shared/examples/codebook.yaml"])
def test_the_codebooks_given_have_no_problem(path):
    if not path.exists():
        pytest.skip("the shared examples are not here")
    codebook, problems = read_codebook(path.read_bytes(), "codebook.yaml")
    assert problems == []
    assert codebook.get("meth.sensible").withheld
    assert codebook.get("meth.reflexif").manual
    assert codebook.get("coop.entraide").relation
