"""What it takes to say anything at all."""

from __future__ import annotations

import sys

from benchmarks.measure import ETHNOKIT, RUNS, calibration, cost
from benchmarks.page import COLUMNS, Section, Table, line

LIBRARIES = ("click", "spacy", "pandas")
COMMANDS = {
    "`ethnokit --help`": (*ETHNOKIT, "--help"),
    "`ethnokit --version`": (*ETHNOKIT, "--version"),
    "`python -c pass`": (sys.executable, "-c", "pass"),
    "`python -c 'import click'`": (sys.executable, "-c", "import click"),
    "`python -c 'import pandas'`": (sys.executable, "-c", "import pandas"),
    "`python -c 'import spacy'`": (sys.executable, "-c", "import spacy"),
    "`python -c 'import spacy; spacy.blank(\"fr\")'`": (sys.executable, "-c", "import spacy; spacy.blank('fr')"),
}


def run() -> Section:
    """Help and version, beside the libraries that a script of one's own would begin with."""
    loop = calibration()
    found = {name: cost(*command, runs=2 * RUNS) for name, command in COMMANDS.items()}
    rows = [line(name, one, loop) for name, one in found.items()]
    return Section(
        "Start-up",
        [Table(COLUMNS, rows, "Ten runs of each.")],
        "Aim: help in 0.2 s. The list of commands stands in `ethnokit.cli`, so that help imports none of them.",
    )
