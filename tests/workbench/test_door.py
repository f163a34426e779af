"""Coming in: once by the address, then by the cookie, and again after the server was killed."""

import os
import stat
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from wire import Client

from ethnokit.workbench import session as sessions
from ethnokit.workbench.session import Session, keep_session, kept_session, new_session, session_file


def way(address):
    """What follows the port."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def page_of(served):
    return Client(served.address)


# Once


def test_the_address_opens_once(serve):
    server = serve()
    key = parse_qs(urlsplit(server.address).query)["key"][0]
    assert len(key) >= 43  # 256 bits, six in each sign
    client = Client(server.address, cookie="none=")
    first = client.enter()
    assert (first.status, first.one("content-type")) == (200, "text/html; charset=utf-8")
    port = client.port
    name, *flags = first.one("set-cookie").split("; ")
    assert name.startswith(f"ethnokit-{port}=")
    assert len(name.partition("=")[2]) >= 43
    assert key not in name
    assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=Strict"]

    again = client.enter()
    assert (again.status, again.all("set-cookie")) == (403, [])
    assert "once" in again.text
    assert "ethnokit serve" in again.text
    client.cookie = name
    assert client.get(way(client.address)).status == 200  # a reload, in the browser that is in
    assert client.get("/api/study").json["by"] == "ines"


@pytest.mark.parametrize("key", ["", "A", "A" * 43, "%c3%a9", "%00", "%ff", "x&key="])
def test_another_key_opens_nothing(serve, key):
    client = Client(serve().address, cookie="none=")
    answer = client.get(f"/?key={key}", sec_fetch_site="none")
    assert (answer.status, answer.all("set-cookie")) == (403, [])


def test_what_only_looks_ahead_does_not_use_the_key_up(serve):
    client = Client(serve().address, cookie="none=")
    target = way(client.address)
    for ahead in ({"sec_purpose": "prefetch"}, {"sec_purpose": "prefetch;prerender"}, {"purpose": "prefetch"}):
        answer = client.get(target, **ahead)
        assert (answer.status, answer.all("set-cookie")) == (403, [])
    assert client.ask("HEAD", target).status == 403
    assert client.post(target, {}).status == 403
    assert client.enter().status == 200


def test_the_pages_of_the_door_speak_the_language_of_the_study(serve, monkeypatch):
    from ethnokit import i18n
    from ethnokit.workbench.answers import page

    client = Client(serve(language="fr").address, cookie="none=")
    assert '<html lang="fr">' in client.enter().text
    assert '<html lang="fr">' in client.enter().text
    # Every sentence goes through the catalogue.
    monkeypatch.setattr(i18n._Interface, "translations", type("Loud", (), {"gettext": lambda _self, s: s.upper()})())
    from ethnokit.workbench import answers

    answers._environment.cache_clear()
    assert "GO TO THE PAGE" in page("door.html", message="", again=True).body.decode()


# After a restart


def test_an_open_page_goes_on_after_the_server_was_killed(serve, study):
    first = serve()
    before = page_of(first)
    first.kill()
    with pytest.raises(ConnectionError):
        before.get("/api/study")

    second = serve()
    assert second.address != first.address  # another key
    assert urlsplit(second.address).port == before.port
    assert before.get("/api/study").status == 200
    assert page_of(second).cookie == before.cookie
    assert [file for file in study.rglob("*") if "serve" in file.name or "session" in file.name] == []


def test_the_page_of_one_person_does_not_go_on_under_the_name_of_another(serve):
    first = serve()
    before = page_of(first)
    first.kill()
    for other in (serve(by="tutrice"), serve("--role", "reviewer"), serve("--read-only")):
        now = page_of(other)
        assert now.get("/api/study", cookie=f"ethnokit-{now.port}={before.cookie.partition('=')[2]}").status == 403


def test_another_program_on_the_port_is_left_alone(serve):
    first = serve()
    before = page_of(first)
    second = serve()  # the same person, twice at once
    assert urlsplit(second.address).port != before.port
    assert page_of(second).get("/api/study").status == 200
    first.kill()
    assert urlsplit(serve().address).port == before.port


def test_a_port_that_is_asked_for_goes_before_the_one_of_before(serve):
    from served import free_port

    first = serve()
    first.kill()
    wanted = free_port()
    second = serve("--port", str(wanted))
    assert urlsplit(second.address).port == wanted
    second.kill()
    assert urlsplit(serve().address).port == wanted


# What is kept


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_args, **_more: tmp_path / "state")
    return session_file(tmp_path / "etude", "ines", "coder", read_only=False)


def test_what_is_kept_is_for_its_user_only(file):
    session = Session(new_session().key, time.time(), 4321)
    before = os.umask(0)
    try:
        keep_session(file, session)
    finally:
        os.umask(before)
    assert kept_session(file) == session
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [other.name for other in file.parent.iterdir()] == [file.name]


def test_the_file_does_not_tell_which_study_it_is_of(file):
    keep_session(file, new_session())
    assert "etude" not in file.name + file.read_text()
    assert "ines" not in file.name + file.read_text()


def test_the_same_study_by_another_name_is_the_same(file, tmp_path):
    (tmp_path / "etude").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "etude")
    assert session_file(tmp_path / "lien", "ines", "coder", read_only=False) == file
    others = [("marc", "coder", False), ("ines", "reviewer", False), ("ines", "coder", True)]
    found = {session_file(tmp_path / "etude", by, role, read_only=only) for by, role, only in others}
    assert len(found | {file}) == 4


@pytest.mark.parametrize(("hours", "stands"), [(0, True), (11.9, True), (12.1, False), (-1, False), (24 * 365, False)])
def test_a_session_lasts_for_a_day_of_work(file, hours, stands):
    session = Session(new_session().key, time.time() - hours * 3600, 4321)
    keep_session(file, session)
    assert kept_session(file) == (session if stands else None)


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o620, 0o666])
def test_what_others_could_read_or_write_is_not_believed(file, rights):
    keep_session(file, new_session())
    file.chmod(rights)
    assert kept_session(file) is None
    keep_session(file, new_session())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_is_not_followed(file, tmp_path):
    planted = tmp_path / "planted.json"
    keep_session(planted, new_session())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.symlink_to(planted)
    assert kept_session(file) is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"key": "", "since": NOW, "port": 4321}',
        '{"key": "short", "since": NOW, "port": 4321}',
        '{"key": 7, "since": NOW, "port": 4321}',
        '{"key": "KEY", "since": "NOW", "port": 4321}',
        '{"key": "KEY", "since": NaN, "port": 4321}',
        '{"key": "KEY", "since": NOW, "port": "4321"}',
        '{"key": "KEY", "since": NOW, "port": 0}',
        '{"key": "KEY", "since": NOW, "port": 65536}',
        '{"key": "KEY", "since": NOW, "port": true}',
        '{"key": "KEY", "since": NOW, "port": 4321, "more": 1}',
    ],
)
def test_what_is_damaged_is_as_if_it_were_not_there(file, written):
    keep_session(file, new_session())
    file.write_text(written.replace("NOW", str(time.time())).replace("KEY", new_session().key))
    assert kept_session(file) is None


def test_each_key_is_another_one():
    assert len({sessions.new_key() for _n in range(100)}) == 100
