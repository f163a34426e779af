"""From fieldwork to print on the example study of this repository: real PDFs, read back."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import page
import pypdf
import pytest

from ethnokit.cache import Cache
from ethnokit.model import Audience
from ethnokit.privacy.cut import cut
from ethnokit.privacy.report import report
from ethnokit.privacy.sheets import sheets
from ethnokit.publish import Order, publish
from ethnokit.study import load

ROOT = Path(__file__).resolve().parents[1]


def copy_of_the_example(to):
    for name in ("codebook.yaml", "ethnokit.yaml"):
        shutil.copy(ROOT / name, to / name)
    shutil.copytree(ROOT / "fieldwork", to / "fieldwork")
    return to


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A copy of the example study, compiled for its collective."""
    root = copy_of_the_example(tmp_path_factory.mktemp("example"))
    with Cache(root) as cache:
        published = publish(root, cache, Order())
    return root, published


@pytest.fixture(scope="module")
def view(example):
    left = cut(load(example[0])[0], Audience.COLLECTIVE)
    found = report(left)
    return found, sheets(left, found.ties)


@pytest.fixture(scope="module")
def compiled(example):
    """Path of each PDF."""
    root, published = example
    return {file.path: root / "reports" / "collective" / file.path for file in published.files}


@pytest.fixture(scope="module")
def text(compiled):
    return read_back(compiled["report.pdf"])


def read_back(file):
    """The text of a PDF with all white space, also that of French typography, as one space."""
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return folded(done.stdout)


def folded(text):
    return "".join(text.replace("’", "'").split())


def digests(files):
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}


def test_every_structure_that_was_heard_has_a_sheet_and_the_others_a_line(view, compiled):
    found, _sheets = view
    names = {name for name in compiled if name.startswith("sheets/")}
    assert names == {f"sheets/{line.id}.pdf" for line in found.structures if line.sheet}
    silent = [line.name for line in found.structures if not line.sources]
    assert len(found.structures) == 14
    assert len(silent) >= 5


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_every_file_is_accessible_and_archivable(compiled, profile):
    for file in compiled.values():
        result = page.validate_pdf(str(file), profile=getattr(page.ValidationProfile, profile))
        assert [(f.rule_id, f.message) for f in result.failures] == [], file.name
        assert result.is_compliant


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_tables_that_other_pages_cut_elsewhere_are_accessible_too(tmp_path, profile):
    """The team's report is longer: its tables go on at other rows."""
    root = copy_of_the_example(tmp_path)
    with Cache(root) as cache:
        publish(root, cache, Order(Audience.TEAM, sheets=()))
    file = root / "reports/team/report.pdf"
    result = page.validate_pdf(str(file), profile=getattr(page.ValidationProfile, profile))
    assert [(f.rule_id, f.message) for f in result.failures] == []


def test_only_the_fonts_of_the_package_are_in_the_files(compiled):
    for file in compiled.values():
        listed = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout
        names = {line.split()[0].partition("+")[2] for line in listed.splitlines()[2:]}
        assert names
        assert {name.partition("-")[0] for name in names} <= {"Spectral", "FiraSans", "Fira"}, names


def test_every_verbatim_is_found_again_in_the_text_of_its_file(view, compiled):
    found, each = view
    read = {name: read_back(file) for name, file in compiled.items()}
    for name, families in [("report.pdf", found.families), *((f"sheets/{s.id}.pdf", s.families) for s in each)]:
        verbatims = [v for family in families for theme in family.themes for v in theme.verbatims]
        assert verbatims
        plain = subprocess.run(["pdftotext", compiled[name], "-"], capture_output=True, text=True, check=True).stdout
        whole = unquoted(folded(plain)) + unquoted(read[name])
        lost = [v.voices for v in verbatims for voice in v.voices if unquoted(folded(voice.text)) not in whole]
        assert not lost, (name, lost)


def unquoted(text):
    # A reader of PDF joins a word again that was cut at its own hyphen.
    return re.sub("[«»“”-]", "", text).replace("...", "…")


def test_every_quote_leads_to_its_source(compiled):
    for name, file in compiled.items():
        reader = pypdf.PdfReader(file)
        targets = set(reader.named_destinations)
        links = [
            str(note.get_object()["/A"]["/D"] if "/A" in note.get_object() else note.get_object()["/Dest"])
            for sheet in reader.pages
            for note in sheet.get("/Annots", [])
            if "/URI" not in note.get_object().get("/A", {})
        ]
        sources = [link for link in links if link.startswith("source-")]
        assert sources, name
        assert set(links) <= targets, name


def test_the_outline_is_that_of_the_headings(compiled, view):
    titles = [item.title for item in flat(pypdf.PdfReader(compiled["report.pdf"]).outline)]
    found, _sheets = view
    for family in found.families:
        for theme in family.themes:
            assert any(folded(theme.label) == folded(title) for title in titles), theme.label
    assert titles[1] == "En bref"


def flat(outline):
    for item in outline:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


def test_the_report_says_what_is_missing(text):
    assert folded("8/14") in text
    assert folded("Les Cailloux blancs") in text
    assert folded("refus") in text
    assert folded("Non abordé dans les") in text
    assert folded("passages ne sont pas montrés à ce public") in text


def test_what_the_study_closes_is_in_no_file(example, compiled):
    """An interview for the team alone, and one that waits for its proof-reading."""
    root, _published = example
    study, _problems = load(root)
    read = {name: read_back(file) + file.read_bytes().decode("latin-1") for name, file in compiled.items()}
    closed = [
        coding.anchor.quote
        for coding in study.codings
        if coding.document in ("ent-radeau-02", "ent-ormeau-01", "ent-tisserande-02") and len(coding.anchor.quote) > 25
    ]
    assert len(closed) > 15
    assert [q for q in closed for name in read if folded(q) in read[name]] == []


def test_suggestions_never_reach_the_page(example, ethnokit):
    root, _published = example
    with Cache(root) as cache:
        before = publish(root, cache, Order(report=True, sheets=()))
        assert ethnokit("-C", root, "suggest").code == 0
        after = publish(root, cache, Order(report=True, sheets=()))
    assert [file.digest for file in after.files] == [file.digest for file in before.files]


def test_the_same_study_gives_the_same_bytes_anywhere(example, compiled, tmp_path):
    (tmp_path / "ailleurs").mkdir()
    other = copy_of_the_example(tmp_path / "ailleurs")
    with Cache(other) as cache:
        publish(other, cache, Order(), workers=1)
    files = {name: other / "reports" / "collective" / name for name in compiled}
    assert digests(files) == digests(compiled)


def test_an_unchanged_study_is_not_compiled_again(example, compiled, ethnokit):
    root, _published = example
    before = {file: file.stat().st_mtime_ns for file in compiled.values()}
    run = ethnokit("-C", root, "build")
    assert "Nothing changed" in run.err
    assert {file: file.stat().st_mtime_ns for file in compiled.values()} == before


def test_only_what_an_edit_touches_is_made_again(example, compiled, ethnokit):
    root, _published = example
    portrait = root / "fieldwork/structures/bernache.md"
    original = portrait.read_bytes()
    portrait.write_bytes(original + b"\nUne phrase de plus.\n")
    try:
        with Cache(root) as cache:
            again = publish(root, cache, Order())
        assert [file.path for file in again.files if file.fresh] == ["sheets/bernache.pdf"]
        assert folded("Une phrase de plus.") in read_back(compiled["sheets/bernache.pdf"])
    finally:
        portrait.write_bytes(original)
    # A file that was changed by hand, or lost, is made again as well.
    compiled["sheets/bernache.pdf"].unlink()
    with Cache(root) as cache:
        publish(root, cache, Order())
    assert compiled["sheets/bernache.pdf"].is_file()


def test_without_its_cache_a_study_is_compiled_to_the_same_bytes(example, compiled):
    root, _published = example
    before = digests(compiled)
    shutil.rmtree(root / ".ethnokit")
    with Cache(root) as cache:
        again = publish(root, cache, Order())
    assert all(file.fresh for file in again.files)
    assert digests(compiled) == before
