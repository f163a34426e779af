"""Where the page was, and who had been let in: kept so that an open page goes on when the server was restarted.

One small file for each study and person, in the user's own state folder and never in the study: what is in it lets
in whoever reads it, on this machine. It is of use for a day's work and is made anew afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import stat
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from ethnokit.text.whole import write_whole

MOST_SECONDS = 12 * 3600.0
"""How long a session lasts at most, from the first start."""
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """The port of the page, and the key that its cookie holds."""

    key: str
    """256 random bits, in letters and digits."""
    since: float
    """When the key was made, in seconds since 1970."""
    port: int | None = None
    """None as long as no port was chosen."""


def new_key() -> str:
    """A secret of 256 bits that can stand in an address."""
    return secrets.token_urlsafe(_KEY_BYTES)


def new_session() -> Session:
    """A session that lets in nobody yet."""
    return Session(new_key(), time.time())


def session_file(root: Path, by: str, role: str, *, read_only: bool) -> Path:
    """Where the session of one person on one study is kept.

    The person counts: a page that was left open must not write its decisions under somebody else's name when the
    server comes back for another coder.
    """
    import platformdirs

    about = json.dumps([os.path.normcase(os.path.realpath(root)), by, role, read_only])
    name = hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Path(platformdirs.user_state_path("ethnokit", appauthor=False)) / "serve" / f"{name}.json"


def kept_session(file: Path) -> Session | None:
    """The session of before, None when there is none, it is too old, or others could have read or written it."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as stream:
        if not _is_private(os.fstat(stream.fileno())):
            return None
        try:
            found = Session(**json.loads(stream.read(4096)))
        except (OSError, ValueError, TypeError):
            return None
    return found if _is_sound(found) else None


def keep_session(file: Path, session: Session) -> None:
    """Write a session for the next start, readable by its user only.

    Raises:
        OSError: it cannot be written; the next start then begins a new one.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.parent.chmod(0o700)
    # Its rights are narrow before anything is in it; what replaces it takes them over.
    file.touch(mode=0o600)
    file.chmod(0o600)
    write_whole(file, json.dumps(asdict(session)).encode())


def _is_private(about: os.stat_result) -> bool:
    if os.name == "nt":  # the folder is the user's own there, and rights are not told in these bits
        return True
    return about.st_uid == os.getuid() and not about.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _is_sound(session: Session) -> bool:
    """Are these values that :func:`keep_session` could have written, not too long ago?"""
    age = time.time() - session.since if isinstance(session.since, float) else -1.0
    port = session.port
    is_port = port is None or (type(port) is int and 0 < port < 65536)
    return is_port and isinstance(session.key, str) and len(session.key) >= _KEY_BYTES and 0 <= age < MOST_SECONDS
