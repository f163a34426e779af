"""HTTP as it goes over the wire, byte by byte, so that a test can say what no decent client would."""

import json
import socket
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from ethnokit.workbench.seal import SEAL


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name):
        return [value for key, value in self.headers if key == name]

    def one(self, name):
        (value,) = self.all(name)
        return value

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def kind(self):
        return self.json["error"]["kind"]


def read(connection) -> bytes:
    """Until the other side hangs up, which must be soon."""
    data, deadline = b"", time.monotonic() + 25
    try:
        while chunk := connection.recv(65536):
            data += chunk
            assert time.monotonic() < deadline, data[:1000]
    except ConnectionError:
        pass  # it hung up before it had read all that was sent
    return data


def parsed(data: bytes) -> Answer:
    """One answer. Each that ever comes must bear the whole seal, and none may open the door to other origins."""
    head, _blank, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [(name.lower(), value.strip()) for name, _colon, value in (line.partition(":") for line in lines)]
    answer = Answer(int(first.split()[1]), headers, body)
    for name, value in SEAL:
        assert answer.all(name.decode()) == [value.decode()], (first, name)
    assert [name for name, _value in headers if name.startswith("access-control-")] == []
    assert answer.all("server") == []
    return answer


def send(port: int, data: bytes) -> Answer:
    """Send these bytes as they are."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(data)
        return parsed(read(connection))


class Client:
    """A browser in which the page is open; every part of what it sends can be another one."""

    def __init__(self, address: str, cookie: str | None = None) -> None:
        self.address = address
        self.port = urlsplit(address).port
        self.cookie = cookie or self.enter().one("set-cookie").partition(";")[0]

    def enter(self) -> Answer:
        """Open the one-time address, as a browser does that a terminal starts."""
        return self.get(self.address.partition(str(self.port))[2], cookie=None, sec_fetch_site="none")

    def ask(self, method, target, body=b"", *, version="1.1", headers=(), **changed) -> Answer:
        """``headers`` come on top of the usual ones; one that is changed to None is left out."""
        usual = {
            "host": f"127.0.0.1:{self.port}",
            "cookie": getattr(self, "cookie", None),
            "sec_fetch_site": "same-origin",
            "sec_fetch_mode": "cors",
            "sec_fetch_dest": "empty",
        }
        if method not in ("GET", "HEAD"):
            usual["content_length"] = str(len(body))
        lines = [(name.replace("_", "-"), value) for name, value in (usual | changed).items() if value is not None]
        head = [f"{method} {target} HTTP/{version}", *(f"{n}: {v}" for n, v in (*lines, *headers)), "connection: close"]
        return send(self.port, "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body)

    def get(self, target, **changed) -> Answer:
        """Open an address in a tab."""
        return self.ask("GET", target, **{"sec_fetch_mode": "navigate", "sec_fetch_dest": "document"} | changed)

    def post(self, target, data, **changed) -> Answer:
        """Send what the page sends."""
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        usual = {
            "origin": f"http://127.0.0.1:{self.port}",
            "content_type": "application/json",
            "x_ethnokit": "1",
        }
        return self.ask("POST", target, body, **usual | changed)


class Listening:
    """A page that hears what happens."""

    def __init__(self, client):
        self.heard = []
        self.connection = socket.create_connection(("127.0.0.1", client.port), timeout=60)
        head = f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nCookie: {client.cookie}\r\n\r\n"
        self.connection.sendall(head.encode())
        threading.Thread(target=self._listen, daemon=True).start()
        self.wait_for("hello")

    def _listen(self):
        last = ""
        with self.connection.makefile("r", encoding="utf-8") as stream:
            for line in stream:
                if line.startswith("data: "):
                    self.heard.append(json.loads(line.removeprefix("data: ")))
                last = line if line.strip() else last
        # A piece of no length says that an answer was not cut off.
        self.heard.append({"kind": "the end", "whole": last.strip() == "0"})

    def wait_for(self, kind, seconds=15.0, **wanted):
        deadline = time.monotonic() + seconds
        while not any(message["kind"] == kind and wanted.items() <= message.items() for message in self.heard):
            assert time.monotonic() < deadline, (kind, wanted, self.heard)
            time.sleep(0.02)

    def close(self):
        self.connection.close()
