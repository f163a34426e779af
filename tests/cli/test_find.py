"""``ethnokit find``: words however they are written, where they stand, and what was coded there."""

import subprocess
import sys

import pytest


def test_however_it_is_written(data):
    for query in ("hébergement", "HEBERGEMENT", "l'hébergement"):
        found = {(one["document"], one["quote"]) for one in data("find", query)}
        assert ("ent-loutres-01", "l’hébergement" if "'" in query else "hébergement") in found
    assert ("ent-vison-01", "Hebergement") in {(one["document"], one["quote"]) for one in data("find", "hébergement")}


def test_exact_positions_turn_speaker_and_role(data):
    found = data("find", "hébergement")
    for one in found:
        body = data("show", one["document"])["body"]
        assert body[one["start"] : one["end"]] == one["quote"]
    assert [(one["document"], one["turn"], one["speaker"], one["role"]) for one in found] == [
        ("ent-loutres-01", 1, "E", "interviewer"),
        ("ent-loutres-01", 2, "P1", "participant"),
        ("ent-vison-01", 2, "P1", "participant"),
        ("obs-rives-01", 2, None, "none"),
    ]


def test_the_codings_there(data):
    [one] = [one for one in data("find", "on décide") if one["document"] == "ent-loutres-01"]
    assert [(c["code"], c["by"]) for c in one["codings"]] == [("gouv.decision", "ines"), ("gouv.decision", "tutrice")]


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (["--code", "coop.entraide"], ["ent-loutres-01", "obs-rives-01"]),
        (["--code", "coop"], ["ent-loutres-01", "obs-rives-01"]),
        (["--code", "gouv.decision"], []),
        (["--structure", "grue"], ["obs-rives-01"]),
        (["--structure", "La Grue"], ["obs-rives-01"]),
        (["--structure", "vison"], []),
        (["--by", "ines"], ["ent-loutres-01", "obs-rives-01"]),
        (["--by", "tutrice"], []),
        ([], ["ent-loutres-01", "obs-rives-01"]),
    ],
)
def test_only_where(data, options, documents):
    assert [one["document"] for one in data("find", "la grue", *options)] == documents


def test_only_whole_words(data):
    assert len(data("find", "main")) == 1
    assert len(data("find", "mai", "--word")) == 0


def test_on_the_screen(ask):
    out = ask("find", "la grue").out
    assert "ent-loutres-01 · interview\n" in out
    assert "  2. P1 (participant) " in out
    assert "On décide à quatre, le mardi. La Grue nous prête une machine" in out
    assert "▪ coop.entraide (ines)" in out
    assert "  1. facts " in out
    assert out.endswith("2 places in 2 of 3 documents\n")


def test_what_others_say_is_not_in_the_context(ask):
    [line] = [line for line in ask("find", "Chez vous").out.splitlines() if "Et chez vous" in line]
    assert line.strip() == "Et chez vous ?"


def test_csv(table):
    [first, *_others] = table("find", "on décide")
    assert (first["document"], first["quote"], first["codes"]) == ("ent-loutres-01", "On décide", "gouv.decision")
    assert first["after"].startswith(" à quatre")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["  "], "Give some words"),
        (["mardi", "--code", "gouv.decisio"], "Did you mean “gouv.decision”?"),
        (["mardi", "--structure", "gru"], "Did you mean “grue”?"),
    ],
)
def test_what_cannot_be_looked_for(ethnokit, field, arguments, said):
    run = ethnokit("-C", field, "find", *arguments)
    assert run.code == 2
    assert said in run.err


def test_text_moves_no_cursor(ask, field):
    path = field / "fieldwork/interviews/ent-vison-01.md"
    path.write_text(path.read_text("utf-8") + "\n**P1 :** \x1b[2Jsilence\x9b1m [b]gras[/b]\n", encoding="utf-8")
    out = ask("find", "silence").out
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert "silence" in out
    assert "[b]gras[/b]" in out


def test_neither_pandas_nor_spacy_is_loaded(field):
    code = (
        "import sys; sys.argv = ['ethnokit', '-C', sys.argv[1], 'find', 'hébergement']\n"
        "from ethnokit.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'numpy', 'spacy', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(field)], capture_output=True, encoding="utf-8", check=True
    )
    assert "4 p" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
