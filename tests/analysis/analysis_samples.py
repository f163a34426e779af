"""A small field of invented structures, and studies made at random of the same parts."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from ethnokit.model import (
    Anchor,
    AnchorState,
    Answer,
    Attributes,
    Code,
    Codebook,
    Coding,
    CodingState,
    Document,
    DocumentType,
    Participation,
    Posture,
    Role,
    Settings,
    Speaker,
    Structure,
    Study,
    Tie,
    Turn,
)

NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
BODY = "On décide à quatre. La Grue nous prête son courriel, et le Pivert vient le mardi. " * 3
CODEBOOK = Codebook(
    "essai",
    "1",
    codes=(
        Code("gouv", "Gouvernance", codable=False),
        Code("coop", "Coopérations", codable=False),
        Code("gouv.decision", "Prise de décision", parent="gouv"),
        Code("coop.entraide", "Entraide", parent="coop", relation=True),
        Code("gouv.roles", "Répartition des rôles", parent="gouv"),
        Code("coop.courriel", "Courriel prêté", parent="coop.entraide"),
    ),
)
CODABLE = ("gouv.decision", "coop.entraide", "gouv.roles", "coop.courriel")


def structure(id, participation=Participation.MET, name=None):
    return Structure(id, name or id.title(), f"fieldwork/structures/{id}.md", participation=participation)


def document(id, structures, speakers=None, type=DocumentType.INTERVIEW, state=CodingState.CODED, body=BODY):
    """A document in one turn by the first speaker, ``speakers`` being label → structures."""
    voices = {"P1": ()} if speakers is None else speakers
    said = tuple(Speaker(code, Role.PARTICIPANT, structures=tuple(of)) for code, of in voices.items())
    turn = Turn(1, next(iter(voices), None), Role.PARTICIPANT if voices else Role.NONE, None, 0, len(body))
    return Document(
        id,
        type,
        f"{id}.md",
        body,
        1,
        "",
        structures=tuple(structures),
        speakers=said,
        turns=(turn,),
        coding_state=state,
    )


def coding(id, document, code, start, end, by="ines", state=AnchorState.EXACT, **attributes):
    anchor = Anchor(start, end, BODY[start:end])
    return Coding(id, document, code, anchor, by, NOON, Attributes(**attributes), state)


def study(structures, documents, codings, answers=()):
    return Study(
        Path("etude"),
        Settings(),
        CODEBOOK,
        structures=tuple(structures),
        documents=tuple(documents),
        answers=tuple(answers),
        codings=tuple(codings),
    )


def answer(id, offers=(), seeks=(), ties=()):
    found = tuple(Tie(id, target, code) for target, code in ties)
    return Answer(id, "q.csv", 2, offers=offers, seeks=seeks, ties=found, fields=(("form", "ASSOCIATION"),))


REGISTER = ("loutres", "grue", "pivert", "vison")


@st.composite
def studies(draw):
    """A study with up to 40 codings over four structures and up to five documents."""
    documents = []
    for n in range(draw(st.integers(1, 5))):
        named = draw(st.lists(st.sampled_from(REGISTER), max_size=3, unique=True))
        voices = draw(st.sampled_from([None, {}, {"P1": named[:1]}, {"P1": named[:2]}]))
        state = draw(st.sampled_from([CodingState.TO_CODE, CodingState.CODED]))
        documents.append(document(f"ent-{n}", named, voices, state=state))
    codings = []
    for n in range(draw(st.integers(0, 40))):
        start = draw(st.integers(0, 60))
        codings.append(
            coding(
                f"c{n:02}",
                draw(st.sampled_from(documents)).id,
                draw(st.sampled_from(CODABLE)),
                start,
                start + draw(st.integers(1, 30)),
                draw(st.sampled_from(["ines", "tutrice"])),
                draw(st.sampled_from([AnchorState.EXACT, AnchorState.EXACT, AnchorState.LOST])),
                structure=draw(st.sampled_from([None, None, *REGISTER])),
                target=draw(st.sampled_from([None, None, *REGISTER])),
                posture=draw(st.sampled_from([None, *Posture])),
            )
        )
    return study(map(structure, REGISTER), documents, codings)


def with_codings(known, codings):
    return replace(known, codings=tuple(codings))
