"""Which names may be printed, and which fields of the register a structure keeps to itself."""

import pytest

from ethnokit.model import Audience, Consent, ConsentForm, Document, DocumentType, Settings, Structure, Study
from ethnokit.model.codebook import Codebook
from ethnokit.privacy.names import names_for, published, teller

AGREED = Consent(ConsentForm.WRITTEN, structure_named=True)


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("workforce.memberships", {"workforce.memberships"}),
        ("workforce", {"workforce.memberships", "workforce.volunteers"}),
        ("place", {"place.town", "place.area"}),
        ("place.town", {"place.town"}),
        ("contacts.means", {"contacts"}),
        ("participation", {"participation.state"}),
        ("workforce.menberships", {"workforce.memberships", "workforce.volunteers"}),
        ("menberships", None),
    ],
)
def test_a_group_hides_its_parts_and_a_misspelt_name_hides_more_rather_than_less(written, hidden):
    fields = {"workforce.memberships", "workforce.volunteers", "place.town", "place.area", "contacts", "site"}
    fields.add("participation.state")
    structure = Structure("loutres", "Les Loutres", "loutres.md", unpublished=(written,))
    assert {field for field in fields if not published(structure, field)} == (fields if hidden is None else hidden)


def interview(id, *structures, consent=AGREED):
    return Document(id, DocumentType.INTERVIEW, f"{id}.md", "Un mot.", 1, "", structures, consent=consent)


def study(*documents):
    structures = (
        Structure("loutres", "Les Loutres", "loutres.md"),
        Structure("herons", "L'Héron cendré", "herons.md", other_names=("HC",)),
        Structure("castors", "Les Castors", "castors.md", unpublished=("name",)),
    )
    return Study(None, Settings(), Codebook("", ""), structures, documents)


def test_who_spoke_and_never_agreed_is_not_named():
    asked = study(interview("a", "loutres"), interview("b", "herons", consent=None))
    assert set(names_for(asked, Audience.COLLECTIVE)) == {"loutres"}
    again = study(*asked.documents, interview("c", "herons"))
    assert set(names_for(again, Audience.COLLECTIVE)) == {"loutres", "herons"}
    assert set(names_for(asked, Audience.TEAM)) == {"loutres", "herons", "castors"}


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("Chez nous, au héron cendré, on vote.", True),
        ("À HC on vote.", True),
        ("Au HERON  cendre, on vote.", True),
        ("Les hérons cendrés passent.", False),
        ("Les castors gardent la clé.", True),
        ("Aux Loutres, on vote.", False),
    ],
)
def test_words_that_name_who_may_not_be_named(words, tells):
    loutres, herons = interview("a", "loutres"), interview("b", "herons", consent=None)
    assert teller(study(loutres, herons))(loutres, words) is tells


def test_words_of_a_source_whose_structure_may_not_be_told_do_not_tell_it_themselves():
    agreed, silent = interview("a", "loutres"), interview("b", "loutres", consent=None)
    tells = teller(study(agreed, silent))
    assert (tells(agreed, "Aux Loutres on vote."), tells(silent, "Aux Loutres on vote.")) == (False, True)
