"""A repair changes its own bytes and no other."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.diagnostics import Fix
from ethnokit.text.normal import decode, normalise
from ethnokit.text.repair import repaired

NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
# Plain and decomposed accents, a letter outside the first plane, a no-break space.
LINE = st.text(alphabet="ab :é\u00e9e\u0301œ’\u00a0-#", max_size=12)


@st.composite
def files(draw):
    """Bytes before, at and after a place, in one encoding, and whether they begin with a mark."""
    newline = draw(NEWLINES)
    encoding, mark = draw(
        st.sampled_from(
            [
                ("utf-8", b""),
                ("utf-8", codecs.BOM_UTF8),
                ("utf-16-le", codecs.BOM_UTF16_LE),
                ("utf-16-be", codecs.BOM_UTF16_BE),
                ("cp1252", b""),
            ]
        )
    )
    before = "".join(line + newline for line in draw(st.lists(LINE, max_size=4))) + draw(LINE) + ":"
    after = ":" + draw(LINE) + newline + draw(LINE)
    old, new = draw(LINE), draw(st.text(alphabet="abé-\n", max_size=8))
    if encoding == "cp1252":
        before, after, old = ("\xe9" + unicodedata.normalize("NFC", part) for part in (before, after, old))
        before, after, old = (part.replace("\u0301", "") for part in (before, after, old))
    return mark, encoding, before, old, after, new, newline


@given(files())
def test_everything_else_stays_byte_for_byte(case):
    mark, encoding, before, old, after, new, newline = case
    data = mark + (before + old + after).encode(encoding)
    start = len(normalise(before))
    fix = Fix(start, start + len(normalise(old + ":")) - 1, new)
    first_newline = newline if newline in before + after else "\n"
    expected = mark + (before + new.replace("\n", first_newline) + after).encode(encoding)
    if decode(data, "").text != normalise(before) + normalise(old + after):
        return  # an accent alone would join the letter before it: there is no such place
    made = repaired(data, fix)
    assert made is None or made == expected
    if not old.startswith("\u0301") and not after.startswith("\u0301"):
        assert made == expected


def test_a_letter_that_the_encoding_does_not_have_is_not_written():
    data = "é: x\n".encode("cp1252")
    assert repaired(data, Fix(3, 4, "y")) == "é: y\n".encode("cp1252")
    assert repaired(data, Fix(3, 4, "ŵ")) is None


@pytest.mark.parametrize("data", [b"", b"a\x00b", b"\xff\xfea"])
def test_what_is_no_text_is_left_alone(data):
    assert repaired(data, Fix(0, 1, "x")) is None
