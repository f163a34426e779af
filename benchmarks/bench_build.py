"""From nothing to paper: a report and a hundred sheets, then again after nothing and after one edit."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from benchmarks.measure import ETHNOKIT, Cost, calibration, cost
from benchmarks.page import COLUMNS, Section, Table, line, seconds

LIBRARIES = ("weasyprint", "pydyf", "jinja2", "pandas")
ROOT = Path(__file__).resolve().parents[1]
COPIES = (4, 8, 13)
"""Copies of the example study, each with 8 structures that were heard and 6 that were not."""
SEVERAL = 3


def run() -> Section:
    """Every size, then the same pages set by a plain script."""
    loop = calibration()
    with tempfile.TemporaryDirectory() as place:
        studies = {copies: Path(place) / str(copies) for copies in COPIES}
        for copies, study in studies.items():
            make(study, copies)
        found = {copies: _measured(study) for copies, study in studies.items()}
        largest = studies[COPIES[-1]]
        pages = {copies: _pages(study) for copies, study in studies.items()}
        plain = cost(sys.executable, "-m", "benchmarks.weasyprint_alone", largest, runs=1, warm=False)
    rows = [line(name, one, loop) for name, one in found[COPIES[-1]].items()]
    rows.append(line("WeasyPrint alone, the same pages", plain, loop))
    sheets, report = pages[COPIES[-1]]
    said = f"{sheets} pages in {8 * COPIES[-1]} sheets, and a report of {report} pages."
    return Section("Building", [Table(COLUMNS, rows, said), _growth(found, pages)], AFTER)


AFTER = """Aims: from nothing 30 s, unchanged 0.5 s, one sheet 1.5 s, the report 20 s, 350 MB a process. *WeasyPrint
alone* sets the same HTML one file after the other with the fonts declared in each (`benchmarks/weasyprint_alone.py`),
as one writes it at first; its files are neither PDF/UA nor PDF/A. Memory is that of the largest process."""


def _measured(study: Path) -> dict[str, Cost]:
    def on(*options: str, runs: int = SEVERAL, before: Callable[[], object] = lambda: None) -> Cost:
        return cost(*ETHNOKIT, "-C", study, "build", *options, runs=runs, warm=False, before=before)

    def forget() -> None:
        for folder in (".ethnokit", "reports/collective"):
            shutil.rmtree(study / folder, ignore_errors=True)

    said = count(1)

    def portrait() -> None:
        with (study / "fieldwork/structures/bernache-00.md").open("a", encoding="utf-8") as file:
            file.write(f"\nOn y a bu {next(said)} cafés.\n")

    def coding() -> None:
        code = ("gouv.roles", "eco.offre", "tech.infra")[next(said) % 3]
        options = ["--code", code, "--start", "200", "--end", str(240 + next(said)), "--by", "zoe"]
        cost(*ETHNOKIT, "-C", study, "coding", "add", "ent-nuee-01-00", *options, runs=1, warm=False)

    return {
        "`build`, new": on(runs=1, before=forget),
        "`build`, unchanged": on(runs=5),
        "`build`, one portrait changed": on(before=portrait),
        "`build --only fiche:…`, its portrait changed": on("--only", "fiche:bernache-00", before=portrait),
        "`build`, one coding more (a sheet, the report)": on(before=coding),
        "`build --format html`, new": on("--format", "html", before=forget),
    }


def _pages(study: Path) -> tuple[int, int]:
    """Pages of all the sheets, and of the report."""
    cost(*ETHNOKIT, "-C", study, "build", runs=1, warm=False)
    folder = study / "reports" / "collective"
    return sum(map(_page_count, (folder / "sheets").glob("*.pdf"))), _page_count(folder / "report.pdf")


def _page_count(file: Path) -> int:
    return int(re.findall(r"Pages: +(\d+)", cost("pdfinfo", file, runs=1, warm=False).said)[0])


def _growth(found: dict[int, dict[str, Cost]], pages: dict[int, tuple[int, int]]) -> Table:
    """Processor time by size: what is linear grows with the pages."""
    head = ["processor time, peak memory", *(f"{8 * n} sheets, {sum(pages[n])} pages" for n in found)]
    rows = [
        [name, *(f"{seconds(costs[name].busy)}, {costs[name].megabytes:.0f} MB" for costs in found.values())]
        for name in next(iter(found.values()))
    ]
    return Table(head, rows, "How it grows:")


def make(study: Path, copies: int) -> None:
    """A study of ``copies`` times the example: register, sources, questionnaire and codings under other ids."""
    study.mkdir()
    shutil.copy(ROOT / "codebook.yaml", study / "codebook.yaml")
    settings = (ROOT / "ethnokit.yaml").read_text(encoding="utf-8")
    _write(study / "ethnokit.yaml", re.sub(r"(?m)^population:.*", f"population: {14 * copies}", settings))
    for memo in sorted((ROOT / "fieldwork/memos").glob("*.md")):
        text = memo.read_text(encoding="utf-8")
        _write(study / "fieldwork/memos" / memo.name, text.replace("a_propos: ormeau", "a_propos: ormeau-00"))
    for copy in range(copies):
        for folder in ("structures", "interviews", "observations", "documents"):
            for file in sorted((ROOT / "fieldwork" / folder).glob("*.md")):
                _write(study / "fieldwork" / folder / f"{file.stem}-{copy:02d}.md", _renamed(file, copy))
        for log in sorted((ROOT / "fieldwork/codings").glob("*/*.jsonl")):
            folder = study / "fieldwork/codings" / f"{log.parent.name}-{copy:02d}"
            _write(
                folder / log.name,
                "".join(_recoded(line, copy) for line in log.read_text(encoding="utf-8").splitlines()),
            )
        _questionnaire(study, copy)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _renamed(file: Path, copy: int) -> str:
    """A file with the ids of one copy; its body is left alone, so that codings hold."""
    _, header, body = file.read_text(encoding="utf-8").split("---\n", 2)
    header = re.sub(r"^(id: *)(\S+)", rf"\g<1>\g<2>-{copy:02d}", header, flags=re.M)
    header = re.sub(r'^(nom: *"[^"]*)"', rf'\g<1> {copy:02d}"', header, flags=re.M)
    header = re.sub(r"(document: *)([\w-]+)", rf"\g<1>\g<2>-{copy:02d}", header)

    def each(found: re.Match[str]) -> str:
        return found[1] + re.sub(r"[\w-]+", rf"\g<0>-{copy:02d}", found[2])

    header = re.sub(r"(structures?: *)(\[[\w, -]*\]|[\w-]+)(?=[\s,}])", each, header)
    return f"---\n{header}---\n{body}"


def _recoded(line: str, copy: int) -> str:
    event = json.loads(line)
    for key in event.keys() & {"id", "of"}:
        event[key] += f"{copy:02d}"
    event["document"] += f"-{copy:02d}"
    for key in ("target", "structure"):
        if key in event.get("attributes", {}):
            event["attributes"][key] += f"-{copy:02d}"
    return json.dumps(event, ensure_ascii=False) + "\n"


def _questionnaire(study: Path, copy: int) -> None:
    (file,) = (ROOT / "fieldwork/questionnaires").glob("*.csv")
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    ids = "|".join(sorted((f.stem for f in (ROOT / "fieldwork/structures").glob("*.md")), key=len, reverse=True))
    rows = [re.sub(rf"(?<![\w.-])({ids})(?=[,:;]|$)", rf"\1-{copy:02d}", row) for row in rows]
    _write(study / f"fieldwork/questionnaires/referencement-{copy:02d}.csv", "\n".join([head, *rows]) + "\n")
