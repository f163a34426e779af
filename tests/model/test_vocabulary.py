"""French and English words are read as the same thing, from one table."""

import pytest

from ethnokit.model import Audience, Posture, Quoting, Role, Stance
from ethnokit.model.audience import most_closed
from ethnokit.model.vocabulary import KEYS, VALUES, canonical_key, fold, read_word, shown, word_of


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Role, "Enquêtrice", Role.INTERVIEWER),
        (Role, "enquete", Role.PARTICIPANT),
        (Role, "speaker/signer", Role.PARTICIPANT),
        (Stance, "participante", Stance.PARTICIPANT),
        (Quoting, "non", Quoting.NONE),
        (Role, "non", None),
        (Audience, "restreint", Audience.TEAM),
        (Posture, "a_quitte", Posture.GAVE_UP),
        (Posture, "a quitté", Posture.GAVE_UP),
    ],
)
def test_a_word_is_read_in_both_languages(kind, written, value):
    assert read_word(kind, written) is value


def test_every_value_reads_back_what_it_shows():
    for value, _aliases in VALUES:
        assert read_word(type(value), shown(value, "fr")) is value
        assert read_word(type(value), word_of(value)) is value


def test_a_role_is_shown_in_a_word_for_anyone():
    assert [shown(role, "fr") for role in (Role.INTERVIEWER, Role.PARTICIPANT)] == ["enquêteur·rice", "enquêté·e"]


def test_no_alias_stands_for_two_keys():
    written = [fold(alias) for key, aliases in KEYS.items() for alias in (key, *aliases)]
    assert sorted(written) == sorted(set(written))


def test_keys():
    assert canonical_key("Enquêté par") == "investigators"
    assert canonical_key("inconnue") == "inconnue"


def test_the_most_closed_audience_wins():
    assert most_closed(Audience.PUBLIC, Audience.COLLECTIVE) is Audience.COLLECTIVE
    assert most_closed(Audience.PUBLIC, None) is Audience.TEAM
