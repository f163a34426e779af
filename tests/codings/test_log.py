import datetime as dt
import errno
import json
import os
import stat
from pathlib import Path

import pytest
from codings_samples import event
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.codings import log
from ethnokit.codings.jsonl import dump
from ethnokit.diagnostics import Severity
from ethnokit.model import Act, Anchor, Attributes, Audience, Event, Posture, Scale, Verdict

texts = st.text(max_size=20)
names = st.text(min_size=1, max_size=10)
numbers = st.integers(0, 10**6)
anchors = st.builds(Anchor, numbers, numbers, texts, texts, texts, st.none() | numbers, texts)
attributes = st.builds(
    Attributes,
    posture=st.none() | st.sampled_from(Posture),
    scale=st.none() | st.sampled_from(Scale),
    target=st.none() | texts,
    specific=st.booleans(),
    audience=st.none() | st.sampled_from(Audience),
    structure=st.none() | texts,
    memo=st.none() | texts,
    doubt=st.booleans(),
)
moments = st.datetimes(timezones=st.just(dt.UTC))
made = st.builds(
    Event,
    names,
    moments,
    names,
    st.sampled_from([Act.ADD, Act.ACCEPT, Act.REFUSE]),
    names,
    texts,
    anchors,
    attributes,
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
    st.just({"mood": [1, {"x": None}]}),
    st.none() | texts,
)
answers = st.builds(
    Event,
    names,
    moments,
    names,
    st.sampled_from([Act.CHANGE, Act.REMOVE, Act.UNDO]),
    names,
    st.none() | texts,
    st.none() | anchors,
    attributes,
    texts,
    st.none(),
    st.none() | texts,
    gesture=st.none() | texts,
)
said = st.builds(
    Event,
    names,
    moments,
    names,
    st.sampled_from([Act.VERDICT, Act.COMMENT]),
    names,
    of=texts,
    gesture=st.none() | texts,
    verdict=st.sampled_from(Verdict),
    remark=names,
    seen=st.none() | texts,
)


@given(st.lists(made | answers | said, max_size=5))
def test_every_event_comes_back_as_it_was(events):
    data = b"".join(dump(e) for e in events)
    back, problems = log.read(data, "x")
    assert problems == []
    assert back == tuple(events)
    assert [e.extra for e in back] == [e.extra for e in events]


@given(st.lists(made, min_size=2, max_size=3, unique_by=lambda e: e.id), st.data())
def test_a_log_cut_anywhere_keeps_every_whole_line(events, data):
    lines = [dump(e) for e in events]
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    back, problems = log.read(whole[:cut], "x")
    count = whole[:cut].count(b"\n")
    assert back[:count] == tuple(events[:count])
    assert all(p.severity is Severity.NOTE for p in problems)


def test_append_and_read(tmp_path):
    log.append(tmp_path, "ent-01", "alma", [event("a"), event("b")])
    log.append(tmp_path, "ent-01", "alma", [event("c")])
    data = (tmp_path / "fieldwork/codings/ent-01/alma.jsonl").read_bytes()
    assert [e.id for e in log.read(data, "x")[0]] == ["a", "b", "c"]
    assert json.loads(data.split(b"\n")[0])["v"] == 1


@pytest.mark.parametrize("cut", [1, 10, -1])
def test_a_torn_line_never_merges_with_the_next(tmp_path, cut):
    path = log.log_path(tmp_path, "ent-01", "alma")
    path.parent.mkdir(parents=True)
    path.write_bytes(dump(event("a")) + dump(event("torn"))[:cut])
    log.append(tmp_path, "ent-01", "alma", [event("b")])
    events, problems = log.read(path.read_bytes(), "x")
    # Cut at -1 only the newline is missing: the event is whole.
    assert [e.id for e in events] == (["a", "torn", "b"] if cut == -1 else ["a", "b"])
    assert [(p.rule, p.severity, p.line) for p in problems] == ([] if cut == -1 else [("CD001", Severity.NOTE, 2)])


def test_a_bad_line_in_the_middle_is_an_error_with_its_line():
    data = dump(event("a")) + b'{"oops\n' + dump(event("b"))
    events, problems = log.read(data, "x.jsonl")
    assert [e.id for e in events] == ["a", "b"]
    assert [(p.rule, p.path, p.line, p.severity) for p in problems] == [("CD002", "x.jsonl", 2, Severity.ERROR)]


def test_unknown_act_and_unknown_keys():
    good = json.loads(dump(event("a"))) | {"mood": "gay", "v": 2, "attributes": {"posture": "offers", "tone": 3}}
    new = good | {"act": "applaud"}
    events, problems = log.read(json.dumps(good).encode() + b"\r\n\n" + json.dumps(new).encode() + b"\n", "x")
    assert [(p.rule, p.line, p.severity) for p in problems] == [("CD003", 3, Severity.WARNING)]
    assert events[0].extra == {"mood": "gay", "v": 2, "attributes": {"tone": 3}}
    assert events[0].attributes.posture is Posture.OFFERS
    assert json.loads(dump(events[0])) == good


@pytest.mark.parametrize(
    "line", [b"[1]", b"3", b"null", b'{"v":1}', b"\xff\xfe", b"[" * 100_000, b'{"act":"add","id":"a"}', b"<<<<<<< ours"]
)
def test_lines_that_are_no_events_never_raise(line):
    events, problems = log.read(line + b"\n" + dump(event("b")), "x")
    assert [e.id for e in events] == ["b"]
    assert [(p.rule, p.line) for p in problems] == [("CD002", 1)]


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(data):
    events, problems = log.read(data, "x")
    assert list(events) == []
    assert {problem.path for problem in problems} <= {"x"}


@pytest.mark.parametrize("taken", [0, 25])
def test_a_full_disk_leaves_the_log_readable(tmp_path, monkeypatch, taken):
    log.append(tmp_path, "ent-01", "alma", [event("a")])
    real = os.write
    room = [taken]

    def nearly_full(handle, data):
        left, room[0] = room[0], 0
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data[:left])

    monkeypatch.setattr(log.os, "write", nearly_full)
    with pytest.raises(OSError, match="No space"):
        log.append(tmp_path, "ent-01", "alma", [event("b")])
    monkeypatch.undo()
    log.append(tmp_path, "ent-01", "alma", [event("c")])
    events, problems = log.read(log.log_path(tmp_path, "ent-01", "alma").read_bytes(), "x")
    assert ([e.id for e in events], problems) == (["a", "c"], [])


@pytest.fixture
def disk(tmp_path, monkeypatch):
    """What reaches the disk, in order: names of folders, and ``event`` for the bytes of a log."""
    reached = []
    sync, write = os.fsync, os.write

    def noted_sync(handle):
        where = Path(f"/proc/self/fd/{handle}").resolve()
        reached.append("log" if where.is_file() else where.relative_to(tmp_path).as_posix())
        sync(handle)

    def noted_write(handle, data):
        reached.append("event")
        return write(handle, data)

    monkeypatch.setattr(log.os, "fsync", noted_sync)
    monkeypatch.setattr(log.os, "write", noted_write)
    return reached


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks the system which file a handle is")
def test_the_folders_of_a_new_log_are_on_the_disk_before_its_first_event(tmp_path, disk):
    log.append(tmp_path, "ent-01", "alma", [event("a")])
    folders = ["fieldwork/codings/ent-01", "fieldwork/codings", "fieldwork", "."]
    assert disk == [*folders, "event", "log"]
    disk.clear()
    log.append(tmp_path, "ent-01", "alma", [event("b")])
    assert disk == ["event", "log"]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks the system which file a handle is")
def test_a_log_whose_writer_died_before_its_first_event_is_made_safe_by_the_next(tmp_path, disk):
    path = log.log_path(tmp_path, "ent-01", "alma")
    path.parent.mkdir(parents=True)
    path.touch()
    log.append(tmp_path, "ent-01", "alma", [event("a")])
    assert "." in disk[: disk.index("event")]


def test_a_file_system_that_cannot_sync_folders_can_still_be_coded_on(tmp_path, monkeypatch):
    sync = os.fsync

    def only_files(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(handle)

    monkeypatch.setattr(log.os, "fsync", only_files)
    log.append(tmp_path, "ent-01", "alma", [event("a")])
    assert b'"a"' in log.log_path(tmp_path, "ent-01", "alma").read_bytes()


def test_an_event_that_could_not_be_made_safe_is_taken_back(tmp_path, monkeypatch):
    log.append(tmp_path, "ent-01", "alma", [event("a")])
    before = log.log_path(tmp_path, "ent-01", "alma").read_bytes()
    calls = []

    def full(_handle):
        calls.append(1)
        if len(calls) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(log.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        log.append(tmp_path, "ent-01", "alma", [event("b")])
    assert log.log_path(tmp_path, "ent-01", "alma").read_bytes() == before


def test_a_torn_line_that_ends_in_half_a_letter_or_in_zeros_is_sealed(tmp_path):
    path = log.log_path(tmp_path, "ent-01", "alma")
    path.parent.mkdir(parents=True)
    for torn in ('{"quote": "é'.encode()[:-1], b"\x00" * 300, b'{"v": 1,' + b" " * 200_000):
        path.write_bytes(dump(event("a")) + torn)
        log.append(tmp_path, "ent-01", "alma", [event("b")])
        log.append(tmp_path, "ent-01", "alma", [event("c")])
        events, problems = log.read(path.read_bytes(), "x")
        assert [e.id for e in events] == ["a", "b", "c"]
        assert [(p.rule, p.line) for p in problems] == [("CD001", 2)]


BAD_NAMES = ["", " ", "../x", "a/b", "a\\b", "CON", "nul.txt", "com1", "a:b", ".x", "x.", "a\n", "x" * 300]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_cannot_be_files_are_refused(tmp_path, name):
    assert log.name_problem(name)
    with pytest.raises(ValueError, match=r"\w"):
        log.append(tmp_path, "ent-01", name, [event("a")])
    with pytest.raises(ValueError, match=r"\w"):
        log.append(tmp_path, name, "alma", [event("a")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["alma", "Éloïse D", "ent-loutres-01", "console", "a.b"])
def test_ordinary_names(name):
    assert log.name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("alma (conflicted copy 2024-05-31).jsonl", True),
        ("alma (PC-Alma's conflicted copy 2024-05-31).jsonl", True),
        ("alma.sync-conflict-20240531-120000-ABCDEFG.jsonl", True),
        ("alma (copie en conflit de PC 2024-05-31).jsonl", True),
        ("alma.jsonl", False),
        ("conflict-notes.jsonl", False),
    ],
)
def test_conflict_copies(name, copy):
    assert log.is_conflict_copy(name) is copy
