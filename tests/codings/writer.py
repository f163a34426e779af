"""Appends events one by one and says each id once it is acknowledged: killed by test_kill."""

import sys
from pathlib import Path

import portalocker  # noqa: F401 - append loads it; what is timed is the writing
from codings_samples import event

from ethnokit.codings.log import append

root, coder, prefix, count = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
sys.stdout.write("ready\n")
sys.stdout.flush()
for n in range(count):
    one = event(f"{prefix}-{n}", by=coder)
    append(root, "ent-01", coder, [one])
    sys.stdout.write(one.id + "\n")
    sys.stdout.flush()
