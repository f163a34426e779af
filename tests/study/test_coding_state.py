"""The state of a document's coding, written into its header and nowhere else."""

import errno
import os
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethnokit.i18n import set_language
from ethnokit.ingest.document import read_document
from ethnokit.model import CodingState, DocumentType
from ethnokit.study.coding_state import mark, with_state
from ethnokit.text import whole

PATH = "fieldwork/interviews/ent-01.md"
FRENCH = """\
---
id: ent-01
type: entretien
titre: "L’été"
etat_codage: en_cours               # a_coder | en_cours | code | relu
locuteurs:
  - {code: P1, role: participante}
---
P1 : etat_codage: a_coder
"""
DONE = FRENCH.replace("en_cours               #", "code               #")


def read(data):
    return read_document(data, PATH, DocumentType.INTERVIEW)[0]


def marked(text, state=CodingState.CODED):
    data = text if isinstance(text, bytes) else text.encode()
    made, problems = with_state(data, read(data), state)
    assert problems == []
    assert read(made).coding_state is state
    return made if isinstance(text, bytes) else made.decode()


def test_only_the_word_changes():
    assert marked(FRENCH) == DONE
    assert marked(DONE, CodingState.IN_PROGRESS) == FRENCH
    assert [marked(FRENCH, state).splitlines()[4].split()[1] for state in CodingState] == [
        "a_coder",
        "en_cours",
        "code",
        "relu",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\ncoding_state: to_code\n", "id: a\ncoding_state: coded\n"),
        ("id: a\ncoding_state:   # later\ntitle: x\n", "id: a\ncoding_state: coded   # later\ntitle: x\n"),
        ("id: a\ncoding_state: ~\n", "id: a\ncoding_state: coded\n"),
        ("id: a\nÉtat codage: 'à coder'\n", "id: a\nÉtat codage: 'code'\n"),
        ("id: a\ncoding_state: |\n  to_code\n\n# end\n", "id: a\ncoding_state: coded\n\n# end\n"),
        ("id: a\ncoding_state: nonsense\n", "id: a\ncoding_state: coded\n"),
        ("id: a\ntitre: x\nlieu: y\n\n", "id: a\ntitre: x\nlieu: y\netat_codage: code\n\n"),
        ("id: a\ntitle: x\n  # of x\n# end\n", "id: a\ntitle: x\n  # of x\ncoding_state: coded\n# end\n"),
        ("title: |\n  x\n", "title: |\n  x\ncoding_state: coded\n"),
        ("{id: a, titre: x, etat_codage: a_coder}\n", "{id: a, titre: x, etat_codage: code}\n"),
        ("{id: a, titre: x}\n", "{id: a, titre: x, etat_codage: code}\n"),
        ("{id: a,\n titre: x}\n", "{id: a,\n titre: x,\n etat_codage: code}\n"),
        ("", "coding_state: coded\n"),
        ("# soon\n", "# soon\ncoding_state: coded\n"),
        ("  id: a\n  titre: x\n", "  id: a\n  titre: x\n  etat_codage: code\n"),
    ],
)
@pytest.mark.parametrize("body", ["Said.\n", "", "---\nid: b\n---\n", "\n\n  x"])
def test_the_header_keeps_its_form_and_its_language(before, after, body):
    assert marked(f"---\n{before}---\n{body}") == f"---\n{after}---\n{body}"


@pytest.mark.parametrize(("language", "line"), [("fr", "etat_codage: code"), ("en", "coding_state: coded")])
@pytest.mark.parametrize("body", ["Bonjour.\n", "\n\nBonjour.", "P1 : oui\n---\nP2 : non\n"])
def test_a_file_without_a_header_gets_one_that_changes_nothing_else(language, line, body):
    set_language(language)
    try:
        assert marked(body) == f"---\nid: ent-01\n{line}\n---\n{body}"
    finally:
        set_language("en")


@settings(max_examples=100)
@given(
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["NFC", "NFD"]),
    st.text("ab é\n:-#{}", max_size=30),
    st.sampled_from(CodingState),
)
def test_every_other_byte_stays(newline, encoding, form, body, state):
    def as_bytes(text):
        written = text.replace("\n", newline)
        return (written if encoding == "cp1252" else unicodedata.normalize(form, written)).encode(encoding)

    word = dict(zip(CodingState, ["a_coder", "en_cours", "code", "relu"], strict=True))[state]
    assert marked(as_bytes(FRENCH + body), state) == as_bytes(FRENCH.replace("en_cours ", f"{word} ", 1) + body)


@pytest.mark.parametrize(
    "data",
    [
        b"---\nid: ent-01\nP1 : jamais ferm\xc3\xa9\n",
        b"## id: ent-01\n\nSaid.\n",
        b"---\nid: ent-01\ntitre: a: b\n---\nSaid.\n",
        b"---\n- id: ent-01\n---\nSaid.\n",
        b"---\nid: &x ent-01\n---\nSaid.\n",
        b"\x00\x01",
        b"",
    ],
    ids=["never closed", "mangled", "no YAML", "a list", "an anchor", "binary", "not yet filled by a sync tool"],
)
def test_a_header_that_cannot_be_read_is_left_to_a_person(data):
    made, problems = with_state(data, read(data), CodingState.CODED)
    assert made is None
    assert [(p.rule, p.path) for p in problems] == [("FM011", PATH)]
    assert problems[0].hint == "Write coding_state: coded in the header yourself."


# On the disk.


@pytest.fixture
def study(tmp_path):
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(FRENCH.encode())
    return tmp_path


def test_a_document_is_marked_on_the_disk_as_it_is_now(study):
    document = read(FRENCH.encode())
    edited = FRENCH + "P1 : ajouté depuis\n"
    (study / PATH).write_text(edited, "utf-8")
    assert mark(study, document, CodingState.CODED) == []
    assert (study / PATH).read_text("utf-8") == DONE + "P1 : ajouté depuis\n"
    os.utime(study / PATH, (1, 1))
    assert mark(study, document, CodingState.CODED) == []
    assert (study / PATH).stat().st_mtime == 1
    assert [path.name for path in (study / PATH).parent.iterdir()] == ["ent-01.md"]


def test_a_file_that_is_another_document_by_now_is_left(study):
    document = read(FRENCH.encode())
    other = FRENCH.replace("id: ent-01", "id: ent-02")
    (study / PATH).write_text(other, "utf-8")
    assert [p.rule for p in mark(study, document, CodingState.CODED)] == ["FM011"]
    assert (study / PATH).read_text("utf-8") == other
    (study / PATH).unlink()
    assert [p.rule for p in mark(study, document, CodingState.CODED)] == ["FM011"]
    assert not (study / PATH).exists()


def test_on_a_full_disk_it_is_as_it_was(study, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole.os, "fsync", full)
    assert [p.rule for p in mark(study, read(FRENCH.encode()), CodingState.CODED)] == ["FI005"]
    assert (study / PATH).read_bytes() == FRENCH.encode()


@pytest.mark.skipif(os.name == "nt", reason="links of another kind")
def test_a_document_that_lies_elsewhere_is_not_written(study, tmp_path_factory):
    outside = tmp_path_factory.mktemp("elsewhere") / "a.md"
    (study / PATH).rename(outside)
    (study / PATH).symlink_to(outside)
    assert [p.rule for p in mark(study, read(FRENCH.encode()), CodingState.CODED)] == ["ST004"]
    assert outside.read_bytes() == FRENCH.encode()
