"""The text on the page: every place of it is found again, nothing hides anything, and a long one is as quick."""

import json
import random
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from served import FILES, write_study

DOC = "ent-loutres-01"
HEADER = FILES[f"fieldwork/interviews/{DOC}.md"].split("\n\n")[0]

TURNS = """\
# Une après-midi

**E:** Qui décide, chez vous ?

**P1:** On est quatre 🦦 à voter, un mardi sur deux. Celui qui a le temps propose, les autres disent non. \
Le reste vient tout seul, ou ne vient pas ; personne n’a compté les soirées.

On a essayé autrement une fois, avec le Héron 👩‍🌾, qui nous a prêté la salle San\u0308e
et deux chaises  de trop.

**E:** Et quand vous n’êtes pas d’accord ?

**P1:** Alors on attend. Le trésorier n’aime pas ça, mais l’adhérent·e qui n’a rien dit a le droit de dormir dessus.
"""

CODED = [
    (
        "gouv.decision",
        "On est quatre 🦦 à voter, un mardi sur deux. Celui qui a le temps propose, les autres disent non.",
    ),
    ("gouv.decision", "Celui qui a le temps propose"),
    ("gouv.roles", "les autres disent non."),
    ("frein.temps", "Celui qui a le temps propose, les autres disent non. Le reste vient tout seul"),
    ("frein.temps", "personne n’a compté les soirées"),
    ("gouv.roles", "Le trésorier n’aime pas ça"),
    ("gouv.decision", "Alors on attend. Le trésorier n’aime pas ça, mais l’adhérent·e qui n’a rien dit"),
    ("frein.temps", "le droit de dormir dessus"),
]

# Places of the page ↔ offsets of the body: each place there and back, then selections from anywhere to anywhere.
PLACES = """
async () => {
  const { view } = await import("/static/view.js");
  const { offsetAt, passageOf, pointIn, rowIndexAt } = await import("/static/offsets.js");
  const { rows, body } = view.doc;
  const wrong = [];
  let places = 0;
  for (const [i, row] of rows.entries()) {
    if (view.words[i].textContent !== body.slice(row.start, row.end)) wrong.push(["words", i]);
    for (let k = 0; k <= row.end - row.start; k += 1, places += 1) {
      const point = pointIn(view.words[i], k);
      if (offsetAt(view, point.node, point.offset, "start") !== row.start + k) wrong.push(["place", i, k]);
    }
  }
  let seed = 7;
  const any = (n) => { seed = (seed * 48271) % 2147483647; return seed % n; };
  const nodes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const inside = nodes.filter((node) => view.article.contains(node));
  const place = () => {
    const node = any(4) ? inside[any(inside.length)] : nodes[any(nodes.length)];
    const range = document.createRange();
    range.setStart(node, any((node.nodeType === 3 ? node.length : node.childNodes.length) + 1));
    return range;
  };
  let passages = 0;
  for (let n = 0; n < 3000; n += 1) {
    const [a, b] = [place(), place()].sort((x, y) => x.compareBoundaryPoints(Range.START_TO_START, y));
    a.setEnd(b.startContainer, b.startOffset);
    const passage = passageOf(view, a);
    if (!passage) continue;
    passages += 1;
    const words = body.slice(passage.start, passage.end);
    const first = rows[rowIndexAt(rows, passage.start)];
    const last = rows[rowIndexAt(rows, passage.end - 1)];
    const cut = /^[\\udc00-\\udfff\\u0300-\\u036f\\u200d]|[\\ud800-\\udbff\\u200d]$/.test(words);
    const outside = passage.start >= first.end || passage.end > last.end;
    if (cut || outside || !words || words.trim() !== words) wrong.push([passage, words]);
  }
  return { wrong, places, passages, marks: document.querySelectorAll(".words mark").length };
}
"""

# What can be seen of the margin: labels that stand on each other or on words, bars that miss their lines.
MARGIN = """
async (scope) => {
  const { view } = await import("/static/view.js");
  const { rangeIn, rowOfEnd, rowOfStart } = await import("/static/offsets.js");
  const { state } = await import("/static/state.js");
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(`${scope} :is(${selector})`)];
  const labels = all(".code").map((one) => [one.textContent, one.getBoundingClientRect()]);
  const lines = [];
  for (const words of all(".words, .gutter > *")) {
    const range = document.createRange();
    range.selectNodeContents(words);
    lines.push(...range.getClientRects());
  }
  for (const [n, [name, box]] of labels.entries()) {
    for (const [other, another] of labels.slice(n + 1)) if (meet(box, another)) wrong.push(["labels", name, other]);
    for (const line of lines) if (meet(box, line)) wrong.push(["text under label", name]);
    if (box.left < 0 || box.right > innerWidth) wrong.push(["label outside", name]);
  }
  const bars = all(".bar.coding").map((bar) => [state.codings.get(bar.dataset.id), bar.getBoundingClientRect()]);
  const { rows } = view.doc;
  const sign = (row, offset) => {
    const at = offset - rows[row].start;
    return rangeIn(view.words[row], at, at + 1, { live: true }).getBoundingClientRect();
  };
  for (const [n, [coding, box]] of bars.entries()) {
    const { top } = sign(rowOfStart(rows, coding.start), coding.start);
    const { bottom } = sign(rowOfEnd(rows, coding.end), coding.end - 1);
    if (Math.abs(box.top - top) > 2) wrong.push(["bar begins elsewhere", coding.quote]);
    if (Math.abs(box.bottom - bottom) > 2) wrong.push(["bar ends elsewhere", coding.quote]);
    for (const [other, another] of bars.slice(n + 1)) {
      if (meet(box, another)) wrong.push(["bars", coding.quote, other.quote]);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(["the page is wider than its window"]);
  return { wrong, labels: labels.length, bars: bars.length };
}
"""


def code(root, rows, by="ines"):
    """Codings written by the command line, many at once."""
    file = root.parent / "codings.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command = [sys.executable, "-m", "ethnokit", "-C", str(root), "coding", "add", "--from", str(file), "--by", by]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture
def study(tmp_path):
    """The study of ``served.py`` with a text full of signs that are counted differently here and there, and coded."""
    path = f"fieldwork/interviews/{DOC}.md"
    root = write_study(tmp_path / "etude", {**FILES, path: f"{HEADER}\n\n{TURNS}"})
    code(root, [{"document": DOC, "code": code_, "quote": quote} for code_, quote in CODED])
    return root


def reading(page, address, doc=DOC, query=""):
    page.locator("#text").wait_for(state="attached")  # the door is behind
    page.goto(re.match(r"http://[^/]+/", address)[0] + query + f"#/{doc}")
    page.locator("html[data-ready]").wait_for(state="attached")
    expect(page.locator(".code:not(.proposal)").first).to_be_visible()
    return page


@pytest.mark.parametrize("query", ["", "?marks=1"])
def test_every_place_of_the_text_is_found_again(tab, serve, query):
    server = serve()
    page = reading(tab(server.address), server.address, query=query)
    page.locator(".code:not(.proposal)").first.click()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    found = page.evaluate(PLACES)
    assert found["wrong"] == []
    assert found["places"] > 450
    assert found["passages"] > 1500
    assert (found["marks"] > 5) == bool(query)


def test_what_is_copied_is_the_text_alone(tab, serve):
    server = serve()
    page = reading(tab(server.address), server.address)
    copied = page.evaluate("""() => {
      const words = document.querySelectorAll(".words");
      getSelection().setBaseAndExtent(words[1], 0, words[5], words[5].childNodes.length);
      return getSelection().toString();
    }""")
    said = [p for p in re.sub(r"\*\*\w+:\*\* |#.*\n", "", TURNS).split("\n\n") if p.strip()]
    assert [" ".join(p.split()) for p in copied.split("\n\n")] == [" ".join(p.split()) for p in said]


@pytest.mark.parametrize("width", [1440, 1100, 700, 320])
def test_nothing_in_the_margin_hides_anything(tab, serve, width):
    server = serve()
    page = reading(tab(server.address, viewport={"width": 1280, "height": 1400}), server.address)
    page.set_viewport_size({"width": width, "height": 1400})
    page.wait_for_timeout(500)
    found = page.evaluate(MARGIN, "#document")
    assert found["wrong"] == []
    assert found["labels"] >= len(CODED)
    assert found["bars"] == len(CODED)


def test_a_code_is_found_by_any_part_of_its_names(tab, serve):
    server = serve()
    page = reading(tab(server.address), server.address)
    found = page.evaluate("""async () => {
      const { folded, indexed, search } = await import("/static/find.js");
      const index = indexed(["Prise de décision", "Vœux d’été", "Décisions subies"], (name) => [[name, 3]]);
      const typed = ["decis", "voeux", "d'ete", "DÉCISION pri", "xyz", ""];
      return [folded("L’ŒUVRE d’Été"), ...typed.map((words) => search(index, words))];
    }""")
    assert found == [
        "l'oeuvre d'ete",
        ["Décisions subies", "Prise de décision"],
        ["Vœux d’été"],
        ["Vœux d’été"],
        ["Prise de décision"],
        [],
        ["Prise de décision", "Vœux d’été", "Décisions subies"],
    ]


def test_bars_take_the_lowest_lane_that_is_free(tab, serve):
    server = serve()
    page = reading(tab(server.address), server.address)
    lanes = page.evaluate("""async () => {
      const { lanesOf } = await import("/static/stacking.js");
      const spans = { short: [0, 5], long: [0, 20], within: [6, 9], after: [20, 30], late: [8, 25] };
      const passages = Object.entries(spans).map(([id, [start, end]]) => ({ id, start, end }));
      return Object.fromEntries(lanesOf(passages));
    }""")
    assert lanes == {"long": 0, "short": 1, "within": 1, "late": 2, "after": 0}


def test_on_paper_there_is_the_text_with_its_codes_and_nothing_else(tab, serve):
    server = serve()
    page = reading(tab(server.address), server.address)
    page.emulate_media(media="print")
    for gone in ("#side", "#panel", "#foot", ".tools", ".bars"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".code:not(.proposal)")).to_have_count(len(CODED))
    beside = page.evaluate("""() => [...document.querySelectorAll(".codes.codings")].map((group) => {
      const box = group.getBoundingClientRect();
      const words = group.parentElement.querySelector(".words").getBoundingClientRect();
      return box.left >= words.right && box.top < words.bottom;
    })""")
    assert beside
    assert all(beside)


def test_a_page_knows_all_its_scripts_beforehand(tab, serve):
    """Each script is named in the page, so that none is found only when another was read."""
    server = serve()
    page = reading(tab(server.address), server.address)
    loaded = page.evaluate("""() => [
      performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.endsWith(".js")),
      [...document.querySelectorAll("link[rel=modulepreload], script[src]")].map((one) => one.href || one.src),
    ]""")
    assert set(loaded[0]) == set(loaded[1])


def test_a_hundred_thousand_words_are_read_as_easily(tab, serve, study):
    draw = random.Random(3)
    words = TURNS.split()
    paragraphs = [" ".join(draw.choices(words, k=draw.randint(8, 40))) for _ in range(4200)]
    body = "\n\n".join(f"**{'E' if n % 3 == 0 else 'P1'}:** {one.strip('#* ')}" for n, one in enumerate(paragraphs))
    name = "ent-loutres-02"
    long = HEADER.replace(DOC, name).replace("Entretien aux Loutres", "Une année aux Loutres")
    write_study(study, {f"fieldwork/interviews/{name}.md": f"{long}\n\n{body}\n"})
    shown = subprocess.run(
        [sys.executable, "-m", "ethnokit", "-C", str(study), "show", name, "--json"], capture_output=True, check=True
    )
    document = json.loads(shown.stdout)
    turns = [turn for turn in document["turns"] if turn["role"] == "participant"]
    spans = [(turn["start"], min(turn["end"], turn["start"] + 90)) for turn in draw.choices(turns, k=2000)]
    code(study, [{"document": name, "code": "frein.temps", "start": s, "end": e} for s, e in set(spans)])
    server = serve()
    page = reading(tab(server.address), server.address, name)
    assert len(document["body"].split()) > 100_000
    # Seconds on a busy machine; benchmarks/ measures what is promised.
    assert page.evaluate("performance.getEntriesByName('ethnokit-ready')[0].startTime") < 6000
    near, all_ = page.evaluate(
        "[document.querySelectorAll('.chunk.near').length, document.querySelectorAll('.chunk').length]"
    )
    assert near < 12 < 150 < all_
    jumps = page.evaluate("""async () => {
      const text = document.getElementById("text");
      const spent = [];
      for (let n = 1; n < 60; n += 1) {
        const before = performance.now();
        text.scrollTop += 400;
        await new Promise((done) => requestAnimationFrame(done));
        spent.push(performance.now() - before);
      }
      return spent.sort((a, b) => a - b);
    }""")
    assert jumps[len(jumps) // 2] < 120
    expect(page.locator(".chunk.near .code").first).to_be_attached()
    found = page.evaluate(MARGIN, ".chunk.near")
    assert found["labels"] > 3
    # A bar goes on through chunks, each of which draws its part of it.
    assert [one for one in found["wrong"] if not one[0].startswith("bar ")] == []
