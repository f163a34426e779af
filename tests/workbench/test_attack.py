"""A page of another site, open in the same browser as the study, tries what such pages can try."""

import http.server
import threading

import pytest
from playwright.sync_api import expect
from test_page import DOC, FIND, opened

ATTACK = """<!DOCTYPE html><title>elsewhere</title>
<iframe id="frame" src="{target}"></iframe>
<img id="image" src="{target}static/icon.svg">
<form id="form" method="post" enctype="text/plain" action="{target}api/decisions" target="hidden">
<input name='{{"gesture":"x","document":"{document}","act":"undo","text":"' value='"}}'></form>
<iframe name="hidden"></iframe>
<script>
const target = "{target}";
const body = JSON.stringify({{ gesture: "x", document: "{document}", act: "undo", text: "" }});
const tried = {{}};
async function attempt(name, fn) {{
  try {{ tried[name] = await fn(); }} catch (error) {{ tried[name] = "refused"; }}
}}
const ask = async (path, options) => {{
  const answer = await fetch(target + path, {{ credentials: "include", ...options }});
  return await answer.text() || "refused";
}};
const typed = (type) => ({{ method: "POST", headers: {{ "Content-Type": type }}, body }});
const send = (mode, type) => ask("api/decisions", {{ mode, ...typed(type) }});
window.result = (async () => {{
  await attempt("read", () => ask("api/study", {{}}));
  await attempt("read without cors", () => ask("api/study", {{ mode: "no-cors" }}));
  await attempt("write json", () => send("cors", "application/json"));
  await attempt("write plain text", () => send("no-cors", "text/plain"));
  await attempt("listen", () => new Promise((resolve) => {{
    const source = new EventSource(target + "api/events", {{ withCredentials: true }});
    source.onmessage = (event) => resolve(event.data);
    source.onerror = () => resolve("refused");
  }}));
  navigator.sendBeacon(target + "api/decisions", body);
  document.getElementById("form").submit();
  await new Promise((done) => setTimeout(done, 500));
  await attempt("frame", () => document.getElementById("frame").contentDocument.body.textContent || "refused");
  tried.image = document.getElementById("image").naturalWidth === 0 ? "refused" : "shown";
  return tried;
}})();
</script>
"""


@pytest.fixture
def elsewhere(serve):
    """Another site: another port of this machine, which a browser takes for the same *site* and another origin."""
    pages = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            page = pages["attack"].encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_arguments):
            pass

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()

    def attack(target):
        pages["attack"] = ATTACK.format(target=target, document=DOC)
        return site.server_address[1]

    yield attack
    site.shutdown()
    site.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_another_site_reads_and_writes_nothing(tab, serve, elsewhere, host):
    server = serve()
    page = opened(tab(server.address))
    place = page.evaluate(FIND, "Alors on attend.")
    assert place is not None
    page.locator("#text").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("decision")
    page.keyboard.press("Enter")
    expect(page.locator(".given").get_by_role("button")).to_have_count(1)
    log = server.log(DOC)
    assert log.count("\n") == 1

    target = page.url.partition("#")[0]
    other = page.context.new_page()
    other.goto(f"http://{host}:{elsewhere(target)}/")
    tried = other.evaluate("window.result")
    assert set(tried.values()) == {"refused"}, tried
    assert len(tried) == 7
    assert server.log(DOC) == log

    # And the page itself goes on.
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.locator("#progress")).to_contain_text("0 codings")


def test_a_window_opened_by_another_site_shows_nothing_of_the_study(tab, serve, elsewhere):
    """Another site may lead the browser to the page, with the cookie that it has; it cannot look into it."""
    server = serve()
    page = opened(tab(server.address))
    target = page.url.partition("#")[0]
    other = page.context.new_page()
    other.goto(f"http://127.0.0.1:{elsewhere(target)}/")
    seen = other.evaluate(
        """async (target) => {
          const opened = window.open(target);
          await new Promise((done) => setTimeout(done, 800));
          try { return opened && !opened.closed && opened.document ? opened.document.body.textContent : "nothing"; }
          catch { return "nothing"; }
        }""",
        target,
    )
    assert seen == "nothing" or "Loutres" not in seen
