"""Coverage: every structure is in one group, and nothing that others said makes it a source."""

import pytest
from analysis_samples import answer, coding, document, structure, study

from ethnokit.analysis.coverage import Group, coverage, lines, summary
from ethnokit.analysis.evidence import gather
from ethnokit.model import CodingState, DocumentType, Participation, Role, Speaker


def covered(known):
    return {line.structure: line for line in lines(known.structures, known.documents, known.answers, gather(known))}


@pytest.mark.parametrize(
    ("state", "answered", "group"),
    [
        (Participation.MET, False, Group.MET),
        (Participation.MET, True, Group.MET),
        (Participation.AGREED, False, Group.AGREED),
        (Participation.SCHEDULED, False, Group.AGREED),
        (Participation.ASKED, False, Group.SILENT),
        (Participation.REMINDED, False, Group.SILENT),
        (Participation.NO_ANSWER, False, Group.SILENT),
        (Participation.REMINDED, True, Group.ANSWERED),
        (Participation.TO_ASK, True, Group.ANSWERED),
        (Participation.TO_ASK, False, Group.NOT_ASKED),
        (Participation.REFUSED, False, Group.REFUSED),
        (Participation.REFUSED, True, Group.REFUSED),
        (Participation.OUT_OF_SCOPE, True, Group.OUT_OF_SCOPE),
    ],
)
def test_groups_are_kept_apart(state, answered, group):
    known = study([structure("grue", state)], [], [], [answer("grue")] if answered else [])
    assert covered(known)["grue"].group == group
    assert covered(known)["grue"].questionnaires == int(answered)


def test_an_empty_row_of_a_questionnaire_is_no_answer():
    from dataclasses import replace

    known = study([structure("grue", Participation.ASKED)], [], [], [replace(answer("grue"), fields=())])
    assert covered(known)["grue"].group == Group.SILENT


def test_sources_by_kind_and_passages_that_speak_for_the_structure():
    documents = [
        document("ent-1", ["loutres"]),
        document("obs-1", ["loutres", "grue"], {}, DocumentType.OBSERVATION),
        document("doc-1", ["loutres"], {}, DocumentType.DOCUMENT, CodingState.TO_CODE),
    ]
    codings = [
        coding("a", "ent-1", "gouv.decision", 0, 10),
        coding("b", "ent-1", "gouv.decision", 5, 12, by="tutrice"),  # the same passage, seen by both
        coding("c", "ent-1", "gouv.decision", 20, 30),
        coding("d", "obs-1", "gouv.decision", 0, 5),  # for one of two, and nobody said which
    ]
    table = coverage(*_parts(study(map(structure, ["loutres", "grue"]), documents, codings)))
    row = table.loc["loutres"]
    assert row[["interviews", "observations", "documents", "sources", "read"]].tolist() == [1, 1, 1, 3, 2]
    assert row["passages"] == 2
    assert table.loc["grue", "passages"] == 0
    assert list(table.index) == ["loutres", "grue"]


def _parts(known):
    return known.structures, known.documents, known.answers, gather(known)


def test_a_structure_that_only_others_speak_of_is_told_apart():
    codings = [
        coding("a", "ent-1", "coop.entraide", 0, 10, target="pivert"),
        coding("b", "ent-1", "coop.entraide", 40, 50, target="vison"),
        coding("c", "ent-1", "coop.entraide", 60, 70, target="loutres"),  # of itself: nothing told by others
    ]
    known = study(map(structure, ["loutres", "pivert", "vison"]), [document("ent-1", ["loutres"])], codings)
    answered = study(known.structures, known.documents, codings, [answer("vison")])
    assert {s: line.told for s, line in covered(known).items()} == {"loutres": 0, "pivert": 1, "vison": 1}
    assert [s for s, line in covered(known).items() if line.only_told] == ["pivert", "vison"]
    assert [s for s, line in covered(answered).items() if line.only_told] == ["pivert"]


def test_to_be_one_of_several_in_a_note_is_no_own_word_until_a_coder_says_so():
    note = document("obs-1", ["loutres", "grue"], {}, DocumentType.OBSERVATION)
    silent = study(map(structure, ["loutres", "grue"]), [note], [])
    heard = study(silent.structures, [note], [coding("a", "obs-1", "gouv.roles", 0, 5, structure="grue")])
    assert [line.only_told for line in covered(silent).values()] == [True, True]
    assert [line.only_told for line in covered(heard).values()] == [True, False]


def test_the_interviewers_own_structure_is_no_source():
    from dataclasses import replace

    interview = document("ent-1", ["loutres"])
    asks = Speaker("E", Role.INTERVIEWER, structures=("grue",))
    interview = replace(interview, speakers=(asks, *interview.speakers))
    known = study(map(structure, ["loutres", "grue"]), [interview], [])
    assert covered(known)["grue"].sources == 0


def test_the_summary_says_of_how_many():
    register = [structure("loutres"), structure("grue", Participation.REFUSED), structure("pivert")]
    found = lines(register, [], [], ())
    whole = summary(found, population=10)
    assert (whole.population, whole.listed, whole.unlisted) == (10, 3, 7)
    assert whole.groups[Group.MET] == ("loutres", "pivert")
    assert whole.groups[Group.REFUSED] == ("grue",)
    assert sum(map(len, whole.groups.values())) == 3
    assert summary(found, population=2).population == 3, "a register that lists more than the settings say"
    assert summary(found).population == 3
