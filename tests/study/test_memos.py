"""A memo is found, begun and saved; its header stays, and nobody's words are written over."""

import codecs
import errno
import os
import unicodedata
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ethnokit.ingest.memo import read_memo
from ethnokit.model import Audience
from ethnokit.privacy.cut import cut
from ethnokit.privacy.report import report
from ethnokit.privacy.sheets import sheets
from ethnokit.study import load
from ethnokit.study.memos import MemoFile, memo_file, save_memo
from ethnokit.text import whole
from ethnokit.text.normal import text_hash
from ethnokit.text.whole import ChangedMeanwhile, LeadsOut

MEMOS = "fieldwork/memos"
HEADER = "---\nid: m-1\na_propos: gouv.decision\ndiffusion: collectif   # après relecture\nauteurs: [alma]\n---\n"
EMPTY = text_hash("")


def write(root, name, text, encoding="utf-8"):
    file = root / MEMOS / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return file


def save(root, text, about="gouv.decision", kind="code", language="fr"):
    """Save over what is there, seen a moment before."""
    return save_memo(root, about, kind, text, memo_file(root, about, kind).hash, language)


# Begun.


def test_the_first_memo_has_a_header_that_keeps_it_within_the_team(tmp_path):
    proposed = memo_file(tmp_path, "gouv.decision", "code")
    assert proposed == MemoFile(f"{MEMOS}/code-gouv-decision.md", "", EMPTY, exists=False)
    assert not (tmp_path / "fieldwork").exists()
    saved = save_memo(tmp_path, "gouv.decision", "code", "Un.\n\nDeux.\n", proposed.hash, "fr")
    assert saved == MemoFile(proposed.path, "Un.\n\nDeux.", text_hash("Un.\n\nDeux."), exists=True)
    written = (tmp_path / saved.path).read_bytes()
    assert written == b"---\na_propos: gouv.decision\ndiffusion: equipe\n---\n\nUn.\n\nDeux.\n"
    memo, problems = read_memo(written, saved.path)
    assert (memo.about, memo.audience, memo.body, problems) == ("gouv.decision", Audience.TEAM, saved.text, [])
    assert memo_file(tmp_path, "gouv.decision", "code") == saved


def test_a_memo_on_a_document_is_in_the_language_of_the_study_and_is_its_own_file(tmp_path):
    saved = save(tmp_path, "One.", "ent-01", "document", "en")
    assert (tmp_path / saved.path).read_text("utf-8") == "---\nabout: ent-01\naudience: team\n---\n\nOne.\n"
    assert saved.path == f"{MEMOS}/document-ent-01.md"
    assert not memo_file(tmp_path, "ent-01", "code").exists
    assert save(tmp_path, "Two.", "ent-01", "code").path == f"{MEMOS}/code-ent-01.md"
    assert memo_file(tmp_path, "ent-01", "document").text == "One."


@pytest.mark.parametrize("id_", ["01", "no", "2023-06-01", "é: x"])
def test_any_id_can_be_what_a_memo_is_about(tmp_path, id_):
    saved = save(tmp_path, "Un.", id_, "document")
    assert memo_file(tmp_path, id_, "document") == saved


def test_two_ids_of_one_name_have_two_files(tmp_path):
    first, second = save(tmp_path, "Un.", "a.b"), save(tmp_path, "Deux.", "a-b")
    assert (first.path, second.path) == (f"{MEMOS}/code-a-b.md", f"{MEMOS}/code-a-b-2.md")
    assert [memo_file(tmp_path, about, "code").text for about in ("a.b", "a-b")] == ["Un.", "Deux."]
    write(tmp_path, "code-c.md", "A note without a header.\n")
    assert save(tmp_path, "Trois.", "c").path == f"{MEMOS}/code-c-2.md"
    assert (tmp_path / MEMOS / "code-c.md").read_text() == "A note without a header.\n"


@pytest.mark.parametrize("text", ["", " \n\n", "\ufeff"])
def test_a_blank_text_begins_no_memo(tmp_path, text):
    assert not save(tmp_path, text).exists
    assert not (tmp_path / MEMOS).exists()


# Found and saved.


def test_the_memo_of_a_person_is_found_by_what_it_is_about_and_its_header_stays(tmp_path):
    file = write(tmp_path, "my thoughts.md", f"{HEADER}\n\nAvant.\n\n---\n\nEncore.  \n\n")
    found = memo_file(tmp_path, "gouv.decision", "code")
    assert found == MemoFile(f"{MEMOS}/my thoughts.md", "Avant.\n\n---\n\nEncore.", found.hash, exists=True)
    save(tmp_path, "Après.\n\n---\n\na_propos: autre\n---")
    assert file.read_text("utf-8") == f"{HEADER}\n\nAprès.\n\n---\n\na_propos: autre\n---  \n\n"
    assert memo_file(tmp_path, "gouv.decision", "code").text == "Après.\n\n---\n\na_propos: autre\n---"
    assert [path.name for path in (tmp_path / MEMOS).iterdir()] == ["my thoughts.md"]


def test_of_several_memos_on_one_code_the_first_is_the_one(tmp_path):
    write(tmp_path, "b.md", HEADER + "\nB.\n")
    write(tmp_path, "a.md", HEADER + "\nA.\n")
    assert save(tmp_path, "Neuf.").path == f"{MEMOS}/a.md"
    assert memo_file(tmp_path, "gouv.decision", "code").text == "Neuf."
    assert (tmp_path / MEMOS / "b.md").read_text() == HEADER + "\nB.\n"


@pytest.mark.parametrize("under", ["", "\n", "\n\n", "  ", " \n \n", "\u2028\n"])
@pytest.mark.parametrize("fence", ["---\n", "---"])
def test_a_header_that_nothing_follows_yet_gets_its_text(tmp_path, under, fence):
    header = "---\nabout: gouv.decision\n" + fence
    under = under if fence.endswith("\n") else ""
    file = write(tmp_path, "m.md", header + under)
    saved = save(tmp_path, "Dit.")
    assert memo_file(tmp_path, "gouv.decision", "code") == saved
    assert file.read_text().startswith(header + under)
    assert file.read_text().endswith("\nDit.\n")
    save(tmp_path, "")
    assert memo_file(tmp_path, "gouv.decision", "code").text == ""


TEXTS = st.lists(
    st.sampled_from(["---", "...", "a: b", "", "  puce", "É\u0301té", "e\u0301", "\u0301", "😀", "\u2028", "# t", "\t"])
    | st.text(max_size=8),
    max_size=6,
).map("\n".join)
FORMS = st.sampled_from(
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(TEXTS, TEXTS, FORMS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["NFC", "NFD"]))
def test_any_text_comes_back_and_no_header_changes(tmp_path, old, new, form, newline, normal_form):
    encoding, mark = form
    header, blank = unicodedata.normalize(normal_form, HEADER), "\n"
    body = "".join(c for c in old if c not in "\x00\r" and not "\ud800" <= c <= "\udfff")
    data = mark + (header + blank + body + "\n").replace("\n", newline).encode(encoding)
    file = write(tmp_path, "m.md", data)
    found = memo_file(tmp_path, "gouv.decision", "code")
    saved = save_memo(tmp_path, "gouv.decision", "code", new, found.hash, "fr")
    assert memo_file(tmp_path, "gouv.decision", "code") == saved
    assert file.read_bytes().startswith(mark + header.replace("\n", newline).encode(encoding))
    # Only what no text file can hold is replaced, and only blank lines around are left out.
    wanted = "".join("\ufffd" if c == "\x00" else c for c in new.removeprefix("\ufeff"))
    wanted = unicodedata.normalize("NFC", wanted.replace("\r\n", "\n").replace("\r", "\n"))
    assert saved.text.split() == wanted.split()
    assert save_memo(tmp_path, "gouv.decision", "code", saved.text, saved.hash, "fr") == saved
    file.unlink()


def test_a_page_can_send_what_no_file_can_hold(tmp_path):
    assert save(tmp_path, "a\x00b\ud800c").text == "a\ufffdb\ufffdc"


def test_a_sign_that_the_encoding_of_the_file_lacks_is_not_written(tmp_path):
    file = write(tmp_path, "m.md", HEADER + "\nÉté.\n", "cp1252")
    save(tmp_path, "L’été.")
    assert file.read_bytes() == (HEADER + "\nL’été.\n").encode("cp1252")
    with pytest.raises(OSError, match="UTF-8"):
        save(tmp_path, "→ ici")
    assert file.read_bytes() == (HEADER + "\nL’été.\n").encode("cp1252")


# Two at once.


def test_words_that_somebody_saved_in_between_are_theirs(tmp_path):
    file = write(tmp_path, "m.md", HEADER + "\nAvant.\n")
    seen = memo_file(tmp_path, "gouv.decision", "code")
    write(tmp_path, "m.md", HEADER + "\nLeurs mots.\n")
    with pytest.raises(ChangedMeanwhile):
        save_memo(tmp_path, "gouv.decision", "code", "Les miens.", seen.hash, "fr")
    assert file.read_text("utf-8") == HEADER + "\nLeurs mots.\n"
    with pytest.raises(ChangedMeanwhile):
        save_memo(tmp_path, "gouv.roles", "code", "Les miens.", seen.hash, "fr")
    assert not memo_file(tmp_path, "gouv.roles", "code").exists


def test_a_header_that_somebody_changed_in_between_takes_nothing_from_the_text(tmp_path):
    file = write(tmp_path, "m.md", HEADER + "\nAvant.\n")
    seen = memo_file(tmp_path, "gouv.decision", "code")
    file.write_text(HEADER.replace("collectif", "public") + "\nAvant.\n", "utf-8")
    save_memo(tmp_path, "gouv.decision", "code", "Après.", seen.hash, "fr")
    assert file.read_text("utf-8") == HEADER.replace("collectif", "public") + "\nAprès.\n"


def test_a_memo_that_another_window_saves_at_the_same_instant_is_theirs(tmp_path, monkeypatch):
    file = write(tmp_path, "m.md", HEADER + "\nAvant.\n")
    seen = memo_file(tmp_path, "gouv.decision", "code")
    lock = whole._alone_in

    def after_theirs(folder):
        file.write_text(HEADER + "\nLeurs mots.\n", "utf-8")
        return lock(folder)

    monkeypatch.setattr(whole, "_alone_in", after_theirs)
    with pytest.raises(ChangedMeanwhile):
        save_memo(tmp_path, "gouv.decision", "code", "Les miens.", seen.hash, "fr")
    assert file.read_text("utf-8") == HEADER + "\nLeurs mots.\n"


def test_on_a_full_disk_a_memo_is_as_it_was(tmp_path, monkeypatch):
    file = write(tmp_path, "m.md", HEADER + "\nAvant.\n")

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(tmp_path, "Après.")
    assert file.read_text("utf-8") == HEADER + "\nAvant.\n"
    assert [path.name for path in (tmp_path / MEMOS).iterdir()] == ["m.md"]


@pytest.mark.skipif(os.name == "nt", reason="links of another kind")
def test_no_memo_is_read_or_written_outside_of_the_study(tmp_path):
    root, outside = tmp_path / "study", tmp_path / "elsewhere"
    (root / "fieldwork").mkdir(parents=True)
    write(tmp_path, "m.md", HEADER + "\nAilleurs.\n")
    (tmp_path / MEMOS).rename(outside)
    (root / MEMOS).symlink_to(outside)
    assert not memo_file(root, "gouv.decision", "code").exists
    with pytest.raises(LeadsOut):
        save(root, "Ici.")
    with pytest.raises(LeadsOut):
        save(root, "Ici.", kind="../../../elsewhere/code")
    assert [path.name for path in outside.iterdir()] == ["m.md"]
    assert (outside / "m.md").read_text("utf-8") == HEADER + "\nAilleurs.\n"


# In a study.


def test_a_memo_may_be_about_a_document_and_nothing_of_it_is_printed(tmp_path):
    for path, text in {
        "codebook.yaml": "codes: [{id: a, label: A, definition: x}]\n",
        "fieldwork/structures/loutres.md": "---\nid: loutres\nnom: L\nparticipation: rencontree\n---\n",
        "fieldwork/interviews/ent-01.md": "---\nid: ent-01\nstructures: [loutres]\n---\nDit.\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    save(tmp_path, "Sur l’entretien.", "ent-01", "document")
    save(tmp_path, "Sur le code.", "a", "code")
    write(tmp_path, "m.md", "---\nabout: ent-02\n---\n\nSur rien.\n")
    study, problems = load(tmp_path)
    unknown = [p for p in problems if p.rule == "ST003"]
    assert [(p.path, p.line, p.hint) for p in unknown] == [(f"{MEMOS}/m.md", 2, "Did you mean “ent-01”?")]
    seen = cut(study, Audience.TEAM)
    assert seen.memo("a") == "Sur le code."
    printed = report(seen)
    text = repr([asdict(printed), [asdict(sheet) for sheet in sheets(seen, printed.ties)]])
    assert "Dit." not in text
    assert "Sur l’entretien." not in text
