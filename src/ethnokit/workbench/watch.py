"""Notices what other programs write into the study: an editor, git, a sync tool, the command line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from watchfiles import Change, awatch

from ethnokit.diagnostics.failure import write_failure

Changed = Callable[[set[str]], None]
FIELDWORK = "fieldwork"
LOOK_AGAIN_SECONDS = 1.0


async def watch(root: Path, changed: Changed) -> None:
    """Call ``changed`` with the paths that were written, until this is cancelled.

    Watched is what a study is made of: the files of its folder itself, and all below fieldwork. What is compiled
    and the cache lie beside it, and are ours.
    """
    moved = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(_watch_root(root, changed, moved))
        group.create_task(_watch_fieldwork(root, changed, moved))


async def _watch_root(root: Path, changed: Changed, moved: asyncio.Event) -> None:
    fieldwork = str(root / FIELDWORK)
    while True:
        async for changes in _changes(root, recursive=False, stop=asyncio.Event()):
            if any(path == fieldwork and change is not Change.modified for change, path in changes):
                moved.set()
            await _tell(changed, {path for _change, path in changes})
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def _watch_fieldwork(root: Path, changed: Changed, moved: asyncio.Event) -> None:
    """The folder may be put in place of another one by git or a sync tool: then the new one is watched."""
    folder = root / FIELDWORK
    while True:
        moved.clear()
        if folder.is_dir():
            async for changes in _changes(folder, recursive=True, stop=moved):
                await _tell(changed, {path for _change, path in changes})
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def _changes(folder: Path, *, recursive: bool, stop: asyncio.Event) -> AsyncIterator[set[tuple[Change, str]]]:
    """What changes in a folder, until ``stop``. Where the system cannot tell, it is looked at again and again."""
    for poll in (None, True):  # None: as the system can
        try:
            async for changes in awatch(
                folder,
                recursive=recursive,
                stop_event=stop,
                watch_filter=lambda _change, path: _is_of_a_study(folder, path),
                force_polling=poll,
                ignore_permission_denied=True,
            ):
                yield changes
        except FileNotFoundError:  # it is gone; who asked looks whether it comes back
            return
        except (OSError, RuntimeError):  # every watch that the system has to give is taken
            continue
        return


def _is_of_a_study(folder: Path, path: str) -> bool:
    # What is hidden is a cache, a part of a file being written, or what git and sync tools keep for themselves.
    file = Path(path)  # macOS tells of a folder behind a link under its other name
    inside = file.relative_to(folder).parts if file.is_relative_to(folder) else (file.name,)
    return not any(part.startswith(".") for part in inside) and inside[:1] != ("reports",)


async def _tell(changed: Changed, paths: set[str]) -> None:
    try:
        # Reading the study again takes time; meanwhile pages are answered.
        await asyncio.to_thread(changed, paths)
    except Exception as error:
        write_failure(error)
