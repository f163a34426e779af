"""YAML as written: strings stay strings, mistakes are shown where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.diagnostics import Source
from ethnokit.text.yamlfile import read_yaml


def read(text):
    return read_yaml(text, Source.of("a.yaml", text))


def test_values_mean_what_was_written():
    data, problems = read("departement: 01\ncode: no\nheure: 12:30\nmois: 2019-11\nvide:\n")
    assert data.data == {"department": "01", "code": "no", "heure": "12:30", "mois": "2019-11", "vide": None}
    assert problems == []


def test_french_and_english_are_the_same_key():
    _, problems = read("diffusion: public\naudience: team\n")
    assert [(p.rule, p.line, p.column) for p in problems] == [("YA002", 2, 1)]


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("titre: Lou : portrait\n", "YA001", 1, 12),
        ("a: 1\nb: &x 2\n", "YA006", 2, 4),
        ("pad: @lou\n", "YA001", 1, 6),
        ("[" * 60, "YA007", 1, 25),
        ("a: \x01", "YA001", 1, 4),
    ],
)
def test_mistakes_are_shown_where_they_stand(text, rule, line, column):
    data, problems = read(text)
    assert data.data == {}
    assert [(p.rule, p.line, p.column) for p in problems] == [(rule, line, column)]


@given(st.text())
def test_any_text_gives_data_or_problems(text):
    data, problems = read(text)
    assert isinstance(data.data, dict | list | str | None)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
