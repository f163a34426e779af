"""Files written whole or not at all, and never over what somebody else wrote in the meantime."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ethnokit.diagnostics import Diagnostic, Severity, Source
from ethnokit.i18n import gettext as _
from ethnokit.i18n import reason
from ethnokit.text.normal import MAX_BYTES, too_large

ABANDONED = 600.0
"""Seconds after which a part of a file is nobody's work any more; writing one takes less than one."""
WAIT_SECONDS = 30.0
"""How long a writer waits for another one before it gives up."""
BUSY_SECONDS = 2.0 if os.name == "nt" else 0.0
"""How long a virus scanner or a sync tool may hold a file before it counts as closed to us; only Windows minds."""
TRIES = 5
"""How often a change is made anew on a file that somebody else keeps writing."""
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""What network and synced file systems say that do not know how; nothing could ever be written there otherwise."""


class ChangedMeanwhile(OSError):  # noqa: N818 - what happened, in the field's words
    """The file is no longer what its writer had read; nothing was written."""


class LeadsOut(OSError):  # noqa: N818
    """The place lies outside of the study: a link, or a name with ``..``, leads there."""


def is_inside(file: Path, root: Path) -> bool:
    """Whether ``file``, followed through every link, lies below ``root``; it need not exist."""
    # Not Path.resolve, which raises where two links lead to each other.
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(root))


def place_within(root: Path, path: str) -> Path:
    """Where a file of the study is to be written: a link within the study stays one, and what it names is replaced.

    Raises:
        LeadsOut: the place lies outside of the study.
    """
    if not is_inside(root / path, root):
        raise LeadsOut(errno.EPERM, _("this link leads out of the study"), path)
    return Path(os.path.realpath(root / path))


def write_whole(target: Path, data: bytes) -> None:
    """Replace ``target``, whatever stands there, in one step, after the bytes have reached the disk.

    Raises:
        OSError: when it cannot be written; what stood there before is untouched.
    """
    with _named_after(target), _part_of(target, data) as part:
        _put_in_place(part, target)


def write_over(target: Path, data: bytes, *, seen: bytes | None) -> None:
    """Replace in one step the file that was read as ``seen``; None when there was none.

    Of several writers who have seen the same, one wins and the others are told. A program that does not lock (an
    editor) is noticed as well, unless it writes in the microseconds between the look and the replacement.

    Raises:
        ChangedMeanwhile: the file is no longer what was seen.
        OSError: it cannot be written; what stood there before is untouched.
    """
    with _named_after(target), _part_of(target, data) as part, _alone_in(target.parent):
        if bytes_of(target) != seen:
            raise ChangedMeanwhile(errno.EBUSY, _("the file was changed in the meantime"), str(target))
        _put_in_place(part, target)


Change = Callable[[bytes | None], tuple[bytes | None, list[Diagnostic]]]
"""From the bytes of a file (None: there is none) to its new ones (None: to be left), and what is to be said."""


def rewrite(root: Path, path: str, change: Change) -> list[Diagnostic]:
    """Change a file of the study; where somebody else wrote in the meantime, theirs is read and changed instead.

    Returns what ``change`` said, or why the file could not be saved (ST004, FI004, FI005, FI006).
    """
    try:
        place = place_within(root, path)
        for _try in range(TRIES):
            if (data := bytes_of(place)) is not None and len(data) > MAX_BYTES:
                return [too_large(path)]
            made, problems = change(data)
            if made is None or made == data:
                return problems
            with suppress(ChangedMeanwhile):
                write_over(place, made, seen=data)
                return problems
    except OSError as error:
        return [not_saved(path, error)]
    return [not_saved(path, ChangedMeanwhile())]


def not_saved(path: str, error: OSError) -> Diagnostic:
    """Why a file of the study could not be written, said to a person."""
    if isinstance(error, LeadsOut):
        rule, message = "ST004", _("This link leads out of the study; nothing is written there.")
    elif isinstance(error, ChangedMeanwhile):
        rule, message = "FI006", _("Somebody changed this file in the meantime; nothing was written.")
    else:
        rule, message = "FI005", _("This file could not be saved: {reason}.").format(reason=reason(error))
    return Source.of(path, "").problem(rule, Severity.ERROR, message)


def bytes_of(file: Path) -> bytes | None:
    """The bytes of a file; None where there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def sweep(folder: Path) -> None:
    """Remove what writers that were cut short left behind: it may hold words that were closed since."""
    _remove_abandoned(folder.rglob(".*.part"))


def _remove_abandoned(parts: Iterable[Path]) -> None:
    for part in parts:
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()


@contextmanager
def _named_after(target: Path) -> Iterator[None]:
    """A person knows the file that was to be written, and neither its part nor its lock."""
    try:
        yield
    except ChangedMeanwhile:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error


@contextmanager
def _part_of(target: Path, data: bytes) -> Iterator[Path]:
    """``data``, safe on the disk beside ``target``, with the rights of the file that it is to replace."""
    folder = target.parent
    new_folders = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    stem = target.stem[:40]
    _remove_abandoned(folder.glob(f".{glob.escape(stem)}-*.part"))
    part = folder / f".{stem}-{secrets.token_hex(4)}.part"
    try:
        # A plain open, unlike tempfile, leaves the rights of a new file to the umask of its author.
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileNotFoundError):
            _take_rights(part, target.stat().st_mode)
        yield part
    finally:
        with suppress(OSError):
            part.unlink()
    for made in (folder, *(one.parent for one in new_folders)):
        sync_folder(made)


def _take_rights(part: Path, mode: int) -> None:
    # Some file systems know no rights and refuse to set any: they are asked only where they differ.
    if stat.S_IMODE(part.stat().st_mode) != stat.S_IMODE(mode):
        part.chmod(stat.S_IMODE(mode))


def _put_in_place(part: Path, target: Path) -> None:
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            part.replace(target)
            return
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.02)


def sync_folder(folder: Path) -> None:
    """Put the names of a folder on the disk, where the system can: a new or replaced file is then found again."""
    if os.name == "nt":  # folders cannot be opened there; NTFS journals their entries
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other writers out of a folder, those of this process too, until the block ends.

    A file that is replaced cannot carry its lock: who waited for it would hold the file that is gone, Windows replaces
    no file that is held, and a new file is not there yet. Its folder stays, so the folder is locked. Where a system
    locks no folders (Windows, NFS) a file stands for it, among those that the user's session keeps for running
    programs. Either way nothing is left in the study, and a lock goes when its process does.
    """
    handle = _locked(folder)
    try:
        yield
    finally:
        os.close(handle)


def _locked(folder: Path) -> int:
    deadline = time.monotonic() + WAIT_SECONDS
    for opened in (_a_file_for,) if os.name == "nt" else (_the_folder, _a_file_for):
        handle = opened(folder)
        try:
            if _wait_for(handle, deadline):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
    raise OSError(errno.ENOLCK, _("nothing can be locked here"), str(folder))


def _the_folder(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY)


def _a_file_for(folder: Path) -> int:
    import platformdirs

    locks = Path(platformdirs.user_runtime_path("ethnokit", appauthor=False, ensure_exists=True))
    name = hashlib.sha256(os.path.normcase(os.path.realpath(folder)).encode(errors="surrogateescape")).hexdigest()
    return os.open(locks / f"{name[:32]}.lock", os.O_RDWR | os.O_CREAT, 0o600)


def _wait_for(handle: int, deadline: float) -> bool:
    """True once the handle is locked; False where this cannot be locked at all.

    Raises:
        TimeoutError: another writer has it and does not let go.
    """
    from portalocker import LockFlags, lock
    from portalocker.exceptions import AlreadyLocked, LockException

    while True:
        try:
            lock(handle, LockFlags.EXCLUSIVE | LockFlags.NON_BLOCKING)
            return True
        except AlreadyLocked:
            if time.monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, _("another program keeps it locked")) from None
            time.sleep(0.005)
        except LockException:
            return False
