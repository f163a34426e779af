"""The unforeseen, written down outside the study for whoever can mend it."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path

from ethnokit import __version__


def write_failure(error: Exception) -> Path:
    """Write the traceback of an unforeseen failure to a log outside the study; where it lies.

    The log holds no interview text: neither the values of variables nor the words of the error are written.
    """
    import platformdirs

    folder = Path(platformdirs.user_log_path("ethnokit", appauthor=False))
    lines = [f"ethnokit {__version__}\n", *traceback.format_tb(error.__traceback__), f"{type(error).__name__}\n"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "last-failure.log"
        log.write_text("".join(lines), encoding="utf-8")
    except OSError:
        log = Path(tempfile.gettempdir()) / "ethnokit-last-failure.log"
        log.write_text("".join(lines), encoding="utf-8")
    return log
