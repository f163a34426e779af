"""``ethnokit matrix``: no cell without the number of sources behind it, readable at any width."""

import pytest

from ethnokit.cli.matrix_screen import print_matrix, short_names
from ethnokit.model import Anchor, Attributes, Code, Codebook, Coding, CodingState, Document, DocumentType, Structure


def words(text):
    return " ".join(text.split())


def test_one_theme_in_words(ask):
    out = words(ask("matrix", "--code", "gouv.roles").out)
    assert "Les Loutres du Canal not raised (2 sources read)" in out
    assert "Le Vison 1 source, not read for coding yet" in out
    assert "Le Castor no source" in out
    out = words(ask("matrix", "--code", "gouv.decision").out)
    assert "Les Loutres du Canal 2 passages in 2 of 2 sources read" in out
    assert "has not" not in out


def test_passages_without_a_structure_are_told_beside(ask):
    assert "1 more passage speaks of the collective as a whole" in ask("matrix", "--code", "coop.entraide").out


def row(out, label):
    return next(line.split()[len(label.split()) :] for line in out.splitlines() if line.strip().startswith(label))


def test_the_table(ask):
    out = ask("matrix").out
    assert words(out).startswith("2 of 5 structures have a source that was read; 2 sources were read in all.")
    assert row(out, "theme") == ["grue", "loutres", "pass.", "str.", "src.", "?"]
    assert row(out, "sources read") == ["1", "2"]
    assert row(out, "Prise de décision") == ["·", "2", "2", "1/2", "2/2"]
    assert row(out, "Entraide") == ["·", "2", "3", "1/2", "2/2", "1"]
    assert row(out, "Répartition des rôles") == ["·", "·", "0", "0/2", "0/2"]
    assert "Sources not read for coding yet: Le Vison." in out
    assert "No source: Le Castor, Le Pivert." in out


def test_sources_instead_of_passages(ask):
    assert row(ask("matrix", "--sources").out, "Prise de décision")[:2] == ["0/1", "2/2"]


def test_by_family_and_one_family(ask):
    out = ask("matrix", "--by-family").out
    assert row(out, "Coopérations")[:3] == ["·", "2", "3"]
    assert "Prise de décision" not in out
    assert "Entraide" not in ask("matrix", "--family", "gouv").out


def test_json_holds_every_cell(data):
    found = data("--lang", "fr", "matrix")
    assert len(found["cells"]) == 3 * 5
    cells = {(c["code"], c["structure"]): c for c in found["cells"]}
    assert cells["gouv.decision", "loutres"] == {
        "code": "gouv.decision",
        "structure": "loutres",
        "passages": 2,
        "raised_in": 2,
        "read": 2,
        "sources": 2,
        "state": "raised",
    }
    assert (cells["gouv.roles", "loutres"]["state"], cells["gouv.roles", "loutres"]["read"]) == ("not_raised", 2)
    assert cells["gouv.roles", "vison"]["state"] == "not_read"
    assert cells["gouv.roles", "castor"]["state"] == "no_source"
    entraide = next(code for code in found["codes"] if code["code"] == "coop.entraide")
    assert (entraide["passages"], entraide["unattributed"], entraide["label"]) == (3, 1, "Entraide")


def test_csv_says_in_each_row_how_many_sources_were_read(table):
    rows = {(r["code"], r["name"]): r for r in table("matrix")}
    assert rows["gouv.roles", "Les Loutres du Canal"]["state"] == "not_raised"
    assert rows["gouv.roles", "Les Loutres du Canal"]["read"] == "2"
    assert rows["gouv.decision", "Les Loutres du Canal"]["passages"] == "2"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--code", "gouv.decisions"], "Did you mean “gouv.decision”?"),
        (["--family", "gouw"], "Did you mean “gouv”?"),
        (["--code", "gouv.roles", "--by-family"], "not both"),
    ],
)
def test_what_cannot_be_shown(ethnokit, field, arguments, said):
    run = ethnokit("-C", field, "matrix", *arguments)
    assert run.code == 2
    assert said in run.err


def test_a_lost_passage_is_not_counted_and_this_is_said(ethnokit, field):
    path = field / "fieldwork/interviews/ent-loutres-01.md"
    path.write_text(path.read_text("utf-8").replace("Le Pivert a réparé notre antenne. ", ""), encoding="utf-8")
    run = ethnokit("-C", field, "matrix")
    assert row(run.out, "Entraide")[1] == "1"
    assert "1 coding no longer stands where it was made" in run.err


def large(structures, codes):
    """A matrix of so many structures and codes, as a large collective would give."""
    import datetime as dt

    from ethnokit.analysis.evidence import Evidence
    from ethnokit.analysis.matrix import matrix

    families = [Code(f"f{n}", f"Famille numéro {n}", codable=False) for n in range(codes // 6)]
    themes = [Code(f"f{n // 6}.c{n}", f"Un thème au libellé assez long {n}", parent=f"f{n // 6}") for n in range(codes)]
    codebook = Codebook("essai", "1", codes=(*families, *themes))
    register = [Structure(f"structure-{n}", f"La Structure {n}", "s.md") for n in range(structures)]
    documents = [
        Document(
            f"d{n}", DocumentType.INTERVIEW, "d.md", "x", 1, "", structures=(s.id,), coding_state=CodingState.CODED
        )
        for n, s in enumerate(register)
    ]
    noon = dt.datetime(2026, 5, 4, tzinfo=dt.UTC)
    evidence = [
        Evidence(
            Coding(f"{d.id}-{n}", d.id, themes[n].id, Anchor(0, 1, "x"), "ines", noon, Attributes()),
            d,
            None,
            d.structures[0],
            f"{d.id}-{n}",
        )
        for d in documents
        for n in range(0, codes, 7)
    ]
    return matrix(codebook, register, documents, evidence), codebook


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("structures", [14, 100])
def test_sixty_themes_stay_readable(monkeypatch, capsys, width, structures):
    monkeypatch.setenv("COLUMNS", str(width))
    found, codebook = large(structures, 60)
    print_matrix(found, codebook, sources=False)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    shown = [line for line in out.splitlines() if line.startswith("theme")]
    titles = {"theme", "pass.", "str.", "src."}
    columns = [title for line in shown for title in line.split() if title not in titles]
    assert len(columns) == len(set(columns)) == structures
    assert out.count("Famille numéro 3\n") == len(shown)
    if structures == 14 and width >= 100:
        assert len(shown) == 1, "one table, nothing to put together"


def test_short_names_are_different():
    ids = ["structure-1", "structure-12", "structure-2", "fil", "filature"]
    assert list(short_names(ids, 4).values()) == ["stru", "str2", "ste2", "fil", "fila"]
    alike = [f"l-{n}" for n in range(30)]
    assert len(set(short_names(alike, 3).values())) == 30
