"""Which compiled files there are, and whether they need to be written again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from ethnokit.text.whole import write_whole


def write_if_new(target: Path, data: bytes) -> bool:
    """Write a file unless it holds these bytes already; True when it was written."""
    with suppress(OSError):
        if target.read_bytes() == data:
            return False
    write_whole(target, data)
    return True


def digest(file: Path) -> str:
    """sha256 of a file; empty when it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def remove_others(folder: Path, names: Collection[str]) -> None:
    """Remove the compiled pages of ``folder`` that are not among ``names``."""
    if folder.is_dir():
        for file in sorted(folder.iterdir()):
            if file.suffix in (".pdf", ".html") and file.name not in names:
                file.unlink()
