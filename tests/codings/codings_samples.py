"""Small documents and a small codebook for the tests of codings."""

import datetime as dt

from ethnokit.model import Anchor, Attributes, Code, Codebook, Document, DocumentType, Event, Role, Turn
from ethnokit.model.words import Act
from ethnokit.text.normal import text_hash

NOON = dt.datetime(2024, 5, 31, 12, 0, tzinfo=dt.UTC)
BOOK = Codebook(
    "g",
    "0.1",
    codes=(
        Code("gouv", "Gouvernance", codable=False),
        Code("gouv.decision", "Décision", parent="gouv"),
        Code("coop.entraide", "Entraide", relation=True),
    ),
)


def document(body: str, turns: tuple[Turn, ...] = (), id: str = "ent-01") -> Document:
    return Document(id, DocumentType.INTERVIEW, f"fieldwork/interviews/{id}.md", body, 1, text_hash(body), turns=turns)


def interview() -> Document:
    body = "Comment décidez-vous ?\nOn décide à l’unanimité, en réunion.\nEt sinon ?\nOn reporte la décision."
    cuts, at = [], 0
    for n, line in enumerate(body.split("\n"), start=1):
        role = Role.INTERVIEWER if n % 2 else Role.PARTICIPANT
        cuts.append(Turn(n, "E" if n % 2 else "P1", role, None, at, at + len(line)))
        at += len(line) + 1
    return document(body, tuple(cuts))


def event(id: str, act: Act = Act.ADD, by: str = "alma", minutes: int = 0, **more) -> Event:
    if act in (Act.ADD, Act.ACCEPT, Act.REFUSE):
        more = {"code": "gouv.decision", "anchor": Anchor(0, 4, "text"), **more}
    more.setdefault("attributes", Attributes())
    return Event(id, NOON + dt.timedelta(minutes=minutes), by, act, "ent-01", **more)
