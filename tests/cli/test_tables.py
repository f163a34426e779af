"""Tables on a terminal and in a pipe."""

import json
import os
import select
import subprocess
import sys
import time

import pytest

from ethnokit.cli.tables import Column, Heading, render, visible

COLUMNS = [Column("thème"), Column("n", "right")]
ROWS = [Heading("Gouvernance, rôles et tout ce qui se décide"), ["Prise de décision", "12"], ["[b]Rôles[/b]", "3"]]


def test_plain_in_a_pipe():
    assert render(COLUMNS, ROWS, width=40, terminal=False) == (
        "thème                n\n"
        "Gouvernance, rôles et tout ce qui se décide\n"
        "  Prise de décision 12\n"
        "  [b]Rôles[/b]       3\n"
    )


def test_bold_headings_and_a_rule_on_a_terminal():
    lines = render(COLUMNS, ROWS, width=40, terminal=True).splitlines()
    assert set(lines[1].strip()) == {"─"}
    assert lines[2] == "\x1b[1mGouvernance, rôles et tout ce qui se décide\x1b[0m"
    assert lines[3].rstrip() == "  Prise de décision 12"


def test_long_cells_go_on_in_the_next_line():
    out = render(COLUMNS, [["un libellé qui est trop long pour tenir", "1"]], width=20, terminal=False)
    assert max(map(len, out.splitlines())) <= 20
    assert " ".join(out.split()).replace(" 1 ", " ").endswith("trop long pour tenir")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a [31mb"),
        ("a\x9b31mb", "a 31mb"),
        ("\x1b]0;titre\x07fin", "]0;titre fin"),
        ("a\r\nb\tc", "a b c"),
        ("ab\u202etxt.exe", "ab txt.exe"),
        ("\ud800x", "x"),
        ("l’été · œuvre 🦦", "l’été · œuvre 🦦"),
    ],
)
def test_text_of_a_file_is_only_printed(text, shown):
    assert visible(text) == shown


def on_a_terminal(field, *arguments, **environment):
    """What a command writes when its output is a terminal of 100 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    variables = {**os.environ, "COLUMNS": "100", "TERM": "xterm", "ETHNOKIT_LANG": "en", **environment}
    command = [sys.executable, "-X", "utf8", "-m", "ethnokit", "-C", str(field), *arguments]
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=variables)
    os.close(theirs)
    written, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([ours], [], [], 0.2)
        try:
            part = os.read(ours, 65536) if ready else b""
        except OSError:
            break
        written += part
        if not part and process.poll() is not None:
            break
    process.wait(10)
    os.close(ours)
    return written.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_real_terminal(field):
    assert "\x1b[1mmet: 2 of 7\x1b[0m" in on_a_terminal(field, "coverage", NO_COLOR="")
    out = on_a_terminal(field, "coverage", NO_COLOR="1")
    assert "met: 2 of 7" in out
    assert "\x1b" not in out


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_json_on_a_terminal_moves_no_cursor(field):
    path = field / "fieldwork/interviews/ent-vison-01.md"
    path.write_text(path.read_text("utf-8") + "\n**P1 :** Un \x9b2J silence\x1b[1m.\n", encoding="utf-8")
    out = on_a_terminal(field, "show", "ent-vison-01", "--json", NO_COLOR="")
    assert "\x9b" not in out
    assert "\x1b" not in out
    assert "Un \x9b2J silence\x1b[1m." in json.loads(out)["body"]
