"""From a suggestion to a decision, from the terminal, on one's own transcript."""

import json

import pytest

STRUCTURES = {
    "loutres": "---\nid: loutres\ntype: structure\nnom: Les Loutres\nparticipation: {etat: rencontree}\n---\n",
    "grue": "---\nid: grue\ntype: structure\nnom: La Grue\nparticipation: {etat: a_solliciter}\n---\n",
}
CODEBOOK = """grille: {id: essai, version: "1", langue: fr}
familles:
  - {id: gouv, label: Gouvernance}
  - {id: coop, label: Coopérations}
codes:
  - {id: gouv.decision, famille: gouv, label: Décision, definition: Comment on tranche., forts: [décider]}
  - {id: coop.entraide, famille: coop, label: Entraide, definition: Aide., relation: true, forts: [entraide]}
"""
INTERVIEW = """---
id: ent-01
type: entretien
structures: [loutres]
date: 2024-05-31
locuteurs: [{code: E, role: enqueteur}, {code: P1, role: enquete}]
consentement: {forme: ecrit, citer: pseudonyme}
diffusion: collectif
---

**E :** Qui décide chez vous ?

**P1 :** On décide à l’unanimité des adhérent·es. Le reste attend.
"""


@pytest.fixture
def study(tmp_path, ethnokit):
    root = tmp_path / "etude"
    assert ethnokit("init", root).code == 0
    for name, text in STRUCTURES.items():
        (root / f"fieldwork/structures/{name}.md").write_text(text, encoding="utf-8")
    (root / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (root / "fieldwork/interviews/ent-01.md").write_text(INTERVIEW, encoding="utf-8")
    return root


@pytest.fixture
def run(ethnokit, study):
    def call(*arguments):
        ended = ethnokit("-C", study, *arguments)
        assert ended.code == 0, ended
        return json.loads(ended.out)

    return call


def listed(run):
    return [(c["code"], c["quote"], c["by"], c["anchor"]) for c in run("coding", "list", "--json")]


def test_only_the_answer_is_suggested_and_the_offsets_are_exact(run):
    [suggestion] = run("suggest", "--json")
    body = run("show", "ent-01", "--json")["body"]
    assert suggestion["code"] == "gouv.decision"
    assert suggestion["quote"] == "On décide à l’unanimité des adhérent·es."
    assert body[suggestion["start"] : suggestion["end"]] == suggestion["quote"]
    assert any("décide" in why for why in suggestion["why"])


def test_accept_makes_a_coding_and_undo_takes_it_back(run):
    [suggestion] = run("suggest", "--json")
    run("coding", "accept", suggestion["id"], "--by", "ines", "--set", "posture=pratique", "--json")
    [coding] = run("coding", "list", "--json")
    assert coding["attributes"]["posture"] == "practises"
    assert (coding["by"], coding["anchor"], coding["suggestion"]) == ("ines", "exact", suggestion["id"])
    assert run("suggest", "--json") == []
    run("coding", "undo", "--by", "ines", "--json")
    assert run("coding", "list", "--json") == []
    assert len(run("suggest", "--json")) == 1


def test_a_refused_suggestion_never_comes_back_even_after_an_edit(run, study):
    [suggestion] = run("suggest", "--json")
    run("coding", "refuse", suggestion["id"], "--by", "ines", "--json")
    assert run("suggest", "--json") == []
    edited = INTERVIEW.replace("**P1 :**", "**P1 :** Euh, bonjour.").replace("Le reste", "Tout le reste")
    (study / "fieldwork/interviews/ent-01.md").write_text(edited, encoding="utf-8")
    assert run("suggest", "--json") == []


def test_by_hand_change_remove(run):
    made = run(
        "coding", "add", "ent-01", "--code", "gouv.decision", "--quote", "Le reste attend", "--by", "ines", "--json"
    )
    run("coding", "change", made["id"], "--set", "specific=oui", "--by", "tutrice", "--json")
    assert run("coding", "list", "--json")[0]["attributes"]["specific"] is True
    run("coding", "remove", made["id"], "--by", "ines", "--json")
    assert listed(run) == []


def test_many_at_once(run, tmp_path):
    rows = [
        {"document": "ent-01", "code": "gouv.decision", "quote": "Le reste attend"},
        {"document": "ent-01", "code": "coop.entraide", "quote": "adhérent·es", "attributes": {"target": "grue"}},
    ]
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert len(run("coding", "add", "--from", source, "--by", "ines", "--json")) == 2
    assert listed(run) == [
        ("gouv.decision", "Le reste attend", "ines", "exact"),
        ("coop.entraide", "adhérent·es", "ines", "exact"),
    ]


def test_undo_takes_back_all_that_was_decided_in_one_go(run, tmp_path):
    source = tmp_path / "rows.csv"
    source.write_text("document,code,quote\nent-01,gouv.decision,Le reste\nent-01,gouv.decision,attend\n", "utf-8")
    run("coding", "add", "ent-01", "--code", "gouv.decision", "--quote", "On décide", "--by", "ines", "--json")
    made = run("coding", "add", "--from", source, "--by", "ines", "--json")
    undone = run("coding", "undo", "--by", "ines", "--json")
    assert listed(run) == [("gouv.decision", "On décide", "ines", "exact")]
    assert (len(undone["ids"]), undone["id"]) == (2, undone["ids"][-1])
    run("coding", "undo", undone["ids"][0], "--by", "ines", "--json")
    assert [c["id"] for c in run("coding", "list", "--json") if c["quote"] != "On décide"] == [made[1]["id"]]


def test_suggestions_refused_together_come_back_together(run, study):
    codebook = CODEBOOK + "  - {id: gouv.suite, famille: gouv, label: Suite, definition: Après., forts: [reste]}\n"
    (study / "codebook.yaml").write_text(codebook, "utf-8")
    offered = [suggestion["id"] for suggestion in run("suggest", "--json")]
    assert len(offered) == 2
    run("coding", "refuse", *offered, "--by", "ines", "--json")
    assert run("suggest", "--json") == []
    run("coding", "undo", "--by", "ines", "--json")
    assert [suggestion["id"] for suggestion in run("suggest", "--json")] == offered


def test_undo_says_each_event_on_a_line(ethnokit, run, study):
    [suggestion] = run("suggest", "--json")
    run("coding", "refuse", suggestion["id"], "--by", "ines", "--json")
    ended = ethnokit("-C", study, "coding", "undo", "--by", "ines")
    [event] = ended.out.split()
    log = (study / "fieldwork/codings/ent-01/ines.jsonl").read_text(encoding="utf-8").splitlines()
    assert (json.loads(log[-1])["id"], json.loads(log[-1])["act"]) == (event, "undo")
    ended = ethnokit("-C", study, "coding", "undo", "--by", "ines")
    assert ended.code == 1
    assert "ines has nothing to undo" in ended.err


def test_doubt_is_set_and_cleared_in_both_languages(run):
    add = ("coding", "add", "ent-01", "--code", "gouv.decision", "--by", "ines", "--json")
    sure, unsure = run(*add, "--quote", "Le reste"), run(*add, "--quote", "attend", "--set", "doubt=yes")
    assert [c["attributes"] for c in run("coding", "list", "--json")] == [{}, {"doubt": True}]
    run("coding", "change", sure["id"], "--set", "doute=oui", "--by", "ines", "--json")
    run("coding", "change", unsure["id"], "--set", "doute=non", "--by", "ines", "--json")
    assert [c["attributes"] for c in run("coding", "list", "--json")] == [{"doubt": True}, {}]


def test_the_list_shows_what_the_review_says(ethnokit, run, study):
    made = run("coding", "add", "ent-01", "--code", "gouv.decision", "--quote", "Le reste", "--by", "ines", "--json")
    assert [c["review"] for c in run("coding", "list", "--json")] == [None]
    verdict = {"v": 1, "id": "v", "at": "2030-01-01T00:00:00+00:00", "by": "tutrice", "act": "verdict"}
    verdict |= {"document": "ent-01", "of": made["id"], "seen": made["id"], "verdict": "change", "remark": "Plus long."}
    (study / "fieldwork/codings/ent-01/tutrice.jsonl").write_text(json.dumps(verdict) + "\n", "utf-8")
    assert [c["review"] for c in run("coding", "list", "--json")] == ["change"]
    assert "ines  exact  à reprendre\n" in ethnokit("--lang", "fr", "-C", study, "coding", "list").out
    run("coding", "change", made["id"], "--set", "posture=offers", "--by", "ines", "--json")
    assert [c["review"] for c in run("coding", "list", "--json")] == ["pending"]
    assert "ines  exact  en attente\n" in ethnokit("--lang", "fr", "-C", study, "coding", "list").out


def test_a_table_as_a_spreadsheet_saves_it_where_utf_8_is_not_usual(ethnokit, run, study, tmp_path):
    source = tmp_path / "rows.csv"
    table = "document;code;citation\r\nent-01;gouv.decision;à l’unanimité\r\n"
    source.write_bytes(table.encode("cp1252"))
    ended = ethnokit("-C", study, "coding", "add", "--from", source, "--by", "ines")
    assert ended.code == 0, ended.err
    assert "warning[FI002]" in ended.err
    assert listed(run) == [("gouv.decision", "à l’unanimité", "ines", "exact")]


def test_what_is_wrong_in_a_table_is_said_once_without_a_second_word_for_error(ethnokit, study, tmp_path):
    source = tmp_path / "rows.csv"
    source.write_text("document,code,start\nent-01,gouv.decision,un\n", encoding="utf-8")
    ended = ethnokit("-C", study, "coding", "add", "--from", source, "--by", "ines")
    assert ended.code == 1
    assert ended.err == f"{source}:2:1: error[CD011]: “start”: a whole number is expected.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--code", "gouv.decisions", "--quote", "Le reste"], "Did you mean “gouv.decision”"),
        (["--code", "gouv", "--quote", "Le reste"], "family"),
        (["--code", "coop.entraide", "--quote", "Le reste"], "target"),
        (["--code", "gouv.decision", "--quote", "Qui décide"], "interviewer"),
        (["--code", "gouv.decision", "--quote", "absent du texte"], "does not stand in the text"),
        (["--code", "gouv.decision", "--start", "0", "--end", "99999"], "beyond the text"),
    ],
)
def test_a_decision_that_cannot_be_made_writes_nothing(ethnokit, study, arguments, said):
    ended = ethnokit("-C", study, "coding", "add", "ent-01", "--by", "ines", *arguments)
    assert ended.code != 0
    assert said in ended.err
    assert not list((study / "fieldwork/codings").rglob("*.jsonl"))


def test_an_edited_passage_is_reported_not_guessed(run, study):
    run("coding", "add", "ent-01", "--code", "gouv.decision", "--quote", "Le reste attend", "--by", "ines", "--json")
    path = study / "fieldwork/interviews/ent-01.md"
    path.write_text(INTERVIEW.replace("Le reste attend.", "Rien ne presse, jamais."), encoding="utf-8")
    [(_code, quote, _by, anchor)] = listed(run)
    assert quote == "Le reste attend"
    assert anchor in ("changed", "lost")


def test_a_pipeline_that_is_not_installed_is_a_sentence_and_not_a_traceback(ethnokit, study):
    settings = study / "ethnokit.yaml"
    settings.write_text("nlp: {pipeline: fr_nowhere}\n", encoding="utf-8")
    for command in (["suggest"], ["suggest", "--json"], ["coding", "accept", "x", "--by", "ines"]):
        ended = ethnokit("-C", study, *command)
        assert ended.code == 3
        assert "“fr_nowhere” is not installed. Install it: python -m spacy download fr_nowhere" in ended.err
        assert ended.out == ""
