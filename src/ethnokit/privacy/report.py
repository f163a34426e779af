"""The cross-cutting report, as one audience may read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ethnokit.analysis.cooccurrence import cooccurrence
from ethnokit.analysis.coverage import lines as coverage_lines
from ethnokit.analysis.coverage import summary
from ethnokit.analysis.directory import contacts_for, directory
from ethnokit.analysis.evidence import Evidence
from ethnokit.analysis.matrix import matrix as counted
from ethnokit.analysis.network import ties as counted_ties
from ethnokit.model import Audience, Posture, Structure
from ethnokit.model.vocabulary import fold
from ethnokit.privacy.cut import Cut, fingerprint
from ethnokit.privacy.quotes import Quotes
from ethnokit.privacy.register import contact_line, contacts, coverage, sources, structure_lines
from ethnokit.privacy.sheets import heading
from ethnokit.privacy.themes import families
from ethnokit.privacy.view import (
    CodeLine,
    ContactLine,
    DirectoryEntry,
    Matrix,
    MatrixLine,
    Meeting,
    ReportView,
    TieLine,
    Topic,
)

VERBATIMS = 4
"""Verbatims of one theme in the report; the sheets hold all of them."""
MEETINGS = 15
"""Pairs of themes that the report lists."""
PARTS = ("summary", "method", "limits")
"""Parts of the report that a memo can be about (``report.summary``…)."""


def report(cut: Cut) -> ReportView:
    """Everything that the report shows, from a study already cut to its audience."""
    settings = cut.study.settings
    quotes = Quotes(cut)
    reached = coverage_lines(cut.study.structures, cut.study.documents, cut.answers, ())
    return ReportView(
        heading=heading(cut),
        population=summary(reached, settings.population).population,
        names=cut.names,
        structures=structure_lines(cut),
        coverage=coverage(cut),
        sources=sources(cut, cut.documents, cut.evidence),
        families=families(cut, cut.evidence, quotes, VERBATIMS),
        topics=_topics(cut),
        matrix=_matrix(cut),
        ties=ties(cut),
        meetings=_meetings(cut),
        codebook=_codebook(cut),
        codebook_version=cut.study.codebook.version,
        memos={part: cut.memo(f"report.{part}") for part in PARTS},
        passages=len({e.passage for e in cut.evidence}),
        withheld=cut.withheld,
        quoted_at_most=VERBATIMS,
        coders=len({e.coding.by for e in cut.evidence}),
        fingerprint=fingerprint(cut),
    )


def ties(cut: Cut) -> tuple[TieLine, ...]:
    """The network as lines: what passages say, whatever the posture, then what questionnaires alone state."""
    lines = [
        TieLine(tie.source, tie.target, tie.code, cut.label(tie.code), tie.passages, tie.documents)
        for tie in counted_ties(cut.named, cut.answers, map(_without_posture, cut.evidence))
        if tie.source is not None
    ]
    return tuple(sorted(lines, key=lambda line: not line.passages))


def _without_posture(evidence: Evidence) -> Evidence:
    """Two coders may see two postures in one passage: it is one passage still."""
    attributes = replace(evidence.coding.attributes, posture=None)
    return replace(evidence, coding=replace(evidence.coding, attributes=attributes))


def _matrix(cut: Cut) -> Matrix:
    found = counted(cut.study.codebook, cut.named, cut.documents, cut.evidence)
    heard = sorted(found.heard, key=lambda structure: fold(cut.names[structure]))
    raised = found.codes[found.codes["passages"] > 0]
    cells = found.passages.loc[raised.index, heard].to_numpy().tolist()
    lines = (
        MatrixLine(code, cut.label(code), row["family"], tuple(counts), row["structures"])
        for code, row, counts in zip(raised.index, raised.to_dict("records"), cells, strict=True)
    )
    return Matrix(
        structures=tuple(heard),
        sources=tuple(found.structures.loc[heard, "read"].tolist()),
        lines=tuple(lines),
        unattributed=int(raised["unattributed"].sum()),
    )


def _topics(cut: Cut) -> tuple[Topic, ...]:
    """The directory by topic; a questionnaire's word stands only where no passage says the same."""
    rows = directory(cut.study.codebook, cut.named, cut.answers, cut.evidence)
    structures = {s.id: s for s in cut.named}
    topics: dict[str, dict[tuple[str, str], DirectoryEntry]] = {}
    for row in rows.to_dict("records"):
        entries = topics.setdefault(row["code"], {})
        structure = structures[row["structure"]]
        contact = _contact(cut, structure, row["code"])
        entry = DirectoryEntry(structure.id, Posture(row["posture"]), row["passages"], row["sources"], contact)
        entries.setdefault((row["structure"], row["posture"]), entry)
    codebook = cut.study.codebook
    return tuple(
        Topic(code, cut.label(code), cut.label(codebook.family(code)), tuple(entries.values()))
        for code, entries in topics.items()
    )


def _contact(cut: Cut, structure: Structure, code: str) -> ContactLine | None:
    """Whom to ask in a structure about a topic, if the register says so and the structure lets it be told."""
    told = contacts(cut, structure)
    found = (contact_line(cut, contact) for contact in contacts_for(structure, code, cut.study.codebook))
    return next((line for line in found if line in told), None)


def _meetings(cut: Cut) -> tuple[Meeting, ...]:
    found = cooccurrence(cut.evidence)
    # Two themes that met once may have met by chance.
    rows = found[found["passages"] > 1].head(MEETINGS).to_dict("records")
    return tuple(
        Meeting(
            row["code_a"],
            cut.label(row["code_a"]),
            row["code_b"],
            cut.label(row["code_b"]),
            row["passages"],
            row["documents"],
        )
        for row in rows
    )


def _codebook(cut: Cut) -> tuple[CodeLine, ...]:
    codebook, drawn = cut.study.codebook, _drawn_from(cut)
    return tuple(
        CodeLine(
            code=code.id,
            label=code.label,
            family=cut.label(codebook.family(code.id)),
            definition=code.definition,
            include=code.include,
            exclude=code.exclude,
            example=next((example for example in code.examples if not drawn(example)), ""),
        )
        for code in codebook.codes
        if code.codable
    )


def _drawn_from(cut: Cut) -> Callable[[str], bool]:
    """A judge of examples: words of the fieldwork in a codebook are a quotation that nobody agreed to."""
    bodies = [_bare(document.body) for document in cut.study.documents] if cut.audience > Audience.TEAM else []
    return lambda example: any(_bare(example) in body for body in bodies)


def _bare(text: str) -> str:
    """Words and nothing else: no mark, no sign, no case."""
    return " ".join(re.findall(r"\w+", text.casefold()))
