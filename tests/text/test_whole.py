"""A file is written whole or not at all, whoever is killed, whenever, and whoever else writes."""

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import portalocker
import pytest

from ethnokit.diagnostics import Diagnostic, Severity
from ethnokit.text import whole
from ethnokit.text.normal import MAX_BYTES
from ethnokit.text.whole import (
    ABANDONED,
    ChangedMeanwhile,
    LeadsOut,
    place_within,
    rewrite,
    sweep,
    write_over,
    write_whole,
)

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src"
KILLS = 25
NUMBERS = 20_000
posix = pytest.mark.skipif(os.name == "nt", reason="rights and links of another kind")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def full(*_arguments):
    raise OSError(errno.ENOSPC, "No space left on device")


# One file, one writer.


def test_a_file_and_its_folders_are_made(tmp_path):
    write_whole(tmp_path / "a" / "b" / "c.md", b"new")
    assert (tmp_path / "a/b/c.md").read_bytes() == b"new"
    assert names(tmp_path / "a/b") == ["c.md"]


@posix
def test_a_file_keeps_its_rights_and_a_new_one_has_those_of_its_author(tmp_path):
    target = tmp_path / "a.md"
    write_whole(target, b"one")
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~umask
    target.chmod(0o640)
    write_over(target, b"two", seen=b"one")
    assert (stat.S_IMODE(target.stat().st_mode), target.read_bytes()) == (0o640, b"two")


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize("write", [write_whole, lambda target, data: write_over(target, data, seen=b"old")])
def test_a_file_that_cannot_be_written_is_as_it_was(tmp_path, monkeypatch, step, write):
    target = tmp_path / "a.md"
    target.write_bytes(b"old")
    target.chmod(0o600)
    monkeypatch.setattr(whole.os if step == "fsync" else whole.Path, step, full)
    with pytest.raises(OSError, match=r"No space.*a\.md'$"):
        write(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.md"]


def test_the_new_file_is_whole_on_the_disk_before_it_takes_the_place_of_the_old(tmp_path, monkeypatch):
    """A kill at any point leaves the old file or the new one: between the two there is one rename."""
    target = tmp_path / "a.md"
    target.write_bytes(b"old")
    steps = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(handle):
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def noted_replace(part, place):
        assert (part.read_bytes(), place.read_bytes()) == (b"new", b"old")
        steps.append("replace")
        return replace(part, place)

    monkeypatch.setattr(whole.os, "fsync", noted_sync)
    monkeypatch.setattr(whole.Path, "replace", noted_replace)
    write_over(target, b"new", seen=b"old")
    assert steps == ["file", "replace"] + ["folder"] * (os.name != "nt")


@posix
def test_a_new_folder_is_on_the_disk_as_well_as_the_folder_that_names_it(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(whole, "sync_folder", lambda folder: synced.append(folder.relative_to(tmp_path).as_posix()))
    write_over(tmp_path / "fieldwork" / "memos" / "a.md", b"new", seen=None)
    assert synced == ["fieldwork/memos", "fieldwork", "."]


def test_what_cannot_be_written_is_named_by_its_own_name(tmp_path):
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(OSError, match=r"report\.pdf'$"):
        write_whole(tmp_path / "report.pdf", b"new")
    assert names(tmp_path) == ["report.pdf"]


def test_a_file_that_another_program_holds_for_a_moment_is_waited_for(tmp_path, monkeypatch):
    """Windows replaces no file that a virus scanner is reading."""
    replace, refused = Path.replace, iter([True, True, False])

    def held(part, place):
        if next(refused):
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(part, place)

    monkeypatch.setattr(whole.Path, "replace", held)
    monkeypatch.setattr(whole, "BUSY_SECONDS", 5.0)
    write_whole(tmp_path / "a.md", b"new")
    assert (tmp_path / "a.md").read_bytes() == b"new"


def test_parts_that_a_cut_writer_left_are_swept_and_those_of_a_running_one_are_not(tmp_path):
    def leave(path, age):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"words closed since")
        os.utime(path, (time.time() - age,) * 2)

    for folder in ("sheets", "memos"):
        leave(tmp_path / folder / ".a-77.part", 2 * ABANDONED)
        leave(tmp_path / folder / ".a-78.part", 0)
    write_whole(tmp_path / "memos" / "a.md", b"new")
    assert names(tmp_path / "memos") == [".a-78.part", "a.md"]
    sweep(tmp_path)
    assert names(tmp_path / "sheets") == [".a-78.part"]


# Where a study may write.


@posix
def test_a_link_out_of_the_study_is_refused_and_one_within_it_stays(tmp_path):
    root, outside = tmp_path / "study", tmp_path / "elsewhere"
    for folder in (root / "fieldwork", outside):
        folder.mkdir(parents=True)
    (outside / "a.md").write_bytes(b"theirs")
    (root / "file.md").symlink_to(outside / "a.md")
    (root / "fieldwork" / "memos").symlink_to(outside)
    for path in ("file.md", "fieldwork/memos/new.md", "../elsewhere/a.md", "fieldwork/../../elsewhere/a.md"):
        with pytest.raises(LeadsOut):
            place_within(root, path)
    (root / "real.md").write_bytes(b"old")
    (root / "fieldwork" / "a.md").symlink_to("../real.md")
    write_over(place_within(root, "fieldwork/a.md"), b"new", seen=b"old")
    assert (root / "fieldwork/a.md").is_symlink()
    assert (root / "real.md").read_bytes() == b"new"
    assert (outside / "a.md").read_bytes() == b"theirs"


# Several writers.


@pytest.mark.parametrize(("now", "seen"), [(b"theirs", b"old"), (None, b"old"), (b"theirs", None), (b"", None)])
def test_a_file_that_is_no_longer_what_was_seen_stays_theirs(tmp_path, now, seen):
    target = tmp_path / "a.md"
    if now is not None:
        target.write_bytes(now)
    with pytest.raises(ChangedMeanwhile, match="changed in the meantime"):
        write_over(target, b"mine", seen=seen)
    assert whole.bytes_of(target) == now
    assert names(tmp_path) == ([] if now is None else ["a.md"])


@pytest.mark.parametrize("seen", [b"old", None])
def test_of_those_who_have_seen_the_same_one_wins_and_the_others_are_told(tmp_path, monkeypatch, seen):
    replace = Path.replace

    def slow(part, place):  # draws out the moment between the look and the replacement
        time.sleep(0.02)
        return replace(part, place)

    monkeypatch.setattr(whole.Path, "replace", slow)
    target, together, ends = tmp_path / "a.md", threading.Barrier(8), {}
    if seen is not None:
        target.write_bytes(seen)

    def save(n):
        together.wait()
        try:
            write_over(target, b"%d" % n, seen=seen)
        except ChangedMeanwhile:
            ends[n] = "told"
        else:
            ends[n] = "won"

    threads = [threading.Thread(target=save, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends.values()) == ["told"] * 7 + ["won"]
    assert ends[int(target.read_bytes())] == "won"


def start(*arguments):
    # With -S the interpreter starts quicker; the one package it needs is then named here.
    packages = str(Path(portalocker.__file__).parents[1])
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCES), packages])}
    command = [sys.executable, "-S", str(HERE / "saver.py"), *map(str, arguments)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def test_processes_that_write_at_once_lose_nothing(tmp_path):
    target, lines = tmp_path / "a.md", 60
    writers = [start("lines", target, name, lines) for name in ("alma", "bo", "cy")]
    told = 0
    for writer in writers:
        said, _err = writer.communicate(timeout=120)
        assert writer.returncode == 0
        told += int(said.split()[1])
    written = target.read_text().splitlines()
    assert sorted(written) == sorted(f"{name} {n}" for name in ("alma", "bo", "cy") for n in range(lines))
    assert told > 0  # they did meet
    assert names(tmp_path) == ["a.md"]


def test_a_kill_while_saving_leaves_the_old_file_or_the_new_one_whole(tmp_path):
    target, first, cut_short = tmp_path / "a.md", 0, 0
    for kill in range(KILLS):
        process = start("whole", target, "-", first)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        said = process.stdout.readline()
        time.sleep(random.Random(kill).uniform(0, 0.03))
        process.kill()
        said += process.stdout.read()
        process.stdout.close()
        assert process.wait() == (-signal.SIGKILL if os.name == "posix" else 1)
        acknowledged = int(said.split("\n")[-2])  # what has no newline was not wholly said
        (number,) = set(target.read_bytes().splitlines())
        assert len(target.read_bytes()) == 9 * NUMBERS
        assert int(number) in {acknowledged, acknowledged + 1}
        first = int(number) + 1
        parts = [name for name in names(tmp_path) if name != "a.md"]
        assert all(name.startswith(".a-") and name.endswith(".part") for name in parts)
        cut_short = len(parts)
    assert first >= KILLS
    assert cut_short > 0  # some were killed in the middle of writing


@posix
def test_a_lock_is_waited_for_leaves_nothing_behind_and_is_given_up_in_the_end(tmp_path, monkeypatch):
    handle = os.open(tmp_path, os.O_RDONLY)
    portalocker.lock(handle, portalocker.LockFlags.EXCLUSIVE)
    monkeypatch.setattr(whole, "WAIT_SECONDS", 0.1)
    with pytest.raises(TimeoutError, match="locked"):
        write_over(tmp_path / "a.md", b"new", seen=None)
    assert names(tmp_path) == []
    monkeypatch.setattr(whole, "WAIT_SECONDS", 10.0)
    threading.Timer(0.1, os.close, [handle]).start()
    write_over(tmp_path / "a.md", b"new", seen=None)
    assert names(tmp_path) == ["a.md"]


def test_where_no_folder_can_be_locked_a_file_of_the_session_stands_for_it(tmp_path, monkeypatch):
    """As on Windows, and on network file systems."""
    study, session = tmp_path / "study", tmp_path / "session"
    study.mkdir()
    session.mkdir()
    lock = portalocker.lock

    def only_files(handle, flags):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise portalocker.exceptions.LockException(OSError(errno.EBADF, "Bad file descriptor"))
        lock(handle, flags)

    monkeypatch.setattr("portalocker.lock", only_files)
    monkeypatch.setattr("platformdirs.user_runtime_path", lambda *_names, **_more: session)
    write_over(study / "a.md", b"new", seen=None)
    assert names(study) == ["a.md"]
    (file,) = session.iterdir()
    with file.open("r+b") as held:
        lock(held, portalocker.LockFlags.EXCLUSIVE)
        monkeypatch.setattr(whole, "WAIT_SECONDS", 0.1)
        with pytest.raises(TimeoutError, match="locked"):
            write_over(study / "a.md", b"newer", seen=b"new")
    assert (study / "a.md").read_bytes() == b"new"


# A change that is made anew.


def added(line):
    return lambda data: ((data or b"") + line, [])


def test_a_change_is_made_to_what_the_other_one_wrote(tmp_path, monkeypatch):
    target = tmp_path / "a.md"
    target.write_bytes(b"old\n")
    write, others = whole.write_over, iter([b"other\n", b"another\n"])

    def meanwhile(place, data, *, seen):
        if (line := next(others, None)) is not None:
            place.write_bytes(place.read_bytes() + line)
        write(place, data, seen=seen)

    monkeypatch.setattr(whole, "write_over", meanwhile)
    assert rewrite(tmp_path, "a.md", added(b"mine\n")) == []
    assert target.read_bytes() == b"old\nother\nanother\nmine\n"


def test_what_keeps_changing_is_left_and_said(tmp_path, monkeypatch):
    def always(*_arguments, **_seen):
        raise ChangedMeanwhile

    monkeypatch.setattr(whole, "write_over", always)
    assert [p.rule for p in rewrite(tmp_path, "a.md", added(b"mine"))] == ["FI006"]


def test_why_a_file_could_not_be_saved_is_said(tmp_path, monkeypatch):
    root = tmp_path / "study"
    root.mkdir()
    assert [(p.rule, p.path) for p in rewrite(root, "../a.md", added(b"x"))] == [("ST004", "../a.md")]
    (root / "a.md").write_bytes(b" " * (MAX_BYTES + 1))
    assert [p.rule for p in rewrite(root, "a.md", added(b"x"))] == ["FI004"]
    monkeypatch.setattr(whole.os, "fsync", full)
    (problem,) = rewrite(root, "b.md", added(b"x"))
    assert (problem.rule, problem.message) == ("FI005", "This file could not be saved: No space left on device.")
    assert names(root) == ["a.md"]


def test_a_change_that_changes_nothing_writes_nothing(tmp_path):
    target = tmp_path / "a.md"
    target.write_bytes(b"old")
    os.utime(target, (1, 1))
    note = Diagnostic("a.md", 1, 1, Severity.NOTE, "FI001", "said")
    assert rewrite(tmp_path, "a.md", lambda data: (data, [note])) == [note]
    assert rewrite(tmp_path, "a.md", lambda _data: (None, [note])) == [note]
    assert target.stat().st_mtime == 1
