"""Where the work stands, and what comes next."""

import pytest
from analysis_samples import coding, document, structure

from ethnokit.analysis.coverage import lines, summary
from ethnokit.analysis.progress import Next, Step, next_step, progress, waiting
from ethnokit.model import AnchorState, CodingState, Participation

CODINGS = [
    coding("a", "ent-1", "gouv.roles", 0, 9),
    coding("b", "ent-1", "gouv.roles", 20, 29, by="tutrice", state=AnchorState.CHANGED),
    coding("c", "ent-1", "gouv.roles", 40, 49, state=AnchorState.MOVED),
    coding("d", "ailleurs", "gouv.roles", 0, 9, state=AnchorState.LOST),
]


def test_codings_by_coder_and_what_waits():
    documents = [document("ent-1", ["loutres"], state=CodingState.TO_CODE), document("ent-2", ["loutres"])]
    first, second = progress(documents, CODINGS, {"ent-2": 3})
    assert first.codings == {"ines": 2, "tutrice": 1}
    assert (first.waiting, first.undecided, first.state, first.to_do) == (1, None, CodingState.IN_PROGRESS, True)
    assert (second.codings, second.undecided, second.to_do) == ({}, 3, False)
    assert waiting(CODINGS) == {AnchorState.CHANGED: ("b",), AnchorState.AMBIGUOUS: (), AnchorState.LOST: ("d",)}


MET, TO_ASK = structure("loutres"), structure("grue", Participation.TO_ASK)
CODED = document("ent-1", ["loutres"])
UNCODED = document("ent-2", ["loutres"], state=CodingState.TO_CODE)
BEGUN = document("ent-3", ["loutres"], state=CodingState.IN_PROGRESS)


@pytest.mark.parametrize(
    ("errors", "adrift", "structures", "documents", "undecided", "expected"),
    [
        (2, 1, [MET], [UNCODED], {}, Next(Step.REPAIR, None, 2)),
        (0, 1, [MET], [UNCODED], {}, Next(Step.REANCHOR, None, 1)),
        (0, 0, [MET], [], {}, Next(Step.IMPORT)),
        (0, 0, [MET], [UNCODED, BEGUN], {"ent-2": 4}, Next(Step.CODE, "ent-3", 2)),
        (0, 0, [MET], [CODED], {"ent-1": 4}, Next(Step.DECIDE, "ent-1", 1)),
        (0, 0, [MET, structure("vison")], [CODED], {"ent-1": 0}, Next(Step.TRANSCRIBE, "vison", 1)),
        (0, 0, [MET, TO_ASK], [CODED], {}, Next(Step.ASK, "grue", 1)),
        (0, 0, [MET], [CODED], {}, Next(Step.BUILD)),
    ],
)
def test_the_first_thing_that_keeps_the_study_back(errors, adrift, structures, documents, undecided, expected):
    register = lines(structures, documents, (), ())
    assert next_step(errors, adrift, progress(documents, (), undecided), register, summary(register)) == expected
