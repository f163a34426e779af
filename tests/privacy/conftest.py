"""The study of ``privacy_samples`` on disk, coded through the command line."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from privacy_samples import CASTORS, CODEBOOK, CODINGS, DOCUMENTS, HERONS, LOUTRES, SETTINGS


@pytest.fixture
def canal(tmp_path, ethnokit):
    """The folder of the coded study."""
    files = {
        "codebook.yaml": CODEBOOK,
        "ethnokit.yaml": SETTINGS,
        "fieldwork/structures/loutres.md": LOUTRES,
        "fieldwork/structures/herons.md": HERONS,
        "fieldwork/structures/castors.md": CASTORS,
        **{f"fieldwork/interviews/{name}.md": text for name, text in DOCUMENTS.items()},
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for document, code, quote, attributes in CODINGS:
        sets = [part for one in attributes for part in ("--set", one)]
        run = ethnokit(
            "-C", tmp_path, "coding", "add", document, "--code", code, "--quote", quote, "--by", "ines", *sets
        )
        assert run.code == 0, run.err
    return tmp_path
