"""Bytes to text: whatever a file holds, a text comes out, in the one form that positions count in."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ethnokit.text.normal import decode, normalise


def test_bom_and_crlf_are_folded():
    assert decode("\ufeffbonjour\r\nà tou·tes\r".encode(), "a.md").text == "bonjour\nà tou·tes\n"


def test_decomposed_accents_are_composed():
    assert decode("he\u0301berger".encode(), "a.md").text == "héberger"


def test_cp1252_is_read_and_said():
    read = decode("première ligne\nl’hébergement à 5 €".encode("cp1252"), "a.md")
    assert read.text == "première ligne\nl’hébergement à 5 €"
    assert [(p.rule, p.line, p.column) for p in read.diagnostics] == [("FI002", 1, 6)]


def test_utf16_with_its_mark_is_read():
    assert decode("été".encode("utf-16"), "a.txt").text == "été"


def test_bytes_that_are_no_text_are_an_error():
    read = decode(b"PK\x03\x04\x00\x00", "a.md")
    assert read.text == ""
    assert [p.rule for p in read.diagnostics] == ["FI003"]


@given(st.binary())
def test_any_bytes_give_a_normal_text(data):
    text = decode(data, "a.md").text
    assert "\r" not in text
    assert unicodedata.is_normalized("NFC", text)


@given(st.text())
def test_normalise_is_idempotent(text):
    assert normalise(normalise(text)) == normalise(text)
