from dataclasses import replace

import pytest
from codings_samples import NOON, document, interview
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codings.anchor import QuoteProblem, find_quote, make_anchor
from ethnokit.codings.reanchor import verify as verify_all
from ethnokit.model import AnchorState, Coding

FILLER = "".join(f"Phrase numéro {n} du début, sans rien de commun. " for n in range(6))
TAIL = "".join(f"Suite {n} de la réunion du soir, elle est longue. " for n in range(6))
QUOTE = "On décide à l’unanimité."


def coding(doc, start, end):
    return Coding("c", doc.id, "gouv.decision", make_anchor(doc, start, end), "alma", NOON)


def verify(before, doc):
    [after] = verify_all([before], doc)
    return after


def on(body, quote=QUOTE):
    doc = document(body)
    start = body.index(quote)
    return coding(doc, start, start + len(quote))


ORIGINAL = FILLER + QUOTE + " " + TAIL


def test_an_anchor_remembers_what_it_holds_on_to():
    doc = interview()
    start = doc.body.index("On décide")
    anchor = make_anchor(doc, start, start + 9)
    assert (anchor.quote, anchor.turn, anchor.prefix) == ("On décide", 2, "Comment décidez-vous ?\n")
    assert anchor.suffix == doc.body[start + 9 : start + 49]
    assert anchor.text_hash == doc.text_hash


@pytest.mark.parametrize(
    ("quote", "nth", "found"),
    [
        ("à l'unanimité, en", None, "à l’unanimité, en"),
        ("On  décide\u00a0à l’unanimité", None, "On décide à l’unanimité"),
        ("On", None, QuoteProblem("ambiguous", 2)),
        ("On", 2, "On"),
        ("On", 3, QuoteProblem("absent", 2)),
        ("On", 0, QuoteProblem("absent", 2)),
        ("rien", None, QuoteProblem("absent", 0)),
        ("  ", None, QuoteProblem("absent", 0)),
    ],
)
def test_find_quote(quote, nth, found):
    doc = interview()
    span = find_quote(doc, quote, nth)
    assert (doc.body[slice(*span)] if isinstance(span, tuple) else span) == found


def test_a_no_break_space_in_the_body_is_found():
    doc = document("Et alors\u202f? Rien.")
    assert find_quote(doc, "alors ?") == (3, 10)


@pytest.mark.parametrize(
    ("edited", "state", "text"),
    [
        (ORIGINAL, "exact", QUOTE),
        (ORIGINAL + "Un tour de plus.", "exact", QUOTE),
        ("Un titre.\n" + ORIGINAL, "moved", QUOTE),
        (FILLER + QUOTE + " " + "Tout autre chose. " + TAIL, "exact", QUOTE),
        (FILLER + "On décide ensemble." + " " + TAIL, "changed", "On décide ensemble."),
        (ORIGINAL + "\n" + ORIGINAL, "ambiguous", None),
        (FILLER + TAIL, "lost", None),
        ("Un texte qui n’a rien à voir.", "lost", None),
        ("", "lost", None),
        (FILLER + "On décida à l’unanimité.", "changed", "On décida à l’unanimité."),
    ],
)
def test_states_after_an_edit(edited, state, text):
    before = on(ORIGINAL)
    doc = document(edited)
    after = verify(before, doc)
    assert after.state == state
    assert after.anchor.quote == QUOTE
    if text is None:
        assert after.anchor == before.anchor
    else:
        assert doc.body[after.anchor.start : after.anchor.end] == text


def test_a_document_that_is_gone_leaves_the_coding_lost():
    assert verify(on(ORIGINAL), None).state is AnchorState.LOST


def test_a_quote_found_elsewhere_without_its_context_is_not_taken():
    assert verify(on(ORIGINAL), document("Bref. " + QUOTE)).state is AnchorState.AMBIGUOUS


def test_two_places_with_the_same_words_around_are_ambiguous():
    line = "Oui, bien sûr, comme toujours ici et partout ailleurs.\n"
    doc = document(line * 5)
    second = coding(doc, len(line) * 2, len(line) * 2 + 3)
    assert verify(second, document(line * 4)).state is AnchorState.AMBIGUOUS


@given(st.integers(0, len(ORIGINAL)), st.integers(0, 60), st.text("abé \n’.", max_size=60))
def test_any_one_edit_never_gives_other_words_as_certain(at, gone, new):
    before = on(ORIGINAL)
    start, end = before.anchor.start, before.anchor.end
    body = ORIGINAL[:at] + new + ORIGINAL[at + gone :]
    doc = document(body)
    after = verify(before, doc)
    assert replace(after, anchor=before.anchor, state=before.state, places=()) == before
    untouched = at + gone <= start or at >= end
    if after.state in (AnchorState.EXACT, AnchorState.MOVED):
        assert after.anchor.quote == body[after.anchor.start : after.anchor.end]
        # Lines may be wrapped anew; every letter and sign is there, and no other.
        assert "".join(after.anchor.quote.split()) == "".join(QUOTE.split())
        assert after.state is AnchorState.MOVED or after.anchor.start == start
    if untouched:
        shift = len(new) - len(ORIGINAL[at : at + gone]) if at + gone <= start else 0
        assert after.state in (AnchorState.EXACT, AnchorState.MOVED)
        assert after.anchor.start == start + shift


@pytest.mark.parametrize("sign", [".", "?", ",", "’", " – "])
def test_a_sign_put_among_the_words_is_for_a_person_to_confirm(sign):
    cut = QUOTE.index(" ")
    body = ORIGINAL.replace(QUOTE, QUOTE[:cut] + sign + QUOTE[cut:])
    assert verify(on(ORIGINAL), document(body)).state is AnchorState.CHANGED


@given(st.text("ab", min_size=1, max_size=60), st.text("ab", max_size=60), st.data())
def test_whatever_the_texts_certain_means_the_same_words(old, new, data):
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    after = verify(coding(document(old), start, end), document(new))
    if after.state in (AnchorState.EXACT, AnchorState.MOVED):
        assert new[after.anchor.start : after.anchor.end] == old[start:end]
    if after.state in (AnchorState.AMBIGUOUS, AnchorState.LOST):
        assert (after.anchor.start, after.anchor.end) == (start, end)
