"""The matrix against a count made by hand, and what its empty cells say."""

from itertools import product

import pytest
from analysis_samples import CODABLE, CODEBOOK, REGISTER, coding, document, structure, studies, study
from hypothesis import given

from ethnokit.analysis.evidence import gather
from ethnokit.analysis.matrix import State, matrix
from ethnokit.codings.attribution import structure_of
from ethnokit.model import AnchorState, CodingState


def counted(known, **options):
    return matrix(known.codebook, known.structures, known.documents, gather(known), **options)


def passages(known):
    """Every distinct passage, found by joining overlapping codings until nothing joins any more."""
    groups = [[c] for c in known.codings if c.state is AnchorState.EXACT]
    joined = True
    while joined:
        joined = False
        for a, b in product(groups, groups):
            if a is not b and any(_same(x, y) for x in a for y in b):
                groups.remove(b)
                a.extend(b)
                joined = True
                break
    return groups


def _same(a, b):
    alike = (a.document, a.code) == (b.document, b.code)
    return alike and a.anchor.start < b.anchor.end and b.anchor.start < a.anchor.end


def speaks_for(known, one):
    place = known.document(one.document)
    return structure_of(one, place, place.turns[0])


@given(studies())
def test_cells_are_distinct_passages(known):
    found = counted(known)
    everything = passages(known)
    for code, one in product(CODABLE, REGISTER):
        here = [group for group in everything if any(c.code == code and speaks_for(known, c) == one for c in group)]
        said = [c for c in known.codings if c.code == code and speaks_for(known, c) == one and _counts(c)]
        assert found.passages.loc[code, one] == len(here)
        assert found.raised_in.loc[code, one] == len({c.document for c in said})


def _counts(one):
    return one.state is AnchorState.EXACT


@given(studies())
def test_totals_hold_what_no_column_holds(known):
    found = counted(known)
    everything = passages(known)
    for code in CODABLE:
        here = [group for group in everything if group[0].code == code]
        nobody = [group for group in here if all(speaks_for(known, c) is None for c in group)]
        row = found.codes.loc[code]
        assert (row["passages"], row["unattributed"]) == (len(here), len(nobody))
        assert row["structures"] == (found.passages.loc[code] > 0).sum()
        assert row["sources"] == len({c.document for group in here for c in group})


@given(studies())
def test_every_cell_says_how_many_sources_were_read(known):
    found = counted(known)
    coded = {c.document for c in known.codings if _counts(c)}
    read = {d.id for d in known.documents if d.coding_state is CodingState.CODED} | coded
    said = {(c.document, speaks_for(known, c)) for c in known.codings if _counts(c)}
    for cell in found.cells():
        own = {
            d.id
            for d in known.documents
            if cell.structure in d.structures
            or any(cell.structure in s.structures for s in d.speakers)
            or (d.id, cell.structure) in said
        }
        assert (cell.sources, cell.read) == (len(own), len(own & read))
        if cell.passages == 0:
            expected = State.NOT_RAISED if own & read else State.NOT_READ if own else State.NO_SOURCE
            assert cell.state is expected
    assert found.read == len(read)


@given(studies())
def test_families_add_up_their_themes(known):
    codes, families = counted(known), counted(known, by_family=True)
    assert list(families.passages.index) == ["gouv", "coop"]
    for family in ("gouv", "coop"):
        below = [code for code in CODABLE if CODEBOOK.family(code) == family]
        assert families.passages.loc[family].tolist() == codes.passages.loc[below].sum().tolist()
        assert families.codes.loc[family, "passages"] == codes.codes.loc[below, "passages"].sum()


@pytest.fixture
def field():
    documents = [
        document("ent-1", ["loutres"]),
        document("ent-2", ["loutres"]),
        document("ent-3", ["vison"], state=CodingState.TO_CODE),
    ]
    return study(map(structure, ["loutres", "vison", "grue"]), documents, [coding("a", "ent-1", "gouv.roles", 0, 9)])


def test_four_states_of_a_cell(field):
    cells = {(cell.code, cell.structure): cell for cell in counted(field).cells()}
    assert cells["gouv.roles", "loutres"].state is State.RAISED
    assert (cells["gouv.decision", "loutres"].state, cells["gouv.decision", "loutres"].read) == (State.NOT_RAISED, 2)
    assert (cells["gouv.roles", "vison"].state, cells["gouv.roles", "vison"].sources) == (State.NOT_READ, 1)
    assert cells["gouv.roles", "grue"].state is State.NO_SOURCE
    assert counted(field).heard == ("loutres",)


def test_rows_keep_the_order_of_the_codebook_and_columns_that_of_the_register(field):
    found = counted(field)
    assert list(found.passages.index) == ["gouv.decision", "coop.entraide", "gouv.roles", "coop.courriel"]
    assert list(found.passages.columns) == ["loutres", "vison", "grue"]
    assert list(found.only(["gouv.roles"]).passages.index) == ["gouv.roles"]


def test_a_structure_that_is_not_given_is_counted_apart(field):
    found = matrix(field.codebook, field.structures[1:], field.documents, gather(field))
    assert found.passages.to_numpy().sum() == 0
    assert found.codes.loc["gouv.roles", ["passages", "unattributed"]].tolist() == [1, 1]


def test_nothing_coded_at_all(field):
    found = matrix(field.codebook, field.structures, field.documents, ())
    assert found.passages.to_numpy().sum() == 0
    assert found.codes["passages"].tolist() == [0, 0, 0, 0]
    assert found.structures["sources"].tolist() == [2, 1, 0]
