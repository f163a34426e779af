import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def field(tmp_path, ethnokit):
    """The folder of the study of ``field.py``, with its codings."""
    from field import CODINGS, write_field

    root = tmp_path / "etude"
    write_field(root)
    for by, codings in CODINGS.items():
        rows = [{"document": d, "code": c, "quote": q, "attributes": a} for d, c, q, a in codings]
        source = tmp_path / f"{by}.jsonl"
        source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        run = ethnokit("-C", root, "coding", "add", "--from", source, "--by", by)
        assert run.code == 0, run.err
    return root


@pytest.fixture
def ask(ethnokit, field):
    """Call a command on that study; it must end well."""

    def call(*arguments):
        run = ethnokit("-C", field, *arguments)
        assert run.code == 0, run.err
        return run

    return call


@pytest.fixture
def data(ask):
    """What a command answers with ``--json``."""
    return lambda *arguments: json.loads(ask(*arguments, "--json").out)


@pytest.fixture
def table(ask):
    """What a spreadsheet reads in what a command answers with ``--csv``: one dict per row."""
    import csv
    import io

    def call(*arguments):
        text = ask(*arguments, "--csv").out
        assert text.startswith("\ufeff")
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))

    return call
