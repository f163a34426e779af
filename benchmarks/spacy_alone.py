"""What a script of one's own would do with spaCy: the codebook's words over the texts of a study.

``python -m benchmarks.spacy_alone phrases|tokens STUDY [WORDS]``: phrases of lemmas with PhraseMatcher, or token
patterns on LEMMA with Matcher. Turns, speakers, gaps, inclusive forms and positions in the file are left out of it,
so that it does less than ``ethnokit suggest``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

PIECE = 100_000
"""Code points that are given to spaCy at once."""


def main(way: str, study: Path, words: int) -> int:
    """How many places were found."""
    import spacy
    from spacy.matcher import Matcher, PhraseMatcher

    nlp = spacy.blank("fr")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    entries = list(nlp.pipe(_entries(study)))
    if way == "phrases":
        matcher = PhraseMatcher(nlp.vocab, attr="LEMMA")
        matcher.add("codebook", entries)
    else:
        matcher = Matcher(nlp.vocab)
        matcher.add("codebook", [[{"LEMMA": token.lemma_} for token in entry] for entry in entries])
    return sum(len(matcher(doc)) for doc in nlp.pipe(_pieces(study, words)))


def _entries(study: Path) -> list[str]:
    """The strong and weak words of the codebook, without those that have gaps or must be found as written."""
    from ethnokit.codebook.read import read_codebook

    codebook, _problems = read_codebook((study / "codebook.yaml").read_bytes(), "codebook.yaml")
    terms = {term for code in codebook.codes for term in (*code.strong, *code.weak)}
    return sorted(term for term in terms if not set(term) & set('~«»"'))


def _pieces(study: Path, words: int) -> Iterator[str]:
    """The texts of the study up to so many words, in pieces."""
    left = words
    for file in sorted((study / "fieldwork").glob("[dio]*/*.*")):
        text = file.read_text(encoding="utf-8")
        for start in range(0, len(text), PIECE):
            if left <= 0:
                return
            piece = text[start : start + PIECE]
            left -= len(piece.split())
            yield piece


if __name__ == "__main__":
    print(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) if sys.argv[3:] else sys.maxsize))
