"""The house itself: its layers hold, and asking for help loads nothing heavy."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "ethnokit"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, text=True, encoding="utf-8", capture_output=True, timeout=120, check=False
    )


def folders() -> set[str]:
    """The packages of the house that exist now."""
    return {entry.name for entry in SOURCE.iterdir() if (entry / "__init__.py").is_file()}


def test_layers_hold():
    linter = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = run(str(linter), "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"[1-9]\d* kept, 0 broken", done.stdout)


def test_contracts_bind_every_folder_that_exists():
    """A layer may be optional, in parentheses, or missing from a contract only until its folder exists."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers, libraries = settings["contracts"][0], settings["contracts"][2:]
    required = {name.strip() for line in layers["layers"] for name in line.split("|") if not name.startswith("(")}
    present = folders()
    assert present - required == set()

    owners = {
        "spacy": {"suggest"},
        "weasyprint": {"reports"},
        "click": {"cli"},
        "pydantic": {"codebook", "ingest", "text"},
        "starlette": {"workbench"},
    }
    for contract in libraries:
        library = contract["forbidden_modules"][0]
        bound = {name.removeprefix("ethnokit.") for name in contract["source_modules"]}
        assert present - owners[library] - bound == set(), contract["name"]


@pytest.fixture(scope="module")
def imported_by_help() -> set[str]:
    """Top-level names of the modules that ``ethnokit --help`` imports."""
    done = run(sys.executable, "-X", "importtime", "-m", "ethnokit", "--help")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Usage" in done.stdout or "Utilisation" in done.stdout
    # importtime writes: import time: <self us> | <cumulative> | <indent><module>
    return {found[1].partition(".")[0] for found in re.finditer(r"^import time:.*\|\s*(\S+)$", done.stderr, re.M)}


def test_help_is_measured(imported_by_help):
    assert {"ethnokit", "click"} <= imported_by_help


HEAVY = ("pandas", "numpy", "spacy", "weasyprint", "pydantic", "networkx", "fontTools")
SERVER = ("starlette", "uvicorn", "watchfiles", "anyio")


@pytest.mark.parametrize("heavy", [*HEAVY, *SERVER])
def test_help_imports_nothing_heavy(imported_by_help, heavy):
    assert heavy not in imported_by_help


def test_every_command_that_help_names_is_in_its_module():
    from ethnokit.cli import COMMANDS, group

    assert {name: group.get_command(None, name).name for name in COMMANDS} == {name: name for name in COMMANDS}


def test_every_folder_of_the_house_is_in_the_architecture_page():
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    assert {"model", "text", "diagnostics"} <= folders()
    assert {name for name in folders() if f"`{name}`" not in page} == set()


def test_every_runtime_dependency_is_in_third_party():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=~!; \[]", one, maxsplit=1)[0].lower() for one in declared}
    page = (ROOT / "THIRD_PARTY.md").read_text("utf-8").lower()
    assert "weasyprint" in names
    assert {name for name in names if f"| {name} |" not in page} == set()


def test_the_licence_is_whole():
    lines = (ROOT / "LICENSE").read_text("utf-8").splitlines()
    assert lines[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert len(lines) == 661


@pytest.mark.parametrize("page", ["README.md", "LISEZMOI.md"])
def test_the_readme_promises_no_command_that_does_not_exist(page):
    from ethnokit.cli import COMMANDS

    promised = set(re.findall(r"\*\*`ethnokit (\w+)", (ROOT / page).read_text("utf-8")))
    assert {"check", "show"} <= promised <= set(COMMANDS)
