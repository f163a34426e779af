"""Codings after edits: how many end right, asked or wrong, and how long it takes; beside what one would use instead.

``python -m benchmarks.bench_reanchor time with|without`` is one measurement of time; it prints JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.corpus import FOLDERS, SHARED, Text, sources
from benchmarks.edits import KINDS, Edit, Span
from benchmarks.measure import calibration, cost
from benchmarks.page import Section, Table, seconds

LIBRARIES = ("rapidfuzz",)
ROUNDS = 3
"""Times that each kind of edit is made on each text, differently."""
CODINGS = 30
"""Passages of a text, of all lengths: half a sentence, a sentence, several, a whole turn with the next."""
LEFT = 0.5
"""Share of a passage that must be left for it to be said to exist."""
SIZE, MANY = 100_000, 1_000
RUNS = 5
TOGETHER = "all of it together"
_SENTENCE = re.compile(r"[^\s.!?…][^.!?…\n]*[.!?…]*")
_EDGES = re.compile(r"\W*")


@dataclass(frozen=True)
class Case:
    """A passage, and what truly became of it."""

    start: int
    end: int
    truth: Span | None
    left: float
    """Share of it that is left."""


def run() -> Section:
    """Rates of each kind with and without the snapshot and of both rivals, then times."""
    tallies = {name: tally(kind) for name, kind in kinds().items()}
    tallies["everything above"] = {way: sum((found[way] for found in tallies.values()), Counter()) for way in WAYS}
    tables = [
        Table(HEAD, [_row(name, found[way]) for name, found in tallies.items()], before) for way, before in WAYS.items()
    ]
    return Section("Codings after the text was edited", [*tables, _times()], AFTER)


WAYS = {
    "with": """**EthnoKit, with the snapshot** of the text before the edit (the cache was not deleted). Passages of
French transcripts, each kind of edit on every text: “there” are those of which at least half is left, “cut” those of
which less is, “gone” those of which nothing is.""",
    "without": "**EthnoKit, without the snapshot**: what a fresh clone of the study does.",
    "find": "**The first occurrence of the quote**, `str.find`: what one writes first.",
    "offsets": "**The same offsets** as before: what tools do that do not look.",
}
HEAD = ("edit", "there", "right", "asked", "lost", "wrong", "cut", "wrong", "gone", "lost", "asked", "wrong")
AFTER = """Right: the same words, exactly, but for punctuation at both ends. Asked: a person is shown a place, or
several, and decides; nothing counts meanwhile. Wrong: another place, without a question. Aims: 99 % of the passages
that are there end right or asked, at most 0.5 % wrong, and 1,000 codings in 100,000 characters in 2 s. `str.find` that
finds nothing counts as lost; a rival never asks. The edits are made by `benchmarks/edits.py`, which knows where each
passage went."""


SIDES = {"there": ("right", "asked", "lost", "wrong"), "cut": ("wrong",), "gone": ("lost", "asked", "wrong")}


def kinds() -> dict[str, Callable[[str, Random], list[Edit]]]:
    """Each kind of edit alone, and all of them one after the other."""
    alone = {name: (lambda text, random, edit=edit: [edit(text, random)]) for name, edit in KINDS.items()}
    return {**alone, TOGETHER: _together}


def _together(text: str, random: Random) -> list[Edit]:
    edits = []
    for edit in KINDS.values():
        edits.append(edit(text, random))
        text = edits[-1].text
    return edits


def tally(kind: Callable[[str, Random], list[Edit]]) -> dict[str, Counter[str]]:
    """How often each way ended how, over all texts."""
    found: dict[str, Counter[str]] = {way: Counter() for way in WAYS}
    for text in french():
        for number in range(ROUNDS):
            random = Random(f"{text.name} {number}")
            old = document(text, text.body)
            edits = kind(old.body, random)
            new = document(text, edits[-1].text)
            cases = [case(span, edits) for span in passages(old, random)]
            for way, places in answers(old, new, cases).items():
                found[way].update(ending(new.body, c, place) for c, place in zip(cases, places, strict=True))
    return found


def french() -> list[Text]:
    """The transcripts of the example study, and the French texts beside the repository where they are."""
    english = {file.stem for file in (SHARED / "changelog-rfc").glob("*.md")}
    return [text for text in sources() if text.name not in english and len(text.body) > 1500]


def document(text: Text, body: str) -> Any:
    """The text as EthnoKit reads it."""
    from ethnokit.ingest.document import read_document
    from ethnokit.model import DocumentType

    kind = DocumentType.DOCUMENT if text.folder == FOLDERS["club1"] else DocumentType.INTERVIEW
    whole = f"---\n{text.header}---\n{body}" if text.header else body
    read, _problems = read_document(whole.encode(), f"{text.name}.md", kind)
    return read


def passages(document: Any, random: Random) -> list[Span]:
    """Spans such as people code: of words, sentences and turns."""
    spoken = [turn for turn in document.turns if document.body[turn.start : turn.end].strip()]
    sentences = [
        found.span()
        for turn in spoken
        for found in _SENTENCE.finditer(document.body, turn.start, turn.end)
        if len(found[0]) > 3
    ]
    return [_passage(document.body, sentences, random) for _n in range(CODINGS)]


def _passage(body: str, sentences: Sequence[Span], random: Random) -> Span:
    first = random.randrange(len(sentences))
    how = random.random()
    last = min(len(sentences) - 1, first + (0 if how < 0.6 else random.randint(1, 3)))
    start, end = sentences[first][0], sentences[last][1]
    words = [found.span() for found in re.finditer(r"\w+", body[start:end])]
    if how < 0.2 and len(words) > 4:
        begin = random.randrange(len(words) - 3)
        stop = begin + random.randint(2, 6)
        return start + words[begin][0], start + words[min(stop, len(words) - 1)][1]
    return start, end


def case(span: Span, edits: Sequence[Edit]) -> Case:
    """What became of a passage after several edits."""
    truth: Span | None = span
    share = 1.0
    for edit in edits:
        if truth is None:
            break
        truth, left = edit.of(truth)
        share *= left
    return Case(*span, truth, share if truth is not None else min(share, 1.0))


def answers(old: Any, new: Any, cases: Sequence[Case]) -> dict[str, Iterator[Span | str]]:
    """For each way, a place without a question, or how else it ended."""
    return {
        "with": _ours(old, new, cases, snapshot=True),
        "without": _ours(old, new, cases, snapshot=False),
        "find": _found(old, new, cases),
        "offsets": ((c.start, c.end) for c in cases),
    }


def _ours(old: Any, new: Any, cases: Sequence[Case], *, snapshot: bool) -> Iterator[Span | str]:
    from ethnokit.codings.attribution import STANDING
    from ethnokit.codings.reanchor import verify
    from ethnokit.codings.snapshot import snapshot_of
    from ethnokit.model import AnchorState

    kept = snapshot_of(old) if snapshot else None
    for coding in verify(codings(old, [(c.start, c.end) for c in cases]), new, lambda _hash: kept):
        if coding.state in STANDING:
            yield coding.anchor.start, coding.anchor.end
        else:
            yield "lost" if coding.state is AnchorState.LOST else "asked"


def codings(document: Any, spans: Sequence[Span]) -> list[Any]:
    """Codings of these passages."""
    from ethnokit.codings.anchor import make_anchor
    from ethnokit.model import Coding

    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return [
        Coding(f"c{n}", document.id, "theme", make_anchor(document, *span), "ines", at) for n, span in enumerate(spans)
    ]


def _found(old: Any, new: Any, cases: Sequence[Case]) -> Iterator[Span | str]:
    for c in cases:
        quote = old.body[c.start : c.end]
        at = new.body.find(quote)
        yield (at, at + len(quote)) if at >= 0 else "lost"


def ending(body: str, c: Case, place: Span | str) -> str:
    """One word for how a passage ended, after whether it is still there."""
    side = "there" if c.left >= LEFT else "cut" if c.left > 0 else "gone"
    if isinstance(place, str):
        return f"{side} {place}"
    right = c.truth is not None and trimmed(body, place) == trimmed(body, c.truth)
    return f"{side} {'right' if right else 'wrong'}"


def trimmed(body: str, span: Span) -> Span:
    """The span without signs and spaces at its ends."""
    text = body[slice(*span)]
    head = len(_EDGES.match(text)[0])
    tail = len(_EDGES.match(text[::-1])[0])
    return span[0] + head, span[1] - tail


def _row(name: str, found: Counter[str]) -> list[str]:
    cells = [name]
    for side, endings in SIDES.items():
        total = sum(n for ending, n in found.items() if ending.startswith(side))
        cells.append(str(total))
        cells += [f"{100 * found[f'{side} {ending}'] / total:.1f} %" if total else "–" for ending in endings]
    return cells


def _times() -> Table:
    loop = calibration()
    rows = []
    for how, name in (("with", "with the snapshot"), ("without", "without it")):
        runs = [
            cost(sys.executable, "-m", "benchmarks.bench_reanchor", "time", how, runs=1, warm=False)
            for _ in range(RUNS)
        ]
        took = sorted(json.loads(one.said)["seconds"] for one in runs)
        peak = max(one.megabytes for one in runs)
        middle = took[RUNS // 2]
        rows.append([name, seconds(middle), f"{took[0]:.2f}–{took[-1]:.2f}", f"{middle / loop:.2f}", f"{peak:.0f} MB"])
    before = f"""{MANY:,} codings in a document of {SIZE:,} characters after {TOGETHER}: median of {RUNS} processes,
time of the call alone."""
    return Table(("", "time", "fastest–slowest", "in loops", "peak memory"), rows, before)


def timed(how: str) -> dict[str, Any]:
    """Seconds for all codings of one large document, once, nothing computed before."""
    from ethnokit.codings.reanchor import verify
    from ethnokit.codings.snapshot import snapshot_of

    random = Random(1)
    texts = [text.body for text in french()]
    body = ""
    while len(body) < SIZE:
        body += f"{random.choice(texts)}\n\n"
    text = Text("long", "interviews", "", body[:SIZE])
    old = document(text, text.body)
    new = document(text, _together(old.body, random)[-1].text)
    spans = [span for _n in range(MANY // CODINGS + 1) for span in passages(old, random)][:MANY]
    made = codings(old, spans)
    kept = snapshot_of(old) if how == "with" else None
    start = time.perf_counter()
    found = list(verify(made, new, lambda _hash: kept))
    took = time.perf_counter() - start
    return {"seconds": took, "states": Counter(coding.state.value for coding in found)}


if __name__ == "__main__":
    if sys.argv[1:2] == ["time"]:
        print(json.dumps(timed(sys.argv[2])))
    else:
        for name, kind in kinds().items():
            if len(sys.argv) < 2 or sys.argv[1] in name:
                for way, found in tally(kind).items():
                    print(way, _row(name, found))
