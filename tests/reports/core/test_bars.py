"""Bars keep their sums, stay inside the drawing, and say what people wrote as they wrote it."""

import re
from xml.etree import ElementTree

from hypothesis import example, given
from hypothesis import strategies as st

from reports.core.bars import BARS_MAX, Words, bars, largest
from reports.core.svg import WIDTH

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words(title="T", description="D", others=lambda count: f"{count} others", number=lambda n: f"{n:,}")
rows = st.lists(st.tuples(st.text(max_size=90), st.integers(0, 10**12)), max_size=30)


def drawn(found: list[tuple[str, int]]) -> ElementTree.Element:
    return ElementTree.fromstring(bars(found, words=WORDS, prefix="p"))  # noqa: S314  # our own


@given(rows)
def test_others_keep_the_sum(found: list[tuple[str, int]]):
    shown = largest(found, others=WORDS.others)

    assert sum(number for _name, number in shown) == sum(number for _name, number in found)
    assert len(shown) <= BARS_MAX
    assert all(number > 0 for _name, number in shown)


@given(rows)
def test_everything_lies_inside_the_drawing(found: list[tuple[str, int]]):
    picture = drawn(found)
    _x, _y, width, height = map(float, picture.attrib["viewBox"].split())

    assert width == WIDTH
    for each in picture.iter(f"{SVG}rect"):
        x, y, w, h = (float(each.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + w <= width
        assert y + h <= height
    for each in picture.iter(f"{SVG}text"):
        assert 0 <= float(each.attrib["y"]) <= height
        # Wide letters are some six tenths of their size.
        room = len(each.text or "") * float(each.attrib["font-size"]) * 0.6
        at = float(each.attrib["x"])
        assert (at - room >= -60) if each.attrib["text-anchor"] == "end" else (at + room <= width)


@given(rows)
@example([("", 1)] * (BARS_MAX + 1))
def test_bars_are_as_long_as_their_numbers(found: list[tuple[str, int]]):
    shown = [number for _name, number in largest(found, others=WORDS.others)]
    lengths = [float(each.attrib["width"]) for each in drawn(found).iter(f"{SVG}rect")][:-1]

    # The others stand last, and may be more together than any one.
    own = lengths[: BARS_MAX - 1]
    assert own == sorted(own, reverse=True)
    assert len(lengths) == len(shown)
    for number, length in zip(shown, lengths, strict=True):
        assert abs(length - max(number * max(lengths) / max(shown), 1)) < 0.02


def test_what_people_wrote_is_escaped():
    said = bars([('<script>alert("x")</script> & Cía', 3)], words=WORDS, prefix="p")

    assert "<script>" not in said
    assert "&amp;" in said
    assert not re.search(r"style=|gradient|opacity", said)
