"""One function decides: every rule can only close."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnokit.analysis.evidence import Evidence
from ethnokit.model import (
    Anchor,
    Attributes,
    Audience,
    Coding,
    Consent,
    ConsentForm,
    Document,
    DocumentType,
    Proofreading,
    Quoting,
    Role,
    Settings,
    Structure,
    Turn,
    Workforce,
)
from ethnokit.privacy.rights import Reason, decide

OPEN = Consent(ConsentForm.WRITTEN, quote=Quoting.NAME, structure_named=True)
SETTINGS = Settings(audience=Audience.PUBLIC, default_audience=Audience.TEAM)
LARGE = Structure("loutres", "Les Loutres", "loutres.md", workforce=Workforce(volunteers=9))
OPENNESS = list(Quoting)
"""From not at all to the name: the order of the word list."""


def evidence(consent=OPEN, audience=Audience.PUBLIC, type=DocumentType.INTERVIEW, passage=None):
    document = Document("e1", type, "e1.md", "Un mot.", 1, "", ("loutres",), consent=consent, audience=audience)
    noon = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    coding = Coding("c1", "e1", "x", Anchor(0, 6, "Un mot"), "ines", noon, Attributes(audience=passage))
    return Evidence(coding, document, Turn(1, "P1", Role.PARTICIPANT, None, 0, 7), "loutres", "c1")


def public(structure=LARGE, *, telling=False, **changes):
    return decide(evidence(**changes), SETTINGS, structure, Audience.PUBLIC, telling=telling)


def test_all_agreed_is_open():
    right = public()
    assert (right.readable, right.quoting, right.structure_named, right.reasons) == (True, Quoting.NAME, True, ())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"audience": Audience.COLLECTIVE}, Reason.BOUND),
        ({"audience": None}, Reason.BOUND),
        ({"passage": Audience.TEAM}, Reason.BOUND),
        ({"consent": None}, Reason.NO_CONSENT),
        ({"consent": replace(OPEN, form=ConsentForm.ABSENT)}, Reason.NO_CONSENT),
        ({"consent": replace(OPEN, quote=Quoting.NONE)}, Reason.NOT_TO_QUOTE),
        ({"consent": replace(OPEN, proofreading=Proofreading.REQUESTED)}, Reason.PROOFREADING),
        ({"consent": replace(OPEN, quote=Quoting.FUNCTION), "structure": None}, Reason.SMALL_GROUP),
        ({"telling": True}, Reason.NAMES_A_STRUCTURE),
        ({"consent": replace(OPEN, structure_named=False)}, Reason.STRUCTURE_NOT_NAMED),
    ],
)
def test_each_missing_agreement_closes_and_says_why(changes, reason):
    right = public(**changes)
    assert reason in right.reasons
    assert not right.readable or right.quoting is not Quoting.NAME or not right.structure_named


def test_a_page_that_is_public_needs_no_signature_but_says_how_it_may_be_quoted():
    page = replace(OPEN, form=ConsentForm.ABSENT, quote=Quoting.UNATTRIBUTED, structure_named=False)
    right = public(type=DocumentType.DOCUMENT, consent=page)
    assert (right.quoting, right.structure_named) == (Quoting.UNATTRIBUTED, True)
    assert public(type=DocumentType.DOCUMENT, consent=None).quoting is Quoting.NONE


def test_minutes_that_are_not_public_are_signed_by_nobody_who_did_not_agree():
    minutes = evidence(replace(OPEN, structure_named=False), Audience.COLLECTIVE, DocumentType.DOCUMENT)
    assert not decide(minutes, SETTINGS, LARGE, Audience.COLLECTIVE).structure_named


audiences = st.sampled_from([*Audience, None])
consents = st.none() | st.builds(
    Consent,
    form=st.sampled_from(ConsentForm),
    quote=st.sampled_from(Quoting),
    structure_named=st.booleans(),
    proofreading=st.sampled_from(Proofreading),
)
cases = st.fixed_dictionaries(
    {
        "consent": consents,
        "audience": audiences,
        "passage": audiences,
        "type": st.sampled_from(DocumentType),
    }
)
structures = st.none() | st.builds(
    lambda n: replace(LARGE, workforce=Workforce(volunteers=n)), st.none() | st.integers(0, 9)
)
settings = st.builds(Settings, audience=st.sampled_from(Audience), default_audience=st.sampled_from(Audience))


def openness(right):
    return right.readable, OPENNESS.index(right.quoting), right.structure_named


def no_more_open(one, other):
    return all(mine <= yours for mine, yours in zip(openness(one), openness(other), strict=True))


@given(cases, settings, structures)
def test_a_wider_audience_never_reads_more(case, settings, structure):
    team, collective, public = (decide(evidence(**case), settings, structure, a) for a in Audience)
    assert no_more_open(public, collective)
    assert no_more_open(collective, team)


def order(value, kind):
    """A value and all the more closed ones: None is the most closed."""
    ladder = [None, *kind]
    return ladder[: ladder.index(value) + 1]


@given(cases, settings, structures, st.sampled_from(Audience), st.data())
def test_closing_one_thing_never_opens_another(case, settings, structure, audience, data):
    before = decide(evidence(**case), settings, structure, audience)
    rules = ["study", "consent", "quote", "proofreading", "named", "passage", "group", "telling"]
    what = data.draw(st.sampled_from(rules))
    consent = case["consent"]
    if what == "study":
        settings = replace(settings, audience=data.draw(st.sampled_from(order(settings.audience, Audience)[1:])))
    elif what == "passage":
        passage = Audience.PUBLIC if case["passage"] is None else case["passage"]
        case = {**case, "passage": data.draw(st.sampled_from(order(passage, Audience)[1:]))}
    elif what == "group":
        structure = None
    elif what != "telling" and consent is not None:
        closer = {
            "consent": None,
            "quote": replace(consent, quote=Quoting.NONE),
            "proofreading": replace(consent, proofreading=Proofreading.REQUESTED),
            "named": replace(consent, structure_named=False),
        }[what]
        case = {**case, "consent": closer}
    after = decide(evidence(**case), settings, structure, audience, telling=what == "telling")
    assert no_more_open(after, before)
