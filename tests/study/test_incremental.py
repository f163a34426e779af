"""A study read with a cache is the study read without one, whatever was edited; and nothing is done twice."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethnokit import i18n
from ethnokit.cache import Cache, Stage, stage
from ethnokit.diagnostics import Diagnostic
from ethnokit.study import ask, load
from ethnokit.study.gather import Gathered
from ethnokit.suggest import suggestions_for

EXAMPLE = Path(__file__).resolve().parents[2]
FILES = (
    "ethnokit.yaml",
    "codebook.yaml",
    "fieldwork/structures/ormeau.md",
    "fieldwork/interviews/ent-ormeau-01.md",
    "fieldwork/interviews/ent-nuee-01.md",
    "fieldwork/observations/obs-ormeau-01.md",
    "fieldwork/documents/doc-nuee-page.md",
    "fieldwork/codings/ent-ormeau-01/ines.jsonl",
)
ANSWERS = "fieldwork/questionnaires/ete.csv"
MEMO = "fieldwork/memos/ormeau.md"
HEAVY = ("spacy", "pydantic", "yaml", "regex", "snowballstemmer", "pandas", "weasyprint")


def write_study(root):
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLE / name, root / name)
    for name, text in (
        (ANSWERS, "structure;offre\normeau;educ.ateliers\n"),
        (MEMO, "---\nabout: ormeau\n---\nÀ relire.\n"),
    ):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def study(tmp_path):
    return write_study(tmp_path / "etude")


@pytest.fixture
def calls(monkeypatch):
    """Ids of the documents that were read, and looked through for suggestions, since the list was emptied."""
    import ethnokit.ingest.document as ingest
    import ethnokit.suggest.engine as engine

    read, suggested = [], []
    read_document, suggest = ingest.read_document, engine.suggest

    def reading(data, path, kind, size=None):
        read.append(Path(path).stem)
        return read_document(data, path, kind, size)

    def suggesting(document, *more):
        suggested.append(document.id)
        return suggest(document, *more)

    monkeypatch.setattr(ingest, "read_document", reading)
    monkeypatch.setattr(engine, "suggest", suggesting)
    return read, suggested


def everything(root, cache):
    loaded, problems = load(root, cache)
    return loaded, problems, suggestions_for(loaded, loaded.documents, cache)


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def fingerprint(root):
    with Stage(None, "read") as nothing:
        return Gathered(root, nothing).fingerprint()


def test_the_first_and_the_second_reading_are_the_reading_without_a_cache(study):
    plain = everything(study, None)
    assert len(plain[0].documents) == 4
    assert len(plain[0].codings) > 10
    assert plain[1]
    assert plain[2]
    for _time in range(2):
        with Cache(study) as cache:
            assert everything(study, cache) == plain


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from([*FILES, ANSWERS, MEMO]), st.floats(0, 1), st.integers(0, 3), st.binary(max_size=6)),
        min_size=1,
        max_size=3,
    )
)
def test_after_any_edit_the_cache_gives_what_reading_gives(tmp_path_factory, edits):
    """Bytes replaced, put in and taken out anywhere, one after the other, each read through the same cache."""
    root = write_study(tmp_path_factory.mktemp("edited"))
    with Cache(root) as cache:
        load(root, cache)
        for name, where, gone, new in edits:
            data = (root / name).read_bytes()
            at = int(where * len(data))
            (root / name).write_bytes(data[:at] + new + data[at + gone :])
            plain = load(root)
            assert load(root, cache) == plain == load(root, cache)
            assert ask(root, cache, "problems", tuple[Diagnostic, ...], lambda loaded: loaded[1]) == plain[1]
            assert ask(root, cache, "problems", tuple[Diagnostic, ...], lambda loaded: ()) == plain[1]


@pytest.mark.parametrize("name", [*FILES, ANSWERS, MEMO])
def test_one_byte_of_any_file_changes_the_study(study, name):
    before, data = fingerprint(study), (study / name).read_bytes()
    (study / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert fingerprint(study) != before
    (study / name).write_bytes(data)
    os.utime(study / name, (1, 1))
    assert fingerprint(study) == before


def test_a_file_that_comes_goes_or_gets_another_name_changes_the_study(study):
    interview = study / "fieldwork/interviews/ent-nuee-01.md"
    found = [fingerprint(study)]
    interview.rename(interview.with_name("ent-nuee-02.md"))
    found.append(fingerprint(study))
    interview.with_name("ent-nuee-02.md").unlink()
    found.append(fingerprint(study))
    interview.symlink_to(EXAMPLE / "codebook.yaml")
    found.append(fingerprint(study))
    edit(study / "ethnokit.yaml", "etude:", "grille: autre.yaml\netude:")
    found.append(fingerprint(study))
    (study / "autre.yaml").write_text("codes: []\n", encoding="utf-8")
    found.append(fingerprint(study))
    assert len(set(found)) == len(found)


def test_only_the_document_that_changed_is_read_and_looked_through(study, calls):
    with Cache(study) as cache:
        everything(study, cache)
        assert sorted(calls[0]) == sorted(calls[1]) == sorted(Path(f).stem for f in FILES[3:7])
        calls[0].clear(), calls[1].clear()
        everything(study, cache)
        assert calls == ([], [])
        edit(study / "fieldwork/interviews/ent-nuee-01.md", "\n---\n", "\n---\n\n[00:00] **P1 :** On vote.\n")
        everything(study, cache)
        assert calls == (["ent-nuee-01"], ["ent-nuee-01"])


def test_a_change_of_the_codebook_suggests_anew_and_reads_no_document(study, calls):
    with Cache(study) as cache:
        everything(study, cache)
        calls[0].clear(), calls[1].clear()
        edit(study / "codebook.yaml", "forts: [", 'forts: ["compteur à main", ')
        assert any(s.quote and "compteur à main" in " ".join(s.why) for s in everything(study, cache)[2])
        assert calls[0] == []
        assert len(calls[1]) == 4


def test_a_change_of_header_that_says_nothing_of_words_suggests_nothing_anew(study, calls):
    with Cache(study) as cache:
        everything(study, cache)
        calls[0].clear(), calls[1].clear()
        edit(study / "fieldwork/interviews/ent-ormeau-01.md", "diffusion: collectif", "diffusion: equipe")
        everything(study, cache)
        assert calls == (["ent-ormeau-01"], [])


def test_another_version_of_ethnokit_reads_and_suggests_everything_anew(study, calls, monkeypatch):
    with Cache(study) as cache:
        everything(study, cache)
        calls[0].clear(), calls[1].clear()
        monkeypatch.setattr(stage, "__version__", "0.0.9")
        stage.tool.cache_clear()
        try:
            everything(study, cache)
        finally:
            stage.tool.cache_clear()
        assert len(calls[0]) == len(calls[1]) == 4


def test_messages_are_in_the_language_asked_for(study):
    edit(study / "fieldwork/interviews/ent-nuee-01.md", "id: ent-nuee-01", "idd: ent-nuee-01")
    said = {}
    with Cache(study) as cache:
        for language in ("en", "fr", "en", "fr"):
            i18n.set_language(language)
            try:
                problems = load(study, cache)[1]
                assert problems == load(study)[1]
            finally:
                i18n.set_language("en")
            said.setdefault(language, next(p.message for p in problems if p.rule == "YA003"))
    assert said["en"].startswith("Unknown key")
    assert said["fr"].startswith("Clé «\u00a0idd\u00a0» inconnue")


def test_what_left_the_study_leaves_the_cache(study):
    interview = study / "fieldwork/interviews/ent-ormeau-01.md"
    spoken = b"On a onze langues dans la salle"
    with Cache(study) as cache:
        everything(study, cache)
        assert spoken in (study / ".ethnokit/cache.sqlite").read_bytes()
        interview.unlink()
        shutil.rmtree(study / "fieldwork/codings")
        everything(study, cache)
    assert spoken not in (study / ".ethnokit/cache.sqlite").read_bytes()


def test_a_question_is_asked_again_only_after_a_change(study):
    asked = []

    def count(loaded):
        asked.append(len(loaded[0].documents))
        return asked[-1]

    with Cache(study) as cache:
        assert [ask(study, cache, "n", int, count) for _time in range(3)] == [4, 4, 4]
        (study / "fieldwork/interviews/ent-nuee-01.md").unlink()
        assert [ask(study, cache, "n", int, count) for _time in range(2)] == [3, 3]
    assert asked == [4, 3]
    assert [ask(study, None, "n", int, count) for _time in range(2)] == [3, 3]
    assert asked == [4, 3, 3, 3]


COMMANDS = (
    ("check",),
    ("check", "--format", "json"),
    ("suggest", "--json"),
    ("suggest", "ent-ormeau-01"),
    ("show", "ent-ormeau-01", "--json"),
    ("coding", "list", "--json"),
)


@pytest.mark.parametrize("spoilt", ["absent", "text", "holes"])
def test_commands_say_the_same_with_a_cache_that_is_new_used_or_damaged(ethnokit, study, spoilt):
    def said():
        return [ethnokit("-C", study, *command) for command in COMMANDS]

    first = said()
    assert first[0].out
    assert json.loads(first[2].out)
    file = study / ".ethnokit" / "cache.sqlite"
    assert said() == first
    if spoilt == "absent":
        shutil.rmtree(study / ".ethnokit")
    elif spoilt == "text":
        file.write_text("nothing of a database " * 1000, encoding="utf-8")
    else:
        data = bytearray(file.read_bytes())
        data[5000::300] = b"?" * len(data[5000::300])
        file.write_bytes(data)
    assert said() == first
    assert said() == first


def test_an_unchanged_study_is_opened_without_heavy_libraries(ethnokit, study):
    for command in COMMANDS:
        ethnokit("-C", study, *command)
    code = (
        "import sys\nfrom ethnokit.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    environment = {**os.environ, "ETHNOKIT_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-c", code, "-C", study, *command], env=environment, capture_output=True, check=True
        )
        assert done.stderr.decode().strip() == "[]", command
        assert done.stdout


def test_links_that_lead_in_a_circle_and_folders_that_cannot_be_opened_are_said(study, monkeypatch):
    one, two = study / "fieldwork/memos/un.md", study / "fieldwork/memos/deux.md"
    one.symlink_to(two)
    two.symlink_to(one)
    scandir = os.scandir

    def closed(path):
        if str(path).endswith("interviews"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = {(p.path, p.rule) for p in load(study)[1]}
    assert {("fieldwork/memos/un.md", "ST006"), ("fieldwork/memos/deux.md", "ST006")} <= found
    assert ("fieldwork/interviews", "ST006") in found
