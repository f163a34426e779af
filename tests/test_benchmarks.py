"""The benchmarks measure what they say: the same study twice, rivals that find the same, one section replaced."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def benchmarks_can_be_imported(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_made_study_is_the_same_every_time_and_can_be_read(tmp_path):
    from ethnokit.study import load

    said = [int(run("benchmarks.corpus", tmp_path / name, 60_000)) for name in ("one", "two")]
    assert said[0] == said[1] == pytest.approx(60_000, rel=0.05)
    digests = []
    for name in ("one", "two"):
        files = sorted(file for file in (tmp_path / name).rglob("*") if file.is_file())
        digests.append([(f.relative_to(tmp_path / name), hashlib.sha256(f.read_bytes()).hexdigest()) for f in files])
    assert digests[0] == digests[1]

    study, problems = load(tmp_path / "one")
    assert len(study.documents) == 12
    assert len(study.structures) == 98
    assert len(study.codings) > 100
    assert {c.state.value for c in study.codings} == {"exact"}
    assert not {p.rule for p in problems} & {"ST001", "ST002", "ST003", "CD002"}


def test_both_ways_to_find_themes_that_meet_find_the_same():
    ours, merge = (json.loads(run("benchmarks.bench_cooccurrence", way, 1250)) for way in ("ours", "merge"))
    assert ours["rows"] > 100
    assert ours["found"] == merge["found"]


def test_a_command_is_measured_in_a_process_of_its_own():
    from benchmarks.measure import cost

    found = cost(sys.executable, "-c", "print(len('x' * 200_000_000))", runs=2, warm=False)
    assert found.said == "200000000\n"
    assert len(found.seconds) == 2
    assert 200 < found.megabytes < 400
    assert 0 < found.busy < 60
    with pytest.raises(RuntimeError, match="ended with 3: no such thing"):
        cost(sys.executable, "-c", "import sys; sys.stderr.write('no such thing'); sys.exit(3)", runs=1, warm=False)


def test_one_section_is_written_anew_and_the_rest_is_kept(tmp_path):
    from benchmarks.page import Section, Table, write

    page = tmp_path / "performance.md"
    page.write_text("# What it costs\n\nWritten by hand.\n", encoding="utf-8")

    def section(title, cell):
        return Section(title, [Table(("what", "cost"), [["help", cell]])])

    write("a", section("First", "1 s"), (), page)
    write("b", section("Second", r"2 s \1"), (), page)
    before = page.read_text(encoding="utf-8")
    write("a", section("First", "9 s"), (), page)
    assert page.read_text(encoding="utf-8").count("<!-- benchmark") == 2
    assert "| help | 9 s |" in page.read_text(encoding="utf-8")
    assert "| help | 1 s |" not in page.read_text(encoding="utf-8")
    after = page.read_text(encoding="utf-8")
    assert after.startswith("# What it costs\n\nWritten by hand.\n\n<!-- benchmark a -->\n## First\n")
    assert after[after.index("<!-- benchmark b -->") :] == before[before.index("<!-- benchmark b -->") :]


def test_the_page_of_the_repository_names_every_benchmark_and_no_folder_of_a_machine():
    from benchmarks.__main__ import benchmarks

    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert {"startup", "suggest", "cooccurrence"} <= set(benchmarks())
    assert [name for name in benchmarks() if f"<!-- benchmark {name} -->" not in page] == []
    assert not any(word in page for word in ("/work", "/home/", "/root", "/tmp", "/Users/"))
