"""What is added to a YAML text reads as it was meant, and where it was meant."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.diagnostics import Source
from ethnokit.model import CodingState
from ethnokit.text.normal import normalise
from ethnokit.text.yamledit import (
    below,
    compose,
    end_of,
    entries,
    into_flow,
    key_in,
    language_of,
    scalar,
    word_in,
)
from ethnokit.text.yamlfile import read_yaml

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=30).map(normalise)


@given(WORDS, st.sampled_from([None, '"', "'", "|", ">"]))
def test_any_words_read_as_they_were_on_a_line_and_between_brackets(words, style):
    written = scalar(words, style)
    assert len(written.splitlines()) == 1
    text = f"on_a_line: {written}\nbetween: [{written}, {{in: {written}, z: 1}}]\n"
    found, problems = read_yaml(text, Source.of("a.yaml", text))
    assert problems == []
    assert found.data == {"on_a_line": words, "between": [words, {"in": words, "z": "1"}]}
    # Other readers of YAML, which know numbers and dates, read a text as well.
    assert yaml.safe_load(written) == words


@pytest.mark.parametrize("words", ["no", "01", "12:30", "2023-06-01", "null", "~", "a: b", "# a", "[a]", "", "=", "&a"])
def test_what_yaml_could_take_for_something_else_is_quoted(words):
    assert scalar(words) == f'"{words}"'
    assert scalar("plain words") == "plain words"


def test_a_node_ends_before_the_remarks_under_it():
    text = "a:\n  - b: x  # said\n\n    # of b\n\n  # of the next\n  - c: |\n      y\n      # y too\n\n# end\n"
    first, second = entries(compose(text))["a"][1].value
    assert text[: end_of(text, first)].endswith("b: x")
    assert text[: end_of(text, second)].endswith("# y too")
    assert text[below(text, end_of(text, first), 2) :].startswith("\n  # of the next")
    assert text[below(text, end_of(text, second), 2) :].startswith("\n# end")
    assert below("a: b", 4, 0) == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[]", "[x]"),
        ("[a]", "[a, x]"),
        ("[a, b,]", "[a, b, x,]"),
        ("[ a ]  # c", "[ a, x ]  # c"),
        ("[\n  a,\n  b,  # c\n]", "[\n  a,\n  b,\n  x,  # c\n]"),
        ("[a, {b: }]", "[a, {b: }, x]"),
    ],
)
def test_one_more_between_brackets(before, after):
    fix = into_flow(before, compose(before), "x")
    assert before[: fix.start] + fix.new + before[fix.end :] == after


def test_a_key_without_a_value_is_not_joined_to_the_comma():
    fix = into_flow("{a: }", compose("{a: }"), "x: y")
    assert "{a: }"[: fix.start] + fix.new + "{a: }"[fix.end :] == "{a: , x: y }"


@pytest.mark.parametrize(
    ("keys", "language"),
    [
        (["id", "titre", "label", "diffusion"], "fr"),
        (["id", "title", "audience", "libelle"], "en"),
        (["id", "Titre"], "fr"),
        (["id", "structure", "unheard_of"], "fr"),
        ([], "fr"),
    ],
)
def test_the_language_of_a_header_is_that_of_most_of_its_keys(keys, language):
    assert language_of(keys, "fr") == language


def test_keys_and_words_are_written_as_files_write_them():
    assert [key_in(tongue, "coding_state") for tongue in ("fr", "en", "de")] == ["etat_codage", *["coding_state"] * 2]
    assert [word_in("fr", state) for state in CodingState] == ["a_coder", "en_cours", "code", "relu"]
    assert [word_in("en", state) for state in CodingState] == ["to_code", "in_progress", "coded", "reviewed"]
