"""The drawing of flows: sums are kept, nothing lies on another, every word is inside, whatever the names are."""

from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from reports.core import months
from reports.core.sankey import NAMED, REST, TONES, Given, Words, layout, sankey
from reports.core.svg import WIDTH

KINDS = [f"kind-{n}" for n in range(11)]
SVG = "{http://www.w3.org/2000/svg}"
flows = st.lists(
    st.builds(
        Given,
        giver=st.integers(0, 30),
        kind=st.sampled_from(KINDS),
        receiver=st.integers(0, 30),
        amount=st.integers(-(10**6), 10**12),
    ),
    max_size=60,
)


def words(name: str = "Cooperativa de Trabajo") -> Words:
    return Words(
        title="Flows",
        description="Who gives to whom.",
        gives="Gives",
        receives="Receives",
        names={n: f"{name} {n}" for n in range(31)},
        kinds={kind: kind.title() for kind in KINDS},
        others=lambda count: f"{count} others",
        amount=lambda minor: f"$ {minor}",
    )


@given(flows)
def test_what_is_given_is_what_is_received_and_all_of_it_is_drawn(found):
    drawn = layout(found, words())
    given = sum(flow.amount for flow in found if flow.amount > 0)
    for column in drawn.columns:
        assert sum(node.amount for node in column.values()) == given
        assert len(column) <= NAMED + 1
    for bands in drawn.bands:
        assert sum(bands.values()) == given


@given(flows)
def test_nothing_lies_on_another(found):
    drawn = layout(found, words())
    for column in drawn.columns:
        nodes = list(column.values())
        for above, below in pairwise(nodes):
            assert above.top + above.height <= below.top
            # Two lines of words at least are between the middles of two labels.
            assert below.middle - above.middle >= 2 * 14
        if REST in column:
            assert list(column)[-1] == REST


@given(flows, st.text(min_size=1, max_size=40))
def test_every_word_is_inside_and_escaped_and_no_two_names_are_alike(found, name):
    svg = ET.fromstring(sankey(found, words=words(name), prefix="a"))  # noqa: S314
    height = float(svg.get("viewBox").split()[3])
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= WIDTH
        assert 0 < float(text.get("y")) <= height
    for bar in svg.iter(f"{SVG}rect"):
        assert 0 <= float(bar.get("y")) <= height
    names = [each.get("id") for each in svg.iter() if each.get("id")]
    assert len(names) == len(set(names)) == 2


def test_markup_in_a_name_stays_a_name():
    svg = sankey([Given(giver=1, kind="kind-1", receiver=2, amount=5)], words=words("<script>&"), prefix="a")
    assert "<script>" not in svg
    assert "&lt;script&gt;&amp; 1" in svg


def test_every_kind_has_a_color_of_its_own():
    assert len({band for band, _bar in TONES}) == len({bar for _band, bar in TONES}) == len(KINDS)


@given(st.dictionaries(st.sampled_from(KINDS), st.lists(st.integers(-(10**9), 10**9), min_size=13, max_size=13)))
def test_months_stand_inside_their_frame(rows):
    said = months.Words(
        title="Months", description="Each month.", months=[f"{n}" for n in range(13)], kinds=words().kinds, amount=str
    )
    svg = ET.fromstring(months.months(rows, words=said, colors={}, prefix="m"))  # noqa: S314
    height = float(svg.get("viewBox").split()[3])
    for bar in svg.iter(f"{SVG}rect"):
        assert 0 <= float(bar.get("x")) <= float(bar.get("x")) + float(bar.get("width")) <= WIDTH
        assert 0 <= float(bar.get("y")) + float(bar.get("height")) <= height
