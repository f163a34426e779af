"""The log of one coder on one document: ``fieldwork/codings/<document>/<coder>.jsonl``.

What :func:`append` has returned for is on the disk: it survives ``kill -9``, a full disk and a second
writer. The log only grows. An event whose writing was cut short was never acknowledged; its torn
line is sealed by the next writer and noted by the reader, and hides nothing before or after it.
"""

from __future__ import annotations

import json
import os
import re
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from ethnokit.codings.jsonl import UnknownActError, dump, from_json
from ethnokit.diagnostics import Diagnostic, Severity, one_word
from ethnokit.i18n import gettext as _
from ethnokit.model.coding import Event
from ethnokit.text.whole import sync_folder

FOLDER = "fieldwork/codings"
SEAL = b"#torn"
"""Ends a torn line, so that the reader tells it from a line that somebody damaged."""
WAIT_SECONDS = 30.0
"""How long a writer waits for another one before it gives up."""
_BAD_CHARACTERS = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?\Z", re.IGNORECASE)
_CONFLICT = re.compile(
    r"\.sync-conflict-|\((?:[^()]*\b)?(?:conflicted copy|conflict|copie en conflit)\b[^()]*\)|conflicted copy", re.I
)


def is_conflict_copy(name: str) -> bool:
    """Is this file name one that a sync tool gives to the loser of two simultaneous writes?"""
    return _CONFLICT.search(name) is not None


def name_problem(name: str) -> str | None:
    """Why ``name`` (of a coder, or the id of a document) cannot be a file name on every system, or None."""
    if not name.strip():
        return _("A name is needed.")
    if _BAD_CHARACTERS.search(name):
        return _("The name “{name}” holds a sign that cannot stand in a file name.").format(name=name)
    if name[0] in ". " or name[-1] in ". ":
        return _("The name “{name}” begins or ends with a dot or a space.").format(name=name)
    if _RESERVED.match(name):
        return _("The name “{name}” is reserved by Windows.").format(name=name)
    if is_conflict_copy(name):
        return _("The name “{name}” looks like the conflict copy of a sync tool.").format(name=name)
    try:
        long = len(unicodedata.normalize("NFC", name).encode()) > 120
    except UnicodeEncodeError:
        return _("A name must be readable text.")
    return _("The name “{name}…” is too long.").format(name=name[:20]) if long else None


def log_path(root: Path, document: str, coder: str) -> Path:
    """Where the log of ``coder`` on ``document`` lies.

    Raises:
        ValueError: one of the two cannot be a file name (:func:`name_problem` says why beforehand).
    """
    for name in (document, coder):
        if problem := name_problem(name):
            raise ValueError(problem)
    names = (unicodedata.normalize("NFC", name) for name in (document, coder))
    folder, file = names
    return root / FOLDER / folder / f"{file}.jsonl"


def append(root: Path, document: str, coder: str, events: Iterable[Event]) -> None:
    """Write events at the end of a log; when this returns they are on the disk, all of them.

    Raises:
        OSError: nothing was acknowledged; what had been written of it was taken back where possible.
        ValueError: the document or the coder cannot be a file name.
    """
    path = log_path(root, document, coder)
    data = b"".join(dump(event) for event in events)
    if not data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _open_locked(path)
    try:
        size = os.fstat(handle).st_size
        if size == 0:
            # Before the first event, so that whoever finds events in a log knows that its name is safe too.
            _sync_folders(path.parent, root)
        try:
            _write(handle, _seal(handle, size) + data)
            os.fsync(handle)
        except OSError:
            _take_back(handle, size)
            raise
    finally:
        os.close(handle)  # closing also lets go of the lock


def _open_locked(path: Path) -> int:
    """The log opened and locked for one writer; the lock is on the log itself and goes with the handle."""
    from portalocker import LockFlags, lock
    from portalocker.exceptions import AlreadyLocked, LockException

    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        handle = os.open(path, flags, 0o644)
        try:
            lock(handle, LockFlags.EXCLUSIVE | LockFlags.NON_BLOCKING)
            if _same_file(handle, path):
                return handle
        except AlreadyLocked:
            pass
        except LockException as error:
            os.close(handle)
            raise OSError(_("The log {path} cannot be locked.").format(path=path.name)) from error
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if time.monotonic() > deadline:
            raise TimeoutError(_("Another program keeps the log {path} locked.").format(path=path.name))
        time.sleep(0.005)


def _same_file(handle: int, path: Path) -> bool:
    """A sync tool may have put another file in this place while we waited for the lock."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _seal(handle: int, size: int) -> bytes:
    """What ends the last line, if its writer was cut short: nothing, a newline, or the seal and a newline."""
    if size == 0:
        return b""
    block, start = b"", size
    while start > 0 and b"\n" not in block:
        start = max(0, start - 65536)
        os.lseek(handle, start, os.SEEK_SET)
        block = os.read(handle, min(65536, size - start)) + block
    last = block[block.rfind(b"\n") + 1 :]
    if not last.strip():
        return b"\n" if last else b""
    return b"\n" if _loads(last) is not None else SEAL + b"\n"


def _write(handle: int, data: bytes) -> None:
    """One write; the system may take less than all of it (a signal, a nearly full disk), then the rest follows."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _take_back(handle: int, size: int) -> None:
    """Cut off what was never acknowledged. Where even that fails, the next writer seals the torn line."""
    try:
        os.ftruncate(handle, size)
        os.fsync(handle)
    except OSError:
        pass


def _sync_folders(folder: Path, root: Path) -> None:
    """A new file is safe only when every folder that names it, up to the study, is on the disk too."""
    sync_folder(folder)
    if folder not in (root, folder.parent):
        _sync_folders(folder.parent, root)


def _loads(line: bytes) -> object | None:
    try:
        found: object = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found


def read(data: bytes, path: str) -> tuple[tuple[Event, ...], list[Diagnostic]]:
    """The events of a log and what was noticed: a bad line never hides the good ones.

    A line that its writer could not finish is a note (CD001), any other line that is no event an error
    (CD002), an act of a newer version a warning (CD003). Excerpts are left out: lines hold interview text.
    """
    events: list[Event] = []
    problems: list[Diagnostic] = []
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines, start=1):
        stripped = line.strip()
        if not stripped:
            continue
        record = _loads(stripped)
        if record is None:
            torn = number == len(lines) or stripped.endswith(SEAL)
            problems.append(_torn(path, number) if torn else _damaged(path, number, stripped))
            continue
        try:
            events.append(from_json(record))
        except UnknownActError as error:
            message = _("Unknown act “{act}”; this event is kept in the file and not replayed.").format(
                act=one_word(str(error))
            )
            hint = _("A newer version of EthnoKit may have written it; update this one.")
            problems.append(Diagnostic(path, number, 1, Severity.WARNING, "CD003", message, hint=hint))
        except ValueError as error:
            message = _("This line is not an event: {problem}.").format(problem=error)
            problems.append(Diagnostic(path, number, 1, Severity.ERROR, "CD002", message))
    return tuple(events), problems


def _torn(path: str, number: int) -> Diagnostic:
    message = _("Writing stopped in the middle of this line; its decision was never acknowledged.")
    return Diagnostic(path, number, 1, Severity.NOTE, "CD001", message)


def _damaged(path: str, number: int, line: bytes) -> Diagnostic:
    message = _("This line of the log cannot be read.")
    hint = None
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        hint = _("These are marks of a git conflict: keep all lines of both sides, and remove the marks.")
    return Diagnostic(path, number, 1, Severity.ERROR, "CD002", message, hint=hint)
