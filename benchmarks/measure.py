"""What a command costs: wall time and peak memory of fresh processes, and a loop that tells how fast the machine is.

POSIX only: the memory of a process is what the system says when it ends (``wait4``).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

ETHNOKIT = (sys.executable, "-m", "ethnokit")
ENVIRONMENT = {"ETHNOKIT_LANG": "fr", "PYTHONIOENCODING": "utf-8"}
RUNS = 5
FINE = (0, 1)
"""Exit codes of a command that did its work: 1 says that the study has problems."""
SAID = 10_000
"""Bytes of output that are kept: the system counts the memory of a process from that of its parent on."""
UNIT = 1024 if sys.platform != "darwin" else 1
"""Bytes in which the system counts a resident set."""


@dataclass(frozen=True)
class Cost:
    """What several runs of one command took."""

    seconds: tuple[float, ...]
    """Wall time of each run."""
    busy: float
    """Processor time, user and system, the median of the runs: what other programs of the machine disturb least."""
    megabytes: float
    """The largest resident set of any run."""
    said: str
    """The beginning of what the last run wrote to its standard output."""

    @property
    def median(self) -> float:
        """Half of the runs took less; in seconds."""
        return statistics.median(self.seconds)


def cost(*command: object, runs: int = RUNS, warm: bool = True, before: Callable[[], object] = lambda: None) -> Cost:
    """Run a command several times, each in a process of its own.

    ``warm`` runs it once more at first, so that compiled modules and files are in the system's memory for all;
    ``before`` prepares each run and is not measured.
    """
    found = []
    for _run in range(runs + warm):
        before()
        found.append(_once([str(part) for part in command]))
    walls, busy, peaks, said = zip(*found[warm:], strict=True)
    return Cost(walls, statistics.median(busy), max(peaks), said[-1])


def _once(command: list[str]) -> tuple[float, float, float, str]:
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaint:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=complaint, env={**os.environ, **ENVIRONMENT})
        _pid, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complaint.seek(0)
        if process.returncode not in FINE:
            raise RuntimeError(f"{command} ended with {process.returncode}: {complaint.read().decode()[-2000:]}")
        # No more of it: the runner must stay small (see SAID).
        beginning = said.read(SAID).decode(errors="replace")
        return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * UNIT / 1e6, beginning


def calibration() -> float:
    """Seconds of a fixed loop in pure Python, the median of five: figures of two machines are compared by it."""

    def loop() -> float:
        start = time.perf_counter()
        total = 0
        for n in range(2_000_000):
            total += n % 7
        return time.perf_counter() - start

    return statistics.median(loop() for _run in range(5))
