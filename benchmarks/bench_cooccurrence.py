"""Which themes meet, over 25,000 codings: EthnoKit's own table, and a self-merge in pandas.

``python -m benchmarks.bench_cooccurrence ours|merge CODINGS`` is one measurement; it prints JSON.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from random import Random
from typing import Any

from benchmarks.measure import calibration, cost
from benchmarks.page import Section, Table, seconds

LIBRARIES = ("pandas", "numpy")
SIZES = (6_250, 12_500, 25_000)
CODINGS_PER_DOCUMENT = 625
LENGTH = 60_000
"""Code points of a document: an interview of some two hours."""
CODES = 40
RUNS = 5
HEAD = (
    "codings, documents",
    "`cooccurrence`",
    "in loops",
    "its peak",
    "self-merge",
    "its peak",
    "ratio of times",
    "same table",
)


def run() -> Section:
    """Three sizes, each way in processes of its own; the two must find the same."""
    loop = calibration()
    rows = []
    for size in SIZES:
        ours, merge = _cost("ours", size), _cost("merge", size)
        rows.append(
            [
                f"{size}, {size // CODINGS_PER_DOCUMENT}",
                seconds(ours["seconds"]),
                f"{ours['seconds'] / loop:.2f}",
                f"{ours['megabytes']:.0f} MB",
                seconds(merge["seconds"]),
                f"{merge['megabytes']:.0f} MB",
                f"{merge['seconds'] / ours['seconds']:.0f}",
                "yes" if ours["found"] == merge["found"] else "no",
            ]
        )
    return Section("Themes that meet", [Table(HEAD, rows, BEFORE)], AFTER)


BEFORE = """Median of five processes, time of the call alone: the libraries are imported and the codings are in memory
beforehand, for the merge already as a data frame with one row a passage."""
AFTER = """Aim: 0.1 s for 25,000 codings in 40 documents. The merge is what one writes first, `passages.merge(passages,
on="document")` and a condition on the spans: it makes every pair of a document before it drops most of them."""


def _cost(way: str, size: int) -> dict[str, Any]:
    runs = [
        cost(sys.executable, "-m", "benchmarks.bench_cooccurrence", way, size, runs=1, warm=False) for _ in range(RUNS)
    ]
    said = [json.loads(one.said) for one in runs]
    middle = sorted(said, key=lambda one: one["seconds"])[RUNS // 2]
    return {**middle, "megabytes": max(one.megabytes for one in runs)}


def measured(way: str, size: int) -> dict[str, Any]:
    """Seconds of one call, and a digest of the table that it gives."""
    import pandas

    from ethnokit.analysis.cooccurrence import cooccurrence
    from ethnokit.analysis.evidence import gather, table

    study = _study(size)
    evidence = gather(study)
    passages = table(evidence, study.codebook).groupby("passage", as_index=False)
    passages = passages.agg({"document": "first", "code": "first", "start": "min", "end": "max"})
    start = time.perf_counter()
    found = cooccurrence(evidence) if way == "ours" else _merged(passages)
    took = time.perf_counter() - start
    rows = pandas.DataFrame(found).to_csv(index=False)
    return {"seconds": took, "found": hashlib.sha256(rows.encode()).hexdigest(), "rows": len(found)}


def _merged(passages: Any) -> Any:
    pairs = passages.merge(passages, on="document", suffixes=("_a", "_b"))
    meet = (pairs.start_a < pairs.end_b) & (pairs.start_b < pairs.end_a) & (pairs.code_a < pairs.code_b)
    found = pairs[meet].groupby(["code_a", "code_b"], as_index=False)
    found = found.agg(passages=("document", "size"), documents=("document", "nunique"))
    ordered = found.sort_values(["passages", "code_a", "code_b"], ascending=[False, True, True])
    return ordered.reset_index(drop=True)


def _study(size: int) -> Any:
    """A study of random codings of one coder, the same on every call."""
    import datetime as dt
    from pathlib import Path

    from ethnokit.model import Anchor, Code, Codebook, Coding, Document, DocumentType, Role, Settings, Study, Turn

    random = Random(size)
    codes = tuple(Code(f"theme.{n:02d}", f"Thème {n}") for n in range(CODES))
    said = Turn(1, "P1", Role.PARTICIPANT, None, 0, LENGTH)
    documents = tuple(
        Document(f"ent-{n:02d}", DocumentType.INTERVIEW, f"ent-{n:02d}.md", "a" * LENGTH, 1, "", turns=(said,))
        for n in range(size // CODINGS_PER_DOCUMENT)
    )
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    codings = []
    for n in range(size):
        start = random.randrange(LENGTH - 400)
        anchor = Anchor(start, start + random.randint(60, 400), "")
        document = documents[n % len(documents)].id
        codings.append(Coding(f"c{n}", document, random.choice(codes).id, anchor, "ines", at))
    return Study(Path(), Settings(), Codebook("g", "1", codes=codes), documents=documents, codings=tuple(codings))


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
