"""``ethnokit status``: one screen, nothing computed for it, and one next step."""

import subprocess
import sys

from field import HEADER, SPEAKERS, write


def words(text):
    return " ".join(text.split())


def test_one_screen(ask):
    out = ask("status").out
    assert out.startswith("Essai sur le canal\n")
    assert "Register: met: 2 of 7 · answered a questionnaire only: 1 of 7 · refused: 1 of 7 · not asked yet: 1" in out
    assert "Only spoken of by others: Le Pivert (1 passage)." in out
    assert "Coding: 3 documents · to code: 1 · in progress: 1 · coded: 1 · 6 codings · ines: 5 · tutrice: 1." in words(
        out
    )
    assert "ent-loutres-01 coded ines: 3 · tutrice: 1 ? –" in words(out)
    assert "Anchors: no coding waits to be looked at." in out
    assert len(out.splitlines()) < 24


def test_suggestions_are_not_computed_for_it(ask, data):
    assert "Suggestions are not computed for 3 documents: ethnokit suggest" in ask("status").out
    assert {d["undecided"] for d in data("status")["documents"]} == {None}
    decide = len(data("suggest", "obs-rives-01"))
    found = {d["document"]: d["undecided"] for d in data("status")["documents"]}
    assert found == {"ent-loutres-01": None, "ent-vison-01": None, "obs-rives-01": decide}
    assert decide > 0


def test_spacy_is_not_loaded(field):
    code = (
        "import sys; sys.argv = ['ethnokit', '-C', sys.argv[1], 'status']\n"
        "from ethnokit.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'spacy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(field)], capture_output=True, encoding="utf-8", check=True
    )
    assert "ent-loutres-01" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_passage_that_was_edited_waits(ask, data, field):
    path = field / "fieldwork/interviews/ent-loutres-01.md"
    path.write_text(path.read_text("utf-8").replace("Le Pivert a réparé notre antenne. ", ""), encoding="utf-8")
    assert "lost: 1 (ethnokit coding list)" in ask("status").out
    found = data("status")
    assert [len(ids) for ids in found["anchors"].values()] == [0, 0, 1]
    assert list(found["anchors"]) == ["changed", "ambiguous", "lost"]
    assert {d["document"]: d["waiting"] for d in found["documents"]}["ent-loutres-01"] == 1
    assert found["next"] == {"step": "reanchor", "subject": None, "count": 1}


def test_the_next_step(ask, data, field):
    assert data("status")["next"] == {"step": "code", "subject": "obs-rives-01", "count": 2}
    assert "Next: code obs-rives-01, for which ethnokit suggest obs-rives-01 proposes passages" in words(
        ask("status").out
    )
    for name in ("interviews/ent-vison-01", "observations/obs-rives-01"):
        path = field / f"fieldwork/{name}.md"
        path.write_text(path.read_text("utf-8").replace("diffusion:", "etat_codage: code\ndiffusion:", 1), "utf-8")
    assert "Next: ask Le Pivert: it was not asked yet.\n" in ask("status").out
    assert [d["undecided"] for d in data("status")["documents"]] == [None, None, None]
    ask("suggest")
    assert data("status")["next"] == {"step": "decide", "subject": "ent-loutres-01", "count": 2}


def test_problems_by_severity(ask, data, field):
    write(field, "fieldwork/structures/pie.md", "---\nid: pie\ntype: structure\nnom: La Pie\ncouleur: bleue\n---\n")
    out = ask("status").out
    assert data("status")["problems"]["error"] >= 1
    assert "Problems: 1 error" in out
    assert "Next: repair 1 error; ethnokit check shows it.\n" in out


def test_many_documents_fit_on_the_screen(ask, field):
    for n in range(40):
        header = HEADER.format(
            id=f"ent-{n:03}", type="entretien", structures="vison", more=f"{SPEAKERS}\netat_codage: code"
        )
        write(field, f"fieldwork/interviews/ent-{n:03}.md", header + f"**P1 :** Parole {n}.\n")
    lines = ask("status").out.splitlines()
    assert "… and 28 more documents: --all" in lines
    assert any("ent-vison-01" in line for line in lines), "what is unfinished comes first"
    assert len(lines) < 35
    assert sum("ent-0" in line for line in ask("status", "--all").out.splitlines()) == 40


def test_a_new_study(ethnokit, tmp_path):
    assert ethnokit("init", tmp_path / "neuve").code == 0
    run = ethnokit("-C", tmp_path / "neuve", "status")
    assert run.code == 0
    assert "0 documents" in run.out
    assert "Next: put a transcript into fieldwork/interviews" in run.out
