"""Words are found however they are written, and exactly where they stand."""

import unicodedata

import pytest
from analysis_samples import coding, document
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.analysis.search import pattern, search
from ethnokit.model import AnchorState


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("hébergement", "L’hébergement, HEBERGEMENT et Hébergement", ["hébergement", "HEBERGEMENT", "Hébergement"]),
        ("l'heberg", "de l’hébergement", ["l’héberg"]),
        ("cœur", "le Cœur et le coeur", ["Cœur", "coeur"]),
        ("oeuvre", "l’œuvre", ["œuvre"]),
        ("on décide", "On\u00a0décide. On\ndécide. On  **décide**", ["On\u00a0décide", "On\ndécide", "On  **décide"]),
        ("e-mail", "un e‑mail", ["e‑mail"]),
        ("adhérent·es", "les adhérent⋅es", ["adhérent⋅es"]),
        ("hébergement", "héber\u00adgement", ["héber\u00adgement"]),
        ("C++ [ou] (pas)?", "c++ [OU] (pas)?", ["c++ [OU] (pas)?"]),
        ("mail", "webmails", ["mail"]),
        ("strasse", "Straße", ["Straße"]),
        ("ça", "CA va, ça va", ["CA", "ça"]),
    ],
)
def test_written_otherwise(query, text, found):
    assert pattern(query).findall(text) == found


def test_whole_words_only():
    assert pattern("mail", whole=True).findall("mails, e-mail, webmail, Mail.") == ["mail", "Mail"]


def test_an_empty_query_is_none():
    assert pattern(" \n\u00a0") is None


@given(st.text(max_size=60).map(lambda t: unicodedata.normalize("NFC", t)), st.data())
def test_any_part_of_a_text_is_found_where_it_stands(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    query = text[start:end]
    wanted = pattern(query)
    if wanted is not None and query == " ".join(query.split()) and not any(map(_leans, query)):
        found = wanted.match(text, start)
        assert found is not None
        assert found.end() >= end


def _leans(letter):
    """An accent alone, or a joiner: it is passed over where it stands."""
    return bool(unicodedata.combining(letter)) or unicodedata.category(letter) in ("Cf", "Mn", "Cc", "Cs")


BODY = "Qui héberge ?\n\nOn héberge à quatre. On n’héberge plus.\n\n# Hébergement"


@pytest.fixture
def interview():
    from dataclasses import replace

    from ethnokit.model import Role, Speaker, Turn

    turns = (
        Turn(1, "E", Role.INTERVIEWER, None, 0, 13),
        Turn(2, "P1", Role.PARTICIPANT, None, 15, BODY.index("\n\n#")),
    )
    speakers = (Speaker("E", Role.INTERVIEWER), Speaker("P1", Role.PARTICIPANT, structures=("loutres",)))
    return replace(document("ent-1", ["loutres", "grue"], body=BODY), turns=turns, speakers=speakers)


def test_turn_structure_and_codings_of_a_place(interview):
    codings = [
        coding("b", "ent-1", "gouv.roles", 15, 30, by="tutrice"),
        coding("a", "ent-1", "gouv.decision", 18, 25),
        coding("lost", "ent-1", "gouv.decision", 18, 25, state=AnchorState.LOST),
        coding("before", "ent-1", "gouv.decision", 0, 18),
    ]
    asked, first, second, heading = search(pattern("heberge"), [interview], codings)
    assert [one.quote for one in (asked, first, second)] == ["héberge", "héberge", "héberge"]
    assert (asked.turn.speaker, first.turn.speaker) == ("E", "P1")
    assert (asked.structures, first.structures) == (("loutres", "grue"), ("loutres",))
    assert [c.id for c in first.codings] == ["b", "a"]
    assert second.codings == ()
    assert (heading.turn, heading.quote) == (None, "Héberge")
    assert BODY[second.start : second.end] == "héberge"
