"""The file of the cache: harmless when damaged, locked or impossible; never larger than what is in use."""

import shutil
import sqlite3
import subprocess
import sys
import time

import pytest

from ethnokit.cache import Cache, store

WRITER = """
import sys
from pathlib import Path
from ethnokit.cache import Cache, store
store.WAIT_SECONDS = 60
with Cache(Path(sys.argv[1])) as cache:
    for n in range(40):
        cache.put("s", {f"{sys.argv[2]} {n}": f"said by {sys.argv[2]}, {n}"})
        cache.keep_only("other", ())
"""


def file(root):
    return root / ".ethnokit" / "cache.sqlite"


def test_what_was_put_is_found_again_in_its_stage(tmp_path):
    with Cache(tmp_path) as cache:
        cache.put("read", {"k": "de l’été \ud800", "other": ""})
    with Cache(tmp_path) as cache:
        assert cache.get("read", "k") == "de l’été \ud800"
        assert cache.get("read", "other") == ""
        assert cache.get("suggest", "k") is None


def test_looking_for_something_creates_nothing(tmp_path):
    with Cache(tmp_path) as cache:
        assert cache.get("read", "absent") is None
        cache.keep_only("read", ())
    assert list(tmp_path.iterdir()) == []


def test_the_cache_keeps_itself_out_of_git(tmp_path):
    with Cache(tmp_path) as cache:
        cache.put("read", {"k": "v"})
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    seen = subprocess.run(["git", "-C", tmp_path, "status", "--porcelain"], capture_output=True, text=True, check=True)
    assert seen.stdout == ""


@pytest.mark.parametrize(
    "content",
    [b"not a database, but long enough to be read as one" * 40, b"", b"SQLite format 3\0" + b"\xff" * 5000],
    ids=["text", "empty", "broken database"],
)
def test_a_damaged_cache_is_thrown_away(tmp_path, content):
    file(tmp_path).parent.mkdir()
    file(tmp_path).write_bytes(content)
    with Cache(tmp_path) as cache:
        assert cache.get("s", "k") is None
    with Cache(tmp_path) as cache:
        cache.put("s", {"k": "v"})
    with Cache(tmp_path) as cache:
        assert cache.get("s", "k") == "v"


def test_a_table_of_another_form_is_thrown_away(tmp_path):
    file(tmp_path).parent.mkdir()
    with sqlite3.connect(file(tmp_path)) as connection:
        connection.execute("create table computed (key text, value text)")
    connection.close()
    with Cache(tmp_path) as cache:
        assert cache.get("s", "k") is None
    with Cache(tmp_path) as cache:
        cache.put("s", {"k": "v"})
        assert cache.get("s", "k") == "v"


def test_a_byte_that_changed_on_the_disk_gives_the_right_value_or_none(tmp_path):
    texts = {f"k{n}": f"Ce que dit la personne {n}. " * 40 for n in range(20)}
    with Cache(tmp_path) as cache:
        cache.put("s", texts)
    whole = file(tmp_path).read_bytes()
    spoilt = 0
    for at in range(0, len(whole), 97):
        copy = tmp_path / "copy"
        file(copy).parent.mkdir(parents=True)
        file(copy).write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        with Cache(copy) as cache:
            found = {key: cache.get("s", key) for key in texts}
        spoilt += found != texts
        assert all(found[key] in (None, texts[key]) for key in texts), at
        shutil.rmtree(copy)
    assert spoilt > 50  # the bytes changed were those of the texts


def test_a_cache_locked_by_another_is_set_aside_and_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.01)
    with Cache(tmp_path) as cache:
        cache.put("s", {"k": "v"})
    other = sqlite3.connect(file(tmp_path))
    other.execute("begin exclusive")
    with Cache(tmp_path) as cache:
        assert cache.get("s", "k") is None
        cache.put("s", {"k": "w"})
    other.close()
    with Cache(tmp_path) as cache:
        assert cache.get("s", "k") == "v"


def test_a_cache_that_cannot_be_written_is_only_slower(tmp_path):
    (tmp_path / ".ethnokit").write_text("a file stands where the folder should be", encoding="utf-8")
    with Cache(tmp_path) as cache:
        cache.put("s", {"k": "v"})
        assert cache.get("s", "k") is None
    assert (tmp_path / ".ethnokit").is_file()


def test_what_is_forgotten_leaves_neither_room_nor_trace(tmp_path):
    with Cache(tmp_path) as cache:
        cache.put("s", {f"k{n}": f"un secret {n} " * 500 for n in range(100)})
        cache.put("t", {"k0": "autre chose"})
        large = file(tmp_path).stat().st_size
        cache.keep_only("s", ["k7"])
        assert [n for n in range(100) if cache.get("s", f"k{n}")] == [7]
        assert cache.get("t", "k0") == "autre chose"
    assert file(tmp_path).stat().st_size < large / 10
    assert b"un secret 8 " not in file(tmp_path).read_bytes()


def test_several_processes_write_at_once_and_lose_nothing(tmp_path):
    names = ("a", "b", "c", "d")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in names]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0, 0]
    with Cache(tmp_path) as cache:
        for name in names:
            assert all(cache.get("s", f"{name} {n}") == f"said by {name}, {n}" for n in range(40))
    assert sorted(p.name for p in file(tmp_path).parent.iterdir()) == [".gitignore", "cache.sqlite"]


ENDLESS = """
import sys
from itertools import count
from pathlib import Path
from ethnokit.cache import Cache
with Cache(Path(sys.argv[1])) as cache:
    for n in count():
        cache.put("s", {f"k{n % 50} {i}": f"said {n % 50}, {i} " * 200 for i in range(20)})
        cache.keep_only("s", [f"k{n % 50} {i}" for i in range(20)])
        print(n, flush=True)
"""


def test_a_writer_that_is_killed_leaves_right_values_or_none(tmp_path):
    for turn in range(15):
        writer = subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path)], stdout=subprocess.PIPE)
        for _line in range(1 + turn % 4):
            writer.stdout.readline()
        time.sleep(0.003 * (turn % 7))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        with Cache(tmp_path) as cache:
            found = {(n, i): cache.get("s", f"k{n} {i}") for n in range(50) for i in range(20)}
        assert all(text in (None, f"said {n}, {i} " * 200) for (n, i), text in found.items())
    with Cache(tmp_path) as cache:
        cache.put("s", {"after": "all"})
        assert cache.get("s", "after") == "all"
