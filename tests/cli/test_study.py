"""A study from the terminal: a new folder, one's own transcript, one's own mistakes, real texts."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STRUCTURE = """---
id: loutres
type: structure
nom: "Les Loutres du Canal"
participation: {etat: rencontree}
---

Une association de canal.
"""

INTERVIEW = """---
id: ent-loutres-01
type: entretien
structures: [loutres]
date: 2023-06-12
locuteurs:
  - {code: E, role: enqueteur}
  - {code: P1, role: enquete, pseudonyme: "Camille"}
consentement: {forme: ecrit, citer: pseudonyme}
diffusion: collectif
---

[00:02] **E :** Est-ce que vous pouvez raconter comment ça a commencé ?

[00:02] **P1 :** On a commencé à quatre, dans le garage de quelqu'un.

Le premier serveur tourne encore.
"""


@pytest.fixture
def study(tmp_path, ethnokit):
    assert ethnokit("init", tmp_path / "etude").code == 0
    root = tmp_path / "etude"
    (root / "fieldwork/structures/loutres.md").write_text(STRUCTURE, encoding="utf-8")
    (root / "fieldwork/interviews/ent-loutres-01.md").write_text(INTERVIEW, encoding="utf-8")
    return root


def digest(root: Path):
    files = (p for p in root.rglob("*") if p.is_file() and ".ethnokit" not in p.parts)
    return {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_a_new_study_has_no_problem_and_reading_changes_no_file(ethnokit, study):
    before = digest(study)
    run = ethnokit("-C", study, "check")
    assert run.out == "0 errors, 0 warnings, 2 files read\n"
    assert run.code == 0
    assert digest(study) == before


def test_init_keeps_what_exists(ethnokit, study):
    (study / "codebook.yaml").write_text("grille: {id: mienne, version: '1'}\n", encoding="utf-8")
    assert ethnokit("init", study).code == 0
    assert "mienne" in (study / "codebook.yaml").read_text(encoding="utf-8")


def test_show_tells_turns_speakers_and_roles(ethnokit, study):
    shown = json.loads(ethnokit("-C", study, "show", "ent-loutres-01", "--json").out)
    assert [(t["n"], t["speaker"], t["role"], t["time"]) for t in shown["turns"]] == [
        (1, "E", "interviewer", "00:02"),
        (2, "P1", "participant", "00:02"),
    ]
    said = shown["body"][shown["turns"][1]["start"] : shown["turns"][1]["end"]]
    assert said == "On a commencé à quatre, dans le garage de quelqu'un.\n\nLe premier serveur tourne encore."


def test_show_tells_a_person_how_a_file_was_read(ethnokit, study):
    (study / "fieldwork/observations/obs-01.md").write_text(
        "---\nid: obs-01\nlocuteurs: [{code: P1, role: enquete, structure: loutres}]\n---\n## Faits\n\nTrois tables.\n",
        encoding="utf-8",
    )
    assert ethnokit("-C", study, "show", "ent-loutres-01").out.startswith(
        "ent-loutres-01 · interview · fieldwork/interviews/ent-loutres-01.md\n"
        "structures: loutres\ndate: 2023-06-12\naudience: collective\nquoting: pseudonym\n"
        "speaker E: interviewer\nspeaker P1: participant\n"
        "\n1. E (interviewer) [00:02] 17–72\nEst-ce que vous pouvez"
    )
    assert ethnokit("-C", study, "show", "obs-01").out == (
        "obs-01 · observation · fieldwork/observations/obs-01.md\n"
        "structures: not said\ndate: not said\naudience: not said\nquoting: not said\n"
        "speaker P1: participant · loutres\n\n1. – (facts) 10–23\nTrois tables.\n"
    )


@pytest.mark.parametrize(
    ("right", "wrong", "place", "hint"),
    [
        ("diffusion: collectif", "difusion: collectif", "10:1: error[YA003]", "diffusion"),
        ("diffusion: collectif", "diffusion: colectif", "10:12: error[YA004]", "collectif"),
        ("date: 2023-06-12", "date: 12/06/2023", "5:7: error[YA004]", "2023-06-12"),
        ("structures: [loutres]", "structures: [loutre]", "4:14: error[ST002]", "loutres"),
    ],
)
def test_a_mistake_in_a_header_is_shown_where_it_stands(ethnokit, study, right, wrong, place, hint):
    path = "fieldwork/interviews/ent-loutres-01.md"
    (study / path).write_text(INTERVIEW.replace(right, wrong), encoding="utf-8")
    run = ethnokit("-C", study, "check")
    assert f"{path}:{place}" in run.out
    assert f"Did you mean “{hint}”?" in run.out
    assert run.code == 1


def test_machine_formats_carry_no_interview_text(ethnokit, study):
    (study / "fieldwork/interviews/ent-02.md").write_text(
        "---\nid: ent-02\ntype: entretien\n---\n\n**Solange :** Une confidence sur le trésorier.\n", encoding="utf-8"
    )
    for form in ("json", "github"):
        run = ethnokit("-C", study, "check", "--format", form)
        assert "ent-02" in run.out
        assert "confidence" not in run.out
        assert "Solange" not in run.out


def test_a_link_out_of_the_study_is_not_followed(ethnokit, study, tmp_path):
    (tmp_path / "secret.md").write_text(INTERVIEW, encoding="utf-8")
    (study / "fieldwork/interviews/lien.md").symlink_to(tmp_path / "secret.md")
    run = ethnokit("-C", study, "check")
    assert "fieldwork/interviews/lien.md:1:1: error[ST004]" in run.out


def test_two_documents_of_one_id(ethnokit, study):
    (study / "fieldwork/interviews/entz-99.md").write_text(INTERVIEW, encoding="utf-8")
    assert "entz-99.md:2:5: error[ST001]" in ethnokit("-C", study, "check").out


def test_a_copy_of_a_sync_tool_is_noticed(ethnokit, study):
    (study / "fieldwork/interviews/ent.sync-conflict-20240101-120000-ABC.md").write_text(INTERVIEW, encoding="utf-8")
    assert "warning[ST007]" in ethnokit("-C", study, "check").out


def test_no_study(ethnokit, tmp_path):
    run = ethnokit("-C", tmp_path, "check")
    assert run.code == 3
    assert "There is no study" in run.err


def test_an_unknown_document_and_an_unknown_rule(ethnokit, study):
    run = ethnokit("-C", study, "show", "ent-loutres-1")
    assert run.code == 2
    assert "Did you mean “ent-loutres-01”?" in run.err
    assert ethnokit("check", "--explain", "ZZ999").code == 2
    assert ethnokit("check", "--explain", "ST004").out.startswith("ST004: A link leads out of the study")


FOLDERS = {
    "rhapsodie": "interviews",
    "changelog-rfc": "interviews",
    "codegouv": "interviews",
    "parisstories": "interviews",
    "club1": "documents",
}


@pytest.fixture
def real_study(ethnokit, corpus, tmp_path):
    root = tmp_path / "real"
    assert ethnokit("init", root).code == 0
    for source, folder in FOLDERS.items():
        for file in sorted((corpus / source).glob("*.*")):
            if file.suffix in (".md", ".txt") and not file.name.startswith(("SOURCE", "LICENSE")):
                shutil.copy(file, root / "fieldwork" / folder / file.name)
    return root


@pytest.mark.corpus
def test_real_texts_are_read_without_a_failure(ethnokit, real_study):
    run = ethnokit("-C", real_study, "check", "--format", "json")
    assert run.code == 1  # headers written for other uses have keys that a study does not know
    problems = json.loads(run.out)
    assert {p["path"].rsplit("/", 1)[1] for p in problems} >= {"rhap_d0001.md", "entretien-osor.md"}
    assert run.err == ""


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("document", "speakers"),
    [
        ("rhap-d0001", {"L1": "interviewer", "L2": "participant", "L3": "participant"}),
        ("request-for-commits-1", {"Nadia Eghbal": "other", "Mikeal Rogers": "other", "Karl Fogel": "other"}),
    ],
)
def test_real_turns_have_their_speakers(ethnokit, real_study, document, speakers):
    shown = json.loads(ethnokit("-C", real_study, "show", document, "--json").out)
    found = {t["speaker"]: t["role"] for t in shown["turns"] if t["speaker"]}
    assert speakers.items() <= found.items()
    for turn in shown["turns"]:
        said = shown["body"][turn["start"] : turn["end"]]
        assert said == said.strip()
        assert said


@pytest.mark.corpus
def test_real_texts_are_suggested_and_coded(ethnokit, real_study):
    """With the codebook of this repository: proposals from what participants said, a few accepted, one refused."""
    shutil.copy(Path(__file__).parents[2] / "codebook.yaml", real_study / "codebook.yaml")
    offered = json.loads(ethnokit("-C", real_study, "suggest", "--json").out)
    assert len(offered) > 100
    shown = {}
    for one in offered:
        if one["document"] not in shown:
            shown[one["document"]] = json.loads(ethnokit("-C", real_study, "show", one["document"], "--json").out)
        document = shown[one["document"]]
        assert document["body"][one["start"] : one["end"]] == one["quote"]
        roles = {t["role"] for t in document["turns"] if t["start"] < one["end"] and one["start"] < t["end"]}
        assert roles in ({"participant"}, {"none"})
    # Whoever is not declared is nobody's participant: no word of the English interviews is proposed.
    assert not any(name.startswith("request-for-commits") for name in shown)
    chosen = [offered[0]["id"], offered[len(offered) // 2]["id"]]
    assert ethnokit("-C", real_study, "coding", "accept", *chosen, "--by", "ines").code == 0
    assert ethnokit("-C", real_study, "coding", "refuse", offered[-1]["id"], "--by", "ines").code == 0
    coded = json.loads(ethnokit("-C", real_study, "coding", "list", "--json").out)
    assert [(c["suggestion"], c["anchor"]) for c in coded] == [(one, "exact") for one in chosen]
    left = {one["id"] for one in json.loads(ethnokit("-C", real_study, "suggest", "--json").out)}
    assert left == {one["id"] for one in offered} - {*chosen, offered[-1]["id"]}


def test_a_reader_that_goes_away_is_no_problem_of_the_study(study):
    command = [sys.executable, "-m", "ethnokit", "-C", str(study), "show", "ent-loutres-01", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")
