"""Attacks on the page's server: each is refused, and nothing is written by it."""

import asyncio
import json
import re
import socket
import sys
from pathlib import Path

import pytest
from attacked import DOC, decision, fingerprint
from loops import run
from served import Served
from wire import Client, parsed, read, send

from ethnokit.workbench import guard
from ethnokit.workbench.guard import MOST_BYTES, PATIENCE_BYTES, Guard


def test_a_decision_of_the_page_itself_is_written(server, inside):
    before = server.log(DOC)
    answer = inside.post("/api/decisions", decision(inside))
    assert answer.status == 200
    assert len(server.log(DOC).splitlines()) == len(before.splitlines()) + 1
    assert answer.json["changed"][0]["quote"] == "Alors on attend."


@pytest.mark.parametrize(
    "changed",
    [
        {"host": "localhost:{port}", "origin": "http://localhost:{port}"},
        {"host": "[::1]:{port}", "origin": "http://[::1]:{port}"},
        {"origin": None},
        {"sec_fetch_site": None, "sec_fetch_mode": None, "sec_fetch_dest": None},
        {"content_type": "application/json; charset=utf-8"},
    ],
)
def test_what_browsers_send_for_the_page_is_accepted(inside, changed):
    here = {key: value and value.format(port=inside.port) for key, value in changed.items()}
    assert inside.post("/api/decisions", decision(inside), **here).status == 200


FOREIGN_PAGES = {
    "host of another site": ({"host": "evil.example:{port}"}, 421),
    "host that looks like ours": ({"host": "127.0.0.1.evil.example:{port}"}, 421),
    "host with a name before it": ({"host": "127.0.0.1:{port}@evil.example"}, 421),
    "host of another port": ({"host": "127.0.0.1:1"}, 421),
    "host without a port": ({"host": "127.0.0.1"}, 421),
    "host of every interface": ({"host": "0.0.0.0:{port}"}, 421),
    "empty host": ({"host": ""}, 421),
    "no host": ({"host": None, "version": "1.0"}, 421),
    "two hosts": ({"headers": [("host", "evil.example")]}, 400),
    "origin of another site": ({"origin": "http://evil.example"}, 403),
    "origin of nobody": ({"origin": "null"}, 403),
    "origin of another port": ({"origin": "http://127.0.0.1:1"}, 403),
    "origin of another scheme": ({"origin": "https://127.0.0.1:{port}"}, 403),
    "origin of our other name": ({"origin": "http://localhost:{port}"}, 403),
    "origin that begins like ours": ({"origin": "http://127.0.0.1:{port}.evil.example"}, 403),
    "two origins": ({"headers": [("origin", "http://evil.example")]}, 400),
    "sent by another site": ({"sec_fetch_site": "cross-site"}, 403),
    "sent by another port": ({"sec_fetch_site": "same-site"}, 403),
    "sent by an extension": ({"sec_fetch_site": "none"}, 403),
    "a site of no known kind": ({"sec_fetch_site": "same-origin, cross-site"}, 403),
}


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("attack", FOREIGN_PAGES)
def test_a_request_of_another_page_is_refused(inside, attack):
    changed, status = FOREIGN_PAGES[attack]
    here = {k: v.format(port=inside.port) if isinstance(v, str) else v for k, v in changed.items()}
    assert inside.post("/api/decisions", decision(inside), **here).status == status
    # What was asked cannot be read either, whether it is a page's script that asks or a tab.
    for question in (inside.ask, inside.get):
        asked = ("GET", "/api/study") if question == inside.ask else ("/api/study",)
        answer = question(*asked, **here)
        opened_by_hand = attack == "sent by an extension" and question == inside.get
        assert answer.status in ((200,) if opened_by_hand else (status, 403))
        assert ("Loutres" in answer.text) == opened_by_hand


FORMS = {
    "a form": {"content_type": "application/x-www-form-urlencoded"},
    "a form of text": {"content_type": "text/plain"},
    "a form with a file": {"content_type": "multipart/form-data; boundary=x"},
    "JSON that is none": {"content_type": "application/json-patch+json"},
    "two kinds": {"headers": [("content-type", "text/plain")]},
    "no kind": {"content_type": None},
    "without our header": {"x_ethnokit": None},
    "another value of our header": {"x_ethnokit": "2"},
    "of which nobody says where it comes from": {"origin": None, "sec_fetch_site": None},
}


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("kind", FORMS)
def test_what_another_page_can_send_unasked_is_refused(inside, kind):
    answer = inside.post("/api/decisions", decision(inside), **FORMS[kind])
    assert answer.status in (400, 403, 415)
    assert answer.kind == "forbidden"


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("origin", ["http://evil.example", None])
def test_no_other_origin_is_ever_given_leave(inside, origin):
    asked = {"access_control_request_method": "POST", "access_control_request_headers": "x-ethnokit, content-type"}
    answer = inside.ask("OPTIONS", "/api/decisions", origin=origin or f"http://127.0.0.1:{inside.port}", **asked)
    assert answer.status in (403, 405)  # wire.parsed sees that no header of CORS comes with it


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "post"])
def test_only_three_methods_are_known(inside, method):
    answer = inside.ask(method, "/api/decisions", json.dumps(decision(inside)).encode())
    assert (answer.status, answer.one("allow"), answer.kind) == (405, "GET, HEAD, POST", "forbidden")


@pytest.mark.usefixtures("unharmed")
def test_a_method_in_a_header_is_not_listened_to(inside):
    answer = inside.ask("GET", "/api/decisions", x_http_method_override="POST", x_method_override="POST")
    assert answer.status == 405


OUTSIDE = {
    "no cookie": lambda _client: None,
    "an empty cookie": lambda client: f"ethnokit-{client.port}=",
    "a wrong key": lambda client: f"ethnokit-{client.port}={'A' * 43}",
    "a key cut short": lambda client: client.cookie[:-1],
    "a key that is too long": lambda client: client.cookie + "A",
    "the name of another server": lambda client: client.cookie.replace(str(client.port), "1"),
    "signs that no key has": lambda client: f"ethnokit-{client.port}=\xe9\xff",
}


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("bearer", OUTSIDE)
def test_without_the_key_nothing_is_read_or_written(inside, bearer):
    cookie = OUTSIDE[bearer](inside)
    wanted = decision(inside)
    answers = [
        inside.post("/api/decisions", wanted, cookie=cookie),
        *(inside.get(path, cookie=cookie) for path in ("/api/study", f"/api/documents/{DOC}", "/static/main.js")),
        inside.get("/fonts/Spectral-Regular.ttf", cookie=cookie),
        inside.ask("GET", "/api/events", cookie=cookie),
        inside.get("/api/nothing", cookie=cookie),
    ]
    assert {(answer.status, answer.kind) for answer in answers} == {(403, "forbidden")}


def test_a_cookie_that_another_server_set_beside_ours_does_no_harm(inside):
    name = inside.cookie.partition("=")[0]
    assert inside.get("/api/study", cookie=f"{name}=planted; {inside.cookie}; other=1").status == 200


def test_a_person_without_the_key_reads_what_to_do(inside):
    answer = inside.get("/", cookie=None)
    assert (answer.status, answer.one("content-type")) == (403, "text/html; charset=utf-8")
    assert "ethnokit serve" in answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_of_another_page_leads_nowhere_but_to_the_one_time_address(inside, site):
    for target in ("/", "/?other=1", "/api/study", "/static/main.js"):
        answer = inside.get(target, sec_fetch_site=site)
        assert answer.status == 403
        assert "Loutres" not in answer.text
    assert "one" in inside.get("/?key=wrong", cookie=None, sec_fetch_site=site).text  # it is asked for its key
    for dest in ("iframe", "embed", "object", "image", "script", "empty"):
        assert inside.get("/?key=wrong", sec_fetch_site=site, sec_fetch_dest=dest).status == 403
        assert "may not ask" in inside.get("/?key=wrong", sec_fetch_site=site, sec_fetch_dest=dest).text


@pytest.mark.usefixtures("unharmed")
def test_what_is_no_http_is_refused_with_the_same_seal(inside):
    assert send(inside.port, b"HELO evil.example\r\n\r\n").status == 400
    assert send(inside.port, b"GET /static/main.js\x00 HTTP/1.1\r\nHost: x\r\n\r\n").status == 400
    assert send(inside.port, b"GET / HTTP/1.1\r\n\r\n").status == 400


@pytest.mark.usefixtures("unharmed")
def test_a_question_with_a_body_and_a_body_of_two_lengths_are_refused(inside):
    body = json.dumps(decision(inside)).encode()
    assert inside.ask("GET", "/api/study", body, content_length=str(len(body))).status == 400
    both = {"transfer_encoding": "chunked", "content_length": str(len(body))}
    assert inside.post("/api/decisions", body, **both).status == 400
    assert inside.post("/api/decisions", body, headers=[("content-length", "5")]).status == 400


@pytest.mark.usefixtures("unharmed")
def test_a_request_hidden_in_another_one_is_not_answered(inside):
    hidden = (
        f"POST /api/decisions HTTP/1.1\r\nHost: 127.0.0.1:{inside.port}\r\nCookie: {inside.cookie}\r\n"
        f"Origin: http://127.0.0.1:{inside.port}\r\nX-EthnoKit: 1\r\nContent-Type: application/json\r\n"
    )
    body = json.dumps(decision(inside))
    hidden += f"Content-Length: {len(body.encode())}\r\n\r\n{body}"
    answer = inside.post("/api/decisions", hidden.encode(), origin="http://evil.example")
    assert answer.status == 403
    assert b"HTTP/1.1" not in answer.body


@pytest.mark.usefixtures("unharmed")
def test_a_socket_of_the_web_is_not_opened(inside):
    upgrade = [("upgrade", "websocket"), ("connection", "upgrade"), ("sec-websocket-version", "13")]
    headers = [*upgrade, ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")]
    foreign = {"origin": "http://evil.example", "sec_fetch_mode": "websocket", "sec_fetch_site": "cross-site"}
    assert inside.ask("GET", "/api/events", headers=headers, **foreign).status == 403
    assert inside.ask("GET", "/api/study", headers=headers, sec_fetch_mode="websocket").status == 200  # no 101


# Large and slow


def memory(process):
    """Kilobytes that a process holds."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())[1])


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of another process is read from /proc")
@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("framing", ["length", "chunks"])
def test_a_hundred_megabytes_are_cut_off_early(server, inside, framing):
    total, piece = 100_000_000, b"x" * 65536
    chunk = piece if framing == "length" else b"10000\r\n" + piece + b"\r\n"
    head = (
        f"POST /api/decisions HTTP/1.1\r\nHost: 127.0.0.1:{inside.port}\r\nCookie: {inside.cookie}\r\n"
        f"Origin: http://127.0.0.1:{inside.port}\r\nX-EthnoKit: 1\r\nContent-Type: application/json\r\n"
    )
    head += f"Content-Length: {total}\r\n\r\n" if framing == "length" else "Transfer-Encoding: chunked\r\n\r\n"
    before, sent, most = memory(server.process), 0, 0
    with socket.create_connection(("127.0.0.1", inside.port), timeout=20) as connection:
        connection.sendall(head.encode())
        try:
            while sent < total:
                connection.sendall(chunk)
                sent += len(piece)
                most = max(most, memory(server.process))
        except ConnectionError:
            pass
    # What the system keeps on the way between the two is not the server's.
    assert sent < 3 * PATIENCE_BYTES
    assert most - before < 8_000
    assert inside.get("/api/study").status == 200


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize("framing", ["length", "chunks"])
def test_one_byte_too_many_is_told_to_the_page(inside, framing):
    body = json.dumps(decision(inside, more="x" * MOST_BYTES)).encode()
    if framing == "length":
        answer = inside.post("/api/decisions", body)
    else:
        chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        answer = inside.post("/api/decisions", chunked, content_length=None, transfer_encoding="chunked")
    assert (answer.status, answer.kind) == (413, "wrong")


@pytest.mark.usefixtures("unharmed")
def test_a_body_that_breaks_off_is_not_taken_for_whole(inside):
    body = json.dumps(decision(inside)).encode()
    head = (
        f"POST /api/decisions HTTP/1.1\r\nHost: 127.0.0.1:{inside.port}\r\nCookie: {inside.cookie}\r\n"
        f"Origin: http://127.0.0.1:{inside.port}\r\nX-EthnoKit: 1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body) + 1}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", inside.port), timeout=20) as connection:
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        answer = read(connection)
    assert answer == b"" or parsed(answer).status in (400, 413)


def test_who_never_ends_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(guard, "PATIENCE_SECONDS", 0.05)
    sent, reached = [], []

    async def app(scope, receive, send):
        reached.append(scope)

    async def never():
        await asyncio.Event().wait()

    async def hear(message):
        sent.append(message)

    headers = {
        "host": "127.0.0.1:80",
        "origin": "http://127.0.0.1:80",
        "x-ethnokit": "1",
        "content-type": "application/json",
    }
    scope = {"type": "http", "method": "POST", "path": "/api/decisions", "query_string": b""}
    scope["headers"] = [(name.encode(), value.encode()) for name, value in headers.items()]
    run(asyncio.wait_for(Guard(app, 80, read_only=False)(scope, never, hear), 5))
    assert (sent[0]["status"], reached) == (413, [])


@pytest.mark.usefixtures("unharmed")
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[" * 200_000, b'{"gesture": "x", "act": "\\ud800"}', b"null", b"[]", b"\xff\xfe", b'"a"', b"1e999"],
)
def test_what_is_no_decision_is_a_sentence(inside, body):
    answer = inside.post("/api/decisions", body)
    assert (answer.status, answer.kind) == (422, "wrong")
    assert answer.json["error"]["message"]


# Read only


def test_to_look_only_means_that_nothing_is_written(server, tmp_path):
    from ethnokit.workbench import api
    from ethnokit.workbench.live import Live

    before = fingerprint(server.root)
    other = Served(server.root, tmp_path / "state", "--read-only")
    other.start()
    try:
        looking = Client(other.address)
        assert 'data-read-only="true"' in looking.get("/").text
        routes = [route.path for route in api.routes(Live(server.root, "ines")) if "POST" in route.methods]
        assert "/api/decisions" in routes
        known = {"{kind}": "document", "{id}": DOC}
        for route in (*routes, "/api/of-a-later-day"):
            path = re.sub(r"{\w+}", lambda found: known[found[0]], route)
            answer = looking.post(path, decision(looking))
            assert (answer.status, answer.kind) == (403, "readonly"), path
    finally:
        other.kill()
    assert fingerprint(server.root) == before
