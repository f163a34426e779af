"""Where a new code goes in each form that a codebook can have, and how it reads there."""

import pytest

from ethnokit.codebook.read import read_codebook
from ethnokit.codebook.write import NewCode, with_new_code

PATH = "codebook.yaml"


def added(before, id, parent=None, label="Neuf", definition="", **more):
    """The text of a codebook after a code was added to it."""
    made, problems = with_new_code(before.encode(), PATH, NewCode(id, label, parent, definition, **more))
    assert problems == []
    return made.decode()


FLAT = """\
familles:
  - {id: gouv, libelle: Gouvernance}
  - {id: eco, libelle: Économie}
  - {id: val, libelle: Valeurs}

codes:
  # ------- gouvernance
  - {id: gouv.decision, famille: gouv, libelle: Décision}  # à revoir
  # ------- économie
  - {id: eco.dons, famille: eco, libelle: 'Dons'}
"""


def test_it_follows_its_family_before_the_remark_on_the_next_one():
    line = "  - {id: gouv.roles, famille: gouv, libelle: Rôles}\n"
    remark = "  # ------- économie\n"
    assert added(FLAT, "gouv.roles", "gouv", "Rôles") == FLAT.replace(remark, line + remark)


def test_the_first_code_of_a_family_follows_the_families_before_it():
    before = FLAT.replace("familles:\n", "familles:\n  - {id: str, libelle: Structure}\n")
    assert added(before, "val.soin", "val").endswith("'Dons'}\n  - {id: val.soin, famille: val, libelle: 'Neuf'}\n")
    made = added(before, "str.lieu", "str")
    assert made.endswith("'Dons'}\n  - {id: str.lieu, famille: str, libelle: 'Neuf'}\n")


def test_a_code_below_a_code_names_it_as_its_parent_and_follows_it():
    made = added(FLAT, "gouv.decision.vote", "gouv.decision", "Le vote")
    assert "# à revoir\n  - {id: gouv.decision.vote, parent: gouv.decision, libelle: Le vote}\n  # ---" in made
    again = added(made, "gouv.roles", "gouv")
    assert "Le vote}\n  - {id: gouv.roles, famille: gouv, libelle: Neuf}\n  # ---" in again


def test_a_theme_of_no_family_stands_at_the_end():
    assert added(FLAT, "hors", None, "Hors: tout") == FLAT + "  - {id: hors, libelle: 'Hors: tout'}\n"


NESTED = """\
codes:
- id: a
  label: A
  codes:
  - id: b
    label: "B"   # said

    # to be completed
# on z
- id: z
  label: Z
"""


def test_a_nested_code_stands_within_its_parent_with_no_other_key():
    code = '  - id: c\n    label: "Neuf"\n    definition: "x\\ny"\n'
    assert added(NESTED, "c", "a", definition="x\ny") == NESTED.replace("# on z\n", code + "# on z\n")


def test_a_parent_without_codes_gets_a_list_where_codes_are_nested():
    code = '  codes:\n  - id: c\n    label: "Neuf"\n'
    assert added(NESTED, "c", "z") == NESTED + code.replace('"Neuf"', "Neuf")


@pytest.mark.parametrize(
    ("before", "parent", "after"),
    [
        ("codes: [{id: a}]\n", None, "codes: [{id: a}, {id: c, label: Neuf}]\n"),
        ("codes: [{id: a}]", "a", "codes: [{id: a}, {id: c, parent: a, label: Neuf}]"),
        ("codes: []\n", None, "codes: [{id: c, label: Neuf}]\n"),
        ("codes:\n  # rien encore\n\nfamilles: [{id: f}]\n", "f", None),
        ("{families: [{id: f}], codes: }", "f", "{families: [{id: f}], codes: [{id: c, family: f, label: Neuf}] }"),
        ("{families: [{id: f}]}", "f", "{families: [{id: f}], codes: [{id: c, family: f, label: Neuf}]}"),
        ("codes: ~  # rien\n", None, "codes: [{id: c, label: Neuf}]  # rien\n"),
        (
            "families: [\n  {id: f, codes: [{id: d}]},\n  {id: g},\n]\n",
            "g",
            "families: [\n  {id: f, codes: [{id: d}]},\n  {id: g, codes: [{id: c, label: Neuf}]},\n]\n",
        ),
        (
            "codes: [\n  {id: a},\n  {id: b},  # fin\n]\n",
            None,
            "codes: [\n  {id: a},\n  {id: b},\n  {id: c, label: Neuf},  # fin\n]\n",
        ),
        ("familles:\n  - {id: f}", "f", "familles:\n  - {id: f}\ncodes:\n  - id: c\n    famille: f\n    libelle: Neuf"),
        ("# vide", None, "# vide\ncodes:\n  - id: c\n    label: Neuf"),
        ("---\ncodes:\n- id: a\n...\n", None, "---\ncodes:\n- id: a\n- id: c\n  label: Neuf\n...\n"),
    ],
)
def test_each_form_of_a_list_takes_one_more(before, parent, after):
    if after is None:
        after = before.replace("encore\n", "encore\n  - id: c\n    famille: f\n    libelle: Neuf\n")
    assert added(before, "c", parent) == after


def test_keys_stand_in_the_order_and_the_words_of_the_codes_beside():
    before = 'codes:\n  - label: "A"\n    definition: \'x\'\n    id: "a"\n    inclure: ["y"]\n'
    assert added(before, "b", definition="d", include=("e", "f")) == before + (
        '  - label: "Neuf"\n    definition: \'d\'\n    id: "b"\n    inclure: ["e", "f"]\n'
    )


def test_words_are_put_in_order_before_they_are_written():
    made = added("codes: [{id: a}]\n", "b", label=" E\u0301te\u0301\n:  \x07x ", definition="\n un\r\ndeux \n")
    (_a, code) = read_codebook(made.encode(), PATH)[0].codes
    assert (code.label, code.definition) == ("Été : x", "un\ndeux")
