"""Stages: computed once for the same input, by the same tool."""

import pytest

from ethnokit.cache import Cache, Stage, key, stage


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small stand-in for EthnoKit's own folder, to be changed."""
    folder = tmp_path / "ethnokit"
    (folder / "cache" / "__pycache__").mkdir(parents=True)
    (folder / "cache" / "stage.py").write_text("one = 1\n", encoding="utf-8")
    monkeypatch.setattr(stage, "__file__", str(folder / "cache" / "stage.py"))
    return folder


def now(*parts):
    stage.tool.cache_clear()
    try:
        return key(*parts)
    finally:
        stage.tool.cache_clear()


def test_parts_do_not_run_together():
    assert key("text", "codebook") != key("textcode", "book")
    assert key("a", "") != key("a")
    assert key("é") == key("é".encode())


def test_a_change_of_the_tool_changes_every_key(package, tmp_path, monkeypatch):
    before = now("text")
    assert now("text") == before
    (package / "cache" / "__pycache__" / "stage.pyc").write_bytes(b"compiled")
    assert now("text") == before

    (package / "cache" / "stage.py").write_text("one = 2\n", encoding="utf-8")
    edited = now("text")
    (package / "new.html").write_text("<p>", encoding="utf-8")
    added = now("text")
    monkeypatch.setattr(stage, "__version__", "9.9")
    updated = now("text")
    (tmp_path / "lib" / "spacy-99.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    assert len({before, edited, added, updated, now("text")}) == 5


def test_computed_once_for_the_same_input(tmp_path):
    computed = []

    def value(cache, *parts):
        with Stage(cache, "s") as stage:
            return stage.of(tuple[str, ...], *parts, compute=lambda: (computed.append(parts), tuple(parts))[1])

    with Cache(tmp_path) as cache:
        assert value(cache, "a", "b") == value(cache, "a", "b") == ("a", "b")
        assert value(cache, "ab") == ("ab",)
    assert computed == [("a", "b"), ("ab",)]
    assert value(None, "a", "b") == ("a", "b")
    assert len(computed) == 3


def test_what_cannot_be_understood_is_computed_again(tmp_path):
    with Cache(tmp_path) as cache:
        cache.put("s", {key("a"): '{"not": "a list"'})
        with Stage(cache, "s") as stage:
            assert stage.of(tuple[str, ...], "a", compute=lambda: ("right",)) == ("right",)
        assert cache.get("s", key("a")) == '["right"]'


def test_a_run_that_is_cut_short_keeps_what_it_computed(tmp_path):
    def interrupted():
        raise KeyboardInterrupt

    def run(cache):
        with Stage(cache, "s") as stage:
            stage.of(str, "a", compute=lambda: "done")
            stage.of(str, "b", compute=interrupted)

    with Cache(tmp_path) as cache, pytest.raises(KeyboardInterrupt):
        run(cache)
    with Cache(tmp_path) as cache:
        assert cache.get("s", key("a")) == '"done"'
        assert cache.get("s", key("b")) is None


def test_what_nobody_asked_for_is_forgotten(tmp_path):
    with Cache(tmp_path) as cache:
        with Stage(cache, "s") as stage:
            stage.of(str, "old", compute=lambda: "old")
        with Stage(cache, "s") as stage:
            stage.of(str, "new", compute=lambda: "new")
            stage.forget_others()
        assert cache.get("s", key("old")) is None
        assert cache.get("s", key("new")) == '"new"'
