"""Edits of a transcript such as people make them, with what became of every passage.

An edit is a list of pieces that cover the old text, in the order of the new one: what was kept, what took its place.
So each span of the old text is known in the new one: nothing that is measured has a say in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from ethnokit.ingest.labels import label_of

Span = tuple[int, int]
LETTERS = "abcdeimnorstu"
NAMES = ("Camille", "Ravel-Deux", "[NOM]", "Maëlys", "P7", "Sept-Îles", "[ville]", "Oumar")
_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ]{2,}")
_SENTENCE = re.compile(r"[^\s.!?…][^.!?…\n]*[.!?…]+")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\n]+)*")


@dataclass(frozen=True)
class Piece:
    """The old span, and the text that stands for it now; an old span of no length is an insertion."""

    start: int
    end: int
    text: str
    kept: bool = False


@dataclass(frozen=True)
class Edit:
    """An edited text, and what each of its pieces was."""

    text: str
    pieces: Sequence[Piece]

    def of(self, span: Span) -> tuple[Span | None, float]:
        """The span that a passage became (None: cut out, or torn apart), and the share of it that is left."""
        at, found, left = 0, [], 0
        for piece in self.pieces:
            start, end = max(span[0], piece.start), min(span[1], piece.end)
            inside = start < end or (piece.start == piece.end and span[0] < piece.start < span[1])
            if inside and piece.text:
                shift = (start - piece.start, end - piece.start) if piece.kept else (0, len(piece.text))
                found.append((at + shift[0], at + shift[1], piece.start == piece.end))
                left += end - start
            at += len(piece.text)
        own = [(a, b) for a, b, inserted in found if not inserted]
        if not own:
            return None, 0.0
        new = own[0][0], own[-1][1]
        # Everything between its first and its last piece must be its own, else a part of it went elsewhere.
        covered = sum(b - a for a, b, _inserted in found if new[0] <= a and b <= new[1])
        return (new if covered == new[1] - new[0] else None), left / (span[1] - span[0])


def replaced(text: str, changes: Iterable[tuple[int, int, str]]) -> Edit:
    """The text with each span replaced; changes that overlap an earlier one are left out."""
    pieces: list[Piece] = []
    at = 0
    for start, end, new in sorted(changes):
        if start < at:
            continue
        pieces += [Piece(at, start, text[at:start], kept=True), Piece(start, end, new)]
        at = end
    pieces.append(Piece(at, len(text), text[at:], kept=True))
    return Edit("".join(piece.text for piece in pieces), pieces)


def typos(text: str, random: Random) -> Edit:
    """A letter of every twelfth word corrected."""
    return replaced(
        text,
        ((*found.span(), _respelt(found[0], random)) for found in _WORD.finditer(text) if random.random() < 1 / 12),
    )


def _respelt(word: str, random: Random) -> str:
    at = random.randrange(1, len(word))
    return random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + random.choice(LETTERS) + word[at + 1 :],
        )
    )


def names(text: str, random: Random) -> Edit:
    """Every name replaced, everywhere by the same other one."""
    chosen: dict[str, str] = {}
    found = list(_NAME.finditer(text))
    for name in found:
        chosen.setdefault(name[0], random.choice(NAMES))
    return replaced(text, ((*name.span(), chosen[name[0]]) for name in found))


def inserted(text: str, random: Random) -> Edit:
    """Sentences put in, most of them between two sentences, some of them within one."""
    sentences = [found.span() for found in _SENTENCE.finditer(text)]
    changes = []
    for start, end in sentences:
        if random.random() < 0.06:
            other = random.choice(sentences)
            words = text[slice(*other)].split()
            random.shuffle(words)
            changes.append((end, end, " " + " ".join(words)))
        elif random.random() < 0.02 and " " in text[start:end]:
            at = text.index(" ", start, end)
            changes.append((at, at, " euh pardon je reprends"))
    return replaced(text, changes)


def deleted(text: str, random: Random) -> Edit:
    """Every twelfth sentence taken out."""
    return replaced(text, ((*found.span(), "") for found in _SENTENCE.finditer(text) if random.random() < 1 / 12))


def _paragraphs(text: str) -> list[Span]:
    """A label on a line of its own belongs to what follows."""
    spans: list[Span] = []
    for found in _PARAGRAPH.finditer(text):
        labelled = bool(spans) and text[slice(*spans[-1])].endswith(":**")
        spans[-1:] = [(spans[-1][0], found.end())] if labelled else [*spans[-1:], found.span()]
    return spans


def moved(text: str, random: Random) -> Edit:
    """Three paragraphs put in other places."""
    spans = _paragraphs(text)
    if len(spans) < 6:
        return replaced(text, ())
    pieces = [Piece(0, spans[0][0], text[: spans[0][0]], kept=True)]
    for (start, end), (after, _end) in zip(spans, [*spans[1:], (len(text), 0)], strict=True):
        pieces.append(Piece(start, end, text[start:end], kept=True))
        pieces.append(Piece(end, after, text[end:after], kept=True))
    for _time in range(3):
        at = 1 + 2 * random.randrange(len(spans) - 1)
        block = pieces[at : at + 2]
        del pieces[at : at + 2]
        to = 1 + 2 * random.randrange(len(spans) - 1)
        pieces[to:to] = block
    return Edit("".join(piece.text for piece in pieces), pieces)


def labels(text: str, random: Random) -> Edit:
    """Every speaker renamed."""
    chosen: dict[str, str] = {}
    changes, at = [], 0
    for line in text.split("\n"):
        label = label_of(line, at)
        if label is not None and label.colon and not label.stopped:
            start = text.index(label.text, label.at)
            new = chosen.setdefault(label.text, f"{random.choice(('Lou', 'Enq', 'Béné', 'X'))}{len(chosen)}")
            changes.append((start, start + len(label.text), new))
        at += len(line) + 1
    return replaced(text, changes)


def signs(text: str, _random: Random) -> Edit:
    """Apostrophes, quotes, dashes and spaces as a typographer wants them, saved decomposed (NFD)."""
    table = {"'": "’", "’": "'", '"': "“", "…": "...", "–": "—", "\u00a0": " ", "\u202f": " "}
    changes = [(n, n + 1, table[c]) for n, c in enumerate(text) if c in table]
    changes += [(*found.span(), "\u202f") for found in re.finditer(r"(?<=\w) (?=[?!;])", text)]
    edit = replaced(text, changes)
    again = unicodedata.normalize("NFC", unicodedata.normalize("NFD", edit.text))
    if again != edit.text:
        raise ValueError("the text was not in NFC")
    return edit


def wrapped(text: str, _random: Random) -> Edit:
    """Long lines broken at 72 characters."""
    changes, begin, last = [], 0, -1
    for n, c in enumerate(text):
        if c == "\n":
            begin, last = n + 1, -1
        elif c == " ":
            if n - begin > 72 and last > begin:
                changes.append((last, last + 1, "\n"))
                begin = last + 1
            last = n
    return replaced(text, changes)


KINDS: dict[str, Callable[[str, Random], Edit]] = {
    "typos corrected": typos,
    "names replaced": names,
    "sentences inserted": inserted,
    "sentences deleted": deleted,
    "paragraphs moved": moved,
    "speakers renamed": labels,
    "apostrophes, spaces, NFD": signs,
    "lines re-wrapped": wrapped,
}
