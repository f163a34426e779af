"""Where words are looked for: blocks of what participants said, cut into sentences and windows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ethnokit.model import Document, DocumentType, Part, Role

WINDOW = 80
"""Words of a segment at most: two weak words further apart say little of each other."""
LONG = 60
"""A sentence of more words than this (speech without punctuation) is cut after a comma or a word."""

_BREAK = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*+•–]|\d{1,3}[.)])[ \t])")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Word:
    """A token of the body, white space left out."""

    text: str
    key: str
    start: int
    end: int
    """Code-point offsets into the body."""
    sentence: int
    """Rank of its sentence in the block."""
    is_word: bool
    """False for punctuation, which does not count in gaps."""


def blocks(document: Document) -> Iterator[tuple[int, int]]:
    """Spans of the body that may be suggested: turns of participants, by paragraph and list item.

    Words of an interviewer never are; text without a speaker is, but in an observation note only what
    stands under facts or reported words.
    """
    observed = document.type is DocumentType.OBSERVATION
    for turn in document.turns:
        if turn.role is Role.NONE and observed and turn.part not in (Part.FACTS, Part.REPORTED):
            continue
        if turn.role not in (Role.PARTICIPANT, Role.NONE):
            continue
        start = turn.start
        for gap in _BREAK.finditer(document.body, turn.start, turn.end):
            yield start, gap.start()
            start = gap.end()
        yield start, turn.end


def words_of(nlp: Any, body: str, start: int, end: int) -> list[Word]:
    """The words of ``body[start:end]`` with their keys and sentences."""
    # One space for each white-space character keeps every offset where it was.
    parsed = nlp(_SPACE.sub(" ", body[start:end]))
    found: list[Word] = []
    sentence, length = 0, 0
    begins = False
    for token in parsed:
        begins = begins or bool(token.is_sent_start)
        if token.is_space:
            continue
        long = length >= LONG and (found[-1].text in ",;:" or length >= LONG + 20)
        if found and (begins or long):
            sentence, length = sentence + 1, 0
        begins = False
        word = any(c.isalnum() for c in token.text)
        length += word
        begin = start + token.idx
        found.append(Word(token.text, token.norm_, begin, begin + len(token.text), sentence, word))
    return found


def windows(words: list[Word]) -> Iterator[list[Word]]:
    """Runs of whole sentences of at most :data:`WINDOW` words (one sentence at least)."""
    run: list[Word] = []
    sentence: list[Word] = []
    for i, word in enumerate(words):
        sentence.append(word)
        if i + 1 < len(words) and words[i + 1].sentence == word.sentence:
            continue
        if run and sum(w.is_word for w in (*run, *sentence)) > WINDOW:
            yield run
            run = []
        run = [*run, *sentence]
        sentence = []
    if run:
        yield run
