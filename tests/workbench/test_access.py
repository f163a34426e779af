"""For everybody: axe-core finds no serious fault, in any state of the page; keyboard, zoom, print, older browsers."""

import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from test_page import PASSAGE, code_field, given, opened, select


def faults(page):
    """Serious and critical faults, in words that say where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious_while_reading_and_coding(tab, serve, colours):
    server = serve(language="fr")
    page = opened(tab(server.address, color_scheme=colours, bypass_csp=True))
    expect(page.locator("#progress")).to_contain_text("suggestion")
    states = {"reading": faults(page)}
    page.keyboard.press("n")
    expect(page.locator(".suggestion h2")).to_be_visible()
    states["suggestion"] = faults(page)
    page.keyboard.press("Escape")
    select(page, PASSAGE)
    page.get_by_role("combobox", name="Code").fill("d")
    expect(page.get_by_role("listbox").first).to_be_visible()
    states["choosing a code"] = faults(page)
    code_field(page).fill("decision")
    page.keyboard.press("Enter")
    given(page, "Prise de décision")
    page.locator(".given").get_by_role("button").click()
    states["a coding"] = faults(page)
    page.get_by_role("tab", name="Codes").click()
    states["codebook"] = faults(page)
    page.locator("#help").click()
    states["keys"] = faults(page)
    assert {name: found for name, found in states.items() if found} == {}


def test_axe_finds_nothing_serious_while_reviewing(tab, serve, ethnokit, study):
    added = ethnokit(
        "-C",
        study,
        "coding",
        "add",
        "ent-loutres-01",
        "--code",
        "gouv.roles",
        "--quote",
        "Le trésorier",
        "--by",
        "ines",
    )
    assert added.code == 0, added.err
    server = serve("--role", "reviewer", by="tutrice")
    page = tab(server.address, bypass_csp=True)
    expect(page.locator("#queue")).to_contain_text("1 left to review")
    page.keyboard.press("n")
    expect(page.locator("#panel")).to_contain_text("Le trésorier")
    page.keyboard.press("r")
    assert faults(page) == []


def test_the_page_speaks_french_from_end_to_end(tab, serve):
    page = opened(tab(serve(language="fr").address))
    assert page.locator("html").get_attribute("lang") == "fr"
    for words in ("Documents", "Annuler", "Rétablir", "Imprimer"):
        expect(page.locator("body")).to_contain_text(words)
    expect(page.locator("#status")).to_have_text("Tout est enregistré.")
    page.locator("#help").click()
    expect(page.get_by_role("dialog")).to_contain_text("Tour suivant")


@pytest.mark.parametrize(("width", "height"), [(640, 400), (320, 640)])
def test_at_200_percent_and_on_a_narrow_screen_text_can_be_read_and_coded(tab, serve, width, height):
    server = serve()
    page = tab(server.address, viewport={"width": width, "height": height})
    expect(page.locator(".words").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("#text").focus()
    for _step in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("decision")
    page.keyboard.press("Enter")
    given(page, "Prise de décision")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert '"add"' in server.log("ent-heron-01") + server.log("ent-loutres-01")


def test_without_the_highlight_api_marks_show_the_same(tab, serve):
    server = serve()
    page = opened(tab(server.address))
    page.goto(page.url.partition("#")[0] + "?marks=1#/ent-loutres-01")
    expect(page.locator("#progress")).to_contain_text("undecided")
    select(page, PASSAGE)
    code_field(page).fill("decision")
    page.keyboard.press("Enter")
    given(page, "Prise de décision")
    marked = page.locator("#document mark").all_inner_texts()
    assert PASSAGE in marked
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    select(page, "les autres disent non")


def test_printed_are_the_text_and_its_codes_and_nothing_else(tab, serve, tmp_path):
    page = opened(tab(serve().address))
    select(page, PASSAGE)
    code_field(page).fill("decision")
    page.keyboard.press("Enter")
    given(page, "Prise de décision")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.pdf(path=tmp_path / "page.pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    )
    words = " ".join(text.stdout.split())
    assert "le droit de dormir dessus" in words
    assert "Prise de décision" in words
    assert "Redo" not in words
    assert "Documents" not in words
