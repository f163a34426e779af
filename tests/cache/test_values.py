"""Frozen dataclasses through JSON: the same value comes back, whatever it holds."""

import datetime as dt
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.cache.values import from_text, to_text
from ethnokit.diagnostics import Diagnostic
from ethnokit.model import (
    Act,
    Answer,
    Code,
    Codebook,
    Coding,
    Document,
    Event,
    Memo,
    Posture,
    Settings,
    Structure,
    Suggestion,
)

KINDS = (Answer, Code, Coding, Diagnostic, Document, Memo, Structure)
number = st.floats(allow_nan=False)
extra = st.dictionaries(st.text(), st.one_of(st.none(), st.integers(), st.lists(st.text())))
VALUES = [
    *((kind, st.from_type(kind)) for kind in KINDS),
    (Settings, st.builds(Settings, max_share=number)),
    (Suggestion, st.builds(Suggestion, score=number)),
    (Codebook, st.builds(Codebook, _by_id=st.builds(dict))),
    (Event, st.builds(Event, extra=extra)),
]


@pytest.mark.parametrize(("kind", "values"), VALUES, ids=[kind.__name__ for kind, _ in VALUES])
def test_a_value_comes_back_as_it_was(kind, values):
    @given(st.tuples(st.none() | values, st.lists(values).map(tuple)))
    def comes_back(pair):
        both = tuple[kind | None, tuple[kind, ...]]
        again = from_text(both, to_text(pair, both))
        assert again == pair
        assert [type(item) for item in again[1]] == [kind] * len(pair[1])

    comes_back()


def test_the_words_of_a_value_are_words_again_and_derived_fields_are_derived_again():
    codebook = Codebook("g", "1", date=dt.date(2026, 5, 4), codes=(Code("gouv.vote", "Vote"),))
    again = from_text(Codebook, to_text(codebook))
    assert again.get("gouv.vote") is again.codes[0]
    assert again.date.year == 2026
    event = from_text(tuple[Posture | None, dt.datetime], '["offers","2026-01-02T03:04:05+00:00"]')
    assert event == (Posture.OFFERS, dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC))


def test_what_an_event_keeps_of_newer_versions_comes_back():
    at = dt.datetime(2026, 5, 4, tzinfo=dt.UTC)
    event = Event("e1", at, "ines", Act.REMOVE, "ent-1", of="c1", extra={"mood": ["gai", {"très": 1}]})
    assert from_text(Event, to_text(event)).extra == {"mood": ["gai", {"très": 1}]}


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"', "[[]]", '{"a": 1}', '["x", "no such word", "x"]'])
def test_a_text_that_is_no_such_value_is_an_error_that_the_stage_expects(text):
    with pytest.raises((ValueError, TypeError, LookupError)):
        from_text(tuple[Document | None, Posture], text)


@pytest.mark.parametrize("kind", [bytes, object, list[str], typing.Callable])
def test_a_type_that_json_cannot_give_back_is_refused(kind):
    with pytest.raises(TypeError, match="no way to remember"):
        from_text(kind, "[]")
    with pytest.raises(TypeError, match="no way to remember"):
        to_text((), kind)
