"""A code that is added keeps every other code, and every other byte, of a codebook that people wrote."""

import errno
import os
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ethnokit.codebook.read import read_codebook
from ethnokit.codebook.write import NewCode, add_code, proposed_id, with_new_code
from ethnokit.diagnostics import Severity
from ethnokit.i18n import set_language
from ethnokit.model import Code, Codebook
from ethnokit.text import whole

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "examples" / "codebook.yaml"
PATH = "codebook.yaml"


def refused(before, new):
    made, problems = with_new_code(before.encode() if isinstance(before, str) else before, PATH, new)
    assert made is None
    assert [p.severity for p in problems] == [Severity.ERROR] * len(problems)
    return [(p.rule, p.hint) for p in problems]


# Generated codebooks, in every layout.


@dataclass(frozen=True)
class Manner:
    """How somebody writes a codebook."""

    french: bool
    nested: bool
    braces: bool
    """Codes between braces, one a line."""
    indent: int
    """Of a list under its key."""
    apart: bool
    """Blank lines between codes."""
    remarks: bool
    quote: str
    newline: str
    encoding: str
    decomposed: bool
    ended: bool
    """The last line ends."""

    def key(self, english, french):
        return french if self.french else english


MANNERS = st.builds(
    Manner,
    french=st.booleans(),
    nested=st.booleans(),
    braces=st.booleans(),
    indent=st.sampled_from([0, 2, 4]),
    apart=st.booleans(),
    remarks=st.booleans(),
    quote=st.sampled_from(["", '"', "'"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    decomposed=st.booleans(),
    ended=st.booleans(),
)


@st.composite
def trees(draw):
    """Parents of codes ``c0`` to ``cN`` below families ``f0`` to ``fM``: each code's parent stands before it."""
    families = [f"f{n}" for n in range(draw(st.integers(1, 3)))]
    parents = {}
    for n in range(draw(st.integers(0, 6))):
        parents[f"c{n}"] = draw(st.sampled_from([*families, *parents]))
    return families, parents


def pairs_of(manner, id, parent, is_family):
    def quoted(words):
        return f"{manner.quote}{words}{manner.quote}"

    pairs = [f"id: {id}"]
    if parent is not None and not manner.nested:
        key = manner.key("family", "famille") if parent.startswith("f") else "parent"
        pairs.append(f"{key}: {parent}")
    pairs.append(f"{manner.key('label', 'libelle')}: {quoted('Été ' + id)}")
    if is_family:
        pairs.append(f'{manner.key("colour", "couleur")}: "#4C6A92"')
    else:
        pairs += [f"definition: {quoted('Dit : « là ».') if manner.quote else 'Là'}", "forts: [a, 'b c']"]
    return pairs


def items_of(manner, ids, parents, margin):
    lines = []
    for n, id_ in enumerate(ids):
        if n and manner.apart:
            lines.append("")
        if manner.remarks:
            lines.append(f"{' ' * margin}# ---- {id_}")
        children = [child for child, parent in parents.items() if parent == id_] if manner.nested else []
        pairs = pairs_of(manner, id_, parents.get(id_), id_.startswith("f"))
        if manner.braces and not children:
            lines.append(f"{' ' * margin}- {{{', '.join(pairs)}}}" + "  # à revoir" * manner.remarks)
        else:
            lines.append(f"{' ' * margin}- {pairs[0]}" + "  # ne change pas" * manner.remarks)
            lines += [f"{' ' * (margin + 2)}{pair}" for pair in pairs[1:]]
        if children:
            lines.append(f"{' ' * (margin + 2)}codes:")
            lines += items_of(manner, children, parents, margin + 2 + manner.indent)
        if manner.remarks:
            lines.append(f"{' ' * (margin + 2)}# à compléter")
    return lines


def written(manner, families, parents):
    head = ["# Grille d’été", f'{manner.key("codebook", "grille")}: {{id: g, version: "2"}}', ""]
    lines = [*head, f"{manner.key('families', 'familles')}:", *items_of(manner, families, parents, manner.indent)]
    if parents and not manner.nested:
        lines += ["", "codes:", *items_of(manner, list(parents), parents, manner.indent)]
    lines += ["postures:", "- {posture: cherche, mots: [chercher]}", "# fin"]
    text = manner.newline.join(lines) + manner.newline * manner.ended
    return unicodedata.normalize("NFD" if manner.decomposed else "NFC", text).encode(manner.encoding)


def branch_of(book, parent):
    found = []
    for child in book.children(parent):
        found += [child.id, *branch_of(book, child.id)]
    return found


LABELS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@settings(max_examples=200)
@given(MANNERS, trees(), st.data())
def test_one_more_code_keeps_every_other_code_and_byte(manner, tree, data):
    families, parents = tree
    before = written(manner, families, parents)
    book, known = read_codebook(before, PATH)
    assert {code.id for code in book.codes} == {*families, *parents}
    parent = data.draw(st.sampled_from([*families, *parents, None]), "parent")
    label, definition = data.draw(LABELS, "label"), data.draw(st.one_of(st.just(""), LABELS), "definition")
    made, problems = with_new_code(before, PATH, NewCode("neuf", label, parent, definition, ("là",), ("a: b",)))
    assert problems == []

    # Bytes were put in at one place, and none was taken away.
    same = next((n for n, (a, b) in enumerate(zip(before, made, strict=False)) if a != b), len(before))
    assert any(made.endswith(before[n:]) and made.startswith(before[:n]) for n in range(same, -1, -1))

    after, noticed = read_codebook(made, PATH)
    new = after.get("neuf")
    wanted = unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", label).split()))
    assert (new.label, new.parent, new.codable, new.include, new.exclude) == (wanted, parent, True, ("là",), ("a: b",))
    assert new.definition == unicodedata.normalize("NFC", definition).strip()
    assert replace(after, codes=tuple(c for c in after.codes if c is not new)) == book
    assert {p.rule for p in noticed} <= {p.rule for p in known} | {"CB004"}

    # It follows the last code of its branch; what was there keeps its order.
    order = [code.id for code in after.codes]
    wanted = branch_of(book, parent) if parent else parents
    branch = [one for one in order if one in wanted]
    if branch and not (parent is None and manner.nested):
        assert order.index("neuf") == order.index(branch[-1]) + 1
    # And a second one can follow it.
    again, problems = with_new_code(made, PATH, NewCode("encore", "Encore", "neuf"))
    assert problems == []
    assert read_codebook(again, PATH)[0].get("encore").parent == "neuf"


# The codebooks of the house.


@pytest.mark.parametrize("file", [ROOT / PATH, SHARED], ids=["root", "shared"])
def test_a_real_codebook_takes_a_code_anywhere(file):
    if not file.is_file():
        pytest.skip("the examples (../shared/examples) are not beside this repository")
    data = file.read_bytes()
    book, _problems = read_codebook(data, PATH)
    for parent in [*book.children(None)[::3], *book.children("gouv")[:2], book.codes[-1]]:
        proposed = proposed_id(book, parent.id, "Un carnet à soi")
        made, problems = with_new_code(data, PATH, NewCode(proposed, "Un carnet à soi", parent.id, "Ce que l’on note."))
        assert problems == []
        kept = made.splitlines(keepends=True)
        lines = data.splitlines(keepends=True)
        more = len(kept) - len(lines)
        at = next(n for n in range(len(kept)) if kept[:n] == lines[:n] and kept[n + more :] == lines[n:])
        key = "famille" if parent.parent is None else "parent"
        assert [line.strip() for line in b"".join(kept[at : at + more]).decode().split("\n") if line] == [
            f"- id: {proposed}",
            f"{key}: {parent.id}",
            'label: "Un carnet à soi"',
            'definition: "Ce que l’on note."',
        ]


# What is refused.

FLAT = """\
familles:
  - {id: gouv, libelle: Gouvernance}
  - {id: eco, libelle: Économie}
  - {id: val, libelle: Valeurs}

codes:
  # ------- gouvernance
  - {id: gouv.decision, famille: gouv, libelle: Décision}  # à revoir
  # ------- économie
  - {id: eco.dons, famille: eco, libelle: 'Dons'}
"""


def test_what_cannot_be_a_code_is_refused_with_its_reason():
    assert refused(FLAT, NewCode("gouv.roles", "  ", "gouv")) == [("CB010", None)]
    assert [rule for rule, _hint in refused(FLAT, NewCode("../rôles", "Rôles"))] == ["CB010"]
    assert refused(FLAT, NewCode("eco.dons", "Dons")) == [("CB001", None)]
    assert refused(FLAT, NewCode("a", "A", "gouw")) == [("CB002", "Did you mean “gouv”?")]
    assert len(refused(FLAT, NewCode("", "", "gouw"))) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"codes: [{id: a}",
        b"codes: {id: a}\n",
        b"- id: a\n",
        b"codes: [&x {id: a}]\n",
        b"a\x00b",
        "codes: [{id: a, label: Été}]\n".encode("cp1252"),
        b"codes: [{id: a, parent: c}]\n",
    ],
    ids=["open", "no list", "not a mapping", "anchor", "binary", "no such letter", "would adopt another"],
)
def test_a_codebook_that_cannot_take_a_code_without_harm_is_left(data):
    assert [rule for rule, _hint in refused(data, NewCode("c", "Wŷn"))] == ["CB011"]


# On the disk.


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "codes:\n  - id: don\n    libelle: Don\n    definition: L'argent donné.\n"),
        ("en", "codes:\n  - id: don\n    label: Don\n    definition: L'argent donné.\n"),
    ],
)
def test_where_there_is_no_codebook_a_small_one_is_begun(tmp_path, language, text):
    set_language(language)
    try:
        assert add_code(tmp_path, PATH, NewCode("don", "Don", None, "L'argent donné.")) == []
    finally:
        set_language("en")
    assert (tmp_path / PATH).read_text("utf-8") == text
    assert [p.rule for p in add_code(tmp_path, PATH, NewCode("x", "X", "gouv"))] == ["CB002"]
    assert (tmp_path / PATH).read_text("utf-8") == text


@pytest.mark.skipif(os.name == "nt", reason="links of another kind")
def test_a_codebook_that_lies_elsewhere_is_not_written(tmp_path):
    (tmp_path / "theirs.yaml").write_text(FLAT, "utf-8")
    root = tmp_path / "study"
    root.mkdir()
    (root / PATH).symlink_to(tmp_path / "theirs.yaml")
    assert [p.rule for p in add_code(root, PATH, NewCode("a", "A"))] == ["ST004"]
    assert (tmp_path / "theirs.yaml").read_text("utf-8") == FLAT


def test_on_a_full_disk_the_codebook_is_as_it_was(tmp_path, monkeypatch):
    (tmp_path / PATH).write_text(FLAT, "utf-8")

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole.os, "fsync", full)
    assert [p.rule for p in add_code(tmp_path, PATH, NewCode("a", "A"))] == ["FI005"]
    assert (tmp_path / PATH).read_text("utf-8") == FLAT


def test_two_who_add_codes_at_once_both_have_theirs(tmp_path):
    (tmp_path / PATH).write_text(FLAT, "utf-8")
    program = (
        "import sys; from pathlib import Path; from ethnokit.codebook.write import NewCode, add_code\n"
        "for n in range(15):\n"
        "    rules = [p.rule for p in add_code(Path(sys.argv[1]), 'codebook.yaml', "
        "NewCode(f'eco.{sys.argv[2]}{n}', 'Neuf', 'eco'))]\n"
        "    while rules == ['FI006']:  # told: read again, and add again\n"
        "        rules = [p.rule for p in add_code(Path(sys.argv[1]), 'codebook.yaml', "
        "NewCode(f'eco.{sys.argv[2]}{n}', 'Neuf', 'eco'))]\n"
        "    assert rules == [], rules\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    writers = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), who], env=env) for who in ("a", "b")]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    book, problems = read_codebook((tmp_path / PATH).read_bytes(), PATH)
    mine = {code.id for code in book.children("eco")}
    assert mine == {"eco.dons", *(f"eco.{who}{n}" for who in "ab" for n in range(15))}
    assert {p.rule for p in problems} == {"CB004"}
    assert [path.name for path in tmp_path.iterdir()] == [PATH]


# The id that is proposed.


def book_of(**parents):
    codes = [(one.replace("__", "."), parent.replace("__", ".") or None) for one, parent in parents.items()]
    return Codebook("g", "1", codes=tuple(Code(one, one, parent) for one, parent in codes))


DOTTED = book_of(gouv="", gouv__decision="gouv", eco="", eco__don="eco")


@pytest.mark.parametrize(
    ("book", "parent", "label", "id"),
    [
        (DOTTED, "gouv", "Répartition des rôles", "gouv.repartition-roles"),
        (DOTTED, "gouv.decision", "L’œuvre du vote", "gouv.decision.oeuvre-vote"),
        (DOTTED, "gouv", "Décision", "gouv.decision-2"),
        (DOTTED, None, "De la", "de-la"),
        (DOTTED, None, "Enquêteur·rice – l'été", "enqueteur-rice-ete"),
        (DOTTED, None, "?!", "x"),
        (DOTTED, "nowhere", "Vote", "vote"),
        (book_of(f="", a="f"), "f", "Vote", "vote"),
        (book_of(f="", f_a="f"), "f", "Le vote à main levée", "f_vote_main_levee"),
        (book_of(f=""), "f", "Vote", "f.vote"),
        (Codebook("", ""), None, "Vote", "vote"),
    ],
)
def test_an_id_is_proposed_in_the_manner_of_the_codebook(book, parent, label, id):
    assert proposed_id(book, parent, label) == id


@given(st.text(), st.sampled_from(["gouv", "gouv.decision", None]))
def test_what_is_proposed_can_be_written(label, parent):
    proposed = proposed_id(read_codebook(FLAT.encode(), PATH)[0], parent, label)
    assert len(proposed) <= len("gouv.decision.") + 40 + len("-2")
    made, problems = with_new_code(FLAT.encode(), PATH, NewCode(proposed, f"x{label}", parent))
    assert problems == []
    assert made is not None
