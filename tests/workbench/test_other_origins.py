"""Pages of other origins attack, in a real browser, the one that a person has open."""

import http.server
import json
import threading
from urllib.parse import urlsplit

import pytest

DOC = "ent-loutres-01"


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Another server on this machine, whose pages attack."""

    page = ""
    seen: list[str] = []  # noqa: RUF012 - of the class that one test makes

    def do_GET(self):
        type(self).seen.append(self.headers.get("cookie", ""))
        body = self.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def elsewhere():
    """Serve a page; its address under the two names of this machine: the one of the page's server, and another."""
    servers = []

    def start(page):
        handler = type("Handler", (Elsewhere,), {"page": page, "seen": []})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return {name: f"http://{name}:{server.server_port}/" for name in ("127.0.0.1", "localhost")}

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def person(chromium):
    """The browser of one person."""
    context = chromium.new_context()
    context.set_default_timeout(15_000)
    yield context
    context.close()


def in_the_page(page):
    page.wait_for_url("**/")
    page.wait_for_selector("#document-title")
    return page


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_address_opens_from_a_link_of_another_site(serve, person, elsewhere, name):
    server = serve()
    page = person.new_page()
    page.goto(elsewhere(f'<a href="{server.address}">The page</a>')[name])
    page.click("a")
    in_the_page(page)
    assert page.evaluate("document.documentElement.dataset.by") == "ines"
    assert page.evaluate("document.cookie") == ""  # no script can read it
    assert page.evaluate("fetch('/api/study').then(answer => answer.status)") == 200
    assert "key=" not in page.url
    page.go_back()
    assert "key=" not in page.url


def test_the_address_opens_when_it_is_typed(serve, person):
    page = person.new_page()
    page.goto(serve().address)
    in_the_page(page)
    page.reload()
    in_the_page(page)
    assert "key=" not in page.url


ATTACK = """<!DOCTYPE html><title>x</title><body><script>
const target = "http://127.0.0.1:PORT";
const decision = JSON.stringify(DECISION);
const told = [];
const note = (what) => (value) => told.push(`${what}: ${value}`);
const ask = (path, options) => fetch(target + path, { credentials: "include", ...options });
const read = (answer) => answer.text();
const attacks = [
  ask("/api/study").then(read).then(note("read")),
  ask("/api/study", { mode: "no-cors" }).then(read).then((text) => text && note("read blindly")(text)),
  ask("/api/decisions", { method: "POST", body: decision, headers: { "Content-Type": "application/json",
    "X-EthnoKit": "1" } }).then(read).then(note("written")),
  ask("/api/decisions", { method: "POST", mode: "no-cors", body: decision }).then((a) => a.status && note("sent")(a)),
  ask("/api/decisions", { method: "POST", mode: "no-cors", body: new Blob([decision],
    { type: "text/plain" }) }).catch(() => {}),
  new Promise((done) => { const events = new EventSource(target + "/api/events", { withCredentials: true });
    events.onmessage = (message) => done(note("heard")(message.data)); events.onerror = done; }),
  new Promise((done) => { const socket = new WebSocket("ws://127.0.0.1:PORT/api/events");
    socket.onopen = () => done(note("socket")("open")); socket.onerror = done; }),
  ...["/static/icon.svg", "/api/study"].map((path) => new Promise((done) => { const image = new Image();
    image.onload = () => done(note("image")(path)); image.onerror = done; image.src = target + path; })),
  ...["/static/main.js", "/static/theme.js"].map((path) => new Promise((done) => {
    const script = document.createElement("script");
    script.onload = () => done(note("script")(path)); script.onerror = done; script.src = target + path;
    document.body.append(script); })),
  new Promise((done) => { const frame = document.createElement("iframe"); frame.name = "frame";
    frame.onload = done; frame.src = target + "/"; document.body.append(frame); }),
  new Promise((done) => { const form = document.createElement("form"); form.method = "post"; form.target = "posted";
    form.enctype = "text/plain"; form.action = target + "/api/decisions";
    const frame = document.createElement("iframe"); frame.name = "posted"; frame.onload = done;
    const field = document.createElement("input"); field.name = decision.slice(0, -1) + ',"x":"'; field.value = '"}';
    form.append(field); document.body.append(frame, form); form.submit(); }),
];
Promise.allSettled(attacks).then(() => { window.told = told; });
</script>"""


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_a_page_of_another_origin_reads_and_writes_nothing(serve, person, elsewhere, study, name):
    """From another port of the same name the browser even sends the cookie along: it is the guard that refuses."""
    server = serve()
    page = person.new_page()
    page.goto(server.address)
    in_the_page(page)
    doc = page.evaluate(f"fetch('/api/documents/{DOC}').then(answer => answer.json())")
    start = doc["body"].encode("utf-16-le").index("Alors on attend.".encode("utf-16-le")) // 2
    decision = {"gesture": "11111111-1111-4111-8111-111111111111", "document": DOC, "text": doc["text"], "act": "add"}
    decision |= {"code": "gouv.decision", "start": start, "end": start + 16, "quote": "Alors on attend."}
    attack = ATTACK.replace("PORT", str(urlsplit(server.address).port)).replace("DECISION", json.dumps(decision))

    evil = person.new_page()
    evil.goto(elsewhere(attack)[name])
    evil.wait_for_function("window.told")
    assert evil.evaluate("window.told") == []
    framed = [frame for frame in evil.frames if frame != evil.main_frame]
    assert len(framed) == 2
    assert all("Loutres" not in frame.content() for frame in framed)
    assert server.log(DOC) == ""

    # The same decision, sent by the page itself, is one that is written.
    status = page.evaluate(
        "decision => fetch('/api/decisions', { method: 'POST', body: JSON.stringify(decision), "
        "headers: { 'Content-Type': 'application/json', 'X-EthnoKit': '1' } }).then(answer => answer.status)",
        decision,
    )
    assert status == 200
    assert len(server.log(DOC).splitlines()) == 1


def test_a_window_that_another_page_opens_is_out_of_its_reach(serve, person, elsewhere):
    server = serve()
    page = person.new_page()
    page.goto(server.address)
    in_the_page(page)
    evil = person.new_page()
    here = f"http://127.0.0.1:{urlsplit(server.address).port}/"
    evil.goto(elsewhere("<button onclick=\"window.opened = window.open('" + here + "')\">x</button>")["127.0.0.1"])
    with person.expect_page() as opening:
        evil.click("button")
    opened = opening.value
    opened.wait_for_load_state()
    assert "Another page may not ask" in opened.content()
    assert evil.evaluate("window.opened.closed")  # the two are in different worlds


def test_markup_in_an_interview_does_not_run_where_a_browser_opens_it(serve, person):
    server = serve()
    page = person.new_page()
    page.goto(server.address)
    in_the_page(page)
    page.goto(f"http://127.0.0.1:{urlsplit(server.address).port}/api/documents/ent-heron-01")
    assert "<script>window.attacked = true</script>" in page.inner_text("body")
    assert page.evaluate("window.attacked") is None


def test_the_page_itself_can_neither_make_markup_of_text_nor_send_it_away(serve, person):
    server = serve()
    page = person.new_page()
    page.goto(server.address)
    in_the_page(page)
    refused = page.evaluate(
        """async () => {
          const told = [];
          const tried = (name, act) => { try { act(); told.push(name); } catch { /* refused */ } };
          tried("markup", () => { document.createElement("p").innerHTML = "<b>x</b>"; });
          tried("a policy", () => { trustedTypes.createPolicy("any", { createHTML: (text) => text }); });
          await new Promise((done) => setTimeout(() => { tried("code", () => new Function("return 1")()); done(); }));
          for (const place of ["http://127.0.0.1:9/", "https://example.org/"])
            await fetch(place, { mode: "no-cors" }).then(() => told.push(place), () => {});
          return told;
        }"""
    )
    assert refused == []
