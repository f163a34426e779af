"""For test_whole: saves again and again. ``lines`` adds to what it read, ``whole`` writes one number all over."""

import sys
import time
from pathlib import Path

import portalocker  # noqa: F401 - what is timed is the writing

from ethnokit.text.whole import ChangedMeanwhile, bytes_of, write_over

NUMBERS = 20_000
"""How often a number stands in a file: as much as a long transcript."""


def replace_slowly(replace=Path.replace):
    """Draw out the moment between the look at a file and its replacement, in which another writer could come."""

    def slow(part, target):
        time.sleep(0.002)
        return replace(part, target)

    Path.replace = slow


def add_lines(target, name, count):
    """Add ``count`` lines, each to what was read; read again where somebody else won. Returns how often that was."""
    replace_slowly()
    told = 0
    for n in range(count):
        while True:
            seen = bytes_of(target)
            try:
                write_over(target, (seen or b"") + f"{name} {n}\n".encode(), seen=seen)
            except ChangedMeanwhile:
                told += 1
            else:
                break
    return told


def write_numbers(target, first):
    """One number after the other, said once it is on the disk."""
    for n in range(first, first + 100_000):
        write_over(target, f"{n:08}\n".encode() * NUMBERS, seen=bytes_of(target))
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    what, where, name, number = sys.argv[1:]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if what == "lines":
        sys.stdout.write(f"{add_lines(Path(where), name, int(number))}\n")
    else:
        write_numbers(Path(where), int(number))
