"""``check --fix``: what it mends, what it never touches, and that a file is never half of anything."""

import os
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ethnokit.study import load, mend

STRUCTURE = b"---\nid: loutres\nnom: L\nparticipation: accord\n---\n"
CODEBOOK = b"codes: [{id: gouv.decision, label: D, definition: x}]\n"
HEADER = """\
---
id: ent-01
type: entretein
titre:
titre: "L’été : un récit"
datte: 25/06/2023
structures: [loutres]
duree_mn: 58
locuteurs:
  - {code: E, role: enqueteur}
  - {code: P1, role: "enquetée", pseudonime: "Ém"}
consentement: {forme: ecrit, citer: pseudonime, recueilli_le: 25/06/2023}
difusion: public
---
"""
MENDED = """\
---
id: ent-01
type: entretien
titre: "L’été : un récit"
date: 2023-06-25
structures: [loutres]
duree_min: 58
locuteurs:
  - {code: E, role: enqueteur}
  - {code: P1, role: "enquetée", pseudonyme: "Ém"}
consentement: {forme: ecrit, citer: pseudonime, recueilli_le: 25/06/2023}
difusion: public
---
"""
# What was said looks like a header with mistakes, and holds a decomposed accent.
BODY = "\n**E :** datte: 25/06/2023 ?\n\n**P1 :** difusion: e\u0301te\u0301.\n\ntitre:\ntitre:\n"
INTERVIEW = "fieldwork/interviews/a.md"


@pytest.fixture
def study(tmp_path):
    def write(**files):
        for path, data in {"codebook.yaml": CODEBOOK, "fieldwork/structures/loutres.md": STRUCTURE, **files}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
        return tmp_path

    return write


def planned(root):
    found, problems = load(root)
    return list(mend.mend(root, problems, found.codebook.path))


def mend_all(root):
    files = planned(root)
    for file in files:
        mend.put(root, file)
    return [repair for file in files for repair in file.repairs]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_slips_of_the_header_change(study, newline, mark):
    def as_bytes(text):
        return (mark + text.replace("\n", newline)).encode()

    root = study(**{INTERVIEW: as_bytes(HEADER + BODY)})
    assert len(mend_all(root)) == 6
    assert (root / INTERVIEW).read_bytes() == as_bytes(MENDED + BODY)
    assert planned(root) == []


def test_the_encoding_of_a_file_stays(study):
    text = "---\nid: a\nttitre: été\n---\nDéjà.\n"
    root = study(**{INTERVIEW: text.encode("cp1252")})
    mend_all(root)
    assert (root / INTERVIEW).read_bytes() == text.replace("ttitre", "titre").encode("cp1252")


def test_a_mistake_under_another_one_is_mended_with_it(study):
    root = study(**{INTERVIEW: b"---\nid: a\nlocuteur: [{code: P1, rolle: participante}]\n---\n"})
    assert [(r.old, r.new) for r in mend_all(root)] == [("locuteur", "locuteurs"), ("rolle", "role")]


@pytest.mark.parametrize(
    "header",
    [
        "diffusion: colectif",
        "diffusion:\ndiffusion: public",
        "consentement: {citer: pseudonime}",
        "consentement: {citter: nom}",
        "difusion: public",
        "date: 12/06/2023",
        "datte: 2023-06-12\ndate: 2023-06-13",
        "structures: [loutre]",
        "titre: A: B",
        "locuteurs: [{code: P1, role: enqueteu}]",
    ],
)
def test_what_only_a_person_can_say_is_left_to_them(study, header):
    data = f"---\nid: a\n{header}\n---\nDit.\n".encode()
    root = study(**{INTERVIEW: data})
    assert planned(root) == []


def test_an_id_is_written_down_and_a_table_of_one_line_is_left(study):
    root = study(
        **{
            INTERVIEW: b"---\r\ntitre: A\r\n---\r\nDit.\r\n",
            "fieldwork/interviews/b.md": b"---\n{titre: B}\n---\nDit.\n",
        }
    )
    assert [(r.path, r.rule, r.new) for r in mend_all(root)] == [(INTERVIEW, "FM002", "id: a")]
    assert (root / INTERVIEW).read_bytes() == b"---\r\nid: a\r\ntitre: A\r\n---\r\nDit.\r\n"


def test_settings_codebook_register_and_memos_are_mended_too(study):
    root = study(
        **{
            "ethnokit.yaml": b"etude: E\nlangeu: fr\nlangues: fr\n",
            "codebook.yaml": CODEBOOK.replace(b"definition", b"defintion"),
            "fieldwork/structures/loutres.md": STRUCTURE.replace(b"accord", b"accords"),
            "fieldwork/memos/m.md": b"---\na_proppos: loutres\n---\n",
        }
    )
    assert {(r.path, r.new) for r in mend_all(root)} == {
        ("ethnokit.yaml", "langue"),
        ("codebook.yaml", "definition"),
        ("fieldwork/structures/loutres.md", "accord"),
        ("fieldwork/memos/m.md", "a_propos"),
    }


HEADERS = st.lists(
    st.sampled_from(
        [
            "titre:",
            "titre: A",
            "ttitre: A",
            "datte: 25/06/2023",
            "date: 3/4/2024",
            "type: entretein",
            "difusion: public",
            "consentement: {citer: nomm}",
            "locuteur: [{code: P1, rolle: autree}]",
            "lieux: été",
            "{",
            "- a",
            "  b: c",
            "# datte:",
            "structures: [loutres]",
            "id:",
            "id: a",
            "'titre': A",
            "titre: |",
            "  un",
            "&x",
            "---x",
        ]
    ),
    max_size=8,
).map(lambda lines: "".join(line + "\n" for line in lines))
BODIES = st.sampled_from(["", "Dit.", "---\ndatte: 25/06/2023\n---\n", "titre:\ntitre:\n", "e\u0301"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(HEADERS, BODIES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_header_is_mended_once_and_no_body_ever(study, header, body, newline, encoding):
    text = f"---\n{header}---\n{body}".replace("\n", newline)
    root = study(**{INTERVIEW: text.encode(encoding)})
    (before,) = load(root)[0].documents
    mend_all(root)
    (after,) = load(root)[0].documents
    assert (after.body, after.consent, after.audience) == (before.body, before.consent, before.audience)
    assert (root / INTERVIEW).read_bytes().decode(encoding).endswith(body.replace("\n", newline))
    assert planned(root) == []


def test_a_file_that_somebody_saved_in_between_is_theirs(study):
    root = study(**{INTERVIEW: (HEADER + BODY).encode()})
    (file,) = planned(root)
    (root / INTERVIEW).write_bytes(b"---\nid: ent-01\n---\nNouveau.\n")
    with pytest.raises(OSError, match="changed in the meantime"):
        mend.put(root, file)
    assert (root / INTERVIEW).read_bytes() == b"---\nid: ent-01\n---\nNouveau.\n"


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_permissions_and_links_within_the_study_stay(study):
    root = study(**{"fieldwork/interviews/real.txt": (HEADER + BODY).encode()})
    (root / "fieldwork/interviews/real.txt").chmod(0o640)
    (root / INTERVIEW).symlink_to("real.txt")
    (root / "fieldwork/interviews/real.txt").rename(root / "real")
    (root / INTERVIEW).unlink()
    (root / INTERVIEW).symlink_to("../../real")
    mend_all(root)
    assert (root / INTERVIEW).is_symlink()
    assert (root / "real").read_bytes() == (MENDED + BODY).encode()
    assert stat.S_IMODE((root / "real").stat().st_mode) == 0o640
