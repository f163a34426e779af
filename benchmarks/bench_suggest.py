"""A study of a quarter, half and a whole million words: checked and suggested from, new, unchanged and edited."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.measure import ETHNOKIT, Cost, calibration, cost
from benchmarks.page import COLUMNS, Section, Table, line, seconds

LIBRARIES = ("spacy", "spacy-lookups-data", "snowballstemmer", "pydantic")
SIZES = (250_000, 500_000, 1_000_000)
DOCUMENT = "ent-ormeau-01-000"
SEVERAL = 3
"""Runs of what takes many seconds."""


@dataclass(frozen=True)
class Measured:
    """What each command cost on one study."""

    words: int
    costs: dict[str, Cost]


def run() -> Section:
    """Every size, then what a script with spaCy alone takes for the words of the same codebook."""
    loop = calibration()
    with tempfile.TemporaryDirectory() as place:
        studies = {size: _made(Path(place) / str(size), size) for size in SIZES}
        found = [_measured(study, words) for study, words in studies.values()]
        alone = _alone({size: study for size, (study, _words) in studies.items()})
    largest = found[-1]
    rows = [line(name, one, loop) for name, one in largest.costs.items()]
    return Section(
        "Reading and suggesting",
        [
            Table(COLUMNS, rows, f"A study of {_thousands(largest.words)} words in {SIZES[-1] // 5000} documents."),
            _growth(found),
            Table(COLUMNS, [line(name, one, loop) for name, one in alone.items()], ALONE),
        ],
        AFTER,
    )


ALONE = """The same words of the codebook looked for in the same texts by a script with spaCy alone
(`spacy.blank("fr")`, lemmas from spaCy's own tables; `benchmarks/spacy_alone.py`). It tells no turn from another,
leaves out gaps, inclusive forms and patterns, writes nothing down, and pays the same on every run."""
AFTER = """Aims: on an unchanged study 0.5 s, one changed document 1.5 s, 350 MB. *New* means without `.ethnokit/`;
files are in the system's memory in all cases. The documents repeat the example study and, where it is beside the
repository, a corpus of real transcripts, with other ids and 7 % other words; two coders have coded about 25 passages
in each."""


def _made(study: Path, size: int) -> tuple[Path, int]:
    words = cost(sys.executable, "-m", "benchmarks.corpus", study, size, runs=1, warm=False).said
    return study, int(words)


def _measured(study: Path, words: int) -> Measured:
    def on(*command: str, runs: int = 5, warm: bool = True, before: Callable[[], object] = lambda: None) -> Cost:
        return cost(*ETHNOKIT, "-C", study, *command, runs=runs, warm=warm, before=before)

    def forget() -> None:
        shutil.rmtree(study / ".ethnokit", ignore_errors=True)

    said = count(1)
    document = next((study / "fieldwork").glob(f"*/{DOCUMENT}.md"))

    def edit() -> None:
        with document.open("a", encoding="utf-8") as file:
            file.write(f"\nOn a voté {next(said)} fois à l'assemblée générale.\n")

    new = {
        "`check`, new": on("check", runs=SEVERAL, before=forget),
        "`suggest`, new": on("suggest", runs=SEVERAL, warm=False, before=forget),
    }
    unchanged = {
        f"`{command}`, unchanged": on(*command.split())
        for command in ("check", "suggest", "suggest --json", "status", f"show {DOCUMENT}", "coding list")
    }
    edited = {
        "`check`, one document changed": on("check", before=edit),
        "`suggest`, one document changed": on("suggest", before=edit),
        "`coding add`": on(*f"coding add {DOCUMENT} --code gouv.decision --start 200 --end 260 --by Zoé".split()),
    }
    return Measured(words, new | unchanged | edited)


def _alone(studies: dict[int, Path]) -> dict[str, Cost]:
    smallest, largest = SIZES[0], SIZES[-1]

    def script(way: str, size: int) -> Cost:
        return cost(sys.executable, "-m", "benchmarks.spacy_alone", way, studies[size], runs=SEVERAL, warm=False)

    return {
        f"PhraseMatcher on LEMMA, {_thousands(largest)} words": script("phrases", largest),
        f"PhraseMatcher on LEMMA, {_thousands(smallest)} words": script("phrases", smallest),
        f"Matcher on LEMMA, {_thousands(smallest)} words": script("tokens", smallest),
    }


def _growth(found: list[Measured]) -> Table:
    """Processor time and memory by size: what is linear doubles with it, less what every start costs."""
    head = ["processor time, peak memory", *(f"{_thousands(one.words)} words" for one in found)]
    rows = [
        [name, *(f"{seconds(one.costs[name].busy)}, {one.costs[name].megabytes:.0f} MB" for one in found)]
        for name in found[0].costs
    ]
    return Table(head, rows, "How it grows:")


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")
