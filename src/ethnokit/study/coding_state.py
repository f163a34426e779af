"""How far the coding of a document has come, said in its header; every other byte of its file stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from ethnokit.diagnostics import Diagnostic, Fix, Severity
from ethnokit.i18n import gettext as _
from ethnokit.i18n import language
from ethnokit.ingest.document import read_document
from ethnokit.ingest.opened import Opened, open_markdown
from ethnokit.model import CodingState, Document
from ethnokit.text.repair import repaired
from ethnokit.text.whole import rewrite
from ethnokit.text.yamledit import (
    below,
    column_of,
    compose,
    end_of,
    entries,
    in_flow,
    into_flow,
    is_blank,
    key_in,
    keys_written,
    language_of,
    lines_at,
    start_of,
    word_in,
)

KEY = "coding_state"
UNREAD = {"FI003", "FI004", "FM001", "FM005"}
"""Problems that keep a header from being seen: another one must not be put above it."""


def mark(root: Path, document: Document, state: CodingState) -> list[Diagnostic]:
    """Write the state of a document into the header of its file, in the language of that header.

    A file without a header gets one, with the id that the document has by its name. Returns why it could not be done
    (an error); the state is on the disk unless there is an error.
    """
    return rewrite(root, document.path, lambda data: with_state(data, document, state))


def with_state(data: bytes | None, document: Document, state: CodingState) -> tuple[bytes | None, list[Diagnostic]]:
    """The bytes of a document with its state; None with the problem where the header cannot be changed safely."""
    opened, found = open_markdown(data or b"", document.path)
    readable = data is not None and UNREAD.isdisjoint(p.rule for p in found)
    fix = _fix(opened, document, state) if readable else None
    made = repaired(data, fix) if data is not None and fix else None
    if data is not None and made is not None and _is_proved(data, made, document, state):
        return made, []
    message = _("The state of coding cannot be written into this header.")
    hint = _("Write {key}: {word} in the header yourself.")
    hint = hint.format(key=key_in(language(), KEY), word=word_in(language(), state))
    return None, [opened.source.problem("FM011", Severity.ERROR, message, hint=hint)]


def _fix(opened: Opened, document: Document, state: CodingState) -> Fix | None:
    """What is put in, and where; None where the header has a form that is not known, or cannot be read."""
    text, header = opened.source.text, opened.front.header
    if header is None:
        return _new_header(document, state)
    start = opened.source.starts[opened.front.header_line - 1]
    if opened.broken:
        return None
    # The fence above it begins a YAML text too, so that positions count in the file.
    root = compose(text[: start + len(header)])
    tongue = language_of(keys_written(root), language())
    entry = entries(root).get(KEY)
    if entry is not None:
        return _in_place_of(text, *entry, state)
    pair = f"{key_in(tongue, KEY)}: {word_in(tongue, state)}"
    if root is None or is_blank(root):
        return lines_at(text, start + len(header), [pair])
    if not isinstance(root, yaml.MappingNode):
        return None
    if in_flow(root):
        return into_flow(text, root, pair)
    return lines_at(text, below(text, end_of(text, root), column_of(root)), [" " * column_of(root) + pair])


def _in_place_of(text: str, key: yaml.Node, value: yaml.Node, state: CodingState) -> Fix:
    """The word, in the language of its key and within the quotation marks that it had."""
    start, end = start_of(value), end_of(text, value)
    word = word_in(language_of([str(key.value)], language()), state)
    if end <= start:  # nothing was said
        return Fix(end, end, f" {word}")
    quoted = isinstance(value, yaml.ScalarNode) and value.style in ('"', "'")
    return Fix(start + quoted, end - quoted, word)


def _new_header(document: Document, state: CodingState) -> Fix:
    tongue = language()
    return Fix(0, 0, f"---\nid: {document.id}\n{key_in(tongue, KEY)}: {word_in(tongue, state)}\n---\n")


def _is_proved(data: bytes, made: bytes, document: Document, state: CodingState) -> bool:
    """The document is the same but for its state, and nothing is read worse than before."""
    before, known = read_document(data, document.path, document.type)
    after, left = read_document(made, document.path, document.type)
    meant = replace(before, coding_state=state, body_line=after.body_line)
    worse = {p.rule for p in left} - {p.rule for p in known}
    return before.id == document.id and after == meant and not worse
