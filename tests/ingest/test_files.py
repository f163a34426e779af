"""Headers, register, questionnaires, settings and memos, each from a text visible in the test."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.diagnostics import Severity, Source
from ethnokit.diagnostics.rules import RULES
from ethnokit.ingest.document import read_document
from ethnokit.ingest.frontmatter import split
from ethnokit.ingest.memo import read_memo
from ethnokit.ingest.questionnaire import read_answers
from ethnokit.ingest.register import read_structure
from ethnokit.ingest.settings import read_settings
from ethnokit.model import (
    Audience,
    CodingState,
    Consent,
    ConsentForm,
    DocumentType,
    Hosting,
    LegalForm,
    Membership,
    Participation,
    Proofreading,
    Quoting,
    Role,
    SheetState,
    Stance,
    Tie,
)
from ethnokit.text.normal import MAX_BYTES

INTERVIEW, OBSERVATION, DOCUMENT = DocumentType


def interview(text, path="fieldwork/interviews/a.md"):
    return read_document(text if isinstance(text, bytes) else text.encode(), path, INTERVIEW)


def ids(problems):
    return {p.rule for p in problems}


@pytest.mark.parametrize(
    ("text", "header", "body", "line"),
    [
        ("---\nid: a\n---\nb\n", "id: a\n", "b\n", 4),
        ("--- \nid: a\n...\n\nb", "id: a\n", "\nb", 4),
        ("---\n---\nb", "", "b", 3),
        ("---\nid: a\n---", "id: a\n", "", 3),
        ("a\n---\nb\n---\n", None, "a\n---\nb\n---\n", 1),
    ],
)
def test_split(text, header, body, line):
    front, problems = split(text, Source.of("a.md", text))
    assert (front.header, front.body, front.body_line, problems) == (header, body, line, [])
    assert text[front.offset :] == front.body


def test_unclosed_header_is_text():
    text = "---\nid: a\n\n**P1 :** b\n"
    front, problems = split(text, Source.of("a.md", text))
    assert front.body == text
    assert [(p.rule, p.severity, p.line) for p in problems] == [("FM001", Severity.WARNING, 1)]


@pytest.mark.parametrize("text", ["***\n\nid: a\n\n***\nb", "\n---\nid: a\n---\nb", "## id: a type: b\n"])
def test_mangled_header_is_noticed_and_read_as_text(text):
    document, problems = interview(text)
    assert document.body == text
    assert "FM005" in ids(problems)


def test_bad_header_never_hides_the_body():
    document, problems = interview("---\nid: [a\ntitle: b: c\n---\n**E :** d ?\n")
    assert document.body == "**E :** d ?\n"
    assert len(document.turns) == 1
    assert "YA001" in ids(problems)


def test_of_a_header_that_cannot_be_read_nothing_is_said_to_be_missing():
    header = "title: Lou: a portrait\nid: a\nstructures: [b]\nconsent: {quote: name}\naudience: team"
    _document, problems = interview(f"---\n{header}\n---\n")
    assert [(p.rule, p.line) for p in problems] == [("YA001", 2)]


FULL = """---
id: ent-1
type: entretien
structures: [loutres]
date: 2023-06-12
duree_min: 58
modalite: presence
enquete_par: E
locuteurs:
  - {code: E, role: enqueteur}
  - {code: P1, role: enquete, pseudonyme: Camille, fonction: "équipe", structure: loutres, part: partielle}
consentement: {recueilli_le: 2023-06-12, forme: ecrit, enregistrement: true, citer: pseudonyme,
  structure_nommee: oui, relecture: demandee, retrait_jusqu_au: 2023-09-15}
diffusion: collectif
transcription: {par: E, mode: relue}
source: {support: audio}
etat_codage: en_cours
---

[00:02] **P1 :** Oui.
"""


def test_full_interview():
    document, problems = interview(FULL)
    assert problems == []
    assert (document.id, document.type, document.structures) == ("ent-1", INTERVIEW, ("loutres",))
    assert (document.date, document.duration_min, document.medium) == (dt.date(2023, 6, 12), 58, "in_person")
    assert (document.audience, document.coding_state) == (Audience.COLLECTIVE, CodingState.IN_PROGRESS)
    assert (document.investigators, document.language, document.body_line) == (("E",), "fr", 19)
    speaker = document.speaker("P1")
    assert (speaker.pseudonym, speaker.function, speaker.structures) == ("Camille", "équipe", ("loutres",))
    assert document.consent == Consent(
        ConsentForm.WRITTEN,
        dt.date(2023, 6, 12),
        recording=True,
        quote=Quoting.PSEUDONYM,
        structure_named=True,
        proofreading=Proofreading.REQUESTED,
        withdrawal_until=dt.date(2023, 9, 15),
    )


def test_no_header_takes_the_most_protective_values():
    document, problems = interview("**E :** a ?\n", "fieldwork/interviews/Entretien été 2.md")
    assert (document.id, document.consent, document.audience) == ("entretien-ete-2", None, None)
    assert {"FM003", "FM004", "FM007"} <= ids(problems)
    assert "FM002" not in ids(problems)


def test_header_without_id_is_told():
    document, problems = interview("---\ntitle: b\n---\nc")
    assert document.id == "a"
    assert "FM002" in ids(problems)


def test_written_sources_need_no_consent():
    assert read_document(b"Page.", "a.md", DOCUMENT)[1] == []


def test_unknown_type_is_an_error_and_the_folder_decides():
    document, problems = interview("---\nid: a\ntype: dialogue\n---\nb")
    assert document.type is INTERVIEW
    assert ("YA004", 3, 7) in {(p.rule, p.line, p.column) for p in problems}


def test_bad_id_and_impossible_dates():
    document, problems = interview("---\nid: Été un\ndate: 2023-06-12\nredigee_le: 2023-06-11\n---\nb")
    assert document.id == "ete-un"
    assert {("FM006", 2), ("FM008", 4)} <= {(p.rule, p.line) for p in problems}


@pytest.mark.parametrize(
    "speakers",
    [
        "[{code: E, role: interviewer}, {code: P1, role: participant}]",
        "{E: {role: enqueteur}, P1: {role: enquete}}",
        "{E: interviewer, P1: participant}",
    ],
)
def test_speakers_in_each_form(speakers):
    document, problems = interview(f"---\nid: a\nspeakers: {speakers}\n---\n**P1 :** b\n")
    assert [(s.code, s.role) for s in document.speakers] == [("E", Role.INTERVIEWER), ("P1", Role.PARTICIPANT)]
    assert ids(problems) == {"FM003", "FM004", "FM007"}


def test_speakers_as_names_take_the_role_that_is_clear():
    document, problems = interview("---\nid: a\nenquete_par: E\nlocuteurs: [E, P1]\n---\n**P1 :** b\n")
    assert [(s.code, s.role) for s in document.speakers] == [("E", Role.INTERVIEWER), ("P1", Role.PARTICIPANT)]
    assert [p.line for p in problems if p.rule == "FM010"] == [4]


def test_names_without_any_interviewer_are_nobody_in_particular():
    document, _ = interview("---\nid: a\nlocuteurs: [A, B]\n---\n**A :** b\n")
    assert [s.role for s in document.speakers] == [Role.OTHER, Role.OTHER]


def test_speaker_without_code_or_twice():
    _, problems = interview(
        "---\nid: a\nlocuteurs:\n  - {role: autre}\n  - {code: A, role: autre}\n  - {code: A, role: autre}\n---\n"
    )
    assert [p.line for p in problems if p.rule == "FM009"] == [4, 6]


def test_observation():
    text = (
        "---\nid: o\ntype: observation\nstructures: [a, b]\ndebut: 2023-06-13T18:00\nfin: 2023-06-13T20:30\n"
        "posture: participante\npresence_annoncee: true\nredigee_le: 2023-06-14\netat: mise_au_net\n"
        "presents: {nombre: 11, dont: {benevoles: 4}}\nconsentement: {forme: collectif, citer: sans_attribution}\n"
        "diffusion: collectif\n---\n## Faits\n\na\n"
    )
    document, problems = read_document(text.encode(), "o.md", OBSERVATION)
    assert problems == []
    assert (document.date, document.written_on) == (dt.date(2023, 6, 13), dt.date(2023, 6, 14))
    assert (document.stance, document.announced, document.present) == (Stance.PARTICIPANT, True, 11)


def test_empty_large_and_binary_files():
    assert ids(interview("")[1]) == {"FI001"}
    assert ids(interview(b"a\x00b")[1]) == {"FI003"}
    document, problems = read_document(b"begin", "a.md", INTERVIEW, size=MAX_BYTES + 1)
    assert (document.body, ids(problems)) == ("", {"FI004"})


def test_cp1252_is_read_with_a_warning():
    document, problems = interview("**P1 :** été".encode("cp1252"))
    assert document.body == "**P1 :** été"
    assert "FI002" in ids(problems)


STRUCTURE = """---
id: loutres
type: structure
nom: "Les Loutres"
autres_noms: ["loutres.example"]
forme: ASSOCIATION
membre: {etat: ACTIVE, entree: 2019-11, sortie: null}
creation: 2016
lieu: {commune: "Écluses", departement: 01, pays: FR, perimetre: "canton"}
site: https://loutres.example
effectifs: {benevoles_actifs: 5, adhesions: 62, salaries: 0, releve_le: 2023-06-12}
machines: HOME
services: [{nom: "Pad", logiciel: Etherpad, acces: libre}]
contacts: [{sujet: educ.outils, par: "animation", moyen: "a@loutres.example"}]
participation: {etat: rencontree, disponibilite: "soir", historique: [{le: 2023-06-01, quoi: sollicitee}]}
fiche: {etat: corrections, envoyee_le: 2023-08-20, version: "2", validee_par: null, remarques: "r"}
sources: [{adresse: "https://loutres.example", vu_le: 2023-06-05, pour: [forme, creation]}]
champs_non_publies: [effectifs.adhesions]
---

Chapeau.
"""


def test_structure():
    structure, problems = read_structure(STRUCTURE.encode(), "fieldwork/structures/loutres.md")
    assert problems == []
    assert (structure.id, structure.name, structure.portrait) == ("loutres", "Les Loutres", "Chapeau.")
    assert (structure.form, structure.membership) == (LegalForm.ASSOCIATION, Membership.ACTIVE)
    assert (structure.joined, structure.left, structure.founded) == ("2019-11", None, "2016")
    assert (structure.place.town, structure.place.department) == ("Écluses", "01")
    assert (structure.workforce.memberships, structure.hosting) == (62, Hosting.HOME)
    assert (structure.services[0].software, structure.contacts[0].topic) == ("Etherpad", "educ.outils")
    assert (structure.participation, structure.history[0].what) == (Participation.MET, Participation.ASKED)
    assert (structure.sheet.state, structure.sheet.version) == (SheetState.CORRECTIONS, "2")
    assert structure.sources[0].used_for == ("form", "founded")
    assert structure.unpublished == ("workforce.memberships",)


def test_misspelt_unpublished_field_is_an_error():
    text = "---\nid: a\nnom: A\nparticipation: accord\nchamps_non_publies: [effectifs.adhesion]\n---\n"
    structure, problems = read_structure(text.encode(), "a.md")
    assert structure.participation is Participation.AGREED
    assert [(p.rule, p.line, p.severity) for p in problems] == [("RG004", 5, Severity.ERROR)]
    assert "effectifs.adhesions" in problems[0].hint


def test_structure_without_header_or_name():
    assert read_structure(b"Nothing.", "a.md")[0] is None
    structure, problems = read_structure(b"---\nid: a\n---\n", "a.md")
    assert structure.name == "a"
    assert ids(problems) == {"RG002", "RG003"}


CSV = """structure,repondu_le,repond_pour,budget,competences_proposees,competences_cherchees,liens
loutres,2023-06-20,"équipe, machines","1,5","tech.sobriete;educ.outils",comp.gestion,pic-vert:coop.mutualisation
pic-vert,,,,a|b,,"loutres:coop.mutualisation;grue:coop.entraide"
grue,,,,,,
"""


@pytest.mark.parametrize("text", [CSV, "\ufeff" + CSV, CSV.replace("\n", "\r\n")])
def test_answers(text):
    (otters, woodpecker, crane), problems = read_answers(text.encode(), "q.csv")
    assert problems == []
    assert (otters.structure, otters.line, otters.answered_on) == ("loutres", 2, dt.date(2023, 6, 20))
    assert (otters.speaks_for, otters.offers) == ("équipe, machines", ("tech.sobriete", "educ.outils"))
    assert ("budget", "1,5") in otters.fields
    assert otters.fields[0] == ("answered_on", "2023-06-20")
    assert woodpecker.offers == ("a", "b")
    assert woodpecker.ties == (
        Tie("pic-vert", "loutres", "coop.mutualisation"),
        Tie("pic-vert", "grue", "coop.entraide"),
    )
    assert (crane.answered, crane.line) == (False, 4)


def test_semicolons_decimal_comma_and_lines_after_a_long_cell():
    text = 'structure;budget;avis\na;1,5;"deux\nlignes"\n\nb;2;x\n'
    answers, problems = read_answers(text.encode(), "q.csv")
    assert problems == []
    assert [(a.structure, a.line, dict(a.fields)["budget"]) for a in answers] == [("a", 2, "1,5"), ("b", 5, "2")]


def test_bad_rows_hide_no_good_ones():
    text = "structure,liens,repondu_le\n,x,\na,b,32/01/2023\na,,,trop\nb,c:d,20/06/2023\n"
    answers, problems = read_answers(text.encode(), "q.csv")
    assert [a.structure for a in answers] == ["a", "a", "b"]
    assert answers[2].answered_on == dt.date(2023, 6, 20)
    assert [(p.rule, p.line) for p in problems] == [
        ("QU002", 2),
        ("QU008", 3),
        ("QU003", 3),
        ("QU006", 4),
        ("QU005", 4),
    ]


def test_a_column_that_stands_twice_is_named_as_it_is_written():
    [problem] = read_answers(b"structure,liens,ties,Liens\n", "q.csv")[1]
    assert (problem.rule, "“Liens”" in problem.message) == ("QU004", True)


def test_table_without_structure():
    assert [p.rule for p in read_answers(b"name,x\na,b\n", "q.csv")[1]] == ["QU001"]


def test_settings():
    text = (
        'etude: "T"\nperiode: {debut: 2023-05-30, fin: 2023-09-30}\ninstantane: 2023-09-15\nlangue: fr\n'
        "population: 7\ngrille: g.yaml\ndiffusion_par_defaut: collectif\nseuil_petit_groupe: 4\n"
        "alertes: {retrait_avant_publication: true, fiche_non_validee: avertir, part_max_un_document: 0,25}\n"
    ).replace("0,25", '"0,25"')
    settings, problems = read_settings(text.encode(), "ethnokit.yaml")
    assert problems == []
    assert (settings.title, settings.start, settings.end) == ("T", dt.date(2023, 5, 30), dt.date(2023, 9, 30))
    assert (settings.population, settings.codebook, settings.small_group) == (7, "g.yaml", 4)
    assert (settings.audience, settings.default_audience) == (Audience.COLLECTIVE, Audience.COLLECTIVE)
    assert settings.max_share == 0.25


def test_settings_defaults_are_the_most_closed():
    settings, problems = read_settings(b"diffusion: publique\n", "ethnokit.yaml")
    assert problems == []
    assert (settings.audience, settings.default_audience) == (Audience.PUBLIC, Audience.TEAM)
    wrong, problems = read_settings(b"diffusion: tous\n", "ethnokit.yaml")
    assert wrong.audience is Audience.TEAM
    assert ids(problems) == {"YA004"}


def test_memo():
    memo, problems = read_memo("---\na_propos: gouv.decision\n---\nUne idée.\n".encode(), "m.md")
    assert (memo.about, memo.body, problems) == ("gouv.decision", "Une idée.", [])
    assert read_memo(b"Idea.", "m.md")[0].about is None


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"---\n", b"---\nid: a\nspeakers: ", b"structure,ties\n", b"[", b"a: "]),
)
def test_any_bytes_never_raise_and_every_rule_has_its_page(data, head):
    problems = []
    for read in (read_structure, read_answers, read_settings, read_memo):
        problems += read(head + data, "a")[1]
    problems += read_document(head + data + b"\n---\nb", "a.md", OBSERVATION)[1]
    assert ids(problems) <= RULES.keys()
