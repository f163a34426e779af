"""Generated edits of the example study: an oracle knows where each passage went, with and without the text before."""

import sys
from pathlib import Path
from random import Random

import pytest
from codings_samples import document
from hypothesis import given, settings
from hypothesis import strategies as st

from ethnokit.codings.align import align
from ethnokit.codings.attribution import STANDING
from ethnokit.codings.reanchor import verify
from ethnokit.codings.snapshot import snapshot_of
from ethnokit.codings.words import labels_of, words_of
from ethnokit.ingest.document import read_document
from ethnokit.model import AnchorState, DocumentType

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "fieldwork/interviews").glob("*.md"))
sys.path.insert(0, str(ROOT))

from benchmarks.bench_reanchor import case, codings, passages, trimmed  # noqa: E402
from benchmarks.edits import KINDS, replaced  # noqa: E402

kinds = st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4)


def read(text):
    return read_document(text.encode(), "fieldwork/interviews/ent.md", DocumentType.INTERVIEW)[0]


def opened(file):
    text = file.read_text(encoding="utf-8")
    doc = read(text)
    return text[: len(text) - len(doc.body)], doc


def outcomes(old, new, spans, kept):
    return list(verify(codings(old, spans), new, lambda text_hash: kept if text_hash == old.text_hash else None))


@settings(max_examples=60)
@given(st.sampled_from(FILES), kinds, st.integers(0, 10_000), st.booleans())
def test_whatever_is_edited_no_place_is_taken_that_is_not_the_passage(file, names, seed, remembered):
    header, old = opened(file)
    random = Random(seed)
    edits, body = [], old.body
    for name in names:
        edits.append(KINDS[name](body, random))
        body = edits[-1].text
    new = read(header + body)
    cases = [case(span, edits) for span in passages(old, random)]
    found = outcomes(old, new, [(c.start, c.end) for c in cases], snapshot_of(old) if remembered else None)
    assert len(found) == len(cases)
    taken = [(c, f) for c, f in zip(cases, found, strict=True) if f.state in STANDING]
    wrong = [
        (old.body[c.start : c.end], f.anchor.quote)
        for c, f in taken
        if c.truth is None or trimmed(new.body, (f.anchor.start, f.anchor.end)) != trimmed(new.body, c.truth)
    ]
    # One in thirty may be words said again next to where they were cut; more would be guessing.
    assert len(wrong) <= 1, wrong
    for c, f in zip(cases, found, strict=True):
        anchor = f.anchor
        if f.state in STANDING:
            assert new.body[anchor.start : anchor.end] == anchor.quote
        else:
            assert anchor.quote == old.body[c.start : c.end]
        if f.state is AnchorState.EXACT:
            assert (anchor.start, anchor.quote) == (c.start, old.body[c.start : c.end])
        for start, end in f.places:
            assert 0 <= start < end <= len(new.body)


@settings(max_examples=40)
@given(st.sampled_from(FILES), st.integers(0, 10_000), st.booleans())
def test_a_passage_cut_out_of_the_text_is_never_found_elsewhere(file, seed, remembered):
    header, old = opened(file)
    [(start, end), *_others] = passages(old, Random(seed))
    edit = replaced(old.body, [(start, end, "")])
    quote = old.body[start:end]
    [found] = outcomes(old, read(header + edit.text), [(start, end)], snapshot_of(old) if remembered else None)
    if quote.casefold() not in edit.text.casefold() and len(quote) > 15:
        assert found.state in (AnchorState.LOST, AnchorState.CHANGED)
    assert found.state not in STANDING or old.body.count(quote) > 1


@pytest.mark.parametrize("name", ["speakers renamed", "apostrophes, spaces, NFD", "lines re-wrapped"])
@pytest.mark.parametrize("remembered", [True, False])
def test_what_changes_no_word_leaves_every_sentence_found(name, remembered):
    asked = total = 0
    for file in FILES:
        header, old = opened(file)
        random = Random(file.name)
        edit = KINDS[name](old.body, random)
        assert edit.text != old.body or name == "lines re-wrapped"
        spans = passages(old, random)
        found = outcomes(old, read(header + edit.text), spans, snapshot_of(old) if remembered else None)
        total += len(found)
        asked += sum(f.state not in STANDING for f in found)
        for span, f in zip(spans, found, strict=True):
            truth, _left = edit.of(span)
            if f.state in STANDING:
                assert trimmed(edit.text, (f.anchor.start, f.anchor.end)) == trimmed(edit.text, truth)
    assert total == 30 * len(FILES)
    assert asked <= total / 100


def test_the_text_before_tells_apart_what_the_words_alone_cannot():
    line = "Oui, bien sûr, comme toujours ici et partout ailleurs.\n"
    old = document("Au début, on compte les présents.\n" + line * 5 + "À la fin, on range les chaises.")
    new = document("Bonsoir. " + old.body)
    at = old.body.index(line) + 2 * len(line)
    span = (at, at + 13)
    [alone] = outcomes(old, new, [span], None)
    [helped] = outcomes(old, new, [span], snapshot_of(old))
    assert (alone.state, len(alone.places)) == (AnchorState.AMBIGUOUS, 4)
    assert (helped.state, helped.anchor.start) == (AnchorState.MOVED, at + 9)


def test_signs_without_words_are_found_by_what_stands_around_them():
    old = document("On s’est regardés, puis plus rien du tout. … Et il est parti en claquant la porte.")
    new = document("Voilà. " + old.body)
    at = old.body.index("…")
    [found] = outcomes(old, new, [(at, at + 1)], None)
    assert (found.state, found.anchor.start) == (AnchorState.MOVED, at + 7)


def test_a_coding_inside_a_word_stays_inside_it():
    old = document("Elle parle d’autohébergement depuis des années, et tout le monde l’écoute en réunion.")
    new = document("Bon. " + old.body)
    at = old.body.index("hébergement")
    [found] = outcomes(old, new, [(at, at + 11)], None)
    assert (found.state, found.anchor.quote) == (AnchorState.MOVED, "hébergement")


words = st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]), max_size=40)


@given(words, words)
def test_an_alignment_never_pairs_a_word_twice_nor_crosses(old, new):
    made = align(tuple(old), tuple(new))
    pairs = [k for k in made.to if k >= 0]
    assert len(made.to) == len(old)
    assert pairs == sorted(set(pairs))
    assert all(k < len(new) for k in pairs)
    assert all(old[n] == new[made.to[n]] for n in made.held)


@given(words)
def test_a_text_is_aligned_with_itself(text):
    assert align(tuple(text), tuple(text)).to == list(range(len(text)))


def test_labels_are_no_words_and_words_know_their_place():
    _header, doc = opened(FILES[0])
    found = words_of(doc.body, labels_of(doc))
    assert all(doc.body[s:e].casefold() == key for key, s, e in zip(found.keys, found.starts, found.ends, strict=True))
    assert all(not any(a <= s < b for a, b in found.labels) for s in found.starts)
    assert len(found.labels) == sum(turn.speaker is not None for turn in doc.turns) > 10
