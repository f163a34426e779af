import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def study(tmp_path):
    """The folder of the study of ``served.py``."""
    from served import write_study

    return write_study(tmp_path / "etude")


@pytest.fixture
def serve(study, tmp_path):
    """Serve the study; every server is ended with the test."""
    from served import Served

    running = []

    def start(*options, root=None, **more):
        server = Served(root or study, tmp_path / "state", *options, **more)
        running.append(server)
        server.start()
        return server

    yield start
    for server in running:
        server.kill()


@pytest.fixture(scope="session")
def chromium():
    """A real Chromium without a screen. Where there is none, the tests of the page skip, but never in CI."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = "no Chromium on this machine: run scripts/browser, or install it"
        pytest.fail(reason) if os.environ.get("ETHNOKIT_BROWSER") == "required" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium):
    """Open the page of a server in a browser of its own; what goes wrong in its scripts ends the test."""
    contexts, wrong = [], []

    def open_(address, *, context=None, **options):
        if context is None:
            options = {"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR", **options}
            context = chromium.new_context(**options)
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def listen():
    """Listen to a server as an open page does."""
    from wire import Listening

    pages = []

    def start(client):
        pages.append(Listening(client))
        return pages[-1]

    yield start
    for page in pages:
        page.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One server for many attacks: none of them should leave a trace in it."""
    from attacked import ATTACKED
    from served import Served, write_study

    folder = tmp_path_factory.mktemp("attacked")
    server = Served(write_study(folder / "etude", ATTACKED), folder / "state")
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def inside(server):
    """The browser of the person who started that server."""
    from wire import Client

    return Client(server.address)


@pytest.fixture
def unharmed(server):
    """Nothing of the study or beside it is another one after the test."""
    from attacked import fingerprint

    folder = server.root.parent
    before = fingerprint(folder)
    yield
    assert fingerprint(folder) == before
