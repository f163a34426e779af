"""Who does what: postures from evidence, statements of questionnaires beside them."""

from dataclasses import replace

from analysis_samples import CODEBOOK, answer, coding, document, structure, studies, study
from hypothesis import given

from ethnokit.analysis.directory import contacts_for, directory, unattributed
from ethnokit.analysis.evidence import gather
from ethnokit.model import Contact, DocumentType, Posture


def rows(known):
    table = directory(known.codebook, known.structures, known.answers, gather(known))
    return [tuple(row) for row in table.itertuples(index=False)]


def test_what_is_stated_is_never_added_to_what_was_said():
    codings = [
        coding("a", "ent-1", "gouv.roles", 0, 9, posture=Posture.OFFERS),
        coding("b", "ent-2", "gouv.roles", 0, 9, posture=Posture.OFFERS),
        coding("c", "ent-1", "gouv.decision", 0, 9, posture=Posture.GAVE_UP),
        coding("d", "ent-1", "gouv.decision", 20, 29),
    ]
    documents = [document("ent-1", ["loutres"]), document("ent-2", ["loutres"])]
    answers = [answer("grue", seeks=("gouv.decision",)), answer("loutres", offers=("gouv.roles", "gouv.inconnu"))]
    assert rows(study(map(structure, ["loutres", "grue"]), documents, codings, answers)) == [
        ("gouv.decision", "grue", "seeks", 0, 0, True),
        ("gouv.decision", "loutres", "gave_up", 1, 1, False),
        ("gouv.roles", "loutres", "offers", 2, 2, False),
        ("gouv.roles", "loutres", "offers", 0, 0, True),
    ]


def test_a_posture_that_is_nobodys_is_told_apart():
    note = document("obs-1", ["loutres", "grue"], {}, DocumentType.OBSERVATION)
    codings = [
        coding("a", "obs-1", "gouv.roles", 0, 9, posture=Posture.OFFERS),
        coding("b", "obs-1", "gouv.roles", 20, 29, posture=Posture.OFFERS, structure="grue"),
    ]
    codings.append(coding("c", "obs-1", "gouv.roles", 40, 49, posture=Posture.OFFERS, structure="grue"))
    known = study(map(structure, ["loutres", "grue"]), [note], codings)
    assert rows(known) == [("gouv.roles", "grue", "offers", 2, 1, False)]
    assert unattributed(gather(known)) == 1


@given(studies())
def test_every_posture_of_a_known_structure_is_there(known):
    said = {
        (e.coding.code, e.structure, e.coding.attributes.posture.value)
        for e in gather(known)
        if e.coding.attributes.posture and e.structure
    }
    found = rows(known)
    assert {row[:3] for row in found} == said
    assert len(found) == len(said)
    assert all(passages >= sources >= 1 for *_key, passages, sources, _stated in found)


def test_a_contact_for_a_theme_is_that_of_the_nearest_theme_above():
    lines = (Contact("coop", "accueil"), Contact("coop.entraide", "équipe machines", "machines@loutres.example"))
    known = replace(structure("loutres"), contacts=lines)
    assert [c.by for c in contacts_for(known, "coop.courriel", CODEBOOK)] == ["équipe machines"]
    assert [c.by for c in contacts_for(known, "coop", CODEBOOK)] == ["accueil"]
    assert contacts_for(known, "gouv.roles", CODEBOOK) == ()
