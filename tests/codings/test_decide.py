import errno
import json
from dataclasses import replace

import pytest
from codings_samples import BOOK, interview
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codings import decide
from ethnokit.codings.attributes import parse_attributes
from ethnokit.codings.bulk import read_bulk
from ethnokit.codings.fold import fold
from ethnokit.codings.log import read
from ethnokit.diagnostics.rules import RULES
from ethnokit.model import Attributes, Audience, Code, Posture, Suggestion

DOC = interview()
ANSWER = "On décide à l’unanimité"


@pytest.fixture
def desk(tmp_path):
    return decide.Desk(tmp_path, "alma", BOOK, frozenset({"loutres", "herissons"}))


def stored(desk):
    events = []
    for path in sorted((desk.root / "fieldwork/codings").glob("*/*.jsonl")):
        found, problems = read(path.read_bytes(), path.name)
        assert problems == []
        events += found
    return fold(events)


def rules(problems):
    assert all(p.rule in RULES for p in problems)
    assert not any(ANSWER in p.message or p.excerpt for p in problems)
    return [p.rule for p in problems]


def span(words):
    start = DOC.body.index(words)
    return start, start + len(words)


def test_add_quote(desk):
    made, problems = decide.add_quote(desk, DOC, "gouv.decision", "On décide à l'unanimité")
    assert problems == []
    (coding,), _ = stored(desk)
    assert (coding.id, coding.by, coding.anchor.quote, coding.codebook) == (made, "alma", ANSWER, "0.1")


@pytest.mark.parametrize(
    ("code", "words", "attributes", "expected"),
    [
        ("gouv.decison", ANSWER, Attributes(), ["CD030"]),
        ("gouv", ANSWER, Attributes(), ["CD031"]),
        ("coop.entraide", ANSWER, Attributes(), ["CD032"]),
        ("coop.entraide", ANSWER, Attributes(target="loutre"), ["CD033"]),
        ("gouv.decision", "Comment décidez-vous", Attributes(), ["CD036"]),
        ("gouv.decision", "réunion.\nEt sinon", Attributes(), ["CD036"]),
        ("nope", "Et sinon", Attributes(structure="x"), ["CD030", "CD033", "CD036"]),
    ],
)
def test_what_cannot_be_coded(desk, code, words, attributes, expected):
    made, problems = decide.add(desk, DOC, code, span(words), attributes)
    assert (made, rules(problems)) == (None, expected)
    assert stored(desk) == ((), ())


def test_did_you_mean(desk):
    _, (problem,) = decide.add(desk, DOC, "gouv.decison", span(ANSWER))
    assert "gouv.decision" in problem.hint


@pytest.mark.parametrize(
    ("where", "rule"), [((0, 10_000), "CD034"), ((-1, 5), "CD034"), ((30, 30), "CD035"), ((22, 23), "CD035")]
)
def test_wrong_places(desk, where, rule):
    assert rules(decide.add(desk, DOC, "gouv.decision", where)[1]) == [rule]


def test_a_question_inside_an_answer_is_a_warning(desk):
    start, end = span("On décide")[0], span("On reporte")[1]
    made, problems = decide.add(desk, DOC, "gouv.decision", (start, end))
    assert made
    assert rules(problems) == ["CD037"]


def test_quote_problems(desk):
    assert rules(decide.add_quote(desk, DOC, "gouv.decision", "rien")[1]) == ["CD021"]
    assert rules(decide.add_quote(desk, DOC, "gouv.decision", "On")[1]) == ["CD022"]
    assert decide.add_quote(desk, DOC, "gouv.decision", "On", 2)[0]


def test_a_coder_whose_name_is_no_file(desk, tmp_path):
    desk = decide.Desk(tmp_path, "../alma", BOOK)
    assert rules(decide.add(desk, DOC, "gouv.decision", span(ANSWER))[1]) == ["CD020"]


def suggestion(**more):
    start, end = span(ANSWER)
    values = {"id": "s1", "document": "ent-01", "code": "gouv.decision", "start": start, "end": end}
    return Suggestion(**(values | {"quote": ANSWER, "source": "words", "score": 1.0, "why": ()} | more))


def test_accept_change_remove_undo(desk):
    made, _ = decide.accept(desk, DOC, suggestion(attributes=Attributes(posture=Posture.PRACTISES)))
    (coding,), _ = stored(desk)
    assert (coding.id, coding.suggestion, coding.attributes.posture) == (made, "s1", Posture.PRACTISES)

    attributes, _ = parse_attributes(["posture=cherche", "specific=oui"], coding.attributes)
    assert decide.change(desk, DOC, coding, attributes=attributes)[0]
    assert stored(desk)[0][0].attributes == Attributes(posture=Posture.SEEKS, specific=True)

    tutor = decide.Desk(desk.root, "tutor", BOOK)
    gone, _ = decide.remove(tutor, coding)
    assert stored(desk)[0] == ()
    assert rules(decide.undo(desk, gone)[1]) == ["CD024"]
    assert decide.undo(tutor)[0]
    assert len(stored(desk)[0]) == 1
    assert decide.undo(desk)[0]
    assert stored(desk)[0] == (coding,)
    assert decide.undo(desk)[0]
    assert stored(desk)[0] == ()
    assert rules(decide.undo(desk)[1]) == ["CD024"]


def test_a_suggestion_accepted_with_another_code_place_and_attributes(desk):
    book = replace(BOOK, codes=(*BOOK.codes, Code("gouv.statut", "Statut", parent="gouv")))
    desk = replace(desk, codebook=book, gesture="g")
    offered = suggestion(attributes=Attributes(posture=Posture.PRACTISES))
    where = span("à l’unanimité, en réunion")
    made, problems = decide.accept(desk, DOC, offered, Attributes(doubt=True), code="gouv.statut", span=where)
    assert problems == []
    (coding,), _ = stored(desk)
    assert (coding.id, coding.suggestion, coding.code) == (made, "s1", "gouv.statut")
    assert (coding.anchor.quote, coding.attributes) == ("à l’unanimité, en réunion", Attributes(doubt=True))


@pytest.mark.parametrize(
    ("changed", "rule"),
    [({"code": "gouv"}, "CD031"), ({"span": (0, 8)}, "CD036"), ({"span": (0, 9999)}, "CD034")],
    ids=str,
)
def test_a_suggestion_is_not_accepted_with_what_could_not_be_coded(desk, changed, rule):
    made, problems = decide.accept(desk, DOC, suggestion(), **changed)
    assert (made, rules(problems)) == (None, [rule])
    assert stored(desk) == ((), ())


def test_every_decision_carries_the_gesture_it_is_part_of(desk):
    hand = replace(desk, gesture="g")
    decide.accept(hand, DOC, suggestion())
    (coding,), _ = stored(desk)
    decide.change(hand, DOC, coding, span=span("On reporte"))
    decide.remove(hand, coding)
    decide.refuse(hand, DOC, suggestion(id="s2"))
    data = (desk.root / "fieldwork/codings/ent-01/alma.jsonl").read_bytes()
    events, _problems = read(data, "alma.jsonl")
    assert [(e.act.value, e.gesture) for e in events] == [
        (act, "g") for act in ("accept", "change", "remove", "refuse")
    ]


def test_refuse_and_stale_suggestion(desk):
    made, problems = decide.refuse(desk, DOC, suggestion())
    assert problems == []
    assert [(r.id, r.suggestion) for r in stored(desk)[1]] == [(made, "s1")]
    assert rules(decide.accept(desk, DOC, suggestion(quote="autre"))[1]) == ["CD023"]


def test_full_disk_is_told(desk, monkeypatch):
    def full(handle, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.write", full)
    made, problems = decide.add(desk, DOC, "gouv.decision", span(ANSWER))
    assert (made, rules(problems)) == (None, ["CD026"])


def test_attributes_in_french():
    attributes, problems = parse_attributes(["doute=oui", "specifique=oui"])
    assert (attributes, problems) == (Attributes(doubt=True, specific=True), [])
    assert parse_attributes(["doubt=", "specific=no"], attributes) == (Attributes(), [])
    attributes, problems = parse_attributes(["posture=a_quitte", "cible=loutres", "diffusion=équipe", "specifique=non"])
    assert problems == []
    assert attributes == Attributes(posture=Posture.GAVE_UP, target="loutres", audience=Audience.TEAM)
    assert parse_attributes("posture=", attributes)[0].posture is None


@pytest.mark.parametrize("written", ["posture=ofers", "postur=offers", "posture", "specific=maybe", "doubt=1.0"])
def test_wrong_attributes(written):
    attributes, problems = parse_attributes(written)
    assert (attributes, rules(problems)) == (Attributes(), ["CD010"])


JSONL = '{"document":"ent-01","code":"gouv.decision","quote":"On","nth":2,"attributes":{"posture":"offers"}}\n'
CSV = "document;code;citation;nth;posture\nent-01;gouv.decision;On;2;propose\n"


@pytest.mark.parametrize("text", [JSONL, CSV, CSV.replace(";", ","), "[" + JSONL + "]", "\ufeff" + CSV])
def test_bulk(desk, text):
    rows, problems = read_bulk(text)
    assert problems == []
    ids, problems = decide.add_many(desk, {"ent-01": DOC}, rows)
    assert problems == []
    (coding,), _ = stored(desk)
    assert ids == (coding.id,)
    assert len(decide.undo(desk)[0]) == 1
    assert stored(desk) == ((), ())
    assert (coding.anchor.start, coding.attributes.posture) == (span("On reporte")[0], Posture.OFFERS)


def test_one_wrong_row_and_nothing_is_written(desk):
    wrong = [{"document": "ent-02", "code": "gouv.decision", "quote": "On"}, {"document": "ent-01", "quote": ANSWER}]
    rows, _ = read_bulk(JSONL + "\n".join(map(json.dumps, wrong)))
    ids, problems = decide.add_many(desk, {"ent-01": DOC}, rows, "bulk.jsonl")
    assert ids == ()
    assert [(p.path, p.line, p.rule) for p in problems] == [("bulk.jsonl", 2, "CD025"), ("bulk.jsonl", 3, "CD030")]
    assert stored(desk) == ((), ())


def test_bulk_rows_that_cannot_be_read():
    rows, problems = read_bulk('{"document":"d","start":"x"}\noops\n{"document":"e","posture":"zzz"}\n', "b")
    assert [r.line for r in rows] == [1, 3]
    assert [(p.line, p.rule) for p in problems] == [(1, "CD011"), (2, "CD011"), (3, "CD010")]


def test_a_table_whose_quotation_mark_is_never_closed_keeps_the_rows_before_it():
    rows, problems = read_bulk('document,quote\nd,a\ne,"' + "x" * 200_000, "b")
    assert [r.document for r in rows] == ["d"]
    assert [(p.rule, p.path, p.line) for p in problems] == [("CD011", "b", 3)]


PIECES = st.sampled_from(
    [
        '{"document": "d"}',
        '{"start": 1e999}',
        "[",
        "]",
        "{",
        "}",
        '"',
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        "\x00",
        "NaN",
        "null",
    ]
)


@given(st.lists(PIECES, max_size=10).map("".join) | st.text(max_size=60))
def test_any_bulk_file_gives_rows_or_problems(text):
    rows, problems = read_bulk(text, "b")
    assert all(row.line >= 1 for row in rows)
    assert {p.rule for p in problems} <= {"CD010", "CD011"}
