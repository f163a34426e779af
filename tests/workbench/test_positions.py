"""The border between code points and UTF-16 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.workbench.positions import Positions

texts = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("🦦é·e\u0301’")), max_size=60)


def units(text):
    return len(text.encode("utf-16-le")) // 2


@given(texts, st.data())
def test_a_position_is_what_javascript_counts_and_comes_back(text, data):
    point = data.draw(st.integers(0, len(text)))
    unit = Positions(text).to_units(point)
    assert unit == units(text[:point])
    assert Positions(text).to_points(unit) == point


def test_within_a_sign_there_is_no_position():
    at = Positions("a🦦b")
    assert [at.to_points(unit) for unit in (0, 1, 3, 4)] == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="2"):
        at.to_points(2)
