from hypothesis import given
from hypothesis import strategies as st

from ethnokit.model import Document, DocumentType, Role, Turn


@st.composite
def talks(draw):
    """A document whose turns stand apart or next to each other; some are empty."""
    cuts = sorted(draw(st.lists(st.integers(0, 30), max_size=12)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    turns = tuple(Turn(n, None, Role.NONE, None, start, end) for n, (start, end) in enumerate(pairs, start=1))
    return Document("d", DocumentType.INTERVIEW, "d.md", "x" * 32, 1, "", turns=turns)


@given(talks(), st.integers(-1, 33))
def test_the_turn_at_a_place_is_the_one_that_holds_it(talk, offset):
    held = [turn for turn in talk.turns if turn.start <= offset < turn.end]
    assert talk.turn_at(offset) == (held[0] if held else None)


@given(talks(), st.integers(0, 32), st.integers(1, 33))
def test_the_turns_of_a_passage_are_those_it_shares_text_with(talk, start, length):
    end = start + length
    expected = tuple(turn for turn in talk.turns if max(turn.start, start) < min(turn.end, end))
    assert tuple(turn for turn in talk.turns_between(start, end) if turn.start < turn.end) == expected
