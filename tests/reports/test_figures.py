"""Figures: well-formed, titled, labelled with their denominators, the same whatever the order of the input."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from ethnokit.reports.figures import Bar, Tie, bars, network

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return [one.text for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_bars_show_each_count_with_its_denominator():
    svg = bars([Bar("Don & troc", 2, 3), Bar("Courriel", 0, 3)], title="Thèmes <abordés>")
    root = ElementTree.fromstring(svg)
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Thèmes <abordés>"
    assert texts(svg) == ["Don & troc", "2/3", "Courriel", "0/3"]
    widths = [float(rect.get("width")) for rect in root.iter(f"{SVG}rect")]
    assert len(widths) == 3  # two tracks, and one bar: a count of zero has none
    assert abs(widths[1] / widths[0] - 2 / 3) < 0.01


def test_a_long_label_is_wrapped_not_cut():
    label = "Transmission des savoirs entre bénévoles de longue date et nouveaux venus"
    assert " ".join(texts(bars([Bar(label, 1, 2)], title="T"))[:-1]) == label


def test_nothing_to_draw_is_no_figure():
    assert bars([], title="T") == network([], title="T") == ""


def test_network_names_structures_and_kinds_once():
    svg = network([Tie("Alpha", "Bêta", "apprend de"), Tie("Bêta", "Gamma", "offre à")], title="Liens")
    assert sorted(texts(svg)) == ["Alpha", "Bêta", "Gamma", "apprend de", "offre à"]
    assert len({line.get("stroke-dasharray") for line in ElementTree.fromstring(svg).iter(f"{SVG}line")}) == 2


def test_two_ties_between_the_same_two_do_not_hide_each_other():
    svg = network([Tie("Alpha", "Bêta", "apprend de"), Tie("Bêta", "Alpha", "offre à")], title="Liens")
    first, second = list(ElementTree.fromstring(svg).iter(f"{SVG}line"))[:2]
    points = [{(one.get("x1"), one.get("y1")), (one.get("x2"), one.get("y2"))} for one in (first, second)]
    assert not points[0] & points[1]


_TIES = st.lists(
    st.builds(Tie, st.sampled_from("ABCDE"), st.sampled_from("ABCDE"), st.sampled_from(["offre", "<&>"])), max_size=8
)


@given(_TIES, st.randoms())
def test_order_of_ties_changes_nothing(ties, random):
    shuffled = list(ties)
    random.shuffle(shuffled)
    assert network(ties, title="T") == network(shuffled, title="T")


@given(_TIES.filter(bool))
def test_all_is_drawn_inside_the_frame(ties):
    root = ElementTree.fromstring(network(ties, title="T"))
    width, height = (float(value) for value in root.get("viewBox").split()[2:])
    for circle in root.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx")) < width
        assert 0 < float(circle.get("cy")) < height
