"""The drawing of a cooperative with its partners: sums are kept, labels are apart, every word is inside."""

from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from reports.core.charts import Given, Words
from reports.core.ego import NAMED, ego, layout
from reports.core.svg import WIDTH

SVG = "{http://www.w3.org/2000/svg}"
partners = st.lists(
    st.builds(
        Given,
        name=st.text(min_size=1, max_size=60),
        received=st.integers(0, 10**12),
        given=st.integers(0, 10**12),
    ),
    max_size=40,
)
WORDS = Words(
    title="Partners",
    description="Around it.",
    received="They gave",
    given="You gave",
    others=lambda count: f"{count} others",
    amount=lambda minor: f"$ {minor}",
)


@given(partners)
def test_all_of_it_is_drawn_and_the_small_ones_as_one(found):
    nodes, _height = layout(found, WORDS.others)

    assert sum(node.partner.received for node in nodes) == sum(each.received for each in found)
    assert sum(node.partner.given for node in nodes) == sum(each.given for each in found)
    assert len(nodes) <= NAMED + 1


@given(partners)
def test_no_label_lies_on_another(found):
    nodes, height = layout(found, WORDS.others)

    for side in (True, False):
        places = [node.y for node in nodes if node.is_left == side]
        # Four lines of words are at most in one.
        assert all(below - above >= 4 * 13 for above, below in pairwise(places))
        assert all(place - 2 * 13 > 26 and place + 2 * 13 <= height for place in places)


@given(partners, st.text(min_size=1, max_size=60))
def test_every_word_is_inside_and_escaped_and_no_two_names_are_alike(found, us):
    svg = ET.fromstring(ego(found, us=us, words=WORDS, prefix="a"))  # noqa: S314
    height = float(svg.get("viewBox").split()[3])
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= WIDTH
        assert 0 < float(text.get("y")) <= height
    for line in svg.iter(f"{SVG}line"):
        assert all(0 <= float(line.get(name)) <= WIDTH for name in ("x1", "x2"))
    names = [each.get("id") for each in svg.iter() if each.get("id")]
    assert len(names) == len(set(names)) == 2


def test_lines_are_as_wide_as_what_went_to_and_fro():
    found = [Given(name="Molino", received=30, given=10), Given(name="Textil", received=0, given=20)]
    svg = ET.fromstring(ego(found, us="Gráfica", words=WORDS, prefix="a"))  # noqa: S314

    widths = [float(line.get("stroke-width")) for line in svg.iter(f"{SVG}line")]

    assert widths == [19.5, 6.5, 13]


def test_markup_in_a_name_stays_a_name():
    svg = ego([Given(name="<b>&", received=1, given=0)], us="<i>", words=WORDS, prefix="a")
    assert "&lt;b&gt;&amp;" in svg
    assert "<i>" not in svg
