"""Records read from YAML: a wrong field is reported, left out, and never hides the good ones."""

import datetime as dt
from typing import Annotated

import pytest

from ethnokit.diagnostics import Source
from ethnokit.model import Audience, Role
from ethnokit.text.schema import Day, Listed, Record, Whole, Words, YesNo, read_record, word
from ethnokit.text.yamlfile import read_yaml


class Person(Record):
    code: str
    role: word(Role) | None = None


class Header(Record):
    date: Day | None = None
    duration_min: Whole | None = None
    audience: word(Audience) | None = None
    recording: YesNo = False
    structures: Words = ()
    speakers: Annotated[tuple[Person, ...], Listed] = ()


def read(text):
    source = Source.of("a.md", text)
    yaml, problems = read_yaml(text, source)
    record, found = read_record(Header, yaml, source)
    return record, problems + found


def test_a_header_in_french():
    record, problems = read(
        "date: 2023-06-12\nduree_min: 58\ndiffusion: Collectif\nenregistrement: oui\nstructures: loutres\n"
        "locuteurs:\n  - {code: E, role: enquêtrice}\n"
    )
    assert problems == []
    assert record == Header(
        date=dt.date(2023, 6, 12),
        duration_min=58,
        audience=Audience.COLLECTIVE,
        recording=True,
        structures=("loutres",),
        speakers=(Person(code="E", role=Role.INTERVIEWER),),
    )


@pytest.mark.parametrize(
    ("line", "rule", "column", "hint"),
    [
        ("audiance: team", "YA003", 1, "audience"),
        ("diffusion: collectiv", "YA004", 12, "collective"),
        ("date: 12/06/2023", "YA004", 7, "2023-06-12"),
        ("date: 2023-02-30", "YA004", 7, None),
        ("duree_min: une heure", "YA004", 12, None),
        ("enregistrement: peut-être", "YA004", 17, None),
    ],
)
def test_a_wrong_field_leaves_the_others(line, rule, column, hint):
    record, problems = read(f"structures: [loutres]\n{line}\n")
    assert record == Header(structures=("loutres",))
    [problem] = problems
    assert (problem.rule, problem.line, problem.column) == (rule, 2, column)
    assert hint is None or hint in problem.hint


def test_a_wrong_speaker_leaves_the_others():
    record, problems = read("locuteurs:\n  - {code: E, humeur: gaie}\n  - {role: enquete}\n")
    assert record.speakers == (Person(code="E"),)
    assert [(p.rule, p.line, p.column) for p in problems] == [("YA003", 2, 15), ("YA005", 3, 5)]


def test_one_wrong_entry_where_a_list_is_allowed_leaves_the_others():
    record, problems = read("structures: [loutres]\nlocuteurs: {humeur: gaie}\n")
    assert record == Header(structures=("loutres",))
    assert [(p.rule, p.line) for p in problems] == [("YA005", 2), ("YA003", 2)]


def test_a_required_key_with_a_wrong_value_is_not_called_missing():
    _record, problems = read("locuteurs:\n  - {code: [E], role: enquete}\n")
    assert [(p.rule, p.line, p.column) for p in problems] == [("YA004", 2, 12)]
