"""Ids that sort by time and never meet: 48 bits of milliseconds, then 80 random bits, in Crockford's base 32."""

from __future__ import annotations

import secrets
import threading
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
_RANDOM_BITS = 80
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new id of 26 letters and digits, greater than every id this process made before."""
    global _last  # noqa: PLW0603 - one clock for the process
    with _lock:
        value = time.time_ns() // 1_000_000 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        # Within one millisecond, or after the clock was set back, count on from the last id.
        _last = value = max(value, _last + 1)
    return "".join(ALPHABET[value >> 5 * place & 31] for place in range(LENGTH - 1, -1, -1))
