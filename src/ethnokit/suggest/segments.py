"""Where words are looked for: blocks of what participants said, cut into sentences and windows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ethnokit.ingest.segments import paragraphs
from ethnokit.model import Document, DocumentType, Part, Role, Turn

WINDOW = 80
"""Words of a segment at most: two weak words further apart say little of each other."""
LONG = 60
"""A sentence of more words than this (speech without punctuation) is cut after a comma or a word."""

_SPACE = re.compile(r"\s")
# Addresses, and the targets of links in Markdown: letters there are nobody's words.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]*|(?<=\])\([^()\s]*\)")
_OPENING = frozenset("([{«“„‘–—")


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

    Words of an interviewer never are. Text without a speaker is, but not in an interview in which somebody
    speaks (there it is an introduction or a note), and of an observation only facts and reported words.
    """
    for turn in document.turns:
        if turn.role is Role.PARTICIPANT or (turn.role is Role.NONE and _may_stand_alone(turn, document)):
            yield from paragraphs(document.body, turn.start, turn.end)


def _may_stand_alone(turn: Turn, document: Document) -> bool:
    if document.type is DocumentType.OBSERVATION:
        return turn.part in (Part.FACTS, Part.REPORTED)
    return document.type is DocumentType.DOCUMENT or all(t.role is Role.NONE for t in document.turns)


def words_of(nlp: Any, body: str, start: int, end: int) -> list[Word]:
    """The words of ``body[start:end]`` with their keys and sentences."""
    # One space for each character that is left out keeps every offset where it was.
    text = _ADDRESS.sub(lambda address: " " * len(address[0]), body[start:end])
    parsed = nlp(_SPACE.sub(" ", text))
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
            _take_along(found, sentence)
        begins = False
        word = any(c.isalnum() for c in token.text)
        length += word
        begin = start + token.idx
        found.append(Word(token.text, token.norm_, begin, begin + len(token.text), sentence, word))
    return found


def _take_along(found: list[Word], sentence: int) -> None:
    """A bracket or quotation mark that opens belongs to the sentence that begins after it, as in (rires) Oui."""
    at = len(found) - 1
    while at > 0 and found[at].text in _OPENING and found[at - 1].sentence < sentence:
        found[at] = replace(found[at], sentence=sentence)
        at -= 1


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
