"""A study of two small texts, and the page of it served by a process of its own, as a person starts it."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FILES = {
    "ethnokit.yaml": "study: Le carrefour\nlanguage: fr\n",
    "codebook.yaml": """\
codebook: {id: carrefour, version: "1"}
families:
  - {id: gouv, label: Gouvernance, colour: "#7A5195"}
  - {id: frein, label: Freins et besoins, colour: "#8A4B2A"}
  - {id: coop, label: Coopérations, colour: "#3E7D3E"}
codes:
  # Une remarque que personne ne doit perdre.
  - id: gouv.decision
    family: gouv
    label: Prise de décision
    definition: Comment on décide, et qui.
    include: [la façon de trancher]
    exclude: ["les rôles : gouv.roles"]
    example: "« On vote le mardi. »"
    strong: [décider, voter]
  - id: gouv.roles
    family: gouv
    label: Rôles et mandats
    definition: Qui fait quoi.
    synonyms: [bureau]
    strong: [trésorier]
  - {id: frein.temps, family: frein, label: Manque de temps, definition: "Le temps manque.", strong: [temps]}
  - {id: coop.entraide, family: coop, label: Entraide, definition: "Une aide.", relation: true}
""",
    "fieldwork/structures/loutres.md": "---\nid: loutres\ntype: structure\nname: Les Loutres\n---\n",
    "fieldwork/structures/heron.md": "---\nid: heron\ntype: structure\nname: Le Héron\n---\n",
    "fieldwork/interviews/ent-loutres-01.md": """\
---
id: ent-loutres-01
type: interview
title: Entretien aux Loutres
structures: [loutres]
date: 2026-05-19
speakers:
  - {code: E, role: interviewer}
  - {code: P1, role: participant, pseudonym: Camille}
consent: {form: written, quote: pseudonym, structure_named: true}
---

## Les décisions

**E:** Qui décide, chez vous ?

**P1:** On est quatre 🦦 à voter, un mardi sur deux. Celui qui a le temps propose, les autres disent non.

On a essayé autrement une fois, avec le Héron, qui nous a prêté une salle.

**E:** Et quand vous n’êtes pas d’accord ?

**P1:** Alors on attend. Le trésorier n’aime pas ça, mais l’adhérent·e qui n’a rien dit a le droit de dormir dessus.
""",
    "fieldwork/interviews/ent-heron-01.md": """\
---
id: ent-heron-01
type: interview
structures: [heron]
date: 2026-05-21
speakers:
  - {code: E, role: interviewer}
  - {code: P2, role: participant, pseudonym: Dominique}
---

**E:** Racontez-moi une semaine.

**P2:** Le lundi on ouvre. <script>window.attacked = true</script> Le temps manque, et personne ne veut décider.
""",
}


def write_study(root: Path, files: dict[str, str] | None = None) -> Path:
    for name, text in (FILES if files is None else files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


class Served:
    """``ethnokit serve`` on a study, in a process of its own."""

    def __init__(self, root: Path, state: Path, *options: str, by: str = "ines", language: str = "en") -> None:
        self.root, self.state, self.options, self.by, self.language = root, state, options, by, language
        self.process: subprocess.Popen[str] | None = None
        self.address = ""
        self.said: list[str] = []

    def start(self) -> str:
        """Start it; the one-time address that it prints."""
        command = [sys.executable, "-m", "ethnokit", "-C", str(self.root), "--lang", self.language, "serve"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_STATE_HOME": str(self.state)}
        environment["PYTHONUNBUFFERED"] = "1"
        self.process = subprocess.Popen(
            [*command, "--by", self.by, "--no-browser", *self.options],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.address = ""
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        deadline = time.monotonic() + 60
        while not self.address:
            assert time.monotonic() < deadline, "".join(self.said)
            assert self.process.poll() is None, "".join(self.said)
            time.sleep(0.02)
        return self.address

    def _listen(self, process: subprocess.Popen[str]) -> None:
        with process.stdout:
            for line in process.stdout:
                self.said.append(line)
                if found := re.search(r"http://127\.0\.0\.1:\d+/\S*", line):
                    self.address = found[0]

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)

    def log(self, document: str, by: str | None = None) -> str:
        """What the log of a coder on a document holds."""
        path = self.root / "fieldwork/codings" / document / f"{by or self.by}.jsonl"
        return path.read_text("utf-8") if path.exists() else ""


def free_port() -> int:
    """A port that no program had a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
