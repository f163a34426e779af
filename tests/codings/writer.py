"""Codes a passage again and again and says each id once it is acknowledged: killed by test_kill."""

import sys
from pathlib import Path

import portalocker  # noqa: F401 - append loads it; what is timed is the writing
from codings_samples import BOOK, interview

from ethnokit.codings.decide import add
from ethnokit.codings.desk import Desk

root, coder, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
desk, document = Desk(root, coder, BOOK), interview()
start = document.body.index("On décide")
sys.stdout.write("ready\n")
sys.stdout.flush()
for n in range(count):
    made, problems = add(desk, document, "gouv.decision", (start, start + 2 + n % 20))
    assert made, problems
    sys.stdout.write(made + "\n")
    sys.stdout.flush()
