"""The memo that a person keeps on a document or on a code: found, or begun, and saved.

A memo is a Markdown file; what is read and written here is its text. Its header (who may read it, its author, its
tags) stays byte for byte as a person wrote it.
"""

from __future__ import annotations

import errno
import os
import re
from dataclasses import dataclass
from pathlib import Path

from ethnokit.diagnostics import Fix
from ethnokit.i18n import gettext as _
from ethnokit.ingest.memo import read_memo
from ethnokit.ingest.opened import open_markdown
from ethnokit.model import Audience
from ethnokit.study.files import TEXTS, StudyFile, read_folder
from ethnokit.study.gather import MEMOS
from ethnokit.text.normal import normalise, text_hash
from ethnokit.text.repair import repaired
from ethnokit.text.slug import slug
from ethnokit.text.whole import ChangedMeanwhile, place_within, write_over
from ethnokit.text.yamledit import key_in, scalar, word_in

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What no text file can hold; a page can send it."""


@dataclass(frozen=True, slots=True)
class MemoFile:
    """A memo on one document or code."""

    path: str
    """Relative to the study, with ``/``: where it lies, or would."""
    text: str
    """What the person wrote, in LF and NFC, without header and blank lines around; empty where there is none."""
    hash: str
    """sha256 (hex) of ``text``."""
    exists: bool


def memo_file(root: Path, about: str, kind: str) -> MemoFile:
    """The memo whose header says that it is about this id, or the one that could be begun; nothing is written.

    ``kind`` is ``document`` or ``code``. Of several memos about the same id, the first by path is the one.
    """
    file = _found(root, about, kind)
    if file is None:
        return _memo(_free_path(root, about, kind), "", exists=False)
    return _memo(file.path, _text(file), exists=True)


def save_memo(  # noqa: PLR0913, PLR0917 - which memo, what it becomes, and what it was
    root: Path, about: str, kind: str, text: str, seen_hash: str, language: str
) -> MemoFile:
    """Write the text of a memo; the first time, with a header in ``language`` that keeps it within the team.

    ``seen_hash`` is the hash of the text that the person had before them. A blank text begins no memo.

    Raises:
        ChangedMeanwhile: the text is no longer the one that was seen, and theirs is kept.
        OSError: it cannot be saved, or its place lies outside of the study; nothing was written.
    """
    file = _found(root, about, kind)
    path = file.path if file else _free_path(root, about, kind)
    before = _text(file) if file else ""
    if text_hash(before) != seen_hash:
        raise ChangedMeanwhile(errno.EBUSY, _("the file was changed in the meantime"), path)
    wanted = _trimmed(normalise(_UNWRITABLE.sub("\ufffd", text)))
    if wanted == before:
        return _memo(path, before, exists=file is not None)
    data = _with_text(file, wanted) if file else _begun(about, wanted, language)
    write_over(place_within(root, path), data, seen=file.data if file else None)
    return _memo(path, wanted, exists=True)


def _memo(path: str, text: str, *, exists: bool) -> MemoFile:
    return MemoFile(path, text, text_hash(text), exists)


def _found(root: Path, about: str, kind: str) -> StudyFile | None:
    files, _problems = read_folder(root, MEMOS, TEXTS)
    # A document and a code may have the same id: what was begun for one is not the other's.
    others = tuple(f"{MEMOS}/{other}-{slug(about)}." for other in ("document", "code") if other != kind)
    return next(
        (f for f in files if not f.path.startswith(others) and read_memo(f.data, f.path)[0].about == about), None
    )


def _free_path(root: Path, about: str, kind: str) -> str:
    """A name that no file has yet: two ids may give the same one, and a file may have lost its header."""
    name, n = f"{MEMOS}/{kind}-{slug(about)}", 1
    while os.path.lexists(root / f"{name}{f'-{n}' if n > 1 else ''}.md"):
        n += 1
    return f"{name}{f'-{n}' if n > 1 else ''}.md"


def _trimmed(body: str) -> str:
    """A body without the blank lines around it; the first line keeps its indentation, which means something."""
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", body).rstrip()


def _text(file: StudyFile) -> str:
    return _trimmed(open_markdown(file.data, file.path)[0].front.body)


def _with_text(file: StudyFile, wanted: str) -> bytes:
    """The file with another text under its header; the blank lines around it stay."""
    opened, _problems = open_markdown(file.data, file.path)
    whole, body, text = opened.source.text, opened.front.body, _text(file)
    start = opened.front.offset + body.rindex(text) if text else len(whole)
    # Under a header that nothing follows yet: its last line is ended, and one is left blank.
    lead = "" if text or body.endswith("\n") else "\n" if body or whole.endswith("\n") else "\n\n"
    end = "" if text else "\n"
    made = repaired(file.data, Fix(start, start + len(text), f"{lead}{wanted}{end}"))
    if made is None:
        raise OSError(errno.EILSEQ, _("its encoding lacks a sign of this text; save the file as UTF-8"), file.path)
    return made


def _begun(about: str, wanted: str, language: str) -> bytes:
    said = {"about": about, "audience": word_in(language, Audience.TEAM)}
    header = "".join(f"{key_in(language, key)}: {scalar(value)}\n" for key, value in said.items())
    return f"---\n{header}---\n\n{wanted}\n".encode()
