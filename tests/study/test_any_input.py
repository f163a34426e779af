"""Whatever lies in a study's folder: diagnostics, never a traceback; offsets that hold; nothing said is repeated."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ethnokit.codings.attribution import STANDING
from ethnokit.diagnostics.formats import as_github, as_json, as_text
from ethnokit.diagnostics.rules import RULES
from ethnokit.ingest.segments import segments
from ethnokit.model import AnchorState
from ethnokit.study import load
from ethnokit.suggest.engine import suggest

PATHS = (
    "ethnokit.yaml",
    "codebook.yaml",
    "fieldwork/structures/a.md",
    "fieldwork/interviews/a.md",
    "fieldwork/interviews/b.txt",
    "fieldwork/observations/o.md",
    "fieldwork/documents/d.md",
    "fieldwork/memos/m.md",
    "fieldwork/questionnaires/q.csv",
    "fieldwork/codings/a/ines.jsonl",
)
PIECES = st.sampled_from(
    [
        "---\n",
        "id: a\n",
        "id:",
        "structures: [a]\n",
        "speakers:\n  - {code: P1, role: participant}\n",
        "diffusion: public\n",
        "consentement: {citer: nom}\n",
        "date: 31/02/2024\n",
        "**P1 :** On décide.\n",
        "P1 : oui\n",
        "[00:02] ",
        "*Qui ?*\n",
        "## Faits\n",
        "> « a »\n",
        "\r\n",
        "\r",
        "\ufeff",
        "\u202f",
        "e\u0301",
        "😀",
        "\x00",
        "\u2028",
        "{",
        "[",
        "&x ",
        "- ",
        '"',
        "codes: [{id: a, definition: x, strong: [décider]}]\n",
        "codebook: ",
        "grille: x\n",
        "structure;liens\n",
        "a;a:a\n",
        '{"v": 1, "id": "x", "at": "2024-05-31T12:00:00+00:00", "by": "ines", "document": "a", ',
        '"act": "add", "code": "a", ',
        '"start": 0, "end": 4, "quote": "On d"}\n',
        '"start": -1, "end": 99999, "quote": "x"}\n',
        "<!--",
        "```\n",
        "\ud800",
    ]
)
TEXT = st.lists(PIECES, max_size=14).map(lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass"))
DATA = TEXT | st.binary(max_size=120) | st.text(max_size=80).map(lambda text: text.encode("utf-16"))


@pytest.fixture
def folder(tmp_path):
    def write(files):
        root = tmp_path / "study"
        shutil.rmtree(root, ignore_errors=True)
        for path, data in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        return root

    return write


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(PATHS), DATA, min_size=1))
def test_any_bytes_in_any_file(folder, files):
    study, problems = load(folder(files))
    for problem in problems:
        assert problem.rule in RULES
        assert problem.line >= 1
        assert problem.column >= 1
        assert not problem.path.startswith("/")
    json.loads(as_json(problems))
    assert as_text(problems, 1)
    assert as_github(problems).count("\n") == len(problems)
    for document in study.documents:
        for turn in document.turns:
            assert document.body[turn.start : turn.end].strip() == document.body[turn.start : turn.end] != ""
        for start, end in segments(document):
            assert document.body[start:end].strip()
        for suggestion in suggest(document, study.codebook, study.structures):
            assert document.body[suggestion.start : suggestion.end] == suggestion.quote
    for coding in study.codings:
        document = study.document(coding.document)
        if coding.state in STANDING:
            assert document.body[coding.anchor.start : coding.anchor.end] == coding.anchor.quote
        elif document is None:
            assert coding.state is AnchorState.LOST


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="x/\\.\u0000é \n", min_size=1, max_size=300), st.sampled_from(["grille", "langue", "titre"]))
def test_any_setting(folder, value, key):
    study, _problems = load(folder({"ethnokit.yaml": f"{key}: {json.dumps(value * 3)}\n".encode()}))
    assert study.settings.language
    assert study.codebook.path


CANARY = "canari"
SPOKEN = st.lists(
    st.sampled_from(
        [
            "**P1 :** canari",
            "canari : oui",
            "**Canari :** non",
            "[canari] oui",
            "*canari ?*",
            "## canari",
            "> canari",
            "<!-- canari",
            "---",
            "canari:",
            "id: canari",
            "- canari",
            "```canari",
            "**P2 :** canari canari",
            "\n",
        ]
    ),
    min_size=1,
    max_size=8,
).map("\n".join)
HEADER = st.lists(
    st.sampled_from(
        [
            "id: a",
            "type: dialogue",
            "structures: [b]",
            "datte: x",
            "date: 31/02/2024",
            "locuteurs: [E, P1]",
            "titre: a: b",
            "consentement: {citer: x}",
            "locuteurs: [{code: P1, role: x}]",
            "diffusion: x",
            "a b c: d",
            "fin: 2020-01-01",
        ]
    ),
    max_size=5,
).map("\n".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPOKEN, HEADER, st.sampled_from(["---\n", ""]), st.sampled_from(PATHS[3:8]))
def test_machine_formats_never_carry_what_was_said(folder, spoken, header, fence, path):
    """A header that is not closed swallows sentences: of these too, nothing is repeated."""
    sentence = "\nLe canari a dit : et là le canari chante\n"
    event = {"v": 1, "id": "x", "by": "ines", "at": "2024-05-31T12:00:00+00:00", "document": "a", "act": "le canari"}
    files = {
        path: f"---\n{header}\n{fence or sentence}{spoken}\n---\n{spoken}".encode(),
        "fieldwork/questionnaires/q.csv": b"structure,avis\nle canari dit,canari\n,canari\na,canari,canari\n",
        "fieldwork/codings/a/ines.jsonl": (json.dumps(event) + '\n{"quote": "canari"}\n{"canari": \n').encode(),
    }
    _study, problems = load(folder(files))
    known = [p for p in problems if p.path != path or fence]
    said = as_json(known) + as_github(known)
    assert problems
    assert CANARY not in said.lower()
    assert "le canari" not in (as_json(problems) + as_github(problems)).lower()
