"""What was acknowledged is on the disk, whoever is killed, whenever, and whoever else writes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import portalocker
import pytest
from codings_samples import event

from ethnokit.codings import log
from ethnokit.codings.log import append, log_path, read
from ethnokit.diagnostics import Severity

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src"
KILLS = 200
COMMANDS = 24
# With -S the interpreter starts quicker; the one package it needs is then named here.
PACKAGES = str(Path(portalocker.__file__).parents[1])


def start(root, coder, count=100_000):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCES), str(HERE), PACKAGES])}
    command = [sys.executable, "-S", str(HERE / "writer.py"), str(root), coder, str(count)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def wholly_said(text):
    return text.split("\n")[:-1]  # an id without its newline was not wholly said


def killed_at_random(root, n):
    """Acknowledged ids of a writer that is killed between 0 and 40 ms after its first moment."""
    process = start(root, "alma")
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(n).uniform(0, 0.04))
    process.kill()
    said = process.stdout.read()
    process.stdout.close()
    assert process.wait() == (-signal.SIGKILL if os.name == "posix" else 1)
    return wholly_said(said)


def test_what_was_acknowledged_survives_kill(tmp_path):
    acknowledged = set()
    with ThreadPoolExecutor(4) as pool:  # four writers of one log at a time, killed at any moment
        for ids in pool.map(lambda n: killed_at_random(tmp_path, n), range(KILLS)):
            acknowledged.update(ids)
    events, problems = read(log_path(tmp_path, "ent-01", "alma").read_bytes(), "log")
    written = [e.id for e in events]
    assert len(acknowledged) > KILLS
    assert acknowledged <= set(written)
    assert len(written) == len(set(written))
    assert not [p for p in problems if p.severity is not Severity.NOTE]
    assert [p.name for p in (tmp_path / "fieldwork/codings/ent-01").iterdir()] == ["alma.jsonl"]
    # Each writer that is killed may leave one event that it had no time to acknowledge, and no more.
    assert len(set(written) - acknowledged) <= KILLS


def test_two_writers_at_once_lose_nothing(tmp_path):
    writers = [start(tmp_path, "alma", 400) for _ in range(2)]
    said = []
    for writer in writers:
        out, _err = writer.communicate(timeout=60)
        assert writer.returncode == 0
        said += wholly_said(out)[1:]
    events, problems = read(log_path(tmp_path, "ent-01", "alma").read_bytes(), "log")
    assert problems == []
    assert len(said) == 800
    assert sorted(e.id for e in events) == sorted(said)


STUDY = {
    "codebook.yaml": "codes: [{id: gouv.decision, label: Décision, definition: x}]\n",
    "fieldwork/structures/loutres.md": "---\nid: loutres\nnom: L\nparticipation: accord\n---\n",
    "fieldwork/interviews/ent-01.md": "---\nid: ent-01\nstructures: [loutres]\n"
    "locuteurs: [{code: P1, role: enquete}]\n---\nP1 : On décide.\n",
}


def test_the_command_itself_is_killed_at_any_point(tmp_path):
    """``ethnokit coding add``, from the start of Python to its end."""
    for path, text in STUDY.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "ethnokit", "-C", str(tmp_path), "coding", "add", "ent-01"]
    command += ["--code", "gouv.decision", "--quote", "On décide", "--by", "alma", "--json"]
    env = {**os.environ, "PYTHONPATH": str(SOURCES)}

    def run(seconds):
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        try:
            return process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            return process.communicate()[0]

    begun = time.monotonic()
    acknowledged = [json.loads(run(60))["id"]]
    whole = time.monotonic() - begun
    for n in range(COMMANDS):
        # Most of the time goes into starting: kill in the second half, where something is written.
        said = run(whole * random.Random(n).uniform(0.5, 1.1))
        acknowledged += [json.loads(said)["id"]] if said.endswith("}\n") else []
    events, problems = read(log_path(tmp_path, "ent-01", "alma").read_bytes(), "log")
    assert set(acknowledged) <= {e.id for e in events}
    assert not [p for p in problems if p.severity is not Severity.NOTE]


def test_a_second_writer_waits_for_the_first_and_gives_up_in_the_end(tmp_path, monkeypatch):
    append(tmp_path, "ent-01", "alma", [event("a")])
    path = log_path(tmp_path, "ent-01", "alma")
    monkeypatch.setattr(log, "WAIT_SECONDS", 0.2)
    with path.open("rb") as held:
        portalocker.lock(held, portalocker.LockFlags.EXCLUSIVE)
        with pytest.raises(TimeoutError, match="locked"):
            append(tmp_path, "ent-01", "alma", [event("b")])
    append(tmp_path, "ent-01", "alma", [event("c")])
    assert [e.id for e in read(path.read_bytes(), "log")[0]] == ["a", "c"]
