"""Which slips of the pen leave one reading, and where the tool keeps its hands off."""

import pytest

from ethnokit.diagnostics import Source
from ethnokit.text.nearest import nearest, slip_for
from ethnokit.text.slips import right_date, right_key
from ethnokit.text.yamlfile import read_yaml


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("25/06/2023", "2023-06-25"),
        ("25.6.2023", "2023-06-25"),
        ("06-06-2023", "2023-06-06"),
        ("2023/6/2", "2023-06-02"),
        ("2023-6-2", "2023-06-02"),
        ("12 juin 2023", "2023-06-12"),
        ("1er août 2023", "2023-08-01"),
        ("3 May 2023", "2023-05-03"),
        ("12/06/2023", None),
        ("31/02/2023", None),
        ("juin 2023", None),
        ("12 floréal 2023", None),
        ("25/06/23", None),
    ],
)
def test_a_date_is_mended_when_it_has_one_reading(written, read):
    assert right_date(written) == read


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("dtae", None),  # two letters in the wrong order are half of a short word
        ("datte", "date"),
        ("locuteur", "locuteurs"),
        ("modalitée", "modalite"),
        ("difusion", None),
        ("audiance", None),
        ("consentemant", None),
        ("fin", None),
        ("humeur", None),
    ],
)
def test_a_key_is_mended_when_one_is_near_and_it_gives_nobody_away(written, right):
    known = ("date", "locuteurs", "speakers", "modalite", "diffusion", "audience", "consentement", "fin", "lieu")
    assert right_key(written, known) == right


def test_two_neighbours_of_different_meaning_are_one_too_many():
    assert slip_for("enqueteu", {"enqueteur": "asks", "enquete": "answers"}) is None
    assert slip_for("enqueteu", {"enqueteur": "asks", "enqueteuse": "asks"}) == "enqueteur"
    assert slip_for("radeau-2", {"radeau-1": 1, "radeau-3": 3}) is None


@pytest.mark.parametrize(("written", "known"), [("cadre", "duree"), ("son", "version"), ("template", "state")])
def test_far_words_are_not_proposed(written, known):
    assert nearest(written, [known]) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("titre:\ntitre: A\n", "titre:\n"),
        ("titre: A\ntitle:\n", "title:\n"),
        ("titre: A\ntitle: 'A'\n", "title: 'A'\n"),
        ("x:\n  titre: A\n  titre: A", "  titre: A"),
        ("titre: A\ntitre: B\n", None),
        ("diffusion:\ndiffusion: public\n", None),
        ("consentement:\n  citer: nom\n  citer: nom\n", None),
        ("{titre: A, title: A}\n", None),
        ("titre: A\ntitre: A # le bon\n", None),
        ("titre: A\ntitre:\n  - A\n", None),
    ],
)
def test_of_a_key_written_twice_the_empty_one_goes(text, line):
    _yaml, [problem] = read_yaml(text, Source.of("a.yaml", text))
    fix = problem.fix
    assert (fix and (text[fix.start : fix.end], fix.new)) == (line and (line, ""))
