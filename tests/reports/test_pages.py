"""Pages of a study that nobody foresaw: odd names, long words, nothing at all, templates of one's own."""

import datetime as dt
import re
import subprocess

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.cache import Cache
from ethnokit.publish import Order, publish
from ethnokit.reports.pages import TemplateFault, day, environment
from ethnokit.reports.prose import prose

CODEBOOK = """\
grille: {id: essai, version: "0.1", langue: fr}
familles: [{id: gouv, label: "Gouvernance & <consensus>"}]
codes:
  - id: gouv.decision
    famille: gouv
    label: "Décider \\"à l'unanimité\\""
    definition: "Comment on <tranche> & décide."
"""
STRUCTURE = """\
---
id: {id}
type: structure
nom: {name}
participation: {{etat: rencontree}}
---

{portrait}
"""
INTERVIEW = """\
---
id: ent-{id}
type: entretien
structures: [{id}]
date: 2026-05-19
locuteurs: [{{code: E, role: enqueteur}}, {{code: P1, role: enquete, pseudonyme: "Camille"}}]
consentement: {{forme: ecrit, citer: pseudonyme, structure_nommee: true}}
diffusion: collectif
---

**E :** Et ensuite ?

**P1 :** {words}
"""


@pytest.fixture
def study(tmp_path, ethnokit):
    """A maker of studies: one structure with one coded interview for each (id, name, words)."""

    def make(*fields, portrait="Une association."):
        (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
        (tmp_path / "ethnokit.yaml").write_text("etude: Essai\nlangue: fr\ndiffusion: collectif\n", encoding="utf-8")
        for folder in ("structures", "interviews"):
            (tmp_path / "fieldwork" / folder).mkdir(parents=True, exist_ok=True)
        for id, name, words in fields:  # noqa: A001
            structure = STRUCTURE.format(id=id, name=name, portrait=portrait)
            (tmp_path / f"fieldwork/structures/{id}.md").write_text(structure, encoding="utf-8")
            text = INTERVIEW.format(id=id, words=words)
            (tmp_path / f"fieldwork/interviews/ent-{id}.md").write_text(text, encoding="utf-8")
            run = ethnokit(
                "-C",
                tmp_path,
                "coding",
                "add",
                f"ent-{id}",
                "--code",
                "gouv.decision",
                "--quote",
                words,
                "--by",
                "ines",
            )
            assert run.code == 0, run.err
        return tmp_path

    return make


def compiled(root, form="pdf"):
    with Cache(root) as cache:
        return publish(root, cache, Order(form=form)), root / "reports" / "collective"


def read_back(file):
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def boxes_outside(file):
    """Words of a PDF that stand outside of its page."""
    done = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True)
    outside = []
    for line in done.stdout.splitlines():
        if "<word" in line:
            values = dict(part.split("=") for part in line.split("<word ")[1].split(">")[0].split())
            if float(values["xMax"].strip('"')) > 596 or float(values["xMin"].strip('"')) < 0:
                outside.append(line.strip())
    return outside


@pytest.mark.parametrize(
    "name",
    [
        '"A & B <script>alert(1)</script>"',
        '"L\'Œuvre « du » \\"canal\\""',
        '"' + "Fédération " * 12 + '"',
        '"' + "x" * 90 + '"',
    ],
)
def test_odd_names_are_printed_as_they_are_and_stay_on_the_page(study, name):
    root = study(("loutres", name, "On lève la main & on compte <fort>."))
    published, folder = compiled(root, "all")
    assert published.errors == 0
    html = (folder / "html/sheets/loutres.html").read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert "&amp; on compte &lt;fort&gt;" in html
    for file in (folder / "report.pdf", folder / "sheets/loutres.pdf"):
        assert "& on compte <fort>" in read_back(file)
        assert boxes_outside(file) == []


def test_characters_that_no_face_has_are_said(study):
    root = study(("loutres", '"Les Loutres"', "On dit 水 et 🦦 chez nous."))
    published, _folder = compiled(root)
    assert {"水", "🦦"} <= {c for file in published.files for c in file.missing}
    # They are said again when a page that holds them still stands.
    settings = root / "ethnokit.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# une remarque\n", encoding="utf-8")
    again, _folder = compiled(root)
    assert not any(file.fresh for file in again.files)
    assert {"水", "🦦"} <= {c for file in again.files for c in file.missing}


def test_structures_that_the_register_does_not_list_have_a_bar_of_their_own(study):
    root = study(("loutres", '"Les Loutres"', "On vote."))
    settings = root / "ethnokit.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "population: 30\n", encoding="utf-8")
    _published, folder = compiled(root, "html")
    figure = (folder / "html/report.html").read_text(encoding="utf-8").partition("<svg")[2].partition("</svg>")[0]
    assert re.findall(r">(\d+/\d+)</text>", figure) == ["1/30", "29/30"]


def test_a_sheet_on_which_every_theme_was_raised_does_not_announce_a_list_of_none(study):
    _published, folder = compiled(study(("loutres", '"Les Loutres"', "On vote.")), "html")
    assert 'class="absent"' not in (folder / "html/sheets/loutres.html").read_text(encoding="utf-8")


def test_a_verbatim_of_three_thousand_words_is_whole(study):
    words = " ".join(f"mot{n}" for n in range(3000)) + "."
    root = study(("loutres", '"Les Loutres"', words))
    _published, folder = compiled(root)
    text = read_back(folder / "report.pdf")
    assert [n for n in range(0, 3000, 50) if f"mot{n} " not in text + " "] == []


def test_a_study_without_anything_compiles_to_a_report_that_says_so(tmp_path, ethnokit):
    assert ethnokit("init", tmp_path).code == 0
    published, folder = compiled(tmp_path)
    assert [file.path for file in published.files] == ["report.pdf"]
    assert "pas encore écrite" in read_back(folder / "report.pdf")
    assert len(pypdf.PdfReader(folder / "report.pdf").pages) < 15


def test_the_page_for_a_browser_stands_alone(study):
    _published, folder = compiled(study(("loutres", '"Les Loutres"', "On lève la main.")), "html")
    html = folder / "html"
    assert not (folder / "report.pdf").exists()
    text = (html / "report.html").read_text(encoding="utf-8")
    assert 'href="sheets/loutres.html"' in text
    assert set(re.findall(r"https?://[^\s\"<]+", text)) == {"http://www.w3.org/2000/svg"}
    assert 'href="../assets/style.css"' in (html / "sheets/loutres.html").read_text(encoding="utf-8")
    faces = (html / "assets/fonts.css").read_text(encoding="utf-8")
    fonts = {part.split('"')[0] for part in faces.split('url("')[1:]}
    assert fonts
    assert all((html / "assets" / name).is_file() for name in fonts)
    licences = list((html / "assets").glob("*-OFL.txt"))
    assert len(licences) == 2
    assert all("SIL OPEN FONT LICENSE" in file.read_text(encoding="utf-8").upper() for file in licences)


def test_a_sheet_that_may_no_longer_be_read_is_removed(study):
    root = study(("loutres", '"Les Loutres"', "On lève la main."), ("herons", '"Les Hérons"', "On vote."))
    _published, folder = compiled(root, "all")
    assert (folder / "sheets/herons.pdf").is_file()
    interview = root / "fieldwork/interviews/ent-herons.md"
    interview.write_text(interview.read_text(encoding="utf-8").replace("collectif", "equipe"), encoding="utf-8")
    compiled(root, "all")
    assert sorted(file.name for file in folder.rglob("herons*")) == []
    assert (folder / "sheets/loutres.pdf").is_file()


def test_a_template_of_the_study_takes_the_place_of_ours_in_a_sandbox(study):
    root = study(("loutres", '"Les Loutres"', "On lève la main."))
    own = root / "reports/templates"
    own.mkdir(parents=True)
    (own / "sheet.html").write_text(
        '<html lang="fr"><head><title>x</title></head><body><h1>Notre fiche de {{ sheet.name }}</h1></body></html>',
        encoding="utf-8",
    )
    _published, folder = compiled(root)
    assert read_back(folder / "sheets/loutres.pdf") == "Notre fiche de Les Loutres 1/1"
    for attack in ("{{ ''.__class__.__mro__ }}", "{{ cycler.__init__.__globals__ }}", "{{ unknown }}", "{% if %}"):
        (own / "sheet.html").write_text(attack, encoding="utf-8")
        with pytest.raises(TemplateFault, match=r"sheet\.html"):
            compiled(root)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("**fort** et *doux*", "<p><strong>fort</strong> et <em>doux</em></p>\n"),
        ("# Titre", '<p class="prose-head">Titre</p>\n'),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        (
            "[un **lien** `net`](https://exemple.example/)",
            '<p><a href="https://exemple.example/">un lien net</a></p>\n',
        ),
        ("![image](file:///etc/passwd)", "<p>![image](file:///etc/passwd)</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("L'eau : « oui » !", "<p>L’eau\u00a0: «\u00a0oui\u00a0»\u202f!</p>\n"),
    ],
)
def test_prose_of_the_researcher(written, printed):
    assert str(prose(written, "fr")) == printed


@given(st.text(max_size=200))
def test_any_prose_is_html_without_elements_in_links(text):
    from xml.etree import ElementTree

    html = str(prose(text, "fr"))
    clean = "".join(
        c
        for c in html
        if c in "\n\t" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )
    tree = ElementTree.fromstring(f"<div>{clean}</div>")
    assert all(len(link) == 0 for link in tree.iter("a"))
    assert not [element.tag for element in tree.iter() if element.tag in ("script", "img", "h1", "h2", "h3", "style")]


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        (dt.date(2026, 5, 1), "fr", "1er mai 2026"),
        ("2026-05-02", "fr", "2 mai 2026"),
        ("2026-08", "fr", "août 2026"),
        ("2026", "fr", "2026"),
        ("2026-05-01", "en", "1 May 2026"),
        ("vers 2010", "fr", "vers 2010"),
        ("2026-13", "fr", "2026-13"),
        (None, "fr", ""),
        ("", "fr", ""),
    ],
)
def test_dates_in_words(value, language, words):
    assert day(value, language) == words


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ("On vote.", "«On vote.»", "“On vote.”"),
        ("« On vote. »", "«On vote.»", "“« On vote. »”"),
        ("On dit « oui » ici", "«On dit “oui” ici»", "“On dit « oui » ici”"),
        ("On n'en peut plus. » (membre)", "«On n'en peut plus. (membre)»", "“On n'en peut plus. » (membre)”"),
        ("« Oui », dit-elle, « non »", "«“Oui”, dit-elle, “non”»", "“« Oui », dit-elle, « non »”"),
        ('un "nuage"', "«un “nuage”»", "“un ‘nuage’”"),
        ("“Cloud” it is", "«“Cloud” it is»", "“‘Cloud’ it is”"),
    ],
)
def test_words_are_quoted_once(written, french, english):
    for language, quoted in (("fr", french), ("en", english)):
        assert environment(language).filters["quoted"](written) == quoted


def test_a_name_too_long_for_a_column_keeps_both_its_ends_and_stays_apart_from_others():
    from ethnokit.reports.arrange import SHORT, short, shortened

    long = "Coopérative intercommunale d'hébergement associatif de Port-Vieux"
    assert short("Les Loutres") == "Les Loutres"
    assert short(long).startswith("Coopérative")
    assert short(long).endswith("Port-Vieux")
    assert len(short(long)) <= SHORT
    twins = {"a": long, "b": long.replace("associatif", "collectif")}
    assert len(set(shortened(twins).values())) == 2


def test_the_heads_of_a_table_stay_below_its_title_whatever_their_length(study):
    def above_the_table(name):
        root = study(*((f"s{n}", f'"{name} {n}"', f"On vote {n} fois.") for n in range(6)))
        report = compiled(root)[1] / "report.pdf"
        reader = pypdf.PdfReader(report)
        page = reader.get_destination_page_number(reader.named_destinations["matrix"]) + 1
        words = [(top, word) for p, top, word in words_at(report) if p == page]
        title = min(top for top, word in words if word == "Passages")
        return [word for top, word in words if top < title]

    text = above_the_table("Loutres")
    assert len(text) > 20
    assert above_the_table("Coopérative intercommunale d'hébergement associatif de la vallée numéro") == text


def words_at(file):
    """(page, distance from its top, word) of each word of a PDF, from top to bottom."""
    done = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True)
    page, found = 0, []
    for line in done.stdout.splitlines():
        page += "<page " in line
        match = re.search(r'yMin="([\d.-]+)".*>([^<]+)</word>', line)
        if match:
            found.append((page, float(match[1]), match[2]))
    return sorted(found, key=lambda word: word[:2])
