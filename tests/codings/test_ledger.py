import datetime as dt

from codings_samples import NOON, event
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codings.fold import fold, in_time
from ethnokit.codings.history import History, history
from ethnokit.codings.ledger import Ledger
from ethnokit.model import Act, Anchor, Verdict

CODERS = ("alma", "tutor", "zoe")
MAKING = (Act.ADD, Act.ACCEPT, Act.REFUSE)


@st.composite
def sequences(draw):
    """Events as they may come from disk: of several coders, clocks apart and set back, naming what is yet to come."""
    count = draw(st.integers(0, 14))
    known = [f"e{n}" for n in range(count)]
    made = []
    for n in range(count):
        act = draw(st.sampled_from([*Act, Act.ADD, Act.ACCEPT, Act.UNDO, Act.UNDO]))
        more = {"gesture": draw(st.sampled_from([None, None, "g1", "g2"]))}
        if act in MAKING:
            more["suggestion"] = draw(st.sampled_from([None, "s1", "s2"]))
            more["code"] = draw(st.sampled_from(["gouv.decision", "coop.entraide"]))
        else:
            more["of"] = draw(st.sampled_from(known))
        if act is Act.REANCHOR or (act is Act.CHANGE and draw(st.booleans())):
            more["anchor"] = Anchor(n, n + 4, "text")
        if act is Act.VERDICT:
            more |= {"verdict": draw(st.sampled_from(Verdict)), "seen": draw(st.sampled_from(known))}
        made.append(event(f"e{n}", act, draw(st.sampled_from(CODERS)), draw(st.integers(-3, 3)), **more))
    return made


def portions(draw, events):
    """The events in portions, some of them twice, as a log is read again after a sync tool touched it."""
    taken = 0
    while taken < len(events):
        again = draw(st.integers(0, taken))
        size = draw(st.integers(1, 4))
        yield events[again : taken + size]
        taken += size


def stands(ledger):
    return ledger.codings, ledger.refusals


def folded(events):
    codings, refusals = fold(events)
    return {c.id: c for c in codings}, {r.id: r for r in refusals}


def differing(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@given(sequences(), st.data())
def test_in_whatever_portions_events_come_the_ledger_says_what_the_whole_log_says(events, data):
    ledger, taken = Ledger(), []
    for portion in portions(data.draw, events):
        before = dict(ledger.codings)
        changed = ledger.take(portion)
        taken += portion
        assert stands(ledger) == folded(taken)
        assert changed == differing(before, ledger.codings)
    assert ledger.events == in_time(events)


@given(sequences(), st.data())
def test_which_log_is_read_first_makes_no_difference(events, data):
    logs = {coder: [e for e in events if e.by == coder] for coder in CODERS}
    ledger = Ledger()
    left = {coder: list(log) for coder, log in logs.items()}
    while any(left.values()):
        coder = data.draw(st.sampled_from([coder for coder in CODERS if left[coder]]))
        size = data.draw(st.integers(1, 3))
        ledger.take(left[coder][:size])
        left[coder] = left[coder][size:]
    one_after_the_other = [e for log in logs.values() for e in log]
    assert stands(ledger) == folded(one_after_the_other) == folded(events)
    assert ledger.events == in_time(one_after_the_other)


@given(sequences(), sequences(), st.integers(0, 14), st.data())
def test_a_conflict_copy_counts_each_event_once(events, others, shared, data):
    copy = [e for e in events[:shared] if e.by == "alma"]
    copy += [event(f"copy-{e.id}", e.act, "alma", 1, of=e.of, anchor=e.anchor) for e in others]
    ledger = Ledger()
    for portion in portions(data.draw, events + copy):
        ledger.take(portion)
    assert stands(ledger) == folded(events + copy)
    assert sorted(e.id for e in ledger.events) == sorted({e.id for e in events + copy})


@given(sequences(), st.data())
def test_the_ledger_knows_what_each_can_undo(events, data):
    ledger = Ledger()
    for portion in portions(data.draw, events):
        ledger.take(portion)
    assert [ledger.history(coder) for coder in CODERS] == [history(events, coder) for coder in CODERS]
    assert ledger.history("nobody") == History()


def test_a_gesture_is_found_by_who_made_it_and_its_name():
    ledger = Ledger()
    one, two = event("a", gesture="g"), event("b", gesture="g")
    ledger.take([one, event("c", by="zoe", gesture="g")])
    ledger.take([event("d"), two, one])
    assert ledger.by_gesture("alma", "g") == (one, two)
    assert [e.id for e in ledger.by_gesture("zoe", "g")] == ["c"]
    assert [e.id for e in ledger.by_gesture("alma", "d")] == ["d"]
    assert ledger.by_gesture("alma", "h") == ()


def test_what_was_taken_before_changes_nothing():
    ledger = Ledger()
    assert ledger.take([event("a"), event("b")]) == {"a", "b"}
    assert ledger.take([event("a"), event("b")]) == frozenset()


def test_a_coding_made_and_removed_at_once_is_no_news():
    ledger = Ledger()
    assert ledger.take([event("a"), event("r", Act.REMOVE, of="a"), event("b")]) == {"b"}
    assert list(ledger.codings) == ["b"]


def test_a_verdict_that_comes_before_its_coding_waits_for_it():
    # The tutor's log is synced first, and the coding came from a suggestion.
    ledger = Ledger()
    verdict = event("v", Act.VERDICT, "tutor", 5, of="a", verdict=Verdict.ACCEPTED, seen="a")
    assert ledger.take([verdict, event("w", Act.UNDO, "tutor", 6, of="v")]) == frozenset()
    assert ledger.take([event("a", Act.ACCEPT, suggestion="s")]) == {"a"}
    assert ledger.codings["a"].remarks == ()
    assert ledger.take([event("x", Act.UNDO, "tutor", 7, of="w")]) == {"a"}
    assert [r.verdict for r in ledger.codings["a"].remarks] == [Verdict.ACCEPTED]


def test_an_event_from_a_clock_behind_takes_its_place_in_time():
    ledger = Ledger()
    ledger.take([event("a", minutes=0), event("x", Act.CHANGE, "tutor", 30, of="a", code="coop.entraide")])
    assert ledger.take([event("y", Act.CHANGE, "zoe", 10, of="a", code="gouv.decision")]) == frozenset()
    assert ledger.codings["a"].code == "coop.entraide"
    assert [e.id for e in ledger.events] == ["a", "y", "x"]
    assert ledger.events[1].at == NOON + dt.timedelta(minutes=10)
