"""Find the words of the codebook in a segment: phrases by match key, gaps by a sweep of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ethnokit.codebook.terms import parse_term
from ethnokit.suggest.matchkey import plain
from ethnokit.suggest.segments import Word


@dataclass(frozen=True, slots=True)
class Sought:
    """One entry of a word list, ready to be looked for."""

    written: str
    keys: tuple[str, ...]
    plains: tuple[str, ...]
    gaps: tuple[int, ...]
    forced: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where an entry was found: ranks of the first and last word in the segment."""

    written: str
    first: int
    last: int
    exact: bool
    """Every word stands in the text as the codebook writes it, case aside."""


def prepared(nlp: Any, written: str) -> Sought | None:
    """An entry cut into tokens as the text is; None when it cannot be read (``check`` says so)."""
    term, _wrong = parse_term(written)
    if term is None:
        return None
    keys: list[str] = []
    plains: list[str] = []
    gaps: list[int] = []
    forced: list[bool] = []
    for i, word in enumerate(term.words):
        for j, token in enumerate(nlp(word)):
            if keys:
                gaps.append(0 if j or i == 0 else term.gaps[i - 1])
            keys.append(token.norm_)
            plains.append(plain(token.text))
            forced.append(term.exact[i])
    return Sought(written, tuple(keys), tuple(plains), tuple(gaps), tuple(forced)) if keys else None


def spellings(nlp: Any, written: str) -> Iterator[Sought]:
    """An entry as it is written and, where it has hyphens, as people write it without: ``tiers lieu``."""
    for spelling in dict.fromkeys((written, written.replace("-", " "))):
        sought = prepared(nlp, spelling)
        if sought is not None:
            yield replace(sought, written=written)


class Finder:
    """Looks for many entries at once."""

    def __init__(self, nlp: Any, entries: set[str]) -> None:
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc

        self._vocab, self._doc = nlp.vocab, Doc
        self._phrases = PhraseMatcher(nlp.vocab, attr="NORM")
        self._by_keys: dict[tuple[str, ...], list[Sought]] = {}
        self._gapped: dict[str, list[Sought]] = {}
        for sought in (one for entry in sorted(entries) for one in spellings(nlp, entry)):
            if any(sought.gaps):
                self._gapped.setdefault(sought.keys[0], []).append(sought)
            else:
                self._by_keys.setdefault(sought.keys, []).append(sought)
        for keys in self._by_keys:
            self._phrases.add(" ".join(keys), [self._as_doc(keys)])

    def find(self, words: list[Word]) -> dict[str, list[Hit]]:
        """Every entry that stands in ``words``, with its places in order."""
        found: dict[str, list[Hit]] = {}
        keys = [w.key for w in words]
        for _name, start, end in sorted(self._phrases(self._as_doc(keys)), key=lambda m: (m[1], m[2])):
            for sought in self._by_keys.get(tuple(keys[start:end]), ()):
                self._keep(found, sought, words, list(range(start, end)))
        for i, key in enumerate(keys):
            for sought in self._gapped.get(key, ()):
                places = next(_sweep(sought, words, [i]), None)
                if places:
                    self._keep(found, sought, words, places)
        return found

    def _keep(self, found: dict[str, list[Hit]], sought: Sought, words: list[Word], places: list[int]) -> None:
        same = [plain(words[p].text) == sought.plains[i] for i, p in enumerate(places)]
        if all(same[i] for i, forced in enumerate(sought.forced) if forced):
            hit = Hit(sought.written, places[0], places[-1], all(same))
            found.setdefault(sought.written, []).append(hit)

    def _as_doc(self, keys: Any) -> Any:
        """A document whose words are keys: the phrase matcher then sees no white space at all."""
        doc = self._doc(self._vocab, words=list(keys))
        for token, key in zip(doc, keys, strict=True):
            token.norm_ = key
        return doc


def _sweep(sought: Sought, words: list[Word], places: list[int]) -> Iterator[list[int]]:
    """The nearest ways to carry on from ``places`` within the gaps of the entry and within its sentence."""
    if len(places) == len(sought.keys):
        yield places
        return
    between = 0
    for i in range(places[-1] + 1, len(words)):
        if words[i].sentence != words[places[0]].sentence or between > sought.gaps[len(places) - 1]:
            return
        if words[i].key == sought.keys[len(places)]:
            yield from _sweep(sought, words, [*places, i])
        between += words[i].is_word
