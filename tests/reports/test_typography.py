"""The typography filters: what they change, what they never touch, and that twice is once."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.reports.typography import english, french, typeset

N = "\u202f"
B = "\u00a0"


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Pourquoi ?", f"Pourquoi{N}?"),
        ("Quoi?! Non ; si!", f"Quoi{N}?! Non{N}; si{N}!"),
        ("voici : un", f"voici{B}: un"),
        ("voici: un", "voici: un"),
        ("« oui »", f"«{B}oui{B}»"),
        ("«oui»", f"«{B}oui{B}»"),
        ("«a :»", f"«{B}a{B}:{B}»"),
        ("l'hébergeur", "l’hébergeur"),
        ("et puis...", "et puis…"),
        ("20 % de 30 km en 2 h et 3 ans", f"20{N}% de 30{N}km en 2{N}h et 3{N}ans"),
        ("3 hébergeurs, 5 minutes", "3 hébergeurs, 5 minutes"),
        ("1 234 567 euros", f"1{N}234{N}567 euros"),
        ("en 2020 100 personnes", "en 2020 100 personnes"),
        ("p. 12, n° 3, M. Durand", f"p.{B}12, n°{B}3, M.{B}Durand"),
        ("(?)", "(?)"),
        ("à 14:30 !", f"à 14:30{N}!"),
        ("https://a.org/?b=1;c ! et l'autre", f"https://a.org/?b=1;c{N}! et l’autre"),
        ('il dit "non", puis "oui !"', f"il dit «{B}non{B}», puis «{B}oui{N}!{B}»"),
        ('un écran de 15" et un de 17"', 'un écran de 15" et un de 17"'),
        ("«https://a.org»", f"«{B}https://a.org{B}»"),
    ],
)
def test_french(plain, set_):
    assert french(plain) == set_


def test_english_keeps_its_quotes_and_has_no_french_spaces():
    assert english('"It\'s 5 %": why? Well...') == '"It’s 5 %": why? Well…'


def test_each_language_has_its_filter_and_others_none():
    assert (typeset("l'a ?", "fr"), typeset("l'a ?", "en"), typeset("l'a ?", "br")) == (f"l’a{N}?", "l’a ?", "l'a ?")


_WORDS = st.sampled_from(
    [
        *"«»;:!?'.()%€’”…\n \u00a0\u202f",
        "...",
        "1",
        "234",
        "12:30",
        " h",
        "M.",
        " p. ",
        "l'eau",
        "mot",
        "à",
        "é@b.fr",
        "@",
    ]
)
_TEXTS = st.one_of(st.text(), st.lists(_WORDS, max_size=14).map("".join))


@given(_TEXTS)
def test_twice_is_once(text):
    assert french(french(text)) == french(text)
    assert english(english(text)) == english(text)


@given(_TEXTS)
def test_only_spaces_apostrophes_and_dots_change(text):
    def bare(one):
        return re.sub(r"[ \u00a0\u202f\u2009]", "", one).replace("’", "'").replace("…", "...")

    assert bare(french(text)) == bare(text)


_KEPT = st.one_of(
    st.from_regex(r"\Ahttps?://[a-z]{1,8}\.org/[a-z0-9?&=;:!'%./-]{0,12}\Z"),
    st.from_regex(r"\A[a-z0-9.+-]{1,8}@[a-z]{1,8}\.(fr|org)\Z"),
    st.from_regex(r"\A[0-2]?[0-9]:[0-5][0-9]\Z"),
)


@given(_TEXTS, _KEPT, _TEXTS)
def test_urls_addresses_and_times_stay(before, kept, after):
    for text in (f"{before}\n{kept}\n{after}", f"« {kept} »", f"voir : {kept} ; puis"):
        assert kept in french(text)
