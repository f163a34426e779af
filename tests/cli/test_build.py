"""``ethnokit build`` as a person types it."""

import json

import pytest

STRUCTURE = """\
---
id: loutres
type: structure
nom: "Les Loutres"
participation: {etat: rencontree}
---
"""
INTERVIEW = """\
---
id: ent-loutres-01
type: entretien
structures: [loutres]
date: 2026-05-19
locuteurs: [{code: E, role: enqueteur}, {code: P1, role: enquete, pseudonyme: "Camille"}]
consentement: {forme: ecrit, citer: pseudonyme, structure_nommee: true}
diffusion: collectif
---

**E :** Qui tranche ?

**P1 :** On décide à quatre, un mardi sur deux.
"""


@pytest.fixture
def study(tmp_path, ethnokit):
    assert ethnokit("init", tmp_path).code == 0
    (tmp_path / "fieldwork/structures/loutres.md").write_text(STRUCTURE, encoding="utf-8")
    (tmp_path / "fieldwork/interviews/ent-loutres-01.md").write_text(INTERVIEW, encoding="utf-8")
    quote = "On décide à quatre"
    run = ethnokit(
        "-C", tmp_path, "coding", "add", "ent-loutres-01", "--code", "gouv.decision", "--quote", quote, "--by", "ines"
    )
    assert run.code == 0
    return tmp_path


def test_the_files_are_named_on_stdout_and_the_rest_is_said_on_stderr(ethnokit, study):
    run = ethnokit("-C", study, "build")
    assert run.out.splitlines() == ["reports/collective/report.pdf", "reports/collective/sheets/loutres.pdf"]
    assert "2 files were made" in run.err
    assert "have not validated: Les Loutres" in run.err
    assert run.code == 0
    assert all((study / line).read_bytes().startswith(b"%PDF") for line in run.out.splitlines())


def test_json_for_scripts(ethnokit, study):
    data = json.loads(ethnokit("-C", study, "build", "--format", "html", "--json").out)
    assert data["audience"] == "collective"
    assert [file["path"] for file in data["files"]] == [
        "reports/collective/html/report.html",
        "reports/collective/html/sheets/loutres.html",
    ]
    assert {file["made"] for file in data["files"]} == {True}
    again = json.loads(ethnokit("-C", study, "build", "--format", "html", "--json").out)
    assert {file["made"] for file in again["files"]} == {False}
    assert [f["sha256"] for f in again["files"]] == [f["sha256"] for f in data["files"]]


@pytest.mark.parametrize("part", ["fiche:loutres", "sheet:loutres"])
def test_one_sheet_alone_leaves_the_rest_where_it_is(ethnokit, study, part):
    ethnokit("-C", study, "build", "--format", "html")
    report = study / "reports/collective/html/report.html"
    report.write_text("mine", encoding="utf-8")
    run = ethnokit("-C", study, "build", "--format", "html", "--only", part)
    assert run.out.splitlines() == ["reports/collective/html/sheets/loutres.html"]
    assert report.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--audience", "public"], "The study is for this audience at most: collective"),
        (["--audience", "everybody"], "“everybody” is no audience; there are: team, collective, public."),
        (["--only", "fiche:loutre"], "There is no sheet of “loutre” for this audience. Did you mean “loutres”?"),
        (["--only", "poster"], "“poster” cannot be built; write report, or fiche:ID."),
    ],
)
def test_what_cannot_be_built_is_said_and_nothing_is_written(ethnokit, study, options, said):
    run = ethnokit("-C", study, "build", *options)
    assert run.code == 2
    assert said.lower() in run.err.lower()
    assert not (study / "reports/collective").exists()


def test_the_team_may_read_more_than_the_collective(ethnokit, study):
    interview = study / "fieldwork/interviews/ent-loutres-01.md"
    interview.write_text(INTERVIEW.replace("diffusion: collectif", "diffusion: equipe"), encoding="utf-8")
    run = ethnokit("-C", study, "build", "--format", "html")
    assert "1 passage is not shown to this audience (collective)." in run.err
    assert run.out.splitlines() == ["reports/collective/html/report.html"]
    assert ethnokit("-C", study, "build", "--format", "html", "--audience", "equipe").code == 0
    pages = {
        word: (study / f"reports/{word}/html/report.html").read_text(encoding="utf-8")
        for word in ("team", "collective")
    }
    assert ["On décide à quatre" in text for text in pages.values()] == [True, False]


def test_pages_that_an_earlier_build_left_are_named_until_they_are_built_again(ethnokit, study):
    """They may show what was closed since: in another form, or for another audience."""
    assert "before" not in ethnokit("-C", study, "build", "--format", "all").err
    assert "before" not in ethnokit("-C", study, "build", "--format", "html", "--audience", "team").err
    interview = study / "fieldwork/interviews/ent-loutres-01.md"
    interview.write_text(INTERVIEW.replace("diffusion: collectif", "diffusion: equipe"), encoding="utf-8")
    run = ethnokit("-C", study, "build", "--format", "html")
    assert "3 pages were compiled before and may show what was closed since" in run.err
    assert "reports/collective/report.pdf" in run.err
    ethnokit("-C", study, "build", "--format", "pdf")
    left = json.loads(ethnokit("-C", study, "build", "--json").out)["older"]
    assert left == ["reports/team/html/report.html", "reports/team/html/sheets/loutres.html"]
    assert "before" not in ethnokit("-C", study, "build", "--format", "html", "--audience", "team").err


def test_a_study_with_errors_is_built_and_ends_with_1(ethnokit, study):
    bad = study / "fieldwork/interviews/autre.md"
    bad.write_text("---\nid: [\n---\n\n**P1 :** Rien.\n", encoding="utf-8")
    run = ethnokit("-C", study, "build", "--format", "html")
    assert run.code == 1
    assert "Run: ethnokit check" in run.err
    assert "On décide à quatre" in (study / "reports/collective/html/report.html").read_text(encoding="utf-8")


def test_without_pango_html_works_and_pdf_says_what_to_install(ethnokit, study, monkeypatch):
    from ethnokit.reports import pdf

    def no_engine():
        raise pdf.PangoMissing

    monkeypatch.setattr(pdf, "_engine", no_engine)
    run = ethnokit("-C", study, "build", "--jobs", "1")
    assert run.code == 3
    for system in ("apt install", "dnf install", "brew install", "MSYS2", "--format html"):
        assert system in run.err
    assert ethnokit("-C", study, "build", "--format", "html").code == 0


def test_a_wrong_template_of_the_study_is_said_with_its_place(ethnokit, study):
    own = study / "reports/templates"
    own.mkdir(parents=True)
    (own / "sheet.html").write_text("<p>\n{% if %}", encoding="utf-8")
    run = ethnokit("-C", study, "build", "--format", "html")
    assert run.code == 3
    assert "sheet.html:2:" in run.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("sheet.html", b"{{ 1 / 0 }}", "division by zero"),
        ("sheet.html", b"{{ sheet.name() }}", "not callable"),
        ("sheet.html", b"\xe9t\xe9", "utf-8"),
        ("style.css", b"/* \xe9t\xe9 */", "utf-8"),
    ],
)
def test_a_template_that_fails_as_programs_do_is_a_sentence(ethnokit, study, name, content, said):
    own = study / "reports/templates"
    own.mkdir(parents=True)
    (own / name).write_bytes(content)
    run = ethnokit("-C", study, "build", "--format", "html")
    assert run.code == 3
    assert name in run.err
    assert said in run.err


def test_reading_for_a_build_changes_no_file_of_the_study(ethnokit, study):
    before = {file: file.read_bytes() for file in (study / "fieldwork").rglob("*") if file.is_file()}
    ethnokit("-C", study, "build", "--format", "html")
    after = {file: file.read_bytes() for file in (study / "fieldwork").rglob("*") if file.is_file()}
    assert after == before


def test_the_demo_is_a_study_of_ones_own_compiled(ethnokit, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = ethnokit("demo", "essai")
    assert run.code == 0, run.err
    assert "reports/collective/report.pdf" in run.out.splitlines()
    assert (tmp_path / "essai/reports/collective/report.pdf").read_bytes().startswith(b"%PDF")
    again = ethnokit("demo", "essai")
    assert again.code == 2
    assert "is not empty" in again.err
    assert ethnokit("-C", "essai", "check").code == 0


def test_a_demo_that_cannot_be_written_is_a_sentence(ethnokit, tmp_path):
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    run = ethnokit("-C", tmp_path, "demo", "fichier/essai")
    assert run.code == 3
    assert "fichier/essai cannot be written" in run.err
