import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from codings_samples import BOOK, document, event, interview
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codings import decide
from ethnokit.codings.desk import Desk
from ethnokit.codings.fold import fold
from ethnokit.codings.history import History, history, redo_last, undo_last
from ethnokit.codings.log import log_path, read
from ethnokit.codings.settle import write_down
from ethnokit.model import Act

DOC = interview()
SPAN = (DOC.body.index("On décide"), DOC.body.index(", en réunion"))


def on_disk(root, id="ent-01"):
    """All events of a document, as a program that has just started reads them."""
    events = []
    for path in sorted((root / f"fieldwork/codings/{id}").glob("*.jsonl")):
        found, problems = read(path.read_bytes(), path.name)
        assert problems == []
        events += found
    return events


def codings_of(desk, id="ent-01"):
    return [c for c in fold(on_disk(desk.root, id))[0] if c.by == desk.by]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, "alma", BOOK, frozenset({"loutres"}))


class Person:
    """One coder, and beside the log an undo stack as editors have it: the states, and which of them is shown."""

    def __init__(self, root, name):
        self.desk = Desk(root, name, BOOK, frozenset({"loutres"}))
        self.states, self.shown = [[]], 0
        self._names = (f"{name}-{n}" for n in count())

    def does(self, act, size):
        if act == "undo":
            ids, problems = undo_last(self.desk, "ent-01", on_disk(self.desk.root))
            assert bool(ids) == (self.shown > 0)
            self.shown -= bool(ids)
        elif act == "redo":
            ids, problems = redo_last(self.desk, "ent-01", on_disk(self.desk.root))
            assert bool(ids) == (self.shown + 1 < len(self.states))
            self.shown += bool(ids)
        else:
            problems = self._decides(act, size)
            self.shown += 1
            self.states[self.shown :] = [codings_of(self.desk)]
            return
        assert [p.rule for p in problems] == ([] if ids else ["CD024"])

    def _decides(self, act, size):
        """A gesture of ``size`` decisions; without a name where it is one alone."""
        desk = replace(self.desk, gesture=next(self._names) if size > 1 else None)
        for coding in [*codings_of(desk), None][:size]:
            if coding is None or act == "add":
                outcome = decide.add(desk, DOC, "gouv.decision", SPAN)
            elif act == "change":
                outcome = decide.change(desk, DOC, coding, span=(SPAN[0] + 3, SPAN[1]))
            else:
                outcome = decide.remove(desk, coding)
            assert outcome[0]


gestures = st.lists(
    st.tuples(
        st.sampled_from(["alma", "zoe"]),
        st.sampled_from(["add", "change", "remove", "undo", "undo", "redo", "redo"]),
        st.integers(1, 3),
    ),
    max_size=16,
)


@given(gestures)
def test_undo_and_redo_are_those_of_an_editor_for_each_coder_apart(made):
    with tempfile.TemporaryDirectory() as folder:
        people = {name: Person(Path(folder), name) for name in ("alma", "zoe")}
        for name, act, size in made:
            people[name].does(act, size)
            for person in people.values():
                assert codings_of(person.desk) == person.states[person.shown]
                past = history(on_disk(person.desk.root), person.desk.by)
                assert (len(past.undo), len(past.undo) + len(past.redo) + 1) == (person.shown, len(person.states))


def test_every_decision_of_a_gesture_goes_and_comes_back_at_once(desk):
    hand = replace(desk, gesture="g1")
    first, _ = decide.add(hand, DOC, "gouv.decision", SPAN)
    second, _ = decide.add(hand, DOC, "gouv.decision", SPAN)
    third, _ = decide.add(desk, DOC, "gouv.decision", SPAN)
    assert history(on_disk(desk.root), "alma") == History(undo=((first, second), (third,)))
    undo_last(desk, "ent-01", on_disk(desk.root))
    ids, problems = undo_last(replace(desk, gesture="g2"), "ent-01", on_disk(desk.root))
    assert problems == []
    assert [(e.id, e.act, e.of) for e in on_disk(desk.root) if e.gesture == "g2"] == [
        (ids[0], Act.UNDO, second),
        (ids[1], Act.UNDO, first),
    ]
    assert codings_of(desk) == []
    past = history(on_disk(desk.root), "alma")
    assert (past.undo, past.redo[-1]) == ((), ids)
    again, problems = redo_last(replace(desk, gesture="g3"), "ent-01", on_disk(desk.root))
    assert (len(again), problems) == (2, [])
    assert [c.id for c in codings_of(desk)] == [first, second]


def test_undo_reaches_the_first_decision_however_many_there_are(desk):
    for _ in range(150):
        decide.add(desk, DOC, "gouv.decision", SPAN)
    for _ in range(150):
        assert undo_last(desk, "ent-01", on_disk(desk.root))[0]
    assert codings_of(desk) == []
    for _ in range(150):
        assert redo_last(desk, "ent-01", on_disk(desk.root))[0]
    assert len(codings_of(desk)) == 150


def test_a_decision_after_an_undo_leaves_nothing_to_redo(desk):
    decide.add(desk, DOC, "gouv.decision", SPAN)
    undo_last(desk, "ent-01", on_disk(desk.root))
    made, _ = decide.add(desk, DOC, "gouv.decision", SPAN)
    assert history(on_disk(desk.root), "alma") == History(undo=((made,),))
    ids, problems = redo_last(desk, "ent-01", on_disk(desk.root))
    assert ids == ()
    assert [(p.rule, p.message) for p in problems] == [("CD024", "alma has nothing to redo.")]


def test_two_pages_that_undo_the_same_gesture_at_once_are_redone_by_one_redo(desk):
    made, _ = decide.add(desk, DOC, "gouv.decision", SPAN)
    as_both_saw_it = on_disk(desk.root)
    undo_last(desk, "ent-01", as_both_saw_it)
    undo_last(desk, "ent-01", as_both_saw_it)
    assert codings_of(desk) == []
    assert len(redo_last(desk, "ent-01", on_disk(desk.root))[0]) == 2
    assert [c.id for c in codings_of(desk)] == [made]
    assert history(on_disk(desk.root), "alma") == History(undo=((made,),))


def test_an_earlier_decision_undone_by_its_name_leaves_the_row_and_comes_back_as_the_last():
    log = [event("a"), event("b"), event("u", Act.UNDO, of="a")]
    assert history(log, "alma") == History(undo=(("b",),), redo=(("u",),))
    log.append(event("v", Act.UNDO, of="u"))
    assert history(log, "alma") == History(undo=(("b",), ("a",)))
    log.append(event("w", Act.UNDO, of="v"))
    assert history(log, "alma") == History(undo=(("b",),), redo=(("u",),))


def test_a_part_of_a_gesture_undone_by_its_name_leaves_the_rest_where_it_was():
    log = [event("a", gesture="g"), event("b", gesture="g"), event("c"), event("u", Act.UNDO, of="a")]
    assert history(log, "alma") == History(undo=(("b",), ("c",)), redo=(("u",),))
    log.append(event("v", Act.UNDO, of="u"))
    assert history(log, "alma") == History(undo=(("c",), ("a", "b")))


def test_an_undo_of_nothing_or_of_another_coder_is_passed_over():
    log = [
        event("z", by="zoe"),
        event("u", Act.UNDO, of="z"),
        event("v", Act.UNDO, of="u"),
        event("w", Act.UNDO, of="x"),
    ]
    assert history(log, "alma") == History()
    assert history(log, "zoe") == History(undo=(("z",),))


def test_a_thousand_undoings_of_undoings_are_followed():
    log = [event("u0")] + [event(f"u{n}", Act.UNDO, of=f"u{n - 1}") for n in range(1, 2001)]
    assert history(log, "alma") == History(undo=(("u0",),))
    assert history(log[:-1], "alma").undo == ()


def test_other_documents_are_neither_undone_nor_in_the_way(desk):
    here, _ = decide.add(desk, DOC, "gouv.decision", SPAN)
    there = replace(DOC, id="ent-02")
    decide.add(desk, there, "gouv.decision", SPAN)
    log_path(desk.root, "ent-03", "alma").mkdir(parents=True)
    ids, problems = undo_last(desk, "ent-01", [*on_disk(desk.root), *on_disk(desk.root, "ent-02")])
    assert (len(ids), problems) == (1, [])
    assert on_disk(desk.root)[-1].of == here
    assert len(codings_of(desk, "ent-02")) == 1


def test_a_log_that_cannot_be_written_is_told_and_undoes_nothing(desk, monkeypatch):
    decide.add(desk, DOC, "gouv.decision", SPAN)

    def full(_handle, _data):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.write", full)
        ids, problems = undo_last(desk, "ent-01", on_disk(desk.root))
    assert (ids, [p.rule for p in problems]) == ((), ["CD026"])
    assert len(codings_of(desk)) == 1


def test_undo_without_a_document_takes_back_the_last_gesture_of_the_study(desk):
    there = document(DOC.body, DOC.turns, "ent-02")
    kept, _ = decide.add(desk, DOC, "gouv.decision", SPAN)
    hand = replace(desk, gesture="g")
    decide.add(hand, there, "gouv.decision", SPAN)
    decide.add(hand, DOC, "gouv.decision", SPAN)
    decide.add(replace(desk, by="zoe"), DOC, "gouv.decision", SPAN)
    ids, problems = decide.undo(desk)
    assert (len(ids), problems) == (2, [])
    assert [c.id for c in codings_of(desk)] == [kept]
    assert codings_of(desk, "ent-02") == []
    assert len(codings_of(replace(desk, by="zoe"))) == 1


def test_places_written_down_together_are_undone_together(desk):
    for _ in range(3):
        decide.add(desk, DOC, "gouv.decision", SPAN)
    before = codings_of(desk)
    edited = document("Bonjour.\n" + DOC.body)
    moved = [
        replace(c, anchor=replace(c.anchor, start=c.anchor.start + 9, end=c.anchor.end + 9, text_hash=edited.text_hash))
        for c in before
    ]
    written, problems = write_down(desk, moved, {"ent-01": edited})
    assert (len(written), problems) == (3, [])
    assert [c.anchor.start for c in codings_of(desk)] == [SPAN[0] + 9] * 3
    assert len(undo_last(desk, "ent-01", on_disk(desk.root))[0]) == 3
    assert codings_of(desk) == before
