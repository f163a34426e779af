"""What other programs write into the study is noticed, and the pages are told."""

import asyncio
import errno
import os
import shutil
import time

import pytest
from loops import run
from wire import Client

from ethnokit.workbench import watch as watching

DOC = "ent-loutres-01"
WORDS = "mots d’un entretien"


def test_what_another_program_writes_is_told_to_the_page(serve, study, listen):
    client = Client(serve().address)
    client.get(f"/api/documents/{DOC}")
    page = listen(client)
    file = study / "fieldwork/interviews" / f"{DOC}.md"
    file.write_text(file.read_text("utf-8").replace("Alors on attend.", "Alors on attend un peu."), encoding="utf-8")
    page.wait_for("text", document=DOC)
    assert "Alors on attend un peu." in client.get(f"/api/documents/{DOC}").json["body"]
    book = study / "codebook.yaml"
    book.write_text(book.read_text("utf-8").replace("Manque de temps", "Le temps qui manque"), encoding="utf-8")
    page.wait_for("study")


def test_a_coding_from_the_command_line_is_told_to_the_page(serve, study, listen, ethnokit):
    client = Client(serve().address)
    client.get(f"/api/documents/{DOC}")
    page = listen(client)
    run = ethnokit("-C", study, "coding", "add", DOC, "--code", "frein.temps", "--quote", "le temps", "--by", "marc")
    assert run.code == 0, run.err
    page.wait_for("codings", document=DOC)


def test_a_fieldwork_put_in_place_of_another_is_watched_too(serve, study, listen):
    client = Client(serve().address)
    page = listen(client)
    shutil.copytree(study / "fieldwork", study.parent / "autre")
    (study / "fieldwork").rename(study.parent / "ancien")
    page.wait_for("study")
    (study.parent / "autre").rename(study / "fieldwork")
    time.sleep(2 * watching.LOOK_AGAIN_SECONDS)
    assert client.get(f"/api/documents/{DOC}").status == 200
    file = study / "fieldwork/interviews" / f"{DOC}.md"
    file.write_text(file.read_text("utf-8").replace("Alors on attend.", "On attend."), encoding="utf-8")
    page.wait_for("text", document=DOC)


def noticed(root, act, wanted):
    """The paths that are told while ``act`` is done, from what is wanted to a little after."""
    told = []

    def paths():
        return {os.path.relpath(path, root) for paths in told for path in paths}

    async def watched():
        task = asyncio.create_task(watching.watch(root, told.append))
        await asyncio.sleep(0.5)
        act()
        deadline = time.monotonic() + 15
        while not wanted <= paths() and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(watched())
    return paths()


def written(root):
    def act():
        for name in (
            ".ethnokit/cache.sqlite",
            "reports/team/report.html",
            "fieldwork/interviews/.a-1.part",
            ".git/HEAD",
        ):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("x", encoding="utf-8")
        (root / "fieldwork/interviews/new.md").write_text("x", encoding="utf-8")
        (root / "ethnokit.yaml").write_text("study: x\n", encoding="utf-8")

    return act


def test_what_is_compiled_and_what_is_hidden_is_not_watched(study):
    root, wanted = study.resolve(), {"fieldwork/interviews/new.md", "ethnokit.yaml"}
    assert noticed(root, written(root), wanted) == wanted


def test_where_the_system_has_no_watch_left_it_is_looked_at_again_and_again(study, monkeypatch):
    real = watching.awatch

    def none_left(*paths, force_polling=None, **options):
        if not force_polling:
            raise OSError(errno.ENOSPC, "OS file watch limit reached.")
        return real(*paths, force_polling=True, poll_delay_ms=100, **options)

    monkeypatch.setattr(watching, "awatch", none_left)
    root, wanted = study.resolve(), {"fieldwork/interviews/new.md", "ethnokit.yaml"}
    os.utime(root / "ethnokit.yaml", (1e9, 1e9))  # looking again tells times apart by the second only
    assert wanted <= noticed(root, written(root), wanted)


def test_a_failure_while_looking_does_not_end_the_watch(study, monkeypatch, tmp_path):
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_args, **_more: tmp_path / "logs")
    root, told = study.resolve(), set()

    def changed(paths):
        told.update(os.path.relpath(path, root) for path in paths)
        raise RuntimeError(WORDS)

    async def watched():
        task = asyncio.create_task(watching.watch(root, changed))
        await asyncio.sleep(0.5)
        for name in ("fieldwork/interviews/one.md", "fieldwork/interviews/two.md"):
            (root / name).write_text("x", encoding="utf-8")
            deadline = time.monotonic() + 15
            while name not in told:
                assert time.monotonic() < deadline, told
                await asyncio.sleep(0.05)
        task.cancel()

    run(watched())
    log = (tmp_path / "logs" / "last-failure.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "entretien" not in log
