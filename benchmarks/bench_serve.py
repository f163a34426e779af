"""The page: what applying a code costs at the server, and how soon a long document can be worked on in a browser.

``python -m benchmarks.bench_serve rewrite STUDY`` is the rival of the first table; it prints JSON.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks.corpus import ROOT
from benchmarks.measure import ETHNOKIT, cost
from benchmarks.page import Section, Table

LIBRARIES = ("starlette", "uvicorn", "watchfiles")
SIZES = (3_000, 100_000, 600_000)
"""Characters of the document; the last one is some 100,000 words."""
CODINGS = 2_000
GESTURES = 200
DOCUMENT = "long"
TALK = """on se retrouve le mardi soir pour décider ensemble de ce qui compte dans l’association et pour regarder les
machines que personne ne veut éteindre parce que les adhérent·es y ont leurs lettres et leurs agendas depuis des
années alors on répare on attend on demande à celles qui savent et quelquefois on dit non"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run() -> Section:
    """One code applied, at three lengths: over HTTP, by a file written anew, from the command line; then the page."""
    with tempfile.TemporaryDirectory() as folder:
        rows, browser = [], []
        for size in SIZES:
            study = make(Path(folder) / str(size), size)
            rows.append(_applying(study, size))
            if size == SIZES[-1]:
                browser = _in_a_browser(study)
    tables = [Table(HEAD, rows, BEFORE)]
    if browser:
        tables.append(Table(("in the browser", "time"), browser, PAGE))
    return Section("Coding in the page", tables, AFTER)


HEAD = ("characters", "the page: median", "95th percentile", "a JSON file written anew", "`coding add`, a command")
BEFORE = f"""One code applied to a passage of a document with {CODINGS:,} codings, until the answer is there and the
decision on the disk: {GESTURES} gestures over HTTP, one after the other. Beside it, what one would write first, all
codings in one JSON file that is written anew and synced, and the command line, which opens the study each time."""
PAGE = f"""The document of {SIZES[-1]:,} characters (some 100,000 words) with {CODINGS:,} codings, in headless Chromium:
from the navigation until the text is there and takes keys, five times; then scrolled from end to end in 240 steps."""
AFTER = """Aims: 20 ms at the 95th percentile, whatever the length; the page interactive within 1 s."""


def make(study: Path, size: int) -> Path:
    """A study of one long interview with many codings by one coder; the same size always gives the same."""
    random = Random(size)
    words = TALK.split()
    turns: list[str] = []
    length = 0
    while length < size:
        label = "E" if len(turns) % 5 == 0 else "P1"
        said = " ".join(random.choice(words) for _word in range(random.randint(5, 35)))
        turns.append(f"**{label}:** {said}.")
        length += len(turns[-1]) + 2
    speakers = "speakers:\n  - {code: E, role: interviewer}\n  - {code: P1, role: participant}\n"
    header = f"id: {DOCUMENT}\ntype: interview\n{speakers}"
    file = study / "fieldwork" / "interviews" / f"{DOCUMENT}.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"---\n{header}---\n\n" + "\n\n".join(turns) + "\n", encoding="utf-8")
    shutil.copy(ROOT / "codebook.yaml", study)
    _code(study, random)
    return study


def _code(study: Path, random: Random) -> None:
    from ethnokit.codings.anchor import make_anchor
    from ethnokit.codings.desk import Desk, new_event, save
    from ethnokit.model import Act, Role
    from ethnokit.study import load

    read, _problems = load(study)
    document = read.documents[0]
    desk = Desk(study, "ines", read.codebook)
    codes = [code.id for code in read.codebook.codes if code.codable and not code.relation]
    said = [turn for turn in document.turns if turn.role is not Role.INTERVIEWER]
    events = []
    for _coding in range(CODINGS):
        turn = random.choice(said)
        start = turn.start + random.randrange(max(1, (turn.end - turn.start) // 2))
        event = new_event(desk, Act.ADD, document.id, random.choice(codes))
        events.append(replace(event, anchor=make_anchor(document, start, turn.end)))
    save(study, document.id, "ines", events)


def _applying(study: Path, size: int) -> list[str]:
    taken = sorted(_over_http(study))
    rival = json.loads(cost(sys.executable, "-m", "benchmarks.bench_serve", "rewrite", study, runs=1, warm=False).said)
    first = next(turn for turn in _turns(study) if turn["role"] == "participant")
    code = ("--code", "gouv.decision", "--start", str(first["start"]), "--end", str(first["end"]), "--by", "noor")
    command = cost(*ETHNOKIT, "-C", study, "coding", "add", DOCUMENT, *code)
    cells = [median(taken), taken[int(len(taken) * 0.95)], rival["median"], command.median]
    return [
        f"{size:,}",
        *(
            f"{1000 * cell:.1f} ms ({cell / cells[0]:.0f}×)" if n else f"{1000 * cell:.1f} ms"
            for n, cell in enumerate(cells)
        ),
    ]


def _turns(study: Path) -> list[dict[str, Any]]:
    shown = subprocess.run([*ETHNOKIT, "-C", study, "show", DOCUMENT, "--json"], capture_output=True, check=True)
    return json.loads(shown.stdout)["turns"]


@contextmanager
def served(study: Path) -> Iterator[tuple[int, str]]:
    """The port and the one-time address of ``ethnokit serve`` on a study."""
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "XDG_STATE_HOME": state, "ETHNOKIT_LANG": "en", "PYTHONUNBUFFERED": "1"}
        command = [*ETHNOKIT, "-C", str(study), "serve", "--by", "ines", "--no-browser"]
        server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        try:
            found = None
            while found is None:
                found = re.search(r"http://127\.0\.0\.1:(\d+)/\S*", server.stderr.readline())
            yield int(found[1]), found[0]
        finally:
            server.terminate()
            server.wait(10)


def _over_http(study: Path) -> list[float]:
    """Seconds of each gesture, over one connection, as the page sends them."""
    random = Random(1)
    with served(study) as (port, address):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", address.partition(str(port))[2])
        answer = connection.getresponse()
        answer.read()
        headers = {"Cookie": answer.getheader("Set-Cookie").partition(";")[0], "X-EthnoKit": "1"}
        headers |= {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
        connection.request("GET", f"/api/documents/{DOCUMENT}", headers=headers)
        document = json.loads(connection.getresponse().read())
        rows = [row for row in document["rows"] if row["role"] == "participant"]
        return [_gesture(connection, headers, document, random.choice(rows)) for _n in range(GESTURES)]


def _gesture(connection: Any, headers: dict[str, str], document: dict[str, Any], row: dict[str, Any]) -> float:
    quote = document["body"][row["start"] : row["end"]]
    gesture = {"gesture": str(uuid.uuid4()), "document": DOCUMENT, "text": document["text"], "act": "add"}
    body = json.dumps(gesture | {"code": "gouv.decision", "start": row["start"], "end": row["end"], "quote": quote})
    start = time.perf_counter()
    connection.request("POST", "/api/decisions", body, headers)
    answer = connection.getresponse()
    said = answer.read()
    took = time.perf_counter() - start
    if answer.status != 200:
        raise RuntimeError(said.decode())
    return took


def rewrite(study: Path) -> dict[str, float]:
    """All codings in one file, written anew with each: seconds, the median."""
    log = study / "fieldwork" / "codings" / DOCUMENT / "ines.jsonl"
    codings = [json.loads(line) for line in log.read_text("utf-8").splitlines()][:CODINGS]
    target = study / "codings.json"
    taken = []
    for _n in range(GESTURES):
        start = time.perf_counter()
        codings.append(codings[0])
        with target.open("w", encoding="utf-8") as file:
            json.dump(codings, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        taken.append(time.perf_counter() - start)
    return {"median": median(taken)}


def _in_a_browser(study: Path) -> list[list[str]]:
    """When the long document can be worked on, and how it scrolls; empty where there is no Chromium."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        return []
    with served(study) as (_port, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.wait_for_selector(".words")
        times = [_ready(page) for _visit in range(5)]
        frames = page.evaluate(SCROLL)
        browser.close()
    late = sum(frame > 50 for frame in frames)
    return [
        ["text there, keys taken (median of 5)", f"{median(times):.0f} ms"],
        ["the slowest of 5", f"{max(times):.0f} ms"],
        ["frames while scrolling, median", f"{median(frames):.0f} ms"],
        [f"frames over 50 ms, of {len(frames)}", f"{late}"],
    ]


def _ready(page: Any) -> float:
    page.wait_for_timeout(3000)  # the visit before has come to rest, and its suggestions were looked for
    page.reload()
    ready = None
    while ready is None:  # the page's policy forbids Playwright's own way to wait for a condition
        ready = page.evaluate("performance.getEntriesByName('ethnokit-ready')[0]?.startTime ?? null")
    return ready


SCROLL = """
async () => {
  const frames = [], area = document.getElementById("text");
  let last = performance.now();
  for (let step = 0; step <= 240; step += 1) {
    area.scrollTop = (area.scrollHeight - area.clientHeight) * step / 240;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames;
}
"""


if __name__ == "__main__" and sys.argv[1:2] == ["rewrite"]:
    print(json.dumps(rewrite(Path(sys.argv[2]))))
