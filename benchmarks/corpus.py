"""A study of any size, made by repeating the example study and, where they are, the real texts beside the repository.

Ids and words are changed, so that no two documents are alike and the vocabulary goes on growing as it
does in real talk. The same size always gives the same bytes. Run alone: ``python -m benchmarks.corpus DIR WORDS``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "corpus"
FOLDERS = {
    "changelog-rfc": "interviews",
    "codegouv": "interviews",
    "parisstories": "interviews",
    "rhapsodie": "interviews",
    "club1": "documents",
}
"""Where the real texts go in a study."""
EXAMPLES = ("interviews", "observations", "documents")
WORDS_PER_DOCUMENT = 5000
CODINGS_PER_DOCUMENT = 25
STRUCTURES = 98
CODERS = ("ines", "tutrice")
CHANGED, INVENTED = 0.06, 0.01
"""Shares of the words that are put in another's place, and that exist nowhere else."""

_HEADER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_WORD = re.compile(r"\b[a-zàâäéèêëîïôöùûüçœ]{4,}\b")
"""Lower case only: labels of speakers stay as they are."""


@dataclass(frozen=True)
class Text:
    """A source to repeat."""

    name: str
    folder: str
    header: str
    body: str


def make(study: Path, words: int) -> int:
    """Write a study of about ``words`` words; returns how many there are in its documents."""
    texts = sources()
    vocabulary = sorted({word for text in texts for word in _WORD.findall(text.body)})
    copies = _register(study)
    count = 0
    for rank in range(max(1, round(words / WORDS_PER_DOCUMENT))):
        text = texts[rank % len(texts)]
        copy = rank // len(texts)
        body = _long(text.body, Random(f"{text.name} {copy}"), vocabulary)
        count += len(body.split())
        header = _renamed(text.header, f"{copy:03d}", f"{copy % copies:02d}")
        file = study / "fieldwork" / text.folder / f"{text.name}-{copy:03d}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{header}---\n{body}" if header else body, encoding="utf-8")
    for file in ("codebook.yaml", "ethnokit.yaml"):
        shutil.copy(ROOT / file, study / file)
    _codings(study)
    return count


def sources() -> list[Text]:
    """The texts of the example study, then those beside the repository, in a fixed order."""
    files = [(file, folder) for folder in EXAMPLES for file in (ROOT / "fieldwork" / folder).glob("*.md")]
    files += [(file, folder) for name, folder in FOLDERS.items() for file in (SHARED / name).glob("*.*")]
    wanted = [
        (file, folder)
        for file, folder in files
        if file.suffix in (".md", ".txt") and not file.name.startswith(("SOURCE", "LICENSE", "README"))
    ]
    return [
        _text(file, folder) for file, folder in sorted(wanted, key=lambda pair: (pair[0].parent.name, pair[0].name))
    ]


def _text(file: Path, folder: str) -> Text:
    whole = file.read_text(encoding="utf-8")
    found = _HEADER.match(whole)
    return Text(file.stem, folder, found[1] if found else "", whole[found.end() if found else 0 :])


def _register(study: Path) -> int:
    """Copies of the example's structures under other ids; returns how many copies there are."""
    files = sorted((ROOT / "fieldwork" / "structures").glob("*.md"))
    copies = max(1, round(STRUCTURES / len(files)))
    folder = study / "fieldwork" / "structures"
    folder.mkdir(parents=True)
    for copy in range(copies):
        for file in files:
            text = re.sub(r"^id: *(\S+)", rf"id: \1-{copy:02d}", file.read_text(encoding="utf-8"), flags=re.M)
            (folder / f"{file.stem}-{copy:02d}.md").write_text(text, encoding="utf-8")
    return copies


def _renamed(header: str, copy: str, register: str) -> str:
    """The header with another id, and the structures of one copy of the register."""
    header = re.sub(r"^id: *(\S+)", rf"id: \1-{copy}", header, flags=re.M)

    def again(found: re.Match[str]) -> str:
        return found[1] + re.sub(r"[\w-]+", rf"\g<0>-{register}", found[2])

    return re.sub(r"(structures?: *)(\[[\w, -]*\]|[\w-]+)", again, header)


def _long(body: str, random: Random, vocabulary: list[str]) -> str:
    """The body over and over, each time with other words, until it is long enough."""
    parts: list[str] = []
    missing = WORDS_PER_DOCUMENT
    while missing > 0:
        for paragraph in body.split("\n\n"):
            changed = _WORD.sub(lambda found: _other(found[0], random, vocabulary), paragraph)
            parts.append(changed)
            missing -= len(changed.split())
            if missing <= 0:
                break
    return "\n\n".join(parts) + "\n"


def _other(word: str, random: Random, vocabulary: list[str]) -> str:
    dice = random.random()
    if dice < INVENTED:
        letters = list(word)
        random.shuffle(letters)
        return "".join(letters)
    return random.choice(vocabulary) if dice < CHANGED else word


def _codings(study: Path) -> None:
    """Logs in which two coders have coded passages spread over each document."""
    from ethnokit.codings.jsonl import dump
    from ethnokit.study import load

    read, _problems = load(study)
    codes = [code.id for code in read.codebook.codes if code.codable and not code.relation]
    for document in read.documents:
        random = Random(document.id)
        for coder in CODERS:
            file = study / "fieldwork" / "codings" / document.id / f"{coder}.jsonl"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"".join(dump(event) for event in _events(document, coder, codes, random)))


def _events(document, coder: str, codes: list[str], random: Random) -> Iterator:
    from ethnokit.codings.anchor import make_anchor
    from ethnokit.ingest.segments import segments
    from ethnokit.model import Act, Event

    spans = segments(document)
    for n in range(min(len(spans), CODINGS_PER_DOCUMENT // len(CODERS))):
        start, end = spans[random.randrange(len(spans))]
        yield Event(
            id=hashlib.sha256(f"{document.id} {coder} {n}".encode()).hexdigest()[:26],
            at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=n),
            by=coder,
            act=Act.ADD,
            document=document.id,
            code=random.choice(codes),
            anchor=make_anchor(document, start, min(end, start + 200)),
        )


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2])))
