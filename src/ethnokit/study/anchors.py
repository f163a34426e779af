"""The codings of a study, each looked up in its document as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ethnokit.cache import Cache, Stage
from ethnokit.codings.snapshot import Snapshots
from ethnokit.codings.words import labels_of
from ethnokit.model import AnchorState, Coding, Document

if TYPE_CHECKING:
    from ethnokit.codings.reanchor import Fate


def verified(
    codings: Sequence[Coding], documents: Sequence[Document], cache: Cache | None, *, recall: bool = False
) -> tuple[Coding, ...]:
    """The codings in their order, each with the state of its anchor.

    Only documents that were edited since they were coded cost something, and with a cache only once an edit. The text
    before the edit is kept there until every coding has its place in the new one; ``recall`` makes use of it.
    """
    by_id = {document.id: document for document in documents}
    adrift: dict[str, list[Coding]] = {}
    for coding in codings:
        if coding.given_up or not untouched(coding, by_id.get(coding.document)):
            adrift.setdefault(coding.document, []).append(coding)
    snapshots = Snapshots(cache)
    found: dict[str, Coding] = {}
    with Stage(cache, "anchors") as stage:
        for name, some in adrift.items():
            from ethnokit.codings.reanchor import befallen

            document = by_id.get(name)
            fates = _recalled(some, document, snapshots) if recall else _fates(some, document, stage)
            found |= {coding.id: befallen(coding, document, fate) for coding, fate in zip(some, fates, strict=True)}
        if not recall:
            stage.forget_others()
    if not recall:
        snapshots.keep(documents, _still_needed(codings, found, by_id))
    return tuple(found.get(coding.id, coding) for coding in codings)


def untouched(coding: Coding, document: Document | None) -> bool:
    """Do the words of a coding stand where they were coded, in the text in which they were?"""
    anchor = coding.anchor
    return (
        document is not None
        and anchor.text_hash == document.text_hash
        and anchor.quote != ""
        and document.body.startswith(anchor.quote, anchor.start)
        and anchor.end - anchor.start == len(anchor.quote)
    )


def _fates(codings: Sequence[Coding], document: Document | None, stage: Stage) -> tuple[Fate, ...]:
    """What the files alone say of the codings of one document."""
    from ethnokit.codings.reanchor import Fate, fates

    anchors = [coding.anchor for coding in codings]
    if document is None:
        return fates(anchors, None)
    what = (document.text_hash, repr(labels_of(document)), repr(anchors))
    return stage.of(tuple[Fate, ...], *what, compute=lambda: fates(anchors, document))


def _recalled(codings: Sequence[Coding], document: Document | None, snapshots: Snapshots) -> tuple[Fate, ...]:
    """What is known of them with the help of the texts before the edit."""
    from ethnokit.codings.reanchor import fates

    return fates([coding.anchor for coding in codings], document, snapshots.get)


def _still_needed(codings: Iterable[Coding], found: dict[str, Coding], documents: dict[str, Document]) -> Iterable[str]:
    """Hashes of the texts before an edit of which a place is still to be written or to be said by a person."""
    for coding in codings:
        now = found.get(coding.id)
        if now is not None and now.state is not AnchorState.EXACT and not now.given_up and now.document in documents:
            yield coding.anchor.text_hash
