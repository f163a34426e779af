"""The text on which codings were made, kept in the cache until the edited one is accepted.

It is a help and never needed: with it an edit is seen as a whole; without it each coding is found by its quote and
the words around it. It is interview text. So it is kept in the one file that forgets without a trace, and only for
documents that are in the study: when an interview is withdrawn, its snapshots go with the next command that reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ethnokit.cache import Cache
from ethnokit.cache.values import from_text, to_text
from ethnokit.codings.words import Span, labels_of
from ethnokit.model.document import Document

STAGE = "snapshot"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document's text as it was."""

    body: str
    labels: tuple[Span, ...]
    """Where it said who speaks."""


def snapshot_of(document: Document) -> Snapshot:
    """The text of a document as it is now."""
    return Snapshot(document.body, labels_of(document))


class Snapshots:
    """The snapshots of a study, by the hash of their text; none without a cache."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache

    def get(self, text_hash: str) -> Snapshot | None:
        """The text of this hash, or None where it is not kept."""
        text = self._cache.get(STAGE, text_hash) if self._cache is not None else None
        if text is None:
            return None
        try:
            found: Snapshot = from_text(Snapshot, text)
        except (ValueError, TypeError, LookupError):
            return None
        return found

    def keep(self, documents: Iterable[Document], before: Iterable[str]) -> None:
        """Keep the present text of the documents and the texts of the hashes ``before``; forget every other."""
        if self._cache is None:
            return
        current = {document.text_hash: document for document in documents}
        known = self._cache.keys(STAGE)
        new = {h: to_text(snapshot_of(d)) for h, d in current.items() if h not in known}
        self._cache.put(STAGE, new)
        if wanted := known - current.keys() - set(before):
            self._cache.keep_only(STAGE, (known | new.keys()) - wanted)
