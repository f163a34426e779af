"""Attacks by name and by content: no path leads out of the page, and no interview into it."""

import re

import pytest
from attacked import DOC, HOSTILE, MARKUP, decision
from served import Served
from wire import Client

SECRET = "Une remarque que personne ne doit perdre"  # stands in codebook.yaml
PATHS = [
    *("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2fapp.py"),
    *("/static/....//app.py", "/static/..%5capp.py", "/static//etc/passwd", "/static/%2fetc%2fpasswd"),
    *("/static/main.js%00.css", "/static/main.js/", "/static/", "/static", "/static/C:%5cWindows%5cwin.ini"),
    *("/static/.", "/static/%2e", "/static/page.html", "/static/__init__.py", "/static/MAIN.JS"),
    *("/fonts/../__init__.py", "/fonts/..%2f..%2fLICENSE", "/fonts/%252e%252e%252f", "/fonts/FiraSans-Thin.ttf"),
    *("/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "//etc/passwd", "/%00", "/codebook.yaml", "/fieldwork/"),
    *("/api/documents/..", "/api/documents/..%2f..%2fcodebook.yaml", "/api/documents/../../codebook.yaml"),
    *("/api/documents/%00", f"/api/documents/{DOC}%00", f"/api/documents/..%2finterviews%2f{DOC}"),
    *(f"/api/documents/..%2f{DOC}/codings", "/api/documents/..%2f..%2fcodebook.yaml/suggestions"),
    *("/api/documents/%ff%fe", "/api/documents/con", f"/api/documents/{DOC}%2f", f"/api/documents/{DOC}.md"),
    *("/api/memos/code/..%2f..%2fcodebook", "/api/memos/document/..%2f..%2f..%2fetc%2fpasswd"),
    *("/api/memos/document/%00", "/api/memos/..%2fcodebook.yaml/x", "/api/memos/code/%2e%2e"),
    *("/api/codes/..%2f..%2fcodebook.yaml", "/api/codes/%00", "/api/codes/gouv.decision%2f..%2f..%2fx"),
]


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(inside, path):
    answer = inside.get(path)
    assert answer.status in (400, 404)
    assert not re.search(f"{SECRET}|root:|def create|Qui décide", answer.text)


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/api/study", "http://evil.example/api/study", "*"])
def test_a_target_that_is_no_path_leads_nowhere(inside, target):
    assert inside.get(target.format(port=inside.port)).status == 400


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("id_", ["../../../evil", "..", "a/b", "a\0b", "a\\..\\b", "/tmp/evil", "con", "", "é" * 300])
def test_no_id_that_is_sent_leads_out(inside, id_):
    answer = inside.post("/api/decisions", decision(inside, document=id_))
    assert (answer.status, answer.kind) == (404, "missing")
    assert inside.post("/api/decisions", decision(inside, code=id_)).status == 422
    if id_ not in ("", "con"):  # without an id one is proposed; and no file is named by a code alone
        assert inside.post("/api/codes", {"label": "Nouveau", "parent": "gouv", "id": id_}).status == 422
    if id_:
        quoted = "".join(f"%{byte:02x}" for byte in id_.encode())
        memo = inside.post(f"/api/memos/document/{quoted}", {"text": "evil", "hash": ""})
        assert memo.status in (404, 422)
        assert inside.post(f"/api/documents/{quoted}/state", {"state": "coded"}).status == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/main.js", "text/javascript; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/fonts/FiraSans-Medium.ttf", "font/ttf"),
    ],
)
def test_the_pieces_of_the_page_are_served_as_what_they_are(inside, path, kind):
    answer = inside.get(path)
    assert (answer.status, answer.one("content-type")) == (200, kind)
    assert len(answer.body) == int(answer.one("content-length")) > 100
    head = inside.ask("HEAD", path)
    assert (head.status, head.body) == (200, b"")


# Markup in an interview


def test_markup_in_an_interview_is_text(inside):
    answer = inside.get(f"/api/documents/{HOSTILE}")
    assert answer.one("content-type") == "application/json"
    assert MARKUP in answer.json["body"]


def test_markup_in_a_name_is_escaped_in_the_page(server, tmp_path):
    other = Served(server.root, tmp_path / "state", by="a&b'onload='x")
    other.start()
    try:
        page = Client(other.address).get("/")
        assert page.one("content-type") == "text/html; charset=utf-8"
        assert 'data-by="a&amp;b&#39;onload=&#39;x"' in page.text
    finally:
        other.kill()
