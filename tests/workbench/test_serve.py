"""``ethnokit serve`` at the terminal: how it starts and how it ends."""

import asyncio
import errno
import io
import json
import os
import signal
import socket
import time
import webbrowser

import pytest
from loops import run
from served import ROOT
from wire import Client

from ethnokit.workbench import serve as serving

WORDS = "mots d’un entretien"


# Who


@pytest.mark.parametrize("by", ["a/b", "..", " ", "con", "é" * 200])
def test_a_name_that_cannot_name_a_log_is_refused(ethnokit, study, by):
    run = ethnokit("-C", study, "serve", "--by", by)
    assert run.code == 2
    assert "name" in run.err


def test_without_a_name_and_nobody_to_ask_the_way_out_is_said(ethnokit, study):
    run = ethnokit("-C", study, "serve")
    assert run.code == 2
    assert "--by NAME" in run.err
    assert "--read-only" in run.err


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_at_a_terminal_the_name_is_asked_for(ethnokit, study, monkeypatch):
    called = []
    monkeypatch.setattr(serving, "serve", lambda root, by, role, **options: called.append((root, by, role, options)))
    monkeypatch.setattr("sys.stdin", Terminal("inès\n"))
    run = ethnokit("-C", study, "serve", "--role", "reviewer", "--no-browser")
    assert run.code == 0
    assert "Your name" in run.err
    assert run.out == ""
    ((root, by, role, options),) = called
    assert (root, by, role) == (study.resolve(), "inès", "reviewer")
    assert (options["port"], options["read_only"], options["open_browser"]) == (None, False, False)


def test_to_look_only_needs_no_name(ethnokit, study, monkeypatch):
    called = []
    monkeypatch.setattr(serving, "serve", lambda root, by, role, **options: called.append((by, options["read_only"])))
    assert ethnokit("-C", study, "serve", "--read-only").code == 0
    assert called == [("", True)]


def test_where_there_is_no_study_that_is_said(ethnokit, tmp_path):
    run = ethnokit("-C", tmp_path, "serve", "--by", "ines")
    assert run.code == 3
    assert "no study" in run.err


# Where


def test_only_this_machine_can_reach_it(serve):
    port = Client(serve().address).port
    # The other loopback addresses stand for every other interface: what listens on all of them answers there too.
    with socket.socket() as probe:
        probe.settimeout(2)
        assert probe.connect_ex(("127.0.0.2", port)) == errno.ECONNREFUSED


def test_a_port_that_is_taken_is_said(ethnokit, study):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = ethnokit("-C", study, "serve", "--by", "ines", "--no-browser", "--port", port)
    assert run.code == 3
    assert f"Port {port} cannot be used" in run.err
    assert "--port" in run.err


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_that_is_none_is_a_slip(ethnokit, study, port):
    run = ethnokit("-C", study, "serve", "--by", "ines", "--port", port)
    assert run.code == 2
    assert port in run.err


# The browser


class Browser:
    def __init__(self, name, opens=True):
        self.name, self.opens, self.asked = name, opens, []

    def open(self, address):
        self.asked.append(address)
        return self.opens


@pytest.mark.parametrize(
    ("browser", "asked", "told"),
    [
        (Browser("firefox"), 1, 0),
        (Browser("firefox", opens=False), 1, 1),
        (Browser("w3m"), 0, 1),
        (None, 0, 1),
    ],
)
def test_a_browser_that_cannot_be_opened_is_told(monkeypatch, browser, asked, told):
    def get():
        if browser is None:
            raise webbrowser.Error("no browser")
        return browser

    monkeypatch.setattr(webbrowser, "get", get)
    said = []
    serving._open_browser("http://127.0.0.1:1/?key=x", said.append)
    assert len(browser.asked if browser else []) == asked
    assert len(said) == told


# How it ends


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_says_so_while_a_page_is_open(serve, listen, number):
    server = serve()
    page = listen(Client(server.address))
    started = time.monotonic()
    server.process.send_signal(number)
    assert server.process.wait(10) == 0
    assert time.monotonic() - started < 5
    page.wait_for("the end", whole=True)
    deadline = time.monotonic() + 5
    while "closed" not in "".join(server.said):
        assert time.monotonic() < deadline, server.said
        time.sleep(0.02)
    assert "Traceback" not in "".join(server.said)


def test_what_it_says_is_the_address_and_how_to_stop(serve):
    server = serve()
    deadline = time.monotonic() + 5
    while len(server.said) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(server.said) == 3
    assert server.address in server.said[1].split()
    assert "Ctrl+C" in server.said[2]


# The unforeseen


def ask(app, path):
    """One question, answered in this process."""
    sent, asked = [], [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive():
        return asked.pop() if asked else await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:8000"), (b"cookie", b"ethnokit-8000=secret")]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
    run(app({**scope, "root_path": "", "http_version": "1.1", "headers": headers}, receive, send))
    return sent


@pytest.fixture
def failing(study, monkeypatch, tmp_path):
    """The application, with two addresses that fail."""
    from starlette.responses import StreamingResponse
    from starlette.routing import Route

    from ethnokit.workbench import api
    from ethnokit.workbench.app import create
    from ethnokit.workbench.door import Door
    from ethnokit.workbench.live import Live

    def fail(_request):
        raise RuntimeError(WORDS)

    async def half():
        yield "un début"
        raise RuntimeError(WORDS)

    routes = [Route("/api/fails", fail), Route("/api/breaks", lambda _request: StreamingResponse(half()))]
    monkeypatch.setattr(api, "routes", lambda _live: routes)
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_args, **_more: tmp_path / "logs")
    return create(Live(study, "ines"), Door(8000, "secret"), 8000)


def test_an_unforeseen_failure_is_told_with_its_log_and_without_the_words_of_an_interview(failing, tmp_path, capfd):
    from ethnokit.workbench.seal import SEAL

    start, body = ask(failing, "/api/fails")
    assert start["status"] == 500
    assert set(SEAL) <= set(start["headers"])
    error = json.loads(body["body"])["error"]
    log = tmp_path / "logs" / "last-failure.log"
    assert error["kind"] == "unexpected"
    assert str(log) in error["hint"]
    assert "in fail" in log.read_text("utf-8")
    told = log.read_text("utf-8") + body["body"].decode() + "".join(capfd.readouterr())
    assert "entretien" not in told


def test_an_answer_that_breaks_off_is_not_made_to_look_whole(failing, tmp_path):
    with pytest.raises(RuntimeError):  # for which the connection is cut
        ask(failing, "/api/breaks")
    assert "in half" in (tmp_path / "logs" / "last-failure.log").read_text("utf-8")


def test_no_log_of_the_server_tells_the_words_of_a_failure():
    """uvicorn would write what an application raises, with its words, to the terminal."""
    import logging

    logging.getLogger("uvicorn.error").setLevel(logging.NOTSET)
    serving._config(lambda *_arguments: None)
    assert not logging.getLogger("uvicorn.error").isEnabledFor(logging.ERROR)


def test_the_command_is_in_the_help(ethnokit):
    run = ethnokit("serve", "--help")
    assert run.code == 0
    for option in ("--by", "--role [coder|reviewer]", "--port", "--no-browser", "--read-only"):
        assert option in run.out


def test_the_house_serves_from_itself():
    """No piece of the page comes from elsewhere: it must work offline, and nothing may leave the machine."""
    folder = ROOT / "src/ethnokit/workbench"
    pieces = [file for name in ("static", "templates") for file in (folder / name).iterdir() if file.is_file()]
    assert len(pieces) > 10
    for piece in pieces:
        text = piece.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text, piece.name
        assert "https://" not in text, piece.name
