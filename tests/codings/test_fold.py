from dataclasses import replace

from codings_samples import event
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codings.fold import fold, in_time
from ethnokit.codings.ids import new_id
from ethnokit.model import Act, Attributes, Posture

OFFERS, SEEKS = Attributes(posture=Posture.OFFERS), Attributes(posture=Posture.SEEKS)


def ids(events):
    codings, refusals = fold(events)
    return [c.id for c in codings], [r.id for r in refusals]


def test_add_accept_refuse():
    events = [event("a"), event("b", Act.ACCEPT, suggestion="s1"), event("c", Act.REFUSE, suggestion="s2")]
    codings, refusals = fold(events)
    assert [(c.id, c.suggestion) for c in codings] == [("a", None), ("b", "s1")]
    assert [(r.id, r.suggestion) for r in refusals] == [("c", "s2")]


def test_change_keeps_author_and_place_in_the_order():
    tutor = event("x", Act.CHANGE, by="tutor", of="a", attributes=SEEKS, code="coop.entraide")
    codings, _ = fold([event("a", attributes=OFFERS), event("b"), tutor])
    assert [(c.id, c.by, c.code, c.attributes) for c in codings] == [
        ("a", "alma", "coop.entraide", SEEKS),
        ("b", "alma", "gouv.decision", Attributes()),
    ]


def test_remove_then_undo_then_undo_of_the_undo():
    log = [event("a"), event("r", Act.REMOVE, of="a")]
    assert ids(log) == ([], [])
    log.append(event("u", Act.UNDO, of="r"))
    assert ids(log) == (["a"], [])
    log.append(event("uu", Act.UNDO, of="u"))
    assert ids(log) == ([], [])
    log.append(event("uuu", Act.UNDO, of="uu"))
    assert ids(log) == (["a"], [])


def test_nobody_undoes_the_event_of_another():
    assert ids([event("a"), event("u", Act.UNDO, by="tutor", of="a")]) == (["a"], [])


def test_undo_of_itself_or_of_what_follows_does_nothing():
    assert ids([event("u", Act.UNDO, of="u"), event("w", Act.UNDO, of="a"), event("a")]) == (["a"], [])


def test_the_last_decision_on_a_suggestion_holds():
    yes = event("y", Act.ACCEPT, suggestion="s")
    no = event("n", Act.REFUSE, suggestion="s")
    assert ids([yes, no]) == ([], ["n"])
    assert ids([no, yes]) == (["y"], [])
    assert ids([yes, event("y2", Act.ACCEPT, suggestion="s")]) == (["y"], [])
    assert ids([yes, event("z", Act.REFUSE, by="zoe", suggestion="s")]) == (["y"], ["z"])


def test_a_clock_set_back_does_not_reorder_one_log():
    log = [event("a", minutes=10), event("r", Act.REMOVE, minutes=0, of="a")]
    assert ids(log) == ([], [])


def test_a_change_dated_before_its_coding_still_counts():
    log = [event("a", minutes=10), event("r", Act.REMOVE, by="tutor", minutes=0, of="a")]
    assert ids(log) == ([], [])


def test_conflict_copy_counts_once():
    log = [event("a"), event("b")]
    assert ids([*log, log[0], event("c")]) == (["a", "b", "c"], [])


@st.composite
def logs(draw):
    made = []
    for n in range(draw(st.integers(0, 12))):
        known = [e.id for e in made] or ["none"]
        act = draw(st.sampled_from(Act))
        by = draw(st.sampled_from(["alma", "zoe"]))
        of = draw(st.sampled_from(known)) if act in (Act.CHANGE, Act.REMOVE, Act.UNDO) else None
        suggestion = draw(st.sampled_from(["s1", "s2"])) if act in (Act.ACCEPT, Act.REFUSE) else None
        made.append(event(f"e{n}", act, by, n, of=of, suggestion=suggestion))
    return made


@given(logs())
def test_undoing_the_last_event_gives_what_stood_before(log):
    for n, last in enumerate(log):
        if last.act is Act.UNDO:
            continue
        undo = replace(event("undo", Act.UNDO, last.by, 100), of=last.id)
        assert fold([*log[: n + 1], undo]) == fold(log[:n])


@given(logs())
def test_logs_may_come_in_any_order(log):
    by_coder = [e for e in log if e.by == "zoe"] + [e for e in log if e.by == "alma"]
    assert in_time(by_coder) == in_time(log)
    assert fold(by_coder) == fold(log) == fold(log + log)


def test_ids_are_unique_and_sort_by_time():
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert {len(i) for i in made} == {26}
