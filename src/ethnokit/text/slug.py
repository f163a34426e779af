"""Ids: what may name a document or a structure, and how a file's name becomes one."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

# An id also names a folder of codings, on Windows too.
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?\Z")


def is_id(written: str) -> bool:
    """Whether ``written`` can be an id: letters without accents, digits, ``-``, ``_`` and ``.``, at most 100."""
    return _ID.match(written) is not None


def slug(written: str) -> str:
    """The id nearest to any text: ``Entretien été 2`` gives ``entretien-ete-2``."""
    plain = unicodedata.normalize("NFKD", written.lower().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9_]+", "-", plain.encode("ascii", "ignore").decode()).strip("-_")[:100].strip("-_") or "x"


def slug_of_path(path: str) -> str:
    """The id that a file's name gives: its stem as a slug."""
    return slug(PurePosixPath(path.replace("\\", "/")).stem)
