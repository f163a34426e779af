"""One structure's sheet, as one audience may read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ethnokit.analysis.evidence import Evidence
from ethnokit.model import Posture, Structure
from ethnokit.privacy.cut import Cut
from ethnokit.privacy.quotes import Quotes, distinct
from ethnokit.privacy.register import contacts, has_sheet, register_facts, services, sources
from ethnokit.privacy.themes import families
from ethnokit.privacy.view import Heading, SheetView, TieLine


def heading(cut: Cut) -> Heading:
    """What every file says of the study."""
    settings = cut.study.settings
    return Heading(
        title=settings.title,
        collective=settings.collective,
        audience=cut.audience,
        language=settings.language,
        snapshot=settings.snapshot,
        start=settings.start,
        end=settings.end,
        authors=settings.authors,
        responsible=settings.responsible,
        licence=settings.licence,
    )


def with_sheet(cut: Cut) -> tuple[Structure, ...]:
    """The structures that have a sheet for this audience, in the order of the register."""
    return tuple(s for s in cut.study.structures if has_sheet(cut, s))


def sheets(cut: Cut, ties: Sequence[TieLine], only: Collection[str] | None = None) -> tuple[SheetView, ...]:
    """The sheets of all structures that have one, or of those whose ids are in ``only``."""
    return tuple(sheet(cut, s, ties) for s in with_sheet(cut) if only is None or s.id in only)


def sheet(cut: Cut, structure: Structure, ties: Sequence[TieLine]) -> SheetView:
    """The sheet of one structure; ``ties`` are those of the whole network."""
    own = [e for e in cut.evidence if e.structure == structure.id]
    quotes = Quotes(cut)
    # One coder is enough to say so, even when the longest coding of the passage is another's.
    singular = {e.passage for e in own if e.coding.attributes.specific}
    specific = [e for e in distinct(own) if e.passage in singular and quotes.quotable(e)]
    leading = tuple(quotes.take(e) for e in specific if quotes.number(e) is None)
    lines = sources(cut, cut.own(structure.id), own)
    passages = len({e.passage for e in own})
    return SheetView(
        id=structure.id,
        name=structure.name,
        portrait=structure.portrait,
        memo=cut.memo(structure.id),
        facts=register_facts(cut, structure),
        services=services(cut, structure),
        specific=leading,
        families=families(cut, own, quotes),
        postures=_labels_by_posture(cut, own),
        stated=_stated(cut, structure.id),
        contacts=contacts(cut, structure),
        ties=tuple(tie for tie in ties if structure.id in (tie.source, tie.target)),
        sources=lines,
        passages=passages,
        main_share=_main_share(cut, own, passages),
        state=structure.sheet.state,
        validated_by=structure.sheet.validated_by if cut.prints(structure, "sheet.validated_by") else None,
        partial=cut.withheld > 0,
    )


def _labels_by_posture(cut: Cut, own: Iterable[Evidence]) -> tuple[tuple[Posture, tuple[str, ...]], ...]:
    """Each posture with the labels of its themes, in the order of the codebook."""
    taken = {(e.coding.attributes.posture, e.coding.code) for e in own}
    codes = cut.study.codebook.codes
    found = ((posture, tuple(c.label for c in codes if (posture, c.id) in taken)) for posture in Posture)
    return tuple((posture, labels) for posture, labels in found if labels)


def _stated(cut: Cut, structure: str) -> tuple[tuple[Posture, tuple[str, ...]], ...]:
    """What the questionnaire alone states, by posture."""
    answers = [a for a in cut.answers if a.structure == structure]
    offers = {code for answer in answers for code in answer.offers}
    seeks = {code for answer in answers for code in answer.seeks}
    codes = cut.study.codebook.codes
    rows = (
        (Posture.OFFERS, tuple(c.label for c in codes if c.id in offers)),
        (Posture.SEEKS, tuple(c.label for c in codes if c.id in seeks)),
    )
    return tuple((posture, labels) for posture, labels in rows if labels)


def _main_share(cut: Cut, own: Sequence[Evidence], passages: int) -> tuple[str, float] | None:
    """The source that gives more of the passages than the study's bound, and its share."""
    by_document: dict[str, set[str]] = {}
    for one in own:
        by_document.setdefault(one.document.id, set()).add(one.passage)
    if not passages:
        return None
    document, most = max(by_document.items(), key=lambda item: (len(item[1]), item[0]))
    share = len(most) / passages
    return (cut.references[document], share) if share > cut.study.settings.max_share else None
