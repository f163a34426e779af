"""Memos of the researcher."""

from __future__ import annotations

from ethnokit.diagnostics import Diagnostic
from ethnokit.ingest.opened import open_markdown
from ethnokit.model import Audience, Memo
from ethnokit.model.vocabulary import canonical_part
from ethnokit.text.schema import Day, Record, Words, read_record, word


class _Memo(Record):
    id: str | None = None
    type: str | None = None
    title: str | None = None
    about: str | None = None
    audience: word(Audience) | None = None  # type: ignore[valid-type]
    date: Day | None = None
    by: str | None = None
    authors: Words = ()
    tags: Words = ()


def read_memo(data: bytes, path: str, size: int | None = None) -> tuple[Memo, list[Diagnostic]]:
    """Read a memo; its header is optional, ``about`` names a code, structure, document or part of the report."""
    opened, problems = open_markdown(data, path, size)
    record, found = read_record(_Memo, opened.yaml, opened.source)
    about = record.about if record else None
    audience = record.audience if record else None
    return Memo(path, canonical_part(about) if about else None, opened.front.body.strip(), audience), problems + found
