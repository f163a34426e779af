import json
from dataclasses import replace

import pytest
from codings_samples import BOOK, event, interview
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codings import decide, log
from ethnokit.codings.desk import Desk
from ethnokit.codings.fold import fold
from ethnokit.codings.history import undo_last
from ethnokit.codings.jsonl import dump
from ethnokit.codings.review import comment, give_verdict
from ethnokit.codings.settle import give_up, place
from ethnokit.diagnostics import Severity
from ethnokit.diagnostics.rules import RULES
from ethnokit.model import Act, Anchor, Attributes, Posture, Review, Verdict

DOC = interview()
SPAN = (DOC.body.index("On décide"), DOC.body.index(", en réunion"))
OFFERS = Attributes(posture=Posture.OFFERS)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, "alma", BOOK, frozenset({"loutres"}))


@pytest.fixture
def tutor(desk):
    return replace(desk, by="tutor")


def events(desk):
    logs = sorted((desk.root / "fieldwork/codings/ent-01").glob("*.jsonl"))
    return [e for path in logs for e in log.read(path.read_bytes(), path.name)[0]]


def only(desk):
    (coding,) = fold(events(desk))[0]
    return coding


@pytest.fixture
def coding(desk):
    assert decide.add(desk, DOC, "gouv.decision", SPAN)[0]
    return only(desk)


def test_nobody_said_anything_yet(coding):
    assert (coding.review, coding.remarks, coding.revision) == (None, (), coding.id)


@pytest.mark.parametrize(
    ("verdict", "remark", "review"),
    [
        (Verdict.ACCEPTED, None, Review.ACCEPTED),
        (Verdict.ACCEPTED, "Très bien.", Review.ACCEPTED),
        (Verdict.CHANGE, "Plus court.", Review.CHANGE),
        (Verdict.REFUSED, "C’est un souhait.", Review.REFUSED),
    ],
)
def test_a_verdict_is_in_the_log_of_who_gave_it_and_leaves_the_coding_as_it_is(
    desk, tutor, coding, verdict, remark, review
):
    made, problems = give_verdict(tutor, coding, verdict, remark, gesture="g")
    assert problems == []
    judged = only(desk)
    (said,) = judged.remarks
    assert (said.id, said.by, said.verdict, said.text, said.seen) == (made, "tutor", verdict, remark or "", coding.id)
    assert (judged.review, replace(judged, remarks=())) == (review, coding)
    written = json.loads((desk.root / "fieldwork/codings/ent-01/tutor.jsonl").read_text(encoding="utf-8"))
    expected = {"act": "verdict", "of": coding.id, "verdict": verdict.value, "seen": coding.id, "gesture": "g"}
    assert expected.items() <= written.items()
    assert written.get("remark") == remark


@pytest.mark.parametrize("remark", [None, "", " \n\t"])
@pytest.mark.parametrize("verdict", [Verdict.CHANGE, Verdict.REFUSED])
def test_who_asks_for_a_change_or_refuses_says_why(desk, tutor, coding, verdict, remark):
    made, problems = give_verdict(tutor, coding, verdict, remark)
    assert (made, [p.rule for p in problems]) == (None, ["CD028"])
    assert "CD028" in RULES
    assert only(desk) == coding


def test_a_comment_changes_no_verdict_and_needs_words(desk, tutor, coding):
    give_verdict(tutor, coding, Verdict.CHANGE, "Plus court.")
    assert comment(desk, only(desk), "  Ainsi ?  ")[0]
    assert [(r.by, r.verdict, r.text) for r in only(desk).remarks] == [
        ("tutor", Verdict.CHANGE, "Plus court."),
        ("alma", None, "Ainsi ?"),
    ]
    assert only(desk).review is Review.CHANGE
    before = only(desk)
    made, problems = comment(desk, before, " ")
    assert (made, [p.rule for p in problems]) == (None, ["CD028"])
    assert only(desk) == before


@pytest.mark.parametrize(
    "changed", [{"code": "gouv.decision"}, {"span": (SPAN[0], SPAN[1] - 4)}, {"attributes": OFFERS}], ids=str
)
def test_a_coding_changed_since_its_verdict_is_pending_until_the_change_is_undone(desk, tutor, coding, changed):
    give_verdict(tutor, coding, Verdict.ACCEPTED)
    made, _ = decide.change(desk, DOC, only(desk), **changed)
    assert (only(desk).revision, only(desk).review) == (made, Review.PENDING)
    undo_last(desk, "ent-01", events(desk))
    assert (only(desk).revision, only(desk).review) == (coding.id, Review.ACCEPTED)
    decide.change(desk, DOC, only(desk), **changed)
    give_verdict(tutor, only(desk), Verdict.REFUSED, "Non.")
    assert only(desk).review is Review.REFUSED


def test_a_verdict_on_an_older_revision_is_pending_even_if_it_comes_later(desk, tutor, coding):
    decide.change(desk, DOC, coding, attributes=OFFERS)
    give_verdict(tutor, coding, Verdict.ACCEPTED)
    assert only(desk).review is Review.PENDING


def test_a_coding_that_only_found_its_place_again_keeps_its_verdict(desk, tutor, coding):
    give_verdict(tutor, coding, Verdict.ACCEPTED)
    assert place(desk, DOC, only(desk), (SPAN[0] + 3, SPAN[1]))[0]
    assert (only(desk).anchor.start, only(desk).review) == (SPAN[0] + 3, Review.ACCEPTED)
    assert give_up(desk, only(desk))[0]
    assert (only(desk).given_up, only(desk).review) == (True, Review.ACCEPTED)


def test_the_last_of_two_reviewers_counts_and_a_verdict_can_be_undone(desk, tutor, coding):
    give_verdict(tutor, coding, Verdict.ACCEPTED)
    other = replace(desk, by="zoe")
    give_verdict(other, coding, Verdict.REFUSED, "Non.")
    assert only(desk).review is Review.REFUSED
    undo_last(other, "ent-01", events(desk))
    assert only(desk).review is Review.ACCEPTED
    undo_last(tutor, "ent-01", events(desk))
    assert only(desk) == coding


def test_remarks_stay_with_a_coding_that_is_removed_and_brought_back(desk, tutor, coding):
    give_verdict(tutor, coding, Verdict.CHANGE, "Plus court.")
    decide.remove(desk, coding)
    comment(tutor, coding, "Pourquoi ?")
    assert fold(events(desk))[0] == ()
    undo_last(desk, "ent-01", events(desk))
    assert [r.text for r in only(desk).remarks] == ["Plus court.", "Pourquoi ?"]


steps = st.lists(st.sampled_from(["change", "reanchor", "lose", "comment", "verdict"]), max_size=12)


@given(steps, st.integers(-5, 5))
def test_a_coding_waits_exactly_when_a_person_changed_it_since_the_last_verdict(made, ahead):
    revision, review = "a", None
    record = [event("a")]
    for n, act in enumerate(made):
        more = {"of": "a"}
        if act == "reanchor":
            more["anchor"] = Anchor(n, n + 4, "text")
        if act == "verdict":
            more |= {"verdict": Verdict.ACCEPTED, "seen": revision}
            review = Review.ACCEPTED
        if act == "change":
            revision, review = f"e{n}", review and Review.PENDING
        # The coder's computer is some minutes ahead of the tutor's or behind: verdicts are of one log and in order.
        by, minutes = ("tutor", n) if act in ("verdict", "comment") else ("alma", n + ahead)
        record.append(event(f"e{n}", Act(act), by, minutes, **more))
    (coding,) = fold(record)[0]
    assert (coding.revision, coding.review) == (revision, review)


def line(**more):
    return json.dumps(json.loads(dump(event("v", Act.COMMENT, "tutor", of="a", remark="Oui."))) | more).encode()


@pytest.mark.parametrize(
    ("written", "rule", "severity"),
    [
        ({"act": "verdict", "verdict": "applaud"}, "CD003", Severity.WARNING),
        ({"act": "verdict"}, "CD002", Severity.ERROR),
        ({"act": "verdict", "verdict": 3}, "CD002", Severity.ERROR),
        ({"remark": ""}, "CD002", Severity.ERROR),
        ({"remark": None}, "CD002", Severity.ERROR),
        ({"of": None}, "CD002", Severity.ERROR),
    ],
    ids=str,
)
def test_what_is_no_verdict_and_no_comment_is_told_and_hides_nothing(written, rule, severity):
    data = line(**written) + b"\n" + dump(event("b"))
    found, problems = log.read(data, "tutor.jsonl")
    assert [e.id for e in found] == ["b"]
    assert [(p.rule, p.severity, p.line) for p in problems] == [(rule, severity, 1)]
