import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codebook.patterns import can_run_away
from ethnokit.codebook.terms import Term, parse_term


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("créer ~3 association", Term(("créer", "association"), (3,), (False, False))),
        ("prix libre", Term(("prix", "libre"), (0,), (False, False))),
        ("« marché »", Term(("marché",), (), (True,))),
        ('le "marché" public', Term(("le", "marché", "public"), (0, 0), (False, True, False))),
        ("« prix libre » ~2 soir", Term(("prix", "libre", "soir"), (0, 2), (True, True, False))),
        ("à l'origine", Term(("à", "l'origine"), (0,), (False, False))),
    ],
)
def test_words_and_gaps(written, term):
    assert parse_term(written) == (term, None)


@pytest.mark.parametrize("written", ["", "~3 a", "a ~3", "a ~x b", "a ~2 ~3 b", "a ~99 b", '"a', "«»", "a ~ b"])
def test_what_cannot_be_read_says_why(written):
    term, wrong = parse_term(written)
    assert term is None
    assert wrong


@given(st.text(alphabet='ab ~123"«»é', max_size=20))
def test_any_text_gives_a_term_or_a_reason(written):
    term, wrong = parse_term(written)
    assert (term is None) == (wrong is not None)
    if term is not None:
        assert len(term.gaps) == len(term.words) - 1
        assert len(term.exact) == len(term.words)


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:\w*\s?)*x", r"(a|ab)*c", r"((ab)?c*){2,}", r"(?=(a+)+)b"])
def test_nested_repetition_can_run_away(pattern):
    assert can_run_away(pattern)


@pytest.mark.parametrize(
    "pattern", [r"\bSympa\b", r"\d+\s?€", r"\b(April|FFDN)\b", r"[Ss]earx\w*", r"\p{Lu}{2,}", r"(a+b)?"]
)
def test_ordinary_patterns_are_let_through(pattern):
    assert not can_run_away(pattern)
