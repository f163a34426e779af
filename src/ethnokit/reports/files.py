"""Files written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

ABANDONED = 600.0
"""Seconds after which a part of a file is nobody's work any more; writing one takes less than one."""


def write_whole(target: Path, data: bytes) -> None:
    """Replace ``target`` by ``data`` in one step, after the bytes have reached the disk.

    Raises:
        OSError: when it cannot be written; what stood there before is untouched.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    # A plain open, unlike tempfile, leaves the rights of the file to the umask of its author.
    part = target.with_name(f".{target.stem}-{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        # A person knows the file that was to be written, and not its part.
        raise OSError(error.errno, error.strerror, str(target)) from error
    finally:
        with suppress(OSError):
            part.unlink()


def sweep(folder: Path) -> None:
    """Remove what builds that were cut short left behind: they may hold words that were closed since."""
    for part in folder.rglob(".*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()


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
