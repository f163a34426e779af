"""Real transcripts, read in place; only speakers and counts are asserted, no name and no text is kept here."""

from collections import Counter
from pathlib import Path

import pytest

from ethnokit.ingest.document import read_document
from ethnokit.ingest.questionnaire import read_answers
from ethnokit.ingest.register import read_structure
from ethnokit.ingest.segments import segments
from ethnokit.ingest.settings import read_settings
from ethnokit.model import DocumentType, Role

SHARED = Path(__file__).parents[2] / "../shared"
CORPUS = SHARED / "corpus"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the texts of ../shared/corpus are not here"),
]


def read(name, kind=DocumentType.INTERVIEW):
    path = CORPUS / name
    return read_document(path.read_bytes(), path.name, kind)


def roles(document):
    return dict(Counter(str(t.role) for t in document.turns))


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("rhap_d0001", {"L1": 21, "L2": 28, "L3": 16}),
        ("rhap_d0006", {"L1": 42, "L2": 43}),
        ("rhap_d0009", {"L1": 55, "L2": 55}),
        ("rhap_d2004", {"L1": 8, "L2": 8}),
        ("rhap_d2011", {"L1": 21, "L2": 9, "L3": 6, "L4": 1, "L5": 8}),
    ],
)
def test_rhapsodie(name, counts):
    document, problems = read(f"rhapsodie/{name}.md")
    assert dict(Counter(t.speaker for t in document.turns)) == counts
    assert not [p for p in problems if p.rule.startswith("TR")]


def test_rhapsodie_overlap_has_the_role_of_its_speaker():
    document, _ = read("rhapsodie/rhap_d0006.md")
    assert {t.role for t in document.turns if t.speaker == "L2"} == {Role.INTERVIEWER}


@pytest.mark.parametrize(("n", "turns", "speakers"), [(1, 128, 3), (12, 100, 3), (20, 102, 4), (9, 80, 3)])
def test_changelog(n, turns, speakers):
    document, problems = read(f"changelog-rfc/request-for-commits-{n}.md")
    assert len([t for t in document.turns if t.speaker]) == turns
    assert len(document.speakers) == speakers
    assert [p.rule for p in problems].count("TR001") == speakers
    assert not any("**" in document.body[t.start : t.start + 2] for t in document.turns)


def test_changelog_times_and_a_label_without_its_bold():
    document, _ = read("changelog-rfc/request-for-commits-2.md")
    assert {t.role for t in document.turns} == {Role.OTHER}
    assert "00:41:15.21" not in "".join(document.body[a:b] for a, b in segments(document))
    _, problems = read("changelog-rfc/request-for-commits-15.md")
    assert [(p.rule, p.line) for p in problems if p.rule == "TR005"] == [("TR005", 73)]


@pytest.mark.parametrize(
    ("name", "questions", "answers"),
    [("entretien-osor", 4, 3), ("entretien-rise-2024", 7, 7), ("entretien-wikimedienne-en-residence", 5, 5)],
)
def test_codegouv_interviews(name, questions, answers):
    document, problems = read(f"codegouv/{name}.md")
    # An undeclared label and italics alone are guesses, and said to be.
    assert [p.rule for p in problems if p.rule.startswith("TR")] in (["TR001"], ["TR007"])
    assert roles(document) == {"none": 1, "interviewer": questions, "participant": answers}


@pytest.mark.parametrize(
    "name",
    ["codegouv/retour-sprint-2019.md", "codegouv/webinaire-framasoft-yakforms.md", "club1/faq.md", "club1/cgu.md"],
)
def test_written_sources_have_no_speaker(name):
    document, problems = read(name, DocumentType.DOCUMENT)
    assert set(roles(document)) == {"none"}
    assert document.speakers == ()
    assert not [p for p in problems if p.rule.startswith("TR")]


def test_stories_are_one_run_without_speaker():
    for path in sorted((CORPUS / "parisstories").glob("parisstories_*.txt")):
        document, problems = read(path)
        assert roles(document) == {"none": 1}
        assert [p.rule for p in problems if p.rule.startswith("TR")] == ["TR006"]


def test_examples_read_without_a_problem():
    examples = SHARED / "examples"
    data = {p.name: p.read_bytes() for p in examples.rglob("*") if p.is_file()}
    interview, problems = read_document(data["ent-loutres-01.md"], "ent-loutres-01.md", DocumentType.INTERVIEW)
    observation, found = read_document(data["obs-permanence-01.md"], "obs-permanence-01.md", DocumentType.OBSERVATION)
    structure, of_structure = read_structure(data["loutres.md"], "loutres.md")
    answers, of_answers = read_answers(data["referencement.csv"], "referencement.csv")
    settings, of_settings = read_settings(data["etude.yaml"], "ethnokit.yaml")
    assert problems + found + of_structure + of_answers + of_settings == []
    assert [(t.speaker, t.time) for t in interview.turns] == [
        ("E", "00:02"),
        ("P1", "00:02"),
        ("P2", "00:04"),
        ("E", "00:04"),
        ("P1", "00:05"),
        ("P2", "00:07"),
    ]
    assert [t.part for t in observation.turns] == ["facts", "reported", "impressions"]
    assert (structure.id, len(answers), settings.population) == ("loutres", 3, 7)
