"""The cache: found by content, harmless when damaged."""

from ethnokit.cache import Cache, key


def test_what_was_put_is_found_again(tmp_path):
    with Cache(tmp_path) as cache:
        cache.put(key("suggest", "text", "codebook"), "[]")
    with Cache(tmp_path) as cache:
        assert cache.get(key("suggest", "text", "codebook")) == "[]"
        assert cache.get(key("suggest", "textcode", "book")) is None


def test_reading_creates_nothing(tmp_path):
    with Cache(tmp_path) as cache:
        assert cache.get("absent") is None
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_cache_is_set_aside(tmp_path):
    (tmp_path / ".ethnokit").mkdir()
    (tmp_path / ".ethnokit" / "cache.sqlite").write_bytes(b"not a database, but long enough to be read as one" * 40)
    with Cache(tmp_path) as cache:
        assert cache.get("any") is None
    with Cache(tmp_path) as cache:
        cache.put("k", "v")
    with Cache(tmp_path) as cache:
        assert cache.get("k") == "v"
