"""Every problem named in the promise of ``check``: where it points, what it says, what its page tells."""

import json
import os

import pytest

from ethnokit.diagnostics.rules import RULES
from ethnokit.text.normal import text_hash

STRUCTURE = """---
id: loutres
type: structure
nom: "Les Loutres"
contacts: [{sujet: gouv.decision, par: bureau}]
participation: {etat: rencontree}
---
"""
INTERVIEW = """---
id: ent-01
type: entretien
structures: [loutres]
date: 2023-06-12
locuteurs: [{code: E, role: enqueteur}, {code: P1, role: enquete, structure: loutres}]
consentement: {forme: ecrit, citer: pseudonyme}
diffusion: collectif
---

**E :** Qui décide ?

**P1 :** On décide à l’unanimité.
"""
TABLE = "structure;propose;liens\nloutres;gouv.decision;\n"
BODY = INTERVIEW.split("---\n", 2)[2]
AT = BODY.index("On décide")
EVENT = {"v": 1, "id": "a", "at": "2024-05-31T12:00:00+00:00", "by": "ines", "act": "add", "document": "ent-01"}
PLACE = {"code": "gouv.decision", "start": AT, "end": AT + 9, "quote": "On décide", "text": text_hash(BODY)}
LOG = json.dumps(EVENT | PLACE) + "\n"
PATHS = {
    "structure": "fieldwork/structures/loutres.md",
    "interview": "fieldwork/interviews/ent-01.md",
    "table": "fieldwork/questionnaires/q.csv",
    "log": "fieldwork/codings/ent-01/ines.jsonl",
    "memo": "fieldwork/memos/m.md",
}
TEXTS = {
    "structure": STRUCTURE,
    "interview": INTERVIEW,
    "table": TABLE,
    "log": LOG,
    "memo": "---\na_propos: gouv.decision\n---\nUne idée.\n",
}


@pytest.fixture
def study(tmp_path, ethnokit):
    root = tmp_path / "etude"
    assert ethnokit("init", root).code == 0
    for name, text in TEXTS.items():
        (root / PATHS[name]).parent.mkdir(parents=True, exist_ok=True)
        (root / PATHS[name]).write_text(text, encoding="utf-8", newline="")
    return root


def test_the_study_of_these_tests_has_no_problem(ethnokit, study):
    assert ethnokit("-C", study, "check").out == "0 errors, 0 warnings, 2 files read\n"


CASES = [
    # the file, what is right, what is wrong, then: place, rule, excerpt with its caret, a word of the hint
    ("interview", "structures: [", "structures: ((: [", "4:15", "YA001", "structures: ((: [loutres]", 14, 'holds ": "'),
    ("interview", "2023-06-12", "31/02/2023", "5:7", "YA004", "date: 31/02/2023", 6, "2023-02-31"),
    ("interview", "2023-06-12", "2023-13-01", "5:7", "YA004", "date: 2023-13-01", 6, None),
    ("interview", "[loutres]", "[loutre]", "4:14", "ST002", "structures: [loutre]", 13, "loutres"),
    ("interview", "structure: loutres", "structure: grues", "6:78", "ST002", None, None, None),
    ("table", "\nloutres", "\nloutre", "2:1", "ST002", "loutre;gouv.decision;", 0, "loutres"),
    ("table", ";\n", ";grue:gouv.decision\n", "2:23", "ST002", "loutres;gouv.decision;grue:gouv.decision", 22, None),
    ("log", '"add"', '"add", "attributes": {"target": "loutre"}', "1:1", "ST002", None, None, "loutres"),
    ("interview", "**P1 :**", "**P2 :**", "13:3", "TR001", "**P2 :** On décide à l’unanimité.", 2, "{code: P2"),
    ("interview", "date:", "titre: A\ntitle: B\ndate:", "6:1", "YA002", "title: B", 0, None),
    ("interview", "consentement:", "# consentement:", "1:1", "FM003", "---", 0, "consent:"),
    ("structure", "gouv.decision", "gouv.decisions", "5:20", "ST003", None, None, "gouv.decision"),
    ("table", "gouv.decision", "gouv.decisio", "2:9", "ST003", "loutres;gouv.decisio;", 8, "gouv.decision"),
    ("log", "gouv.decision", "gouv.decisio", "1:1", "ST003", None, None, "gouv.decision"),
    ("memo", "gouv.decision", "gouv.decisio", "2:11", "ST003", "a_propos: gouv.decisio", 10, "gouv.decision"),
    ("memo", "gouv.decision", "rapport.synthese", None, None, None, None, None),
]


@pytest.mark.parametrize(("name", "right", "wrong", "place", "rule", "excerpt", "column", "hint"), CASES)
def test_a_problem_is_shown_where_it_stands(ethnokit, study, name, right, wrong, place, rule, excerpt, column, hint):
    assert right in TEXTS[name]
    (study / PATHS[name]).write_text(TEXTS[name].replace(right, wrong), encoding="utf-8", newline="")
    run = ethnokit("-C", study, "check")
    if rule is None:
        assert run.out.startswith("0 errors")
        return
    block = next(b for b in run.out.split("\n\n") if b.startswith(f"{PATHS[name]}:{place}:") and f"[{rule}]" in b)
    if excerpt is not None:
        line = place.split(":")[0]
        shown = f"\n{line} | {excerpt}\n{' ' * len(line)} | "
        assert shown in block
        assert block.split(shown)[1].split("\n")[0].rstrip("^") == " " * column
    assert hint is None or hint in block.split(" = help: ")[1]
    assert ethnokit("check", "--explain", rule).out.startswith(f"{rule}: ")


@pytest.mark.parametrize(
    ("data", "rule", "place", "said"),
    [
        (b"", "FI001", "1:1", "empty"),
        (b" \n\t\n", "FI001", "1:1", "empty"),
        (b"\x00\x01PK", "FI003", "1:1", "not a text file"),
        ("---\nid: a\ntitre: été\n---\n".encode("cp1252"), "FI002", "3:8", "not in UTF-8"),
        (b"a" * (20 * 1024 * 1024 + 1), "FI004", "1:1", "larger than 20 MB"),
    ],
)
def test_bytes_that_are_no_interview(ethnokit, study, data, rule, place, said):
    (study / "fieldwork/interviews/b.md").write_bytes(data)
    run = ethnokit("-C", study, "check")
    block = next(b for b in run.out.split("\n\n") if f"[{rule}]" in b)
    assert block.startswith(f"fieldwork/interviews/b.md:{place}:")
    assert said in block
    # A bad file never hides the good ones.
    assert json.loads(ethnokit("-C", study, "show", "ent-01", "--json").out)["id"] == "ent-01"


def test_a_file_that_is_too_large_is_not_even_opened(ethnokit, study, monkeypatch):
    (study / "fieldwork/interviews/b.md").write_bytes(b"a" * (20 * 1024 * 1024 + 1))
    from pathlib import Path

    read = Path.read_bytes
    opened = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.name) or read(path))
    assert "error[FI004]" in ethnokit("-C", study, "check").out
    assert "ent-01.md" in opened
    assert "b.md" not in opened


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_out_of_the_study_and_links_to_nowhere(ethnokit, study, tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text(INTERVIEW.replace("ent-01", "secret"), encoding="utf-8")
    folder = study / "fieldwork/interviews"
    (folder / "file.md").symlink_to(tmp_path / "outside/secret.md")
    (folder / "folder").symlink_to(tmp_path / "outside")
    (folder / "gone.md").symlink_to(study / "nothing.md")
    (folder / "ring.md").symlink_to(folder / "round.md")
    (folder / "round.md").symlink_to(folder / "ring.md")
    run = ethnokit("-C", study, "check", "--format", "json")
    found = {p["path"].rsplit("/", 1)[1]: p["rule"] for p in json.loads(run.out)}
    assert found == {"file.md": "ST004", "folder": "ST004", "gone.md": "ST006", "ring.md": "ST006", "round.md": "ST006"}
    assert "secret" not in ethnokit("-C", study, "coding", "list", "--json").out


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_and_a_codebook_of_a_name_too_long(ethnokit, study):
    (study / "fieldwork/interviews" / os.fsdecode(b"ent-\xff.md")).write_text(INTERVIEW.replace("ent-01", "ent-02"))
    assert ethnokit("-C", study, "check").out == "0 errors, 0 warnings, 3 files read\n"
    (study / "ethnokit.yaml").write_text(f"grille: {'x' * 999}\n", encoding="utf-8")
    run = ethnokit("-C", study, "check")
    assert "error[ST005]: There is no codebook at this place." in run.out


def test_two_files_of_one_id(ethnokit, study):
    (study / "fieldwork/interviews/ent-02.md").write_text(INTERVIEW, encoding="utf-8")
    run = ethnokit("-C", study, "check")
    assert "fieldwork/interviews/ent-02.md:2:5: error[ST001]: The id “ent-01” is already that of" in run.out
    assert "2 | id: ent-01\n  |     ^^^^^^" in run.out


def test_codings_whose_document_or_words_are_gone(ethnokit, study):
    (study / PATHS["interview"]).write_text(INTERVIEW.replace("On décide à", "Rien à"), encoding="utf-8")
    run = ethnokit("-C", study, "check")
    assert f"{PATHS['log']}:1:1: warning[CD039]: 1 coding no longer finds its words" in run.out
    (study / PATHS["interview"]).write_text(INTERVIEW.replace("id: ent-01", "id: ent-1"), encoding="utf-8")
    run = ethnokit("-C", study, "check")
    assert f"{PATHS['log']}:1:1: error[CD025]: The document “ent-01” of these codings is not in the study." in run.out
    assert "Did you mean “ent-1”?" in run.out


def test_a_coding_of_several_structures_says_for_which_one(ethnokit, study):
    (study / "fieldwork/structures/grue.md").write_text(STRUCTURE.replace("loutres", "grue"), encoding="utf-8")
    several = INTERVIEW.replace("[loutres]", "[loutres, grue]")
    spoken_for = several.replace(", structure: loutres", "")
    (study / PATHS["interview"]).write_text(several, encoding="utf-8")
    assert "CD038" not in ethnokit("-C", study, "check").out
    (study / PATHS["interview"]).write_text(spoken_for, encoding="utf-8")
    again = LOG.replace('"id": "a"', '"id": "b"')
    (study / PATHS["log"]).write_text(LOG + again, encoding="utf-8")
    run = ethnokit("-C", study, "check")
    assert f"{PATHS['log']}:1:1: warning[CD038]: 2 codings do not say for which structure" in run.out
    assert run.code == 0
    assert ethnokit("-C", study, "coding", "change", "a", "--set", "structure=grue", "--by", "ines").code == 0
    assert f"{PATHS['log']}:2:1: warning[CD038]: 1 coding does not" in ethnokit("-C", study, "check").out
    assert ethnokit("-C", study, "coding", "change", "b", "--set", "echelle=collectif", "--by", "ines").code == 0
    assert "CD038" not in ethnokit("-C", study, "check").out


def test_a_wrong_word_is_told_once(ethnokit, study):
    text = INTERVIEW.replace("citer: pseudonyme", "citer: pseudo").replace("role: enquete,", "role: enquet,")
    (study / PATHS["interview"]).write_text(text.replace("collectif", "colectif"), encoding="utf-8")
    (study / PATHS["structure"]).write_text(STRUCTURE.replace("rencontree", "vue"), encoding="utf-8")
    found = json.loads(ethnokit("-C", study, "check", "--format", "json").out)
    assert [p["rule"] for p in found] == ["YA004"] * 4


def test_fix_says_what_it_does_and_a_second_time_changes_nothing(ethnokit, study):
    wrong = INTERVIEW.replace("entretien", "entretein").replace("2023-06-12", "12 juin 2023")
    path = study / PATHS["interview"]
    path.write_text(wrong, encoding="utf-8", newline="")
    shown = ethnokit("-C", study, "check").out
    assert "  = fixable: ethnokit check --fix\n" in shown
    assert shown.endswith("2 errors, 0 warnings, 2 files read\n2 are fixable: ethnokit check --fix\n")

    preview = ethnokit("-C", study, "check", "--fix", "--dry-run")
    assert preview.err == (
        f"{PATHS['interview']}:3:7: “entretein” → “entretien” [YA004]\n"
        f"{PATHS['interview']}:5:7: “12 juin 2023” → “2023-06-12” [YA004]\n"
        "2 repairs would be made.\n"
    )
    assert (preview.code, preview.out) == (1, shown)
    assert path.read_text(encoding="utf-8") == wrong

    fixed = ethnokit("-C", study, "check", "--fix")
    assert fixed.err == preview.err.replace("would be", "were")
    assert (fixed.code, fixed.out) == (0, "0 errors, 0 warnings, 2 files read\n")
    assert path.read_text(encoding="utf-8") == INTERVIEW
    assert ethnokit("-C", study, "check", "--fix").err == "0 repairs were made.\n"
    assert path.read_text(encoding="utf-8") == INTERVIEW


def test_a_preview_of_nothing_is_a_mistake(ethnokit, study):
    run = ethnokit("-C", study, "check", "--dry-run")
    assert (run.code, "--fix" in run.err) == (2, True)


def test_a_file_that_cannot_be_mended_is_named(ethnokit, study, monkeypatch):

    (study / PATHS["interview"]).write_text(INTERVIEW.replace("entretien", "entretein"), encoding="utf-8")
    monkeypatch.setattr("os.fsync", lambda _handle: (_ for _ in ()).throw(OSError(28, "No space left")))
    run = ethnokit("-C", study, "check", "--fix")
    assert run.code == 3
    assert f"{PATHS['interview']} could not be mended: No space left. It is as it was." in run.err


def test_every_rule_explains_itself_in_whole_sentences(ethnokit):
    for rule in RULES:
        title, why, repair = ethnokit("check", "--explain", rule).out.strip().split("\n\n")
        assert title.startswith(f"{rule}: ")
        assert why.endswith(".")
        assert repair.endswith((".", "]", "}"))
