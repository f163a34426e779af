"""Suggest codes from the words of the codebook: one strong word, or two different weak ones, in a segment."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ethnokit.model import Attributes, Code, Codebook, Document, Posture, Structure, Suggestion
from ethnokit.suggest.finder import Finder, Hit
from ethnokit.suggest.matchkey import key_maker
from ethnokit.suggest.names import Names
from ethnokit.suggest.segments import Word, blocks, windows, words_of
from ethnokit.suggest.stage import PipelineMissing

PATTERN_SECONDS = 0.25
"""A pattern that takes longer on one segment finds nothing there."""

# What a reason is worth, between 0 and 1: the exact written form is surer than a stem.
STRONG_EXACT, STRONG_STEM, WEAK_EXACT, WEAK_STEM, MORE = 0.9, 0.75, 0.6, 0.5, 0.03


# What stands in brackets by itself says who spoke or what happened: « (membre, association) », « (rires) ».
_ASIDE = re.compile(r"\([^()]*\)\W*")


@dataclass(frozen=True, slots=True)
class _Reason:
    """One match of one rule in a window of words."""

    kind: str
    rule: str
    first: int
    last: int
    exact: bool


def suggest(
    document: Document, codebook: Codebook, structures: tuple[Structure, ...] = (), pipeline: str | None = None
) -> tuple[Suggestion, ...]:
    """Proposals for one document, in the order of the text.

    Raises:
        PipelineMissing: ``pipeline`` is not installed.
    """
    nlp = _language(codebook.language, pipeline)
    engine = _Engine(nlp, document, codebook, structures)
    found = [s for start, end in blocks(document) for s in engine.block(start, end)]
    return tuple(sorted(found, key=lambda s: (s.start, s.end, s.code)))


@lru_cache(maxsize=4)
def _language(language: str, pipeline: str | None) -> Any:
    """The spaCy pipeline, with the match key of each token in its NORM."""
    from ethnokit.suggest.start import import_spacy

    spacy = import_spacy()
    if pipeline:
        try:
            nlp = spacy.load(pipeline, exclude=["ner"])
        except OSError as error:
            raise PipelineMissing(_missing(pipeline)) from error
        if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
            nlp.add_pipe("sentencizer")
    else:
        from ethnokit.suggest.french import LightFrench

        nlp = LightFrench() if language == "fr" else spacy.blank("en")
        nlp.add_pipe("sentencizer")
    return _Keyed(nlp, language)


def _missing(pipeline: str) -> str:
    from ethnokit.i18n import gettext as _

    return _("The spaCy pipeline “{name}” is not installed. Install it: python -m spacy download {name}").format(
        name=pipeline
    )


class _Keyed:
    """A pipeline that ends with the match key."""

    def __init__(self, nlp: Any, language: str) -> None:
        self._nlp, self._key = nlp, key_maker(language)
        self.vocab = nlp.vocab

    def __call__(self, text: str) -> Any:
        doc = self._nlp(text)
        for token in doc:
            token.norm_ = self._key(token.text)
        return doc


class _Engine:
    """Everything that is prepared once for a document."""

    def __init__(self, nlp: Any, document: Document, codebook: Codebook, structures: tuple[Structure, ...]) -> None:
        import regex  # type: ignore[import-untyped]

        self.nlp, self.document, self.codebook = nlp, document, codebook
        self.codes = [c for c in codebook.codes if c.codable and not c.manual]
        self.words = {c.id: frozenset((*c.strong, *c.weak)) for c in self.codes}
        rules = [r for c in self.codes for r in c.postures] + list(codebook.postures)
        entries = {t for c in self.codes for t in (*c.strong, *c.weak, *c.blocking)}
        self.finder = _finder(nlp, frozenset(entries | {w for r in rules for w in r.words}))
        self.patterns: dict[str, Any] = {}
        for pattern in {p for c in self.codes for p in c.patterns}:
            try:
                self.patterns[pattern] = regex.compile(pattern)
            except regex.error:
                continue  # check says so (CB005)
        self.names = Names(structures, document.structures)

    def block(self, start: int, end: int) -> Iterator[Suggestion]:
        """Suggestions for a paragraph or list item."""
        for words in windows(words_of(self.nlp, self.document.body, start, end)):
            hits = self.finder.find(words)
            for code in self.codes:
                if not code.patterns and self.words[code.id].isdisjoint(hits):
                    continue  # nothing of it stands here: most codes, most of the time
                reasons = self._reasons(code, words, hits)
                for run in _runs(reasons, words):
                    suggestion = self._suggestion(code, words, run, hits)
                    if not _ASIDE.fullmatch(suggestion.quote):
                        yield suggestion

    def _reasons(self, code: Code, words: list[Word], hits: dict[str, list[Hit]]) -> list[_Reason]:
        """What speaks for a code in a window; nothing when it is not enough."""
        strong = [_Reason("strong", h.written, h.first, h.last, h.exact) for t in code.strong for h in hits.get(t, ())]
        for pattern in code.patterns:
            strong.extend(self._pattern(pattern, words))
        weak = [_Reason("weak", h.written, h.first, h.last, h.exact) for t in code.weak for h in hits.get(t, ())]
        reasons = _apart(strong + ([] if any(t in hits for t in code.blocking) else weak))
        # The same word twice, or two entries for it ("héberger", "hébergement"), are one indication.
        rules = {r.rule for r in reasons}
        places = {tuple(w.key for w in words[r.first : r.last + 1]) for r in reasons}
        return reasons if strong or min(len(rules), len(places)) >= 2 else []

    def _pattern(self, pattern: str, words: list[Word]) -> Iterator[_Reason]:
        compiled = self.patterns.get(pattern)
        if compiled is None:
            return
        start, end = words[0].start, words[-1].end
        text = self.document.body[start:end]
        try:
            matches = [m.span() for m in compiled.finditer(text, timeout=PATTERN_SECONDS)]
        except TimeoutError:
            return
        for a, b in matches:
            ranks = [i for i, w in enumerate(words) if w.start < start + b and start + a < w.end]
            if ranks and b > a:
                yield _Reason("pattern", pattern, ranks[0], ranks[-1], True)

    def _suggestion(self, code: Code, words: list[Word], run: list[_Reason], hits: dict[str, list[Hit]]) -> Suggestion:
        first, last = words[run[0].first].sentence, words[max(r.last for r in run)].sentence
        ranks = [i for i, w in enumerate(words) if first <= w.sentence <= last]
        start, end = words[ranks[0]].start, words[ranks[-1]].end
        body = self.document.body
        quote = body[start:end]
        nth = body.count(quote, 0, start)
        name = "|".join((self.document.id, code.id, quote, str(nth)))
        near = (run[0].first, run[-1].last)
        target = self.names.nearest(body[start:end], words[near[0]].start - start) if code.relation else None
        said = [f"{r.kind}: {r.rule} ← {body[words[r.first].start : words[r.last].end]}" for r in run]
        return Suggestion(
            id=hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12],
            document=self.document.id,
            code=code.id,
            start=start,
            end=end,
            quote=quote,
            source="words",
            score=_score(run),
            why=tuple(dict.fromkeys(said)),
            attributes=Attributes(posture=self._posture(code, hits, (ranks[0], ranks[-1]), near), target=target),
        )

    def _posture(
        self, code: Code, hits: dict[str, list[Hit]], within: tuple[int, int], near: tuple[int, int]
    ) -> Posture | None:
        """The posture whose words stand nearest to the match, in the same sentences; a code's own rules first."""
        for rules in (code.postures, self.codebook.postures):
            found = [
                (max(0, h.first - near[1], near[0] - h.last), h.first, i, rule.posture)
                for i, rule in enumerate(rules)
                for entry in rule.words
                for h in hits.get(entry, ())
                if within[0] <= h.first and h.last <= within[1]
            ]
            if found:
                return min(found)[3]
        return None


@lru_cache(maxsize=4)
def _finder(nlp: Any, entries: frozenset[str]) -> Finder:
    """One finder serves every document of a study."""
    return Finder(nlp, set(entries))


def _apart(reasons: list[_Reason]) -> list[_Reason]:
    """One reason for each place: of those on the same words a strong one, then the longest, then the surest."""
    kept: list[_Reason] = []
    for reason in sorted(reasons, key=lambda r: (r.kind == "weak", r.first - r.last, not r.exact, r.first, r.rule)):
        if not any(other.first <= reason.first and reason.last <= other.last for other in kept):
            kept.append(reason)
    return kept


def _runs(reasons: list[_Reason], words: list[Word]) -> list[list[_Reason]]:
    """Reasons grouped by the neighbouring sentences that carry them, in the order of the text.

    Strong reasons carry the sentences they stand in, and take in the weak ones found there; weak ones alone
    carry all from the first to the last of them.
    """
    ordered = sorted(reasons, key=lambda r: (r.first, r.last, r.kind, r.rule))
    strong = [r for r in ordered if r.kind != "weak"]
    if not strong:
        return [ordered] if ordered else []
    runs: list[list[_Reason]] = []
    reach = -2
    for reason in strong:
        if words[reason.first].sentence > reach + 1:
            runs.append([])
        runs[-1].append(reason)
        reach = max(reach, words[reason.last].sentence)
    for run in runs:
        low, high = words[run[0].first].sentence, words[max(r.last for r in run)].sentence
        run.extend(
            r for r in ordered if r.kind == "weak" and low <= words[r.first].sentence and words[r.last].sentence <= high
        )
        run.sort(key=lambda r: (r.first, r.last, r.kind, r.rule))
    return runs


def _score(run: list[_Reason]) -> float:
    """Between 0 and 1: the best reason, and a little for each further rule that matched."""
    worth = {
        (False, True): STRONG_EXACT,
        (False, False): STRONG_STEM,
        (True, True): WEAK_EXACT,
        (True, False): WEAK_STEM,
    }
    best = max(worth[(r.kind == "weak", r.exact)] for r in run)
    return round(min(0.99, best + MORE * (len({(r.kind, r.rule) for r in run}) - 1)), 4)
