"""The PDF engine on a two-page French document with a footnote, a table and two figures."""

import builtins
import hashlib
import os
import pickle
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import page
import pikepdf
import pypdf
import pytest

from ethnokit.reports import finisher, fonts, pdf
from ethnokit.reports.figures import Bar, Tie, bars, network

DAY = date(2024, 5, 31)

CSS = """
@page { size: A4; margin: 25mm 22mm; @top-left { content: string(running); font: 9pt "Fira Sans"; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt "Fira Sans"; }
  @footnote { border-top: .5pt solid #888; padding-top: 4pt; } }
body { font: 11.5pt/1.5 Spectral; hyphens: auto; }
h1, h2 { font-family: "Fira Sans"; font-weight: 600; string-set: running content(); break-after: avoid; }
.note { float: footnote; font-size: 9pt; }
table { border-collapse: collapse; font: 10pt "Fira Sans"; width: 100%; }
th, td { border-bottom: .5pt solid #888; padding: 3pt; text-align: left; }
h2 { break-before: page; }
strong { font-weight: 600; }
"""

BARS = bars(
    [Bar("Hébergement de courriel", 4, 6), Bar("Transmission entre bénévoles et nouveaux", 2, 6), Bar("Don", 0, 6)],
    title="Thèmes abordés, sur 6 sources",
)
NETWORK = network(
    [Tie("Alpha", "Bêta", "apprend de"), Tie("Bêta", "Gamma", "offre à"), Tie("Gamma", "Alpha", "offre à")],
    title="Liens nommés entre trois structures",
)


def sample(title="Rapport d’essai", more=""):
    rows = "".join(f"<tr><th scope='row'>Structure {n}</th><td>{n}</td><td>été</td></tr>" for n in range(1, 6))
    prose = "La transmission des savoirs se fait de pair à pair, au fil des permanences et des pannes. " * 6
    return f"""<!doctype html><html lang="fr"><head><title>{title}</title></head><body><main>
<h1>{title}</h1><p>Une première phrase<span class="note">Une note de bas de page.</span> sur
l’<em>hébergement</em> <strong>associatif</strong> : 1\u202f234 €.</p><p>{prose}</p>{more}
<table><thead><tr><th>Structure</th><th>Rang</th><th>Saison</th></tr></thead><tbody>{rows}</tbody></table>
<h2>Deuxième partie</h2><figure>{BARS}<figcaption>Thèmes abordés</figcaption></figure>
<figure>{NETWORK}<figcaption>Liens nommés</figcaption></figure><p>Voir <a href="https://example.org/">le site</a>.</p>
</main></body></html>"""


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return pdf.render(sample(), CSS, tmp_path_factory.mktemp("pdf") / "new" / "sample.pdf", dated=DAY)


def test_two_pages_whole_and_no_part_left(made):
    assert made.pages == len(pypdf.PdfReader(made.target).pages) == 2
    assert made.missing == ()
    assert [path.name for path in made.target.parent.iterdir()] == ["sample.pdf"]


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_conforms(made, profile):
    result = page.validate_pdf(str(made.target), profile=getattr(page.ValidationProfile, profile))
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.is_compliant
    assert result.rules.total > 100


def test_same_bytes_again_and_in_another_process_and_time_zone(made, tmp_path):
    again = pdf.render(sample(), CSS, tmp_path / "again.pdf", dated=DAY)
    assert digest(again.target) == digest(made.target)
    code = (
        "import sys, pathlib, datetime\nfrom ethnokit.reports import pdf\n"
        "html, css, target = sys.argv[1:]\n"
        "pdf.render(html, css, pathlib.Path(target), dated=datetime.date(2024, 5, 31))"
    )
    other = tmp_path / "other.pdf"
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(pdf.__file__).parents[2]),
        "PYTHONHASHSEED": "42",
        "TZ": "Asia/Tokyo",
    }
    command = [sys.executable, "-c", code, sample(), CSS, str(other)]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    assert digest(other) == digest(made.target)


def test_only_our_faces_are_embedded(made):
    names = set()
    for one in pypdf.PdfReader(made.target).pages:
        for font in one["/Resources"]["/Font"].values():
            names.add(font.get_object()["/BaseFont"].partition("+")[2])
    assert names
    assert {re.match("Spectral|Fira-Sans", name)[0] for name in names} == {"Spectral", "Fira-Sans"}


def test_a_character_without_glyph_is_named_and_not_drawn_with_a_font_of_the_machine(tmp_path):
    made = pdf.render(sample(more="<p>Signe 漢 ici</p>"), CSS, tmp_path / "m.pdf", dated=DAY)
    assert made.missing == ("漢",)
    raw = {
        str(font.BaseFont).partition("+")[2]
        for one in pikepdf.open(made.target).pages
        for font in one.Resources.Font.values()
    }
    assert all(name.startswith(("Spectral", "Fira-Sans")) for name in raw)


def test_words_can_be_extracted(made):
    text = " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(made.target).pages).split())
    for words in ("Rapport d’essai", "Une note de bas de page.", "Structure 5", "Deuxième partie", "4/6", "Gamma"):
        assert words in text
    assert "pair à pair" in text


def test_structure_artifacts_scopes_and_annotations(made):
    with pikepdf.open(made.target) as file:
        elements = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        kinds = [str(one.S) for one in elements if one.get("/Type") == "/StructElem" and len(one.get("/K", []))]
        assert (kinds.count("/Table"), kinds.count("/Figure"), kinds.count("/H1"), kinds.count("/H2")) == (1, 2, 1, 1)
        scopes = [str(one.A.Scope) for one in elements if str(one.S) == "/TH"]
        assert sorted(scopes) == ["/Column"] * 3 + ["/Row"] * 5
        titles = {str(one.Alt) for one in elements if str(one.S) == "/Figure"}
        assert titles == {"Thèmes abordés, sur 6 sources", "Liens nommés entre trois structures"}
        for one in file.pages:
            artifacts = [
                operation
                for operation in pikepdf.parse_content_stream(one)
                if str(operation.operator) == "BDC" and str(operation.operands[0]) == "/Artifact"
            ]
            assert len(artifacts) == 2  # running title and page number
        assert [int(note.F) for one in file.pages for note in one.get("/Annots", [])] == [4]


def test_dates_are_those_of_the_snapshot(made):
    reader = pypdf.PdfReader(made.target)
    assert reader.metadata.creation_date.date() == reader.metadata.modification_date.date() == DAY
    assert reader.metadata.title == "Rapport d’essai"


def test_no_file_and_no_network_is_read(tmp_path, caplog):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">Secret</text></svg>')
    for url in (secret.as_uri(), "http://127.0.0.1:9/x.png", "file://elsewhere/x.png"):
        with pytest.raises(ValueError, match=r"disallowed|only the font files|another host"):
            pdf._fetcher().fetch(url)
    more = f"<p><img alt='x' src='{secret.as_uri()}'></p>"
    made = pdf.render(sample(more=more), CSS, tmp_path / "x.pdf", dated=DAY)
    assert "Secret" not in "".join(one.extract_text() for one in pypdf.PdfReader(made.target).pages)
    assert pdf._fetcher().fetch(fonts.FACES[0].path.as_uri()).read(4)
    assert pdf._fetcher().fetch("data:text/plain,a").read() == b"a"


def test_many_files_in_two_workers_have_the_bytes_of_one(tmp_path):
    jobs = [pdf.Job(sample(f"Fiche {n}"), CSS, tmp_path / f"{n}.pdf", DAY) for n in range(3)]
    report = pdf.Job(sample("Rapport", "<p>Plus long.</p>" * 30), CSS, tmp_path / "report.pdf", DAY)
    done = list(pdf.render_many([*jobs, report]))
    assert [one.target.name for one in done] == ["report.pdf", "0.pdf", "1.pdf", "2.pdf"]
    alone = pdf.render(jobs[1].html, CSS, tmp_path / "alone.pdf", dated=DAY)
    assert digest(alone.target) == digest(tmp_path / "1.pdf")


def test_a_missing_text_engine_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return real(name, *rest, **more)

    pdf._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    try:
        with pytest.raises(pdf.PangoMissing) as caught:
            pdf._engine()
    finally:
        monkeypatch.undo()
    for word in ("Debian", "Fedora", "macOS", "Windows", "libharfbuzz-subset0"):
        assert word in str(caught.value)
    assert isinstance(pickle.loads(pickle.dumps(caught.value)), pdf.PangoMissing)


def test_streams_that_end_in_a_carriage_return_keep_their_length():
    assert finisher.safe_line_end(b"data\r\nendstream") == b"data\r\r\nendstream"
    with pytest.raises(AssertionError):
        finisher.safe_line_end(b"data endstream")
