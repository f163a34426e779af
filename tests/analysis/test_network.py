"""Ties: only what a passage says of a named structure, and what a questionnaire states beside it."""

from analysis_samples import REGISTER, answer, coding, document, structure, studies, study
from hypothesis import given

from ethnokit.analysis.evidence import gather
from ethnokit.analysis.network import network
from ethnokit.model import DocumentType, Posture


def tied(known):
    return network(known.structures, known.answers, gather(known))


def rows(table):
    return [tuple(row) for row in table.itertuples(index=False)]


def test_said_and_stated_ties():
    codings = [
        coding("a", "ent-1", "coop.entraide", 0, 9, target="grue", posture=Posture.OFFERS),
        coding("b", "ent-2", "coop.entraide", 0, 9, target="grue", posture=Posture.OFFERS),
        coding("c", "ent-1", "coop.courriel", 20, 29, target="pivert"),
        coding("d", "ent-1", "coop.entraide", 40, 49, target="loutres"),  # of itself
        coding("e", "ent-1", "coop.entraide", 60, 69, target="ailleurs"),  # not in the register
        coding("f", "ent-1", "coop.entraide", 80, 89),  # names nobody
    ]
    documents = [document("ent-1", ["loutres"]), document("ent-2", ["loutres"])]
    answers = [
        answer("loutres", ties=(("grue", "coop.entraide"), ("loutres", "coop.entraide"), ("vison", "coop.courriel")))
    ]
    found = tied(study(map(structure, REGISTER), documents, codings, answers))
    assert rows(found.ties) == [
        ("loutres", "grue", "coop.entraide", "offers", 2, 2, True),
        ("loutres", "pivert", "coop.courriel", None, 1, 1, False),
    ]
    assert rows(found.stated) == [("loutres", "vison", "coop.courriel", None, 0, 0, True)]
    assert rows(found.unattributed) == []


def test_a_source_is_never_guessed():
    note = document("obs-1", ["loutres", "grue"], {}, DocumentType.OBSERVATION)
    codings = [coding("a", "obs-1", "coop.entraide", 0, 9, target="grue")]
    found = tied(study(map(structure, REGISTER), [note], codings))
    assert rows(found.ties) == []
    assert rows(found.unattributed) == [(None, "grue", "coop.entraide", None, 1, 1, False)]


@given(studies())
def test_each_tie_is_in_one_table_and_holds_its_passages(known):
    found = tied(known)
    expected = {}
    for e in gather(known):
        target = e.coding.attributes.target
        if target and target != e.structure:
            key = (
                e.structure,
                target,
                e.coding.code,
                e.coding.attributes.posture and e.coding.attributes.posture.value,
            )
            expected.setdefault(key, set()).add(e.passage)
    counted = {row[:4]: row[4] for row in rows(found.ties) + rows(found.unattributed)}
    assert counted == {key: len(passages) for key, passages in expected.items()}
    assert all(row[0] is None for row in rows(found.unattributed))
    assert len(found.stated) == 0
