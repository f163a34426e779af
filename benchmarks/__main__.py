"""``python -m benchmarks [NAME]...``: run all benchmarks, or those named, and write ``docs/performance.md``.

A benchmark is a module ``bench_<name>`` with a function ``run`` that gives a :class:`~benchmarks.page.Section`, and
``LIBRARIES``, the names of the packages whose versions matter to it. It must import nothing large itself: the
memory of a process is counted from that of its parent.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.page import PAGE, write


def main(wanted: list[str]) -> int:
    """Run and write; returns the exit code."""
    known = benchmarks()
    if unknown := set(wanted) - set(known):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in wanted or known:
        start = time.monotonic()
        write(name, known[name].run(), known[name].LIBRARIES)
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    print(PAGE)
    return 0


def benchmarks() -> dict[str, Any]:
    """The modules by name; one that cannot be run yet only makes studies."""
    files = sorted(Path(__file__).parent.glob("bench_*.py"))
    modules = {file.stem.removeprefix("bench_"): import_module(f"benchmarks.{file.stem}") for file in files}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
