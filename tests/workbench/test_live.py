"""The study as it is on the disk: what other programs write is seen, and nothing of it is lost."""

import json
import shutil
import uuid

import pytest

from ethnokit.workbench import acts, overview, reviewing, shapes
from ethnokit.workbench.errors import Denied
from ethnokit.workbench.live import Live

DOC = "ent-loutres-01"


@pytest.fixture
def live(study):
    return Live(study, "ines")


@pytest.fixture
def reviewer(study):
    return Live(study, "tutrice", "reviewer")


def read(live, document=DOC):
    decided = live.decided(document)
    return shapes.document_data(decided.document) | shapes.decided_data(decided, live.by)


def passage(doc, quote):
    """A passage as JavaScript names it: in UTF-16 units."""
    start = doc["body"].encode("utf-16-le").index(quote.encode("utf-16-le")) // 2
    return {"start": start, "end": start + len(quote.encode("utf-16-le")) // 2, "quote": quote}


def do(live, act, document=DOC, **fields):
    doc = read(live, document)
    return acts.decide_in(
        live, {"gesture": str(uuid.uuid4()), "document": document, "text": doc["text"], "act": act} | fields
    )


def code(live, quote, theme="gouv.decision", **attributes):
    answer = do(live, "add", code=theme, attributes=attributes, **passage(read(live), quote))
    return answer["changed"][0]


def lines(study, by, document=DOC):
    log = study / "fieldwork/codings" / document / f"{by}.jsonl"
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def refused(kind, call, *arguments, **fields):
    with pytest.raises(Denied) as no:
        call(*arguments, **fields)
    assert no.value.kind == kind
    return no.value


def test_a_passage_after_an_emoji_is_coded_where_it_stands(live, study):
    coding = code(live, "Celui qui a le temps propose", posture="practises", doubt=True)
    assert coding["attributes"] == {"posture": "practises", "specific": False, "doubt": True}
    (event,) = lines(study, "ines")
    body = live.document(DOC).body
    assert body[event["start"] : event["end"]] == "Celui qui a le temps propose"
    assert coding["start"] == event["start"] + 1


def test_words_that_are_not_those_of_the_text_are_not_coded(live, study):
    wrong = passage(read(live), "Celui qui a le temps propose") | {"quote": "Celle qui a le temps propose"}
    refused("stale", do, live, "add", code="gouv.decision", **wrong)
    assert not (study / "fieldwork/codings").exists()


def test_a_gesture_sent_twice_is_done_once(live, study):
    doc = read(live)
    gesture = {"gesture": "a-1", "document": DOC, "text": doc["text"], "act": "add", "code": "gouv.decision"}
    gesture |= passage(doc, "On est quatre 🦦 à voter")
    first, second = acts.decide_in(live, gesture), acts.decide_in(Live(study, "ines"), gesture)
    assert [c["id"] for c in first["changed"]] == [c["id"] for c in second["changed"]]
    assert len(lines(study, "ines")) == 1


def test_what_another_window_changed_is_not_written_over(live, study):
    coding = code(live, "Celui qui a le temps propose")
    other = Live(study, "ines")
    do(other, "change", coding=coding["id"], revision=coding["revision"], attributes={"posture": "seeks"})
    problem = refused("stale", do, live, "change", coding=coding["id"], revision=coding["revision"], code="gouv.roles")
    assert "another window" in problem.message
    (now,) = read(live)["codings"]
    assert (now["code"], now["attributes"]["posture"]) == ("gouv.decision", "seeks")


def test_undo_and_redo_go_on_after_a_restart(live, study):
    code(live, "Celui qui a le temps propose")
    code(live, "On est quatre 🦦 à voter")
    again = Live(study, "ines")
    assert (read(again)["undo"], read(again)["redo"]) == (2, 0)
    do(again, "undo")
    assert [c["quote"] for c in read(again)["codings"]] == ["Celui qui a le temps propose"]
    do(again, "undo")
    later = Live(study, "ines")
    assert (read(later)["codings"], read(later)["undo"], read(later)["redo"]) == ([], 0, 2)
    do(later, "redo")
    do(later, "redo")
    assert len(read(later)["codings"]) == 2
    assert refused("wrong", do, later, "redo").rule == "CD024"


def test_an_edited_text_is_read_anew_and_its_codings_go_with_it(live, study):
    code(live, "Celui qui a le temps propose")
    old = read(live)
    path = study / "fieldwork/interviews" / f"{DOC}.md"
    path.write_text(path.read_text("utf-8").replace("On est quatre", "Alors oui, on est quatre"), encoding="utf-8")
    stale = {"gesture": "b", "document": DOC, "text": old["text"], "act": "undo"}
    refused("stale", acts.decide_in, live, stale)
    new = read(live)
    (coding,) = new["codings"]
    assert coding["state"] == "moved"
    assert (
        new["body"][:].encode("utf-16-le")[2 * coding["start"] : 2 * coding["end"]].decode("utf-16-le")
        == coding["quote"]
    )
    assert do(live, "reanchor")["changed"][0]["state"] == "exact"
    assert read(live)["undo"] == 2


def test_a_passage_that_is_gone_waits_and_is_placed_by_a_person(live, study):
    coding = code(live, "Celui qui a le temps propose, les autres disent non")
    path = study / "fieldwork/interviews" / f"{DOC}.md"
    text = path.read_text("utf-8").replace("Celui qui a le temps propose, les autres disent non", "Voilà")
    path.write_text(text, encoding="utf-8")
    (lost,) = read(live)["codings"]
    assert lost["state"] in ("lost", "changed")
    placed = do(live, "place", coding=coding["id"], **passage(read(live), "On est quatre 🦦 à voter"))
    assert [(c["state"], c["quote"]) for c in placed["changed"]] == [("exact", "On est quatre 🦦 à voter")]


def test_what_the_command_line_codes_is_there_at_the_next_question(live, ethnokit, study):
    version = read(live)["version"]
    run = ethnokit("-C", study, "coding", "add", DOC, "--code", "gouv.roles", "--quote", "Le trésorier", "--by", "noor")
    assert run.code == 0, run.err
    now = read(live)
    assert [(c["by"], c["mine"], c["code"]) for c in now["codings"]] == [("noor", False, "gouv.roles")]
    assert now["version"] > version
    refused("wrong", do, live, "remove", coding=now["codings"][0]["id"], revision=now["codings"][0]["revision"])


def test_a_log_that_a_sync_tool_replaced_is_read_from_its_start(live, study):
    code(live, "Celui qui a le temps propose")
    kept = code(live, "On est quatre 🦦 à voter")
    log = study / "fieldwork/codings" / DOC / "ines.jsonl"
    fresh = log.with_name("fresh")
    fresh.write_text(log.read_text("utf-8").splitlines(keepends=True)[1], encoding="utf-8")
    fresh.replace(log)
    assert [c["id"] for c in read(live)["codings"]] == [kept["id"]]


def test_a_line_that_is_still_being_written_waits_for_its_end(live, study):
    code(live, "Celui qui a le temps propose")
    whole = (study / "fieldwork/codings" / DOC / "ines.jsonl").read_bytes()
    other = study / "fieldwork/codings" / DOC / "noor.jsonl"
    event = whole.replace(b'"ines"', b'"noor"').replace(b'"id": "', b'"id": "x')
    other.write_bytes(event[:50])
    assert len(read(live)["codings"]) == 1
    other.write_bytes(event)
    assert [c["by"] for c in read(live)["codings"]] == ["ines", "noor"]


def test_a_suggestion_is_accepted_with_another_passage_or_refused_and_does_not_come_back(live, study):
    before = live.suggestions(DOC)
    one = next(s for s in before if s.code == "gouv.decision")
    answer = do(live, "accept", suggestion=one.id, code="gouv.roles", **passage(read(live), "On est quatre 🦦 à voter"))
    assert answer["decided"] == [one.id]
    (coding,) = read(live)["codings"]
    assert (coding["code"], coding["suggestion"]) == ("gouv.roles", one.id)
    two = next(s for s in before if s.code == "frein.temps")
    do(live, "refuse", suggestion=two.id)
    left = {s.id for s in Live(study, "ines").suggestions(DOC)}
    assert left == {s.id for s in before} - {one.id, two.id}
    refused("stale", do, live, "refuse", suggestion=two.id)


def test_a_relation_without_its_target_is_refused_and_says_so(live):
    quote = passage(read(live), "avec le Héron, qui nous a prêté une salle")
    assert refused("wrong", do, live, "add", code="coop.entraide", **quote).rule == "CD032"
    coding = do(live, "add", code="coop.entraide", attributes={"target": "heron"}, **quote)["changed"][0]
    assert coding["attributes"]["target"] == "heron"


def test_the_reviewer_gives_verdicts_in_her_own_log_and_an_edited_coding_is_pending_again(live, reviewer, study):
    coding = code(live, "Celui qui a le temps propose")
    before = (study / "fieldwork/codings" / DOC / "ines.jsonl").read_bytes()
    seen = {"coding": coding["id"], "revision": coding["revision"]}
    assert refused("wrong", do, reviewer, "verdict", verdict="change", **seen).rule
    do(reviewer, "verdict", verdict="change", remark="Plutôt un rôle ?", **seen)
    assert (study / "fieldwork/codings" / DOC / "ines.jsonl").read_bytes() == before
    (mine,) = read(live)["codings"]
    assert (mine["review"], mine["remarks"][0]["text"], mine["remarks"][0]["by"]) == (
        "change",
        "Plutôt un rôle ?",
        "tutrice",
    )
    assert overview.study_data(live)["documents"][1]["asked"] == 1
    do(live, "comment", coding=coding["id"], remark="D’accord.")
    do(live, "change", coding=coding["id"], revision=coding["revision"], code="gouv.roles")
    assert read(reviewer)["codings"][0]["review"] == "pending"
    refused("stale", do, reviewer, "verdict", verdict="accepted", **seen)


def test_each_role_decides_what_is_its_own(live, reviewer):
    refused("forbidden", do, reviewer, "add", code="gouv.roles", **passage(read(live), "Le trésorier"))
    coding = code(live, "Le trésorier", "gouv.roles")
    refused("forbidden", do, live, "verdict", coding=coding["id"], revision=coding["revision"], verdict="accepted")
    reading = Live(live.root, "ines", read_only=True)
    refused("readonly", do, reading, "undo")
    assert [(c["code"], c["review"]) for c in read(live)["codings"]] == [("gouv.roles", None)]


def queue(live, **wish):
    return [item["coding"]["quote"] for item in reviewing.queue(live, reviewing.wanted(wish))["items"]]


def test_the_queue_holds_what_the_reviewer_asks_for(live, study):
    quotes = [
        "On est quatre 🦦 à voter",
        "Celui qui a le temps propose",
        "On a essayé autrement une fois",
        "Le trésorier",
    ]
    for n, quote in enumerate(quotes):
        code(live, quote, "gouv.roles" if n == 3 else "gouv.decision", **({"doubt": True} if n == 1 else {}))
    reviewer = Live(study, "tutrice", "reviewer")
    assert queue(reviewer) == quotes
    assert queue(reviewer, code="gouv.roles") == ["Le trésorier"]
    assert queue(reviewer, code="gouv") == quotes
    assert queue(reviewer, doubt="1") == ["Celui qui a le temps propose"]
    assert queue(reviewer, coder="noor") == []
    assert queue(reviewer, structure="loutres") == quotes
    assert queue(reviewer, structure="heron") == []
    drawn = queue(reviewer, sample="2", seed="7")
    assert len(drawn) == 2
    assert queue(Live(study, "tutrice", "reviewer"), sample="2", seed="7") == drawn
    coding = read(live)["codings"][0]
    do(reviewer, "verdict", coding=coding["id"], revision=coding["revision"], verdict="accepted")
    assert queue(reviewer) == quotes[1:]
    assert queue(reviewer, since="last") == quotes[1:]
    later = Live(study, "tutrice", "reviewer")
    assert queue(later, since="last", state="all") == []
    fresh = code(live, "les autres disent non")
    assert queue(Live(study, "tutrice", "reviewer"), since="last") == [fresh["quote"]]


def test_a_codebook_edited_elsewhere_is_seen(live, study):
    path = study / "codebook.yaml"
    text = path.read_text("utf-8").replace("label: Manque de temps", "label: Faute de temps")
    path.write_text(text, encoding="utf-8")
    live.changed({str(path)})
    labels = [c["label"] for c in overview.study_data(live)["codebook"]["codes"]]
    assert "Faute de temps" in labels


def test_the_passages_of_a_family_are_those_of_its_codes(live):
    code(live, "Le trésorier", "gouv.roles")
    code(live, "Celui qui a le temps propose")
    found = overview.code_data(live, "gouv")
    assert (found["total"], [p["turn"] for p in found["passages"]]) == (2, [2, 4])
    assert {p["structure"] for p in found["passages"]} == {"loutres"}


def test_a_log_that_cannot_be_read_for_a_moment_hides_no_other(live, study):
    code(live, "Celui qui a le temps propose")
    held = study / "fieldwork/codings" / DOC / "zoe.jsonl"
    held.symlink_to(held.name)  # a link to itself: opening it fails
    kept = code(live, "Alors on attend.")
    assert kept["quote"] == "Alors on attend."
    held.unlink()
    assert {c["quote"] for c in read(live)["codings"]} == {"Celui qui a le temps propose", "Alors on attend."}


def test_an_event_whose_last_newline_an_editor_took_away_counts(live, study):
    first = code(live, "Celui qui a le temps propose")
    log = study / "fieldwork/codings" / DOC / "ines.jsonl"
    log.write_bytes(log.read_bytes().rstrip(b"\n"))
    again = Live(study, "ines")
    assert [c["id"] for c in read(again)["codings"]] == [first["id"]]
    second = code(again, "Alors on attend.")
    assert {c["id"] for c in read(again)["codings"]} == {first["id"], second["id"]}
    assert {c["id"] for c in read(Live(study, "ines"))["codings"]} == {first["id"], second["id"]}


@pytest.fixture
def news(live, monkeypatch):
    heard = []
    monkeypatch.setattr(live.bell, "ring", heard.append)
    return heard


def test_the_first_coding_of_a_document_nobody_opened_is_told(live, study, news):
    code(Live(study, "noor"), "Le trésorier", "gouv.roles")
    log = study / "fieldwork/codings" / DOC / "noor.jsonl"
    live.changed({str(log)})
    assert [(n["kind"], n["document"]) for n in news] == [("codings", DOC)]
    assert [c.by for c in live.codings_of(DOC)] == ["noor"]


def test_logs_that_come_as_a_whole_folder_are_read(live, study, tmp_path, news):
    read(live)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(study, elsewhere)
    code(Live(elsewhere, "noor"), "Le trésorier", "gouv.roles")
    (elsewhere / "fieldwork/codings").rename(study / "fieldwork/codings")
    live.changed({str(study / "fieldwork/codings")})
    assert [c["by"] for c in read(live)["codings"]] == ["noor"]
    assert DOC in {n.get("document") for n in news}


def test_who_both_codes_and_reviews_takes_back_in_each_role_what_she_decided_in_it(live, study):
    mine = code(live, "Le trésorier", "gouv.roles")
    theirs = code(Live(study, "noor"), "Alors on attend.")
    reviewer = Live(study, "ines", "reviewer")
    seen = {"coding": theirs["id"], "revision": theirs["revision"]}
    do(reviewer, "verdict", verdict="accepted", **seen)
    own = {"coding": mine["id"], "revision": mine["revision"]}
    assert "your own" in refused("wrong", do, reviewer, "verdict", verdict="accepted", **own).message
    do(reviewer, "undo")
    assert refused("wrong", do, reviewer, "undo").rule == "CD024"
    assert {c["quote"]: c["review"] for c in read(live)["codings"]} == {"Le trésorier": None, "Alors on attend.": None}
    do(reviewer, "redo")
    do(live, "undo")
    assert [(c["quote"], c["review"]) for c in read(live)["codings"]] == [("Alors on attend.", "accepted")]


def test_suggestions_that_an_edit_overtakes_are_looked_for_again(live, study, monkeypatch):
    from ethnokit.workbench import live as module

    real, calls = module.suggestions_for, []

    def overtaken(*arguments):
        calls.append(len(calls))
        if len(calls) == 1:  # while it looks, somebody writes a memo
            memo = study / "fieldwork/memos/mardi.md"
            memo.parent.mkdir(exist_ok=True)
            memo.write_text("Le mardi.\n", encoding="utf-8")
            live.look()
        return real(*arguments)

    monkeypatch.setattr(module, "suggestions_for", overtaken)
    assert {s.code for s in live.suggestions(DOC)} == {"gouv.decision", "gouv.roles", "frein.temps"}
    assert len(calls) == 2
