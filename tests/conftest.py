"""What all tests share: running a command as a person would, and the real texts beside the repository."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

# Two cores shared with other tests: an example that is slow once says nothing of the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def in_english():
    """A command that a test called may have chosen another language for the whole process."""
    from ethnokit.i18n import set_language

    set_language("en")


@pytest.fixture
def ethnokit(monkeypatch, capsys):
    """Call the command line; English messages unless ``--lang`` says otherwise."""
    from ethnokit.cli import main

    monkeypatch.setenv("ETHNOKIT_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["ethnokit", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Run(ended.value.code or 0, captured.out, captured.err)

    return call


@pytest.fixture
def corpus():
    """The real texts, read in place; never copied into the repository."""
    if not CORPUS.is_dir():
        pytest.skip("the real texts (../shared/corpus) are not beside this repository")
    return CORPUS
