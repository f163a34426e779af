import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import portalocker

from ethnokit.codings.log import log_path, read
from ethnokit.diagnostics import Severity

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src"
KILLS = 200
# With -S the interpreter starts quicker; the one package it needs is then named here.
PACKAGES = str(Path(portalocker.__file__).parents[1])


def start(root, coder, prefix, count=100_000):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCES), str(HERE), PACKAGES])}
    command = [sys.executable, "-S", str(HERE / "writer.py"), str(root), coder, prefix, str(count)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def killed_at_random(root, n):
    """Acknowledged ids of a writer that is killed between 0 and 40 ms after its first moment."""
    process = start(root, "alma", f"run{n}")
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(n).uniform(0, 0.04))
    process.kill()
    said = process.stdout.read()
    process.stdout.close()
    assert process.wait() == (-signal.SIGKILL if os.name == "posix" else 1)
    return said.split("\n")[:-1]  # an id without its newline was not wholly said


def test_what_was_acknowledged_survives_kill(tmp_path):
    acknowledged = set()
    with ThreadPoolExecutor(4) as pool:  # four writers of one log at a time, killed at any moment
        for ids in pool.map(lambda n: killed_at_random(tmp_path, n), range(KILLS)):
            acknowledged.update(ids)
    events, problems = read(log_path(tmp_path, "ent-01", "alma").read_bytes(), "log")
    assert len(acknowledged) > KILLS
    assert acknowledged <= {e.id for e in events}
    assert not [p for p in problems if p.severity is not Severity.NOTE]
    assert [p.name for p in (tmp_path / "fieldwork/codings/ent-01").iterdir()] == ["alma.jsonl"]


def test_two_writers_at_once_lose_nothing(tmp_path):
    writers = [start(tmp_path, "alma", name, 150) for name in ("one", "two")]
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    events, problems = read(log_path(tmp_path, "ent-01", "alma").read_bytes(), "log")
    assert problems == []
    assert sorted(e.id for e in events) == sorted(f"{w}-{n}" for w in ("one", "two") for n in range(150))
