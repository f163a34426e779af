"""What is left of a study for one audience: closed words are gone from the view, not hidden in it."""

from dataclasses import asdict

import pytest

from ethnokit.model import Audience
from ethnokit.privacy.cut import cut, fingerprint
from ethnokit.privacy.report import report
from ethnokit.privacy.sheets import sheets
from ethnokit.study import load

CLOSED = {
    Audience.PUBLIC: {
        "Mot pour la seule équipe", "Mot pour le collectif", "Mot sans diffusion écrite", "Mot sans aucun accord",
        "Mot lu mais jamais cité", "Mot qui attend sa relecture", "mot grave", "Un mot simple",
    },
    Audience.COLLECTIVE: {
        "Mot pour la seule équipe", "Mot sans diffusion écrite", "Mot sans aucun accord", "Mot lu mais jamais cité",
        "Mot qui attend sa relecture", "mot grave", "Un mot simple",
    },
    Audience.TEAM: set(),
}  # fmt: skip
OPEN = {"On lève la main et on compte", "Mot de la trésorerie", "Mot de bêtes discrètes"}


def shown(root, audience):
    """Everything that templates are given, as one text, with the report and the sheets themselves."""
    left = cut(load(root)[0], audience)
    view = report(left)
    found = sheets(left, view.ties)
    return repr([asdict(view), [asdict(sheet) for sheet in found]]), view, {sheet.id: sheet for sheet in found}


@pytest.mark.parametrize("audience", list(Audience))
def test_words_above_the_audience_are_absent_and_the_others_present(canal, audience):
    text, _view, _sheets = shown(canal, audience)
    every = CLOSED[Audience.PUBLIC] | OPEN
    assert {words for words in every if words not in text} == CLOSED[audience]


def test_what_may_be_read_and_not_quoted_is_counted_and_said(canal):
    _text, view, found = shown(canal, Audience.PUBLIC)
    (theme,) = [theme for family in view.families for theme in family.themes if theme.code == "gouv.decision"]
    # ouvert, sans-accord, non-cite, a-relire, fonction, herons
    assert (theme.passages, theme.unquoted, len(theme.verbatims)) == (6, 3, 3)
    # equipe, collectif, muet, and the two codings of « sensible »: a passage is counted by theme.
    assert view.withheld == 5
    # The one of herons, and the one without any consent, are not told to be the structure's.
    assert found["loutres"].passages == 5


def test_a_function_in_a_small_group_is_a_name(canal):
    text, view, _sheets = shown(canal, Audience.PUBLIC)
    assert "attribution='trésorerie'" not in text
    quoted = [v for family in view.families for theme in family.themes for v in theme.verbatims]
    (alone,) = [v for v in quoted if v.voices[0].text == "Mot de la trésorerie"]
    assert alone.attribution == ""


def test_a_larger_group_is_quoted_by_its_function(canal):
    file = canal / "fieldwork/structures/loutres.md"
    file.write_text(file.read_text(encoding="utf-8").replace("benevoles_actifs: 3", "benevoles_actifs: 12"), "utf-8")
    _text, view, _sheets = shown(canal, Audience.PUBLIC)
    assert "trésorerie" in {v.attribution for f in view.families for t in f.themes for v in t.verbatims}


def test_a_structure_that_did_not_agree_to_be_named_stands_nowhere(canal):
    text, view, found = shown(canal, Audience.COLLECTIVE)
    assert "herons" not in view.names
    assert "Hérons'" not in text.replace("Les Hérons nous prêtent", "")
    assert "herons'" not in text
    assert set(found) == {"loutres"}
    # Its words are quoted and counted all the same, for no structure; the tie that names it is gone.
    # « sans-accord » has no structure either: nobody agreed that it be told.
    assert view.matrix.unattributed == 2
    assert view.ties == ()
    assert shown(canal, Audience.TEAM)[1].ties != ()


def test_the_public_is_not_told_who_refused(canal):
    _text, view, _sheets = shown(canal, Audience.PUBLIC)
    assert "Les Castors" not in repr(asdict(view))
    assert [(line.state.value, line.count, line.names) for line in view.coverage] == [
        ("met", 2, ("Les Loutres",)),
        ("refused", 1, ()),
    ]
    assert "Les Castors" in repr(asdict(shown(canal, Audience.COLLECTIVE)[1]))


def test_a_field_kept_from_print_is_printed_for_the_team_only(canal):
    assert ("memberships", "40") in shown(canal, Audience.TEAM)[2]["loutres"].facts
    assert "memberships" not in dict(shown(canal, Audience.PUBLIC)[2]["loutres"].facts)
    assert dict(shown(canal, Audience.PUBLIC)[2]["loutres"].facts)["volunteers"] == "3"


def test_ids_of_documents_stay_in_the_team(canal):
    for audience, seen in ((Audience.TEAM, True), (Audience.COLLECTIVE, False)):
        _text, view, _sheets = shown(canal, audience)
        assert ("sans-accord" in {line.document for line in view.sources}) is seen
        assert [line.ref for line in view.sources] == [f"E{n}" for n in range(1, len(view.sources) + 1)]


@pytest.mark.parametrize(("audience", "when"), [("TEAM", "2026-05-19"), ("COLLECTIVE", "2026-05"), ("PUBLIC", "2026")])
def test_dates_are_as_fine_as_the_audience_may_know(canal, audience, when):
    assert {line.when for line in shown(canal, Audience[audience])[1].sources} == {when}


def test_a_memo_without_audience_is_a_notebook(canal):
    (canal / "fieldwork/memos").mkdir()
    memo = canal / "fieldwork/memos/synthese.md"
    memo.write_text("---\na_propos: rapport.synthese\n---\n\nCe que je crois.\n", encoding="utf-8")
    assert shown(canal, Audience.COLLECTIVE)[1].memos["summary"] == ""
    assert shown(canal, Audience.TEAM)[1].memos["summary"] == "Ce que je crois."
    memo.write_text(
        "---\na_propos: rapport.synthese\ndiffusion: collectif\n---\n\nCe que je crois.\n", encoding="utf-8"
    )
    assert shown(canal, Audience.COLLECTIVE)[1].memos["summary"] == "Ce que je crois."
    assert shown(canal, Audience.PUBLIC)[1].memos["summary"] == ""


def test_a_refused_sheet_is_not_printed(canal):
    file = canal / "fieldwork/structures/loutres.md"
    file.write_text(file.read_text(encoding="utf-8").replace("etat: validee", "etat: refusee"), encoding="utf-8")
    assert set(shown(canal, Audience.COLLECTIVE)[2]) == set()
    assert "loutres" in shown(canal, Audience.TEAM)[2]


def test_a_public_page_makes_no_sheet_of_who_refused_to_be_met(canal, ethnokit):
    page = canal / "fieldwork/documents/page.md"
    page.parent.mkdir()
    page.write_text(
        "---\nid: page\ntype: document\nstructures: [castors]\ndiffusion: public\n---\n\nOn ronge la nuit.\n", "utf-8"
    )
    quote = "On ronge la nuit"
    assert (
        ethnokit("-C", canal, "coding", "add", "page", "--code", "gouv.decision", "--quote", quote, "--by", "ines").code
        == 0
    )
    _text, view, found = shown(canal, Audience.COLLECTIVE)
    (line,) = [line for line in view.structures if line.id == "castors"]
    assert (line.documents, line.passages, line.sheet) == (1, 1, False)
    assert "castors" not in found
    assert "castors" in shown(canal, Audience.TEAM)[2]


def test_a_questionnaire_is_read_by_those_who_may_read_a_document_that_says_nothing(canal):
    table = canal / "fieldwork/questionnaires/tour.csv"
    table.parent.mkdir()
    table.write_text("structure,propose,liens\nloutres,gouv.decision,castors:coop.entraide\n", encoding="utf-8")

    def stated(audience):
        _text, view, found = shown(canal, audience)
        return [line.id for line in view.structures if line.questionnaire], len(view.ties), found["loutres"].stated

    assert stated(Audience.COLLECTIVE) == ([], 0, ())
    ids, ties, offers = stated(Audience.TEAM)
    assert (ids, ties, len(offers)) == (["loutres"], 2, 1)
    settings = canal / "ethnokit.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("par_defaut: equipe", "par_defaut: collectif"), encoding="utf-8")
    ids, ties, offers = stated(Audience.COLLECTIVE)
    assert (ids, ties, len(offers)) == (["loutres"], 1, 1)


def test_one_coder_is_enough_for_a_singular_trait(canal, ethnokit):
    """The longest coding of a passage is printed, and it is not the one that says so."""
    add = ["-C", canal, "coding", "add", "ouvert", "--code", "gouv.decision", "--by", "tutrice"]
    assert ethnokit(*add, "--quote", "On lève la main et on compte.").code == 0
    (leading,) = shown(canal, Audience.PUBLIC)[2]["loutres"].specific
    assert leading.voices[0].text == "On lève la main et on compte."


TWO = """\
---
id: deux
type: entretien
structures: [loutres, castors]
date: 2026-06-01
locuteurs:
  - {code: E, role: enqueteur}
  - {code: P1, role: enquete, pseudonyme: "Alix", structure: loutres}
  - {code: P2, role: enquete, pseudonyme: "Bora", structure: castors}
consentement: {forme: ecrit, citer: pseudonyme, structure_nommee: true}
diffusion: public
---

**P1 :** On range les rames.

**E :** Tous les deux ?

**P2 :** Nous, on garde la clé.
"""


def test_words_of_two_structures_are_given_to_neither_and_to_both_speakers(canal, ethnokit):
    (canal / "fieldwork/interviews/deux.md").write_text(TWO, encoding="utf-8")
    castors = canal / "fieldwork/structures/castors.md"
    castors.write_text(castors.read_text(encoding="utf-8").replace("etat: refus", "etat: rencontree"), "utf-8")
    add = ["-C", canal, "coding", "add", "deux", "--code", "coop.reseaux", "--by", "ines"]
    body = TWO.split("---\n", 2)[2]
    end = body.index("la clé") + len("la clé")
    start = body.index("On range")
    assert ethnokit(*add, "--start", start, "--end", end).code == 0
    assert ethnokit(*add, "--quote", "on garde la clé", "--set", "specific=true").code == 0
    _text, view, found = shown(canal, Audience.PUBLIC)
    (theme,) = [t for f in view.families for t in f.themes if t.code == "coop.reseaux"]
    (both,) = theme.verbatims
    assert ([v.asks for v in both.voices], both.attribution, both.structure) == (
        [False, True, False],
        "Alix · Bora",
        None,
    )
    assert [v.attribution for v in found["castors"].specific] == ["Bora"]


def test_a_transcript_that_nobody_coded_yet_is_no_source_of_what_was_not_said(canal):
    text = (canal / "fieldwork/interviews/ouvert.md").read_text(encoding="utf-8")
    (canal / "fieldwork/interviews/neuf.md").write_text(text.replace("id: ouvert", "id: neuf"), encoding="utf-8")
    before = shown(canal, Audience.TEAM)[1]
    assert "neuf" not in {line.document for line in before.sources}
    read = text.replace("id: ouvert", "id: neuf").replace("diffusion:", "etat_codage: code\ndiffusion:")
    (canal / "fieldwork/interviews/neuf.md").write_text(read, encoding="utf-8")
    after = shown(canal, Audience.TEAM)[1]
    assert len(after.sources) == len(before.sources) + 1
    assert after.matrix.sources[after.matrix.structures.index("loutres")] == len(after.sources) - 1
    (line,) = [line for line in after.structures if line.id == "loutres"]
    assert line.interviews == len(after.sources) - 1


def test_a_tie_seen_in_two_postures_by_two_coders_rests_on_one_passage(canal, ethnokit):
    add = ["-C", canal, "coding", "add", "ouvert", "--code", "coop.entraide", "--by", "tutrice"]
    assert ethnokit(*add, "--quote", "Les Hérons nous prêtent", "--set", "target=herons").code == 0
    (tie,) = shown(canal, Audience.TEAM)[1].ties
    assert (tie.source, tie.target, tie.passages, tie.sources) == ("loutres", "herons", 1, 1)


def test_structures_stand_in_the_order_of_their_names_accents_aside(canal):
    file = canal / "fieldwork/structures/castors.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Les Castors", "Écluse"), encoding="utf-8")
    assert [line.name for line in shown(canal, Audience.TEAM)[1].structures] == ["Écluse", "Les Hérons", "Les Loutres"]


def test_the_study_itself_can_be_closed(canal):
    file = canal / "ethnokit.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("diffusion: public", "diffusion: equipe"), encoding="utf-8"
    )
    _text, view, found = shown(canal, Audience.COLLECTIVE)
    assert (view.passages, view.sources, found) == (0, (), {})


def test_the_fingerprint_follows_the_evidence_alone(canal, ethnokit):
    before = fingerprint(cut(load(canal)[0], Audience.PUBLIC))
    portrait = canal / "fieldwork/structures/loutres.md"
    portrait.write_text(portrait.read_text(encoding="utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")
    assert fingerprint(cut(load(canal)[0], Audience.PUBLIC)) == before
    quote = "prêtent une rame"
    ethnokit("-C", canal, "coding", "add", "ouvert", "--code", "coop.reseaux", "--quote", quote, "--by", "ines")
    assert fingerprint(cut(load(canal)[0], Audience.PUBLIC)) != before
