"""Invented words in every place that could leak, looked for in all that a build writes and says."""

import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from leak_samples import CODEBOOK, CODINGS, FILES, SETTINGS

from ethnokit.model.vocabulary import fold

ETHNOKIT = Path(sys.executable).with_name("ethnokit")
LOST = "fieldwork/interviews/ent-perdu.md"


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The folder of the study, coded; and one withheld passage edited after it was coded."""
    root = tmp_path_factory.mktemp("planted")
    for path, text in {"codebook.yaml": CODEBOOK, "ethnokit.yaml": SETTINGS, **FILES}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for document, code, quote, attributes in CODINGS:
        sets = [part for one in attributes for part in ("--set", one)]
        arguments = ["coding", "add", document, "--code", code, "--quote", quote, "--by", "equipiercodeuse", *sets]
        subprocess.run([ETHNOKIT, "-C", root, *arguments], check=True, capture_output=True)
    edited = (root / LOST).read_text(encoding="utf-8").replace("Il a crié equipiercri", "Il a hurlé equipierhurle, et")
    (root / LOST).write_text(edited, encoding="utf-8")
    return root


def built(root, audience):
    """Every word of what a build writes, by file, and of what it says."""
    command = [ETHNOKIT, "-C", root, "build", "--audience", audience, "--format", "all"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    folder = root / "reports" / audience
    found = {"said": done.stdout + done.stderr}
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".html", ".pdf"):
            text = surfaces(file) if file.suffix == ".pdf" else file.read_text(encoding="utf-8")
            found[file.relative_to(folder).as_posix()] = f"{file.relative_to(folder)}\n{text}"
    return found


def surfaces(file):
    """All that a PDF holds: words of its pages, and every string, name and stream of every object."""
    pages = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    with pikepdf.open(file) as pdf:
        return "\n".join([pages, *(text for one in pdf.objects for text in strings(one))])


def strings(value):
    if isinstance(value, pikepdf.Stream):
        yield value.read_bytes().decode("latin-1")
        value = dict(value.items())
    if isinstance(value, pikepdf.Dictionary | dict):
        for key, one in value.items():
            yield str(key)
            if not getattr(one, "is_indirect", False):
                yield from strings(one)
    elif isinstance(value, pikepdf.Array):
        for one in value:
            if not getattr(one, "is_indirect", False):
                yield from strings(one)
    elif isinstance(value, pikepdf.String | pikepdf.Name | str):
        yield str(value)


def canaries(text):
    return set(re.findall(r"(?:equipier|collectif|ouverte?)[a-z]+", fold(text)))


EVERY = {word for text in (CODEBOOK, SETTINGS, *FILES.values(), repr(CODINGS)) for word in canaries(text)}
OPEN = {word for word in EVERY if word.startswith("ouvert")}
FOR = {"public": OPEN, "collective": OPEN | {word for word in EVERY if word.startswith("collectif")}}


@pytest.mark.parametrize("audience", ["public", "collective"])
def test_what_is_closed_to_an_audience_is_nowhere_and_what_is_open_is_there(planted, audience):
    found = built(planted, audience)
    assert {"report.pdf", "html/report.html", "sheets/loutres.pdf", "html/sheets/loutres.html"} <= set(found)
    leaks = {(name, word) for name, text in found.items() for word in canaries(text) - FOR[audience]}
    assert leaks == set()
    for kind in ("report.pdf", "html/report.html"):
        sheet = kind.replace("report", "sheets/loutres")
        assert FOR[audience] - canaries(found[kind] + found[sheet]) == set(), kind


@pytest.mark.parametrize(("audience", "finest"), [("collective", "mai 2026"), ("public", "2026")])
def test_days_of_the_fieldwork_are_no_finer_than_allowed(planted, audience, finest):
    text = "\n".join(text for name, text in built(planted, audience).items() if name != "said")
    days = r"2026-0[3-6]|\b\d{1,2} (?:mars|mai|juin) 2026" + ("" if audience == "collective" else "|mai 2026|juin 2026")
    assert re.findall(days, text.replace("\u00a0", " ")) == []
    assert finest in text


def test_the_team_reads_all_that_was_coded(planted):
    """The words are where they are looked for: without a right that closes them, each is found."""
    found = built(planted, "team")
    printed = canaries("\n".join(text for name, text in found.items() if name != "said"))
    assert {"equipiergrave", "equipiersensible", "equipierherons", "equipierpseudo", "equipierfonction"} <= printed
    assert {"equipierboite", "equipierperimetre", "equipiercarnet", "equipierdocument", "equipiertable"} <= printed
    # Nobody reads in print what a comment says, what the observer felt, or where a file of the study lies.
    assert (
        printed & {"equipiercommentaire", "equipiernote", "equipierverso", "equipierimpression", "equipierlien"}
        == set()
    )


@pytest.mark.parametrize("audience", ["team", "public"])
def test_no_link_leads_to_what_was_cut_away(planted, audience):
    pages = {name: text for name, text in built(planted, audience).items() if name.endswith(".html")}
    assert len(pages) >= 2
    for name, text in pages.items():
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r'id="([^"]+)"', text)), name
