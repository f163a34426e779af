"""Every number of the example's report, counted again from the files as a person with a pencil would.

Nothing of EthnoKit is used here but the command that compiles: headers are read with PyYAML, logs as JSON
lines, turns by their labels; and the numbers are those that stand in the pages.
"""

import csv
import html
import json
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
OPENNESS = {"restreint": 0, "equipe": 0, "collectif": 1, "public": 2}
POSTURES = {
    "propose": "offers",
    "pratique": "practises",
    "apprend": "learns",
    "cherche": "seeks",
    "refuse": "refuses",
    "a quitté": "gave_up",
}
TURN = re.compile(r"^(?:\[[\d:]+\] )?\*\*(\w+)[^*\n]*:\*\*", re.M)


@cache
def files(folder):
    """Id → header of each file of a folder, with the text below it under ``body``."""
    found = {}
    for file in sorted((ROOT / "fieldwork" / folder).glob("*.md")):
        _empty, header, body = file.read_text(encoding="utf-8").split("---\n", 2)
        head = yaml.load(header, yaml.BaseLoader)
        found[head["id"]] = {**head, "body": body, "folder": folder}
    return found


STRUCTURES = files("structures")
SOURCES = {**files("interviews"), **files("observations"), **files("documents")}
CODES = {c["id"]: c for c in yaml.load((ROOT / "codebook.yaml").read_text("utf-8"), yaml.BaseLoader)["codes"]}
NAMES = {id_: head["nom"].replace("'", "’") for id_, head in STRUCTURES.items()}
with (ROOT / "fieldwork/questionnaires/referencement.csv").open(encoding="utf-8") as table:
    ANSWERS = {row.pop("structure"): row for row in csv.DictReader(table)}


def standing():
    """The codings that nobody removed, as their last change left them."""
    found = {}
    for log in sorted((ROOT / "fieldwork/codings").rglob("*.jsonl")):
        for line in log.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["act"] in ("add", "accept"):
                found[event["id"]] = event
            elif event["act"] == "remove":
                del found[event["of"]]
            else:
                assert event["act"] == "change"
                found[event["of"]] |= {k: event[k] for k in ("code", "attributes") if k in event}
    return list(found.values())


def counted():
    """The codings that are evidence, each with the structure it speaks for and the number of its passage."""
    kept = []
    for coding in standing():
        head, start = SOURCES[coding["document"]], coding["start"]
        assert head["body"][start : coding["end"]] == coding["quote"]
        sections = re.findall(r"^## (.*)$", head["body"][:start], re.M)
        if sections and sections[-1] == "Impressions":
            continue
        labels = TURN.findall(head["body"][:start])
        speakers = {one["code"]: one for one in head.get("locuteurs", ())}
        speaker = speakers.get(labels[-1], {}) if labels else {}
        assert speaker.get("role") != "enqueteur"
        possible = [speaker["structure"]] if "structure" in speaker else head["structures"]
        attributes = coding.get("attributes") or {}
        structure = attributes.get("structure") or (possible[0] if len(possible) == 1 else None)
        kept.append({**coding, "attributes": attributes, "structure": structure})
    for coding in kept:
        coding["passage"] = min(other["id"] for other in connected(coding, kept))
    return kept


def connected(coding, codings):
    """The codings of one code that overlap this one, and those that overlap these."""
    group, waiting = [], [coding]
    alike = [c for c in codings if (c["document"], c["code"]) == (coding["document"], coding["code"])]
    while waiting:
        one = waiting.pop()
        group.append(one)
        waiting += [
            c for c in alike if c not in group + waiting and c["start"] < one["end"] and one["start"] < c["end"]
        ]
    return group


def told(head):
    """May a source be told to be of its structures?"""
    page = head["folder"] == "documents" and head.get("diffusion") == "public"
    return page or head.get("consentement", {}).get("structure_nommee") == "true"


class Pencil:
    """What one audience may count."""

    def __init__(self, audience):
        everything, rank = counted(), {"team": 0, "collective": 1}[audience]
        self.sources = {k: h for k, h in SOURCES.items() if OPENNESS[h.get("diffusion", "collectif")] >= rank}
        closed = [c for c in everything if "effet" in CODES[c["code"]] and rank]
        self.codings = [
            c
            for c in everything
            if c["document"] in self.sources
            and not any(
                c["document"] == o["document"] and c["start"] < o["end"] and o["start"] < c["end"] for o in closed
            )
        ]
        self.of = defaultdict(set)
        for coding in self.codings:
            if rank and not told(SOURCES[coding["document"]]):
                coding["structure"] = None
        for source, head in self.sources.items():
            for structure in head["structures"] if told(head) or not rank else ():
                self.of[structure].add(source)
        self.withheld = len({c["passage"] for c in everything} - {c["passage"] for c in self.codings})

    def passages(self, **wanted):
        """Distinct passages of the codings of which all this is true."""
        return {c["passage"] for c in self.having(**wanted)}

    def having(self, **wanted):
        return [c for c in self.codings if all(({**c["attributes"], **c}).get(k) == v for k, v in wanted.items())]


@pytest.fixture(scope="module", params=["team", "collective"])
def found(request, tmp_path_factory):
    """The pencil, and the pages that were compiled for the same audience."""
    root = tmp_path_factory.mktemp(request.param)
    shutil.copytree(ROOT / "fieldwork", root / "fieldwork")
    for name in ("codebook.yaml", "ethnokit.yaml"):
        shutil.copy(ROOT / name, root)
    command = [Path(sys.executable).with_name("ethnokit"), "-C", root, "build", "--audience", request.param]
    subprocess.run([*command, "--format", "html"], check=True, capture_output=True)
    folder = root / "reports" / request.param / "html"
    return Pencil(request.param), {file.stem: file.read_text(encoding="utf-8") for file in folder.rglob("*.html")}


def words(markup):
    """The text of a piece of a page, no-break spaces as spaces."""
    return " ".join(html.unescape(re.sub("<[^>]+>", "", markup)).split())


def cells(row, kind="td"):
    return [words(cell) for cell in re.findall(rf"<{kind}\b[^>]*>(.*?)</{kind}>", row, re.S)]


def rows(page, id):
    """(what follows the prefix of its id, row) of each row of a table whose id begins so."""
    return re.findall(rf'<tr id="{id}-([^"]+)"[^>]*>(.*?)</tr>', page, re.S)


def test_the_figures_of_the_summary(found):
    pencil, pages = found
    kinds = [head["folder"] for head in pencil.sources.values()]
    printed = re.findall(r'<li><span class="big">([^<]+)</span>', pages["report"])
    assert printed == [
        f"{len(pencil.of)}/{len(STRUCTURES)}",
        *(str(kinds.count(kind)) for kind in ("interviews", "observations", "documents")),
        str(len(pencil.passages())),
    ]
    hidden = re.findall(r"<p>(\d+) ", pages["report"].partition('id="reading"')[2].partition("</section>")[0])
    assert [int(n) for n in hidden] == ([pencil.withheld] if pencil.withheld else [])


def test_each_theme_says_how_many_structures_passages_and_sources_speak_of_it(found):
    pencil, pages = found
    printed = {}
    for code, part in re.findall(r'<section class="theme" id="theme-([^"]+)">(.*?)</section>', pages["report"], re.S):
        share, counts = re.findall(r'<p class="spread">(.*?)</p>', part, re.S)
        printed[code] = (words(share).split()[0], *(int(n) for n in re.findall(r"\d+", words(counts))))
    expected = {}
    for code in {coding["code"] for coding in pencil.codings}:
        here = pencil.having(code=code)
        speaking = {coding["structure"] for coding in here} - {None}
        sources = {coding["document"] for coding in here}
        expected[code] = (f"{len(speaking)}/{len(pencil.of)}", len(pencil.passages(code=code)), len(sources))
    assert printed == expected


def test_each_cell_of_the_matrix(found):
    pencil, pages = found
    chapter = pages["report"].partition('id="matrix"')[2].partition("</section>")[0]
    (table,) = re.findall(r'<table class="matrix"[^>]*>(.*?)</table>', chapter, re.S)
    names = {name: id_ for id_, name in NAMES.items()}
    columns = [names[words(head)] for head in re.findall(r"<div>(.*?)</div>", table)[:-1]]
    assert set(columns) == set(pencil.of)
    lines = re.findall(r"<tr.*?</tr>", table, re.S)
    assert cells(lines[1]) == [*(str(len(pencil.of[structure])) for structure in columns), ""]
    printed, elsewhere = {}, 0
    for line in lines[2:]:
        (code,) = re.findall(r'href="#theme-([^"]+)"', line)
        printed[code] = cells(line)
        counts = [len(pencil.passages(code=code, structure=structure)) for structure in columns]
        heard = sum(map(bool, counts))
        assert printed[code] == [*(str(n or "·") for n in counts), f"{heard}/{len(columns)}"], code
        placed = {c["passage"] for c in pencil.having(code=code) if c["structure"]}
        elsewhere += len(pencil.passages(code=code) - placed)
    assert set(printed) == {coding["code"] for coding in pencil.codings}
    assert re.findall(r'<p class="note">(\d+) ', chapter) == [str(elsewhere)]


def test_the_register_says_what_was_read_of_each_structure(found):
    pencil, pages = found
    printed = {id_: cells(row)[2:] for id_, row in rows(pages["report"], "structure")}
    for structure in STRUCTURES:
        kinds = [SOURCES[source]["folder"] for source in pencil.of.get(structure, ())]
        read = [f"{k[0].upper()} {kinds.count(k)}" for k in ("interviews", "observations", "documents") if k in kinds]
        asked = ["Q"] if any(ANSWERS.get(structure, {}).values()) else []
        passages = str(len(pencil.passages(structure=structure)) or "–")
        assert printed[structure] == [" · ".join(read + asked).replace("I ", "E ") or "–", passages], structure


def test_the_directory_counts_the_passages_of_each_posture(found):
    pencil, pages = found
    (chapter,) = re.findall(r'id="directory">(.*?)</section>', pages["report"], re.S)
    labels = {code["label"].replace("'", "’"): id_ for id_, code in CODES.items()}
    printed, theme = set(), None
    for row in re.findall(r"<tr.*?</tr>", chapter, re.S):
        theme = labels[cells(row, "th")[0]] if 'scope="row"' in row else theme
        if "<td" in row:
            posture, structures, _asked = cells(row)[-3:]
            for entry in structures.split(", "):
                name, passages = re.fullmatch(r"(.*?)(?: \((\d+)\))?", entry).groups()
                printed.add((theme, POSTURES[posture], name, int(passages or 0)))
    expected = set()
    for code in CODES:
        for structure, name in NAMES.items():
            for posture in POSTURES.values():
                passages = len(pencil.passages(code=code, structure=structure, posture=posture))
                column = {"offers": "competences_proposees", "seeks": "competences_cherchees"}.get(posture)
                stated = code in ANSWERS.get(structure, {}).get(column, "").split(";")
                if passages or stated:
                    expected.add((code, posture, name, passages))
    assert printed == expected


def test_each_tie_with_its_passages(found):
    pencil, pages = found
    (table,) = re.findall(r'class="wide ties">(.*?)</table>', pages["report"], re.S)
    printed = set()
    for source, cell in re.findall(r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>', table, re.S):
        for line in map(words, cell.split("<br>")):
            target, label, passages = re.fullmatch(r"(.*?), (.*?)(?: \((\d+)\))?", line).groups()
            printed.add((words(source), target, label, int(passages or 0)))
    ties = defaultdict(set)
    for coding in pencil.codings:
        target, source = coding["attributes"].get("target"), coding["structure"]
        if target and source and target != source:
            ties[source, target, coding["code"]].add(coding["passage"])
    for source, answer in ANSWERS.items():
        for target, code in (tie.split(":") for tie in answer["liens"].split(";") if tie):
            ties[source, target, code] |= set()
    assert printed == {(NAMES[a], NAMES[b], CODES[code]["label"], len(ps)) for (a, b, code), ps in ties.items()}


def test_each_sheet_counts_its_sources_and_names_what_nobody_raised(found):
    pencil, pages = found
    sheets = {id_: page for id_, page in pages.items() if id_ != "report"}
    assert set(sheets) == {coding["structure"] for coding in pencil.codings} - {None}
    for structure, page in sheets.items():
        whole = len(pencil.passages(structure=structure))
        parts = [len(pencil.passages(structure=structure, document=source)) for source in pencil.of[structure]]
        assert sorted(cells(row)[-1] for _ref, row in rows(page, "source")) == sorted(f"{n}/{whole}" for n in parts)
        share = re.findall(r"(\d+) % \w+ (\d+) ", words(page))
        assert share == ([(str(round(max(parts) / whole * 100)), str(whole))] if max(parts) / whole > 0.33 else [])
        raised = {coding["code"] for coding in pencil.having(structure=structure)}
        silent = {c["label"] for id_, c in CODES.items() if id_ not in raised and not {"effet", "manuel"} & set(c)}
        (absent,) = re.findall(r'<p class="absent">(.*?)</p>', page, re.S)
        assert set(words(absent).split(" · ")) == {label.replace("'", "’") for label in silent}
