"""The page in a real Chromium, as the intern and the tutor use it. What counts is what is on the disk afterwards."""

import json
import re

import pytest
from playwright.sync_api import expect

DOC = "ent-loutres-01"
PASSAGE = "Celui qui a le temps propose, les autres disent non."

FIND = """
(quote) => {
  for (const words of document.querySelectorAll(".words")) {
    const walk = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.data.indexOf(quote);
      if (at < 0) continue;
      const range = document.createRange();
      const edge = (from, to) => {
        range.setStart(node, from); range.setEnd(node, to);
        const box = range.getBoundingClientRect();
        return { left: box.left, right: box.right, y: box.top + box.height / 2 };
      };
      const first = edge(at, at + 1), last = edge(at + quote.length - 1, at + quote.length);
      return { x0: first.left + 1, y0: first.y, x1: last.right - 0.5, y1: last.y };
    }
  }
  return null;
}
"""


def events(server, document=DOC, by=None):
    return [json.loads(line) for line in server.log(document, by).splitlines()]


def opened(page, title="Entretien aux Loutres"):
    """Open a document from the list."""
    page.locator("#documents").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".words").first).to_be_visible()
    return page


def select(page, quote):
    """Drag over the words with the mouse."""
    place = page.evaluate(FIND, quote)
    assert place is not None, quote
    page.mouse.move(place["x0"], place["y0"])
    page.mouse.down()
    page.mouse.move((place["x0"] + place["x1"]) / 2, (place["y0"] + place["y1"]) / 2, steps=4)
    page.mouse.move(place["x1"], place["y1"], steps=4)
    page.mouse.up()
    expect(page.locator(".palette blockquote")).to_have_text(quote)


def given(page, label):
    """The passage has a code, and it is on the disk: what is only on its way is no button yet."""
    expect(page.locator(".given").get_by_role("button", name=label)).to_be_visible()


def saved(page):
    expect(page.get_by_role("status").filter(has_text="on disk")).to_be_visible()


@pytest.fixture
def server(serve):
    return serve()


@pytest.fixture
def page(tab, server):
    return opened(tab(server.address))


def code_field(page):
    return page.get_by_role("combobox", name="Code")


def test_a_passage_is_coded_with_the_mouse(page, server):
    select(page, PASSAGE)
    code_field(page).fill("decis")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("Prise de décision")).first).to_be_visible()
    saved(page)
    (event,) = events(server)
    assert (event["act"], event["code"], event["quote"], event["by"]) == ("add", "gouv.decision", PASSAGE, "ines")


def test_passages_are_coded_with_the_keyboard_alone(page, server):
    page.locator("#text").focus()
    page.keyboard.press("ArrowDown")  # past the heading
    page.keyboard.press("ArrowDown")  # past the question
    page.keyboard.press("ArrowRight")
    expect(page.locator(".palette blockquote")).to_have_text("On est quatre 🦦 à voter, un mardi sur deux.")
    page.keyboard.press("Shift+ArrowLeft")  # the full stop
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator(".palette blockquote")).to_have_text("On est quatre 🦦 à voter, un mardi sur")
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(page.locator(".palette blockquote")).to_have_text("est quatre 🦦 à voter, un mardi sur")
    page.keyboard.type("bureau")  # a synonym
    page.keyboard.press("Enter")
    given(page, "Rôles et mandats")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("1")  # the code used last
    saved(page)
    first, second = events(server)
    assert (first["code"], first["quote"]) == ("gouv.roles", "est quatre 🦦 à voter, un mardi sur")
    assert second["code"] == "gouv.roles"


def test_attributes_are_given_in_the_same_gesture(page, server):
    select(page, PASSAGE)
    page.get_by_label("Posture").first.select_option("practises")
    page.get_by_label("Scale").first.select_option("structure")
    page.get_by_label(re.compile("Doubt|Not sure", re.I)).first.check()
    code_field(page).fill("decision")
    page.keyboard.press("Enter")
    given(page, "Prise de décision")
    (event,) = events(server)
    assert event["attributes"] == {"posture": "practises", "scale": "structure", "doubt": True}


def test_what_the_text_says_is_never_html(tab, server):
    page = opened(tab(server.address), "ent-heron-01")
    expect(page.locator("#document")).to_contain_text("<script>window.attacked = true</script>")
    assert page.evaluate("window.attacked") is None


def test_suggestions_are_accepted_and_refused_with_one_key(page, server):
    expect(page.locator("#progress")).to_contain_text("undecided")
    page.keyboard.press("n")
    panel = page.locator("#panel")
    expect(panel).to_contain_text(re.compile(r"Suggestion 1 of \d"))
    total = int(re.search(r"of (\d+)", panel.inner_text())[1])
    assert total >= 2
    page.keyboard.press("a")
    expect(panel).to_contain_text(re.compile(r"Suggestion 2 of"))
    page.keyboard.press("r")
    expect(page.locator("#progress")).to_contain_text(f"{total - 2} undecided" if total > 2 else "0 undecided")
    saved(page)
    accepted, refused = events(server)
    assert (accepted["act"], refused["act"]) == ("accept", "refuse")
    page.reload()
    expect(page.locator("#progress")).to_contain_text(f"1 coding · {total - 2} undecided")


def test_undo_and_redo_reach_back_beyond_a_restart(tab, server):
    page = opened(tab(server.address))
    select(page, PASSAGE)
    code_field(page).fill("decision")
    page.keyboard.press("Enter")
    given(page, "Prise de décision")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    server.kill()
    server.start()
    page.goto(server.address)
    expect(page.locator("#progress")).to_contain_text("1 coding")
    page.locator("#text").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#progress")).to_contain_text("0 codings")
    page.keyboard.press("Control+y")
    expect(page.locator("#progress")).to_contain_text("1 coding")
    assert [e["act"] for e in events(server)] == ["add", "undo", "undo"]


def test_a_decision_made_while_the_server_is_gone_is_kept_and_written_once(page, server):
    select(page, PASSAGE)
    server.kill()
    code_field(page).fill("decision")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("1 decision is not saved yet")
    assert events(server) == []
    server.start()
    saved(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert [(e["act"], e["quote"]) for e in events(server)] == [("add", PASSAGE)]


def test_an_edit_in_another_program_is_seen_and_its_codings_go_along(page, server):
    select(page, PASSAGE)
    code_field(page).fill("decision")
    page.keyboard.press("Enter")
    given(page, "Prise de décision")
    path = server.root / "fieldwork/interviews" / f"{DOC}.md"
    path.write_text(path.read_text("utf-8").replace("On est quatre", "Oui alors, on est quatre"), encoding="utf-8")
    expect(page.locator("#document")).to_contain_text("Oui alors, on est quatre")
    expect(page.locator("#notices")).to_contain_text("1 coding moved")
    page.get_by_role("button", name="Write the new places").click()
    expect(page.locator("#notices")).not_to_contain_text("moved")
    added, moved = events(server)
    assert (moved["act"], moved["of"], moved["quote"]) == ("reanchor", added["id"], PASSAGE)
    assert moved["start"] == added["start"] + len("Oui alors, ")


def test_a_coding_whose_words_are_gone_is_settled_in_the_page(page, server):
    select(page, PASSAGE)
    code_field(page).fill("decision")
    page.keyboard.press("Enter")
    given(page, "Prise de décision")
    path = server.root / "fieldwork/interviews" / f"{DOC}.md"
    path.write_text(path.read_text("utf-8").replace(PASSAGE, ""), encoding="utf-8")
    expect(page.locator("#notices")).to_contain_text("1 coding waits")
    page.get_by_role("button", name="Settle them one by one").click()
    page.get_by_role("button", name=re.compile("Give it up|Give up|no more")).first.click()
    expect(page.locator("#notices")).not_to_contain_text("waits")
    assert [e["act"] for e in events(server)] == ["add", "lose"]


def test_two_tabs_do_not_lose_each_others_work(tab, server):
    one = opened(tab(server.address))
    two = opened(tab(server.address.partition("?")[0], context=one.context))
    select(one, PASSAGE)
    code_field(one).fill("decision")
    one.keyboard.press("Enter")
    expect(two.locator("#progress")).to_contain_text("1 coding")
    select(two, "Alors on attend.")
    code_field(two).fill("temps")
    two.keyboard.press("Enter")
    expect(one.locator("#progress")).to_contain_text("2 codings")
    assert [e["code"] for e in events(server)] == ["gouv.decision", "frein.temps"]


def test_what_one_tab_refuses_is_gone_from_the_other(tab, server):
    one = opened(tab(server.address))
    two = opened(tab(server.address.partition("?")[0], context=one.context))
    for page in (one, two):
        expect(page.locator("#progress")).to_contain_text("3 undecided")
    one.bring_to_front()
    one.keyboard.press("n")
    expect(one.locator("#panel")).to_contain_text("Suggestion 1 of 3")
    one.keyboard.press("r")
    expect(two.locator("#progress")).to_contain_text("2 undecided")
    assert [e["act"] for e in events(server)] == ["refuse"]


def test_the_state_of_a_document_is_said_in_its_header(page, server):
    path = server.root / "fieldwork/interviews" / f"{DOC}.md"
    before = path.read_text("utf-8")
    page.get_by_label("State of Entretien aux Loutres").select_option("coded")
    expect(page.locator("#documents")).to_contain_text("1 of 2 documents coded")
    after = path.read_text("utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert added == ["coding_state: coded"]
    assert after.replace("coding_state: coded\n", "") == before


def test_a_new_code_is_put_into_the_codebook_from_the_page(page, server):
    page.get_by_role("tab", name="Codes").click()
    page.get_by_role("button", name=re.compile("New code")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Label").fill("Droit de dormir dessus")
    dialog.get_by_label(re.compile("Place|Below|Parent", re.I)).first.select_option("gouv")
    dialog.get_by_label("Definition").fill("Attendre avant de trancher.")
    dialog.get_by_role("button", name=re.compile("Create|Add")).click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#codebook")).to_contain_text("Droit de dormir dessus")
    text = (server.root / "codebook.yaml").read_text("utf-8")
    assert "# Une remarque que personne ne doit perdre." in text
    assert "label: Droit de dormir dessus" in text


def test_a_memo_on_the_document_is_a_file(page, server):
    page.locator("#document-memo").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Le mardi revient souvent.\n\n---\n\nÀ demander au Héron.")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_contain_text("Saved.")
    (memo,) = (server.root / "fieldwork/memos").glob("*.md")
    text = memo.read_text("utf-8")
    assert f"a_propos: {DOC}\n" in text
    assert text.endswith("Le mardi revient souvent.\n\n---\n\nÀ demander au Héron.\n")


def test_the_tutor_reviews_and_the_intern_sees_it(tab, serve, study):
    intern = serve()
    page = opened(tab(intern.address))
    for quote in (PASSAGE, "Alors on attend."):
        select(page, quote)
        code_field(page).fill("decision")
        page.keyboard.press("Enter")
        given(page, "Prise de décision")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    tutor = serve("--role", "reviewer", by="tutrice")
    review = tab(tutor.address)
    queue = review.locator("#queue")
    expect(queue).to_contain_text("2 left to review")
    review.keyboard.press("n")
    expect(review.locator("#panel")).to_contain_text(PASSAGE)
    review.keyboard.press("a")
    expect(queue).to_contain_text("1 left to review")
    expect(review.locator("#panel")).to_contain_text("Alors on attend.")
    review.keyboard.press("d")
    expect(review.get_by_label("What should be changed")).to_be_focused()
    review.keyboard.type("Et le tour précédent ?")
    review.keyboard.press("Enter")
    expect(queue).to_contain_text("0 left to review")
    verdicts = events(tutor, by="tutrice")
    assert [(e["act"], e["verdict"]) for e in verdicts] == [("verdict", "accepted"), ("verdict", "change")]
    assert verdicts[1]["remark"] == "Et le tour précédent ?"
    page.bring_to_front()
    page.reload()
    expect(page.locator("#side")).to_contain_text(re.compile("asked", re.I))
    assert all(e["act"] != "verdict" for e in events(intern))


def test_for_reading_only_nothing_can_be_decided(tab, serve):
    server = serve("--read-only")
    page = opened(tab(server.address))
    page.keyboard.press("n")
    page.keyboard.press("a")
    expect(page.locator("#status")).to_contain_text("Reading only")
    assert page.get_by_role("combobox", name="Code").count() == 0
    assert not (server.root / "fieldwork/codings").exists()


@pytest.mark.corpus
def test_a_whole_real_interview_is_coded_with_the_keyboard(tab, serve, study, corpus, ethnokit):
    """From the first sentence to the last, never touching the mouse: a sentence, a few letters, Enter."""
    text = (corpus / "codegouv" / "entretien-rise-2024.md").read_text("utf-8")
    name = "entretien"
    (study / f"fieldwork/interviews/{name}.md").write_text(text, encoding="utf-8")
    shown = json.loads(ethnokit("-C", study, "show", name, "--json").out)
    server = serve()
    page = tab(server.address)
    page.locator(f"#documents a[href='#/{name}']").click()
    expect(page.locator("#document")).to_contain_text(shown["body"].split()[1].strip("*"))
    page.locator("#text").focus()
    asked = [shown["body"][turn["start"] : turn["end"]] for turn in shown["turns"] if turn["role"] == "interviewer"]
    codes, coded, last = ("decis", "mandat", "temps"), [], ""
    for walked in range(1000):
        page.keyboard.press("ArrowRight")
        place = page.evaluate("document.querySelector('.palette blockquote')?.textContent ?? ''")
        if place == last:
            break
        last = place
        if walked % 3 == 0 and not any(place in question for question in asked):
            scrolled = page.evaluate("document.getElementById('text').scrollTop")
            page.keyboard.type(codes[len(coded) % 3])
            page.keyboard.press("Enter")
            expect(page.locator(".given").get_by_role("button")).to_have_count(1)
            page.keyboard.press("Escape")  # out of the field, the passage stays
            assert abs(page.evaluate("document.getElementById('text').scrollTop") - scrolled) < 40
            coded.append(place)
    written = events(server, name)
    assert walked > 40
    assert [e["quote"] for e in written] == coded
    assert all(shown["body"][e["start"] : e["end"]] == e["quote"] for e in written)
    assert {e["code"] for e in written} == {"gouv.decision", "gouv.roles", "frein.temps"}
