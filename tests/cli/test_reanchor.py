"""An interview is edited after it was coded: each coding is found again or a person is asked; nothing is dropped."""

import json
import shutil

import pytest

CODEBOOK = """grille: {id: essai, version: "1", langue: fr}
familles:
  - {id: gouv, label: Gouvernance}
codes:
  - {id: gouv.decision, famille: gouv, label: Décision, definition: Comment on tranche.}
"""
INTERVIEW = """---
id: ent-01
type: entretien
date: 2024-05-31
locuteurs: [{code: E, role: enqueteur}, {code: P1, role: enquete}]
consentement: {forme: ecrit, citer: pseudonyme}
diffusion: collectif
---

**E :** Comment décidez-vous, quand il faut changer de machine ?

**P1 :** On en parle d'abord sur la liste, et celui qui a le temps propose un devis. Ensuite on vote pendant la réunion
du mois. Oui, toujours. Personne n'achète seul.

**E :** Et pour les personnes qui arrivent ?

**P1 :** Elles écoutent une ou deux réunions avant de prendre une clé du local. Oui, toujours. On a essayé autrement
une fois, avec un parrainage, et cela n'a pas tenu tout un hiver.
"""
QUOTES = {
    "devis": "celui qui a le temps propose un devis",
    "vote": "Ensuite on vote pendant la réunion\ndu mois.",
    "seul": "Personne n'achète seul.",
    "essai": "On a essayé autrement\nune fois, avec un parrainage",
}


@pytest.fixture
def study(tmp_path, ethnokit):
    root = tmp_path / "etude"
    assert ethnokit("init", root).code == 0
    (root / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    write(root, INTERVIEW)
    return root


def write(root, text):
    (root / "fieldwork/interviews/ent-01.md").write_text(text, encoding="utf-8")


@pytest.fixture
def run(ethnokit, study):
    def call(*arguments):
        ended = ethnokit("-C", study, *arguments)
        assert ended.code == 0, ended
        return json.loads(ended.out) if "--json" in arguments else ended.out

    return call


@pytest.fixture
def coded(run):
    """Id of each coding by its name in ``QUOTES``."""
    return {name: add(run, quote) for name, quote in QUOTES.items()}


def add(run, quote, by="ines", **more):
    options = [part for key, value in more.items() for part in (f"--{key}", value)]
    command = ("coding", "add", "ent-01", "--code", "gouv.decision", "--quote", quote, "--by", by, *options, "--json")
    return run(*command)["id"]


def edit(root, *changes):
    text = INTERVIEW
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    write(root, text)


def states(run):
    return {c["id"]: c["anchor"] for c in run("coding", "list", "--json")}


def logs(root):
    return {p.stem: p.read_bytes() for p in (root / "fieldwork/codings").glob("*/*.jsonl")}


def told(run, id):
    [coding] = [c for c in run("coding", "list", "--json") if c["id"] == id]
    body = run("show", "ent-01", "--json")["body"]
    return coding["anchor"], body[coding["start"] : coding["end"]], coding["quote"]


LONGER = ("**P1 :** On en parle", "**Lou :** Ah ! Bonne question. On en parle")
RENAMED = ("{code: P1, role: enquete}", "{code: Lou, role: enquete}")


def test_what_is_sure_is_written_by_who_runs_it_and_is_exact_from_then_on(run, study, coded):
    edit(
        study, LONGER, RENAMED, ("**P1 :** Elles", "**Lou :** Elles"), ("d'abord", "d’abord"), ("n'achète", "n’achète")
    )
    assert set(states(run).values()) == {"moved"}
    assert told(run, coded["seul"]) == ("moved", "Personne n’achète seul.", "Personne n’achète seul.")
    before = logs(study)
    dry = run("coding", "reanchor", "--dry-run", "--json")
    assert {c["id"] for c in dry["sure"]} == set(coded.values())
    assert (dry["written"], dry["waiting"], dry["documents"]) == ([], [], [{"id": "ent-01", "accepted": False}])
    assert logs(study) == before
    done = run("coding", "reanchor", "--by", "tutrice", "--json")
    assert {w["coding"] for w in done["written"]} == set(coded.values())
    assert (done["sure"], done["documents"]) == ([], [{"id": "ent-01", "accepted": True}])
    assert set(states(run).values()) == {"exact"}
    assert {c["by"] for c in run("coding", "list", "--json")} == {"ines"}
    after = logs(study)
    assert after["ines"] == before["ines"]
    assert [json.loads(line)["act"] for line in after["tutrice"].splitlines()] == ["reanchor"] * 4
    assert "No text was edited since it was coded." in run("coding", "reanchor", "--by", "tutrice")


def test_a_correction_of_spelling_and_a_name_are_taken_and_other_words_are_asked(run, study, coded):
    edit(
        study,
        ("celui qui a le temps propose un devis", "celui qui a le tems propose un devis"),
        ("un parrainage", "deux marraines"),
    )
    assert states(run) == {
        coded["devis"]: "moved",
        coded["vote"]: "moved",
        coded["seul"]: "moved",
        coded["essai"]: "changed",
    }
    assert told(run, coded["devis"])[:2] == ("moved", "celui qui a le tems propose un devis")
    assert told(run, coded["essai"]) == (
        "changed",
        "On a essayé autrement\nune fois, avec deux marraines",
        QUOTES["essai"],
    )


def test_changed_words_wait_until_they_are_confirmed_and_undo_asks_again(run, study, coded):
    edit(study, ("avec un parrainage", "avec deux marraines"))
    said = run("coding", "reanchor", "--by", "ines")
    assert "1 coding waits for a person:" in said
    assert "was: “On a essayé autrement une fois, avec un parrainage”" in said
    assert "“On a essayé autrement une fois, avec deux marraines”" in said
    assert "The new text of ent-01 is not accepted yet." in said
    assert "warning[CD039]: 1 coding no longer finds its words in the document; it does not count (changed: 1)." in run(
        "check"
    )
    assert run("status", "--json")["anchors"]["changed"] == [coded["essai"]]
    done = run("coding", "reanchor", "--confirm", coded["essai"], "--by", "tutrice", "--json")
    assert done["documents"] == [{"id": "ent-01", "accepted": True}]
    assert told(run, coded["essai"])[0] == "exact"
    assert "CD039" not in run("check")
    run("coding", "undo", "--by", "tutrice", "--json")
    assert states(run)[coded["essai"]] == "changed"


def test_a_passage_that_was_cut_is_lost_and_given_up_but_never_dropped(run, study, coded):
    edit(study, ("Personne n'achète seul.", ""))
    assert states(run)[coded["seul"]] == "lost"
    done = run("coding", "reanchor", "--by", "ines", "--json")
    assert [(c["id"], c["anchor"], c["places"]) for c in done["waiting"]] == [(coded["seul"], "lost", [])]
    assert done["documents"] == [{"id": "ent-01", "accepted": False}]
    gone = run("coding", "reanchor", "--lost", coded["seul"], "--by", "ines", "--json")
    assert gone["documents"] == [{"id": "ent-01", "accepted": True}]
    [kept] = [c for c in run("coding", "list", "--json") if c["id"] == coded["seul"]]
    assert (kept["anchor"], kept["quote"], kept["given_up"]) == ("lost", QUOTES["seul"], True)
    assert run("status", "--json")["anchors"]["lost"] == []
    assert "CD039" not in run("check")
    run("coding", "undo", gone["written"][0]["id"], "--by", "ines", "--json")
    assert run("status", "--json")["anchors"]["lost"] == [coded["seul"]]
    write(study, INTERVIEW)
    assert set(states(run).values()) <= {"exact", "moved"}


def test_words_said_twice_with_nothing_left_around_them_are_placed_by_hand(run, study):
    twice = add(run, "Oui, toujours.", nth="1")
    around = ("du mois. Oui, toujours. Personne n'achète seul.", "Bref. Oui, toujours.")
    edit(
        study,
        around,
        ("prendre une clé du local. Oui, toujours. On a essayé", "voir. Oui, toujours. Et puis on a essayé"),
    )
    shutil.rmtree(study / ".ethnokit")
    assert states(run) == {twice: "ambiguous"}
    body = run("show", "ent-01", "--json")["body"]
    at = body.index("Oui, toujours.")
    run("coding", "reanchor", "--place", twice, "--start", at, "--end", at + 14, "--by", "ines", "--json")
    assert told(run, twice) == ("exact", "Oui, toujours.", "Oui, toujours.")


def test_the_same_paragraph_twice_is_ambiguous_and_shows_both(run, study, coded):
    paragraph = INTERVIEW[INTERVIEW.index("**P1 :** Elles") :]
    write(study, INTERVIEW + "\n" + paragraph)
    [waiting] = run("coding", "reanchor", "--dry-run", "--json")["waiting"]
    assert (waiting["id"], waiting["anchor"]) == (coded["essai"], "ambiguous")
    assert [place["quote"] for place in waiting["places"]] == [QUOTES["essai"]] * 2
    second = waiting["places"][1]
    arguments = (
        "--place",
        coded["essai"],
        "--start",
        second["start"],
        "--end",
        second["end"],
        "--by",
        "ines",
        "--json",
    )
    assert run("coding", "reanchor", *arguments)["waiting"] == []
    assert told(run, coded["essai"])[0] == "exact"


def test_without_the_cache_the_same_is_found_by_the_words_alone(run, study, coded):
    edit(study, LONGER, RENAMED, ("**P1 :** Elles", "**Lou :** Elles"))
    kept = states(run)
    shutil.rmtree(study / ".ethnokit")
    assert states(run) == kept


def test_the_text_before_the_edit_is_kept_until_the_new_one_is_accepted_and_goes_with_the_interview(run, study, coded):
    from ethnokit.cache import Cache
    from ethnokit.codings.snapshot import STAGE, Snapshots

    def kept():
        with Cache(study) as cache:
            return {Snapshots(cache).get(text_hash).body for text_hash in cache.keys(STAGE)}

    run("check")
    body = run("show", "ent-01", "--json")["body"]
    assert kept() == {body}
    edit(study, ("Ensuite on vote", "Puis, le mardi suivant, on vote"))
    run("check")
    edited = run("show", "ent-01", "--json")["body"]
    assert kept() == {body, edited}
    waiting = run("coding", "reanchor", "--by", "ines", "--json")["waiting"]
    run("check")
    assert kept() == {body, edited}
    assert [c["id"] for c in waiting] == [coded["vote"]]
    run("coding", "reanchor", "--confirm", coded["vote"], "--by", "ines", "--json")
    run("check")
    assert kept() == {edited}
    assert b"changer de machine" in (study / ".ethnokit/cache.sqlite").read_bytes()
    (study / "fieldwork/interviews/ent-01.md").unlink()
    run("coding", "list", "--json")
    assert kept() == set()
    assert b"changer de machine" not in (study / ".ethnokit/cache.sqlite").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--confirm", "{devis}"), "Say with --by who decides."),
        (("--confirm", "nobody", "--by", "ines"), "There is no coding “nobody”"),
        (("--confirm", "{devis}", "--by", "ines"), "error[CD027]"),
        (("--place", "{devis}", "--by", "ines"), "Give --place, --start and --end together."),
        (("--place", "{devis}", "--start", "0", "--end", "9999", "--by", "ines"), "error[CD034]"),
        (("--place", "{devis}", "--start", "1", "--end", "30", "--by", "ines"), "error[CD036]"),
        (("ent-02", "--by", "ines"), "There is no document “ent-02”"),
    ],
)
def test_what_cannot_be_decided_writes_nothing(ethnokit, study, coded, arguments, said):
    before = logs(study)
    ended = ethnokit("-C", study, "coding", "reanchor", *(part.format(**coded) for part in arguments))
    assert ended.code in (1, 2)
    assert said in ended.err
    assert logs(study) == before


def test_two_coders_need_a_name(ethnokit, run, study, coded):
    add(run, "prendre une clé du local", by="tutrice")
    edit(study, LONGER, RENAMED, ("**P1 :** Elles", "**Lou :** Elles"))
    ended = ethnokit("-C", study, "coding", "reanchor")
    assert (ended.code, "these codings are of ines, tutrice" in ended.err) == (2, True)
    assert len(run("coding", "reanchor", "--by", "tutrice", "--json")["written"]) == 5
