"""The map of tiles: each province once, no two in one place, every number inside."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from network.core.countries import PROVINCES
from reports.core.svg import WIDTH
from reports.core.tiles import PLACES, SHADES, Words, shade, tiles

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words(title="T", description="D", short=lambda _country, letter: letter)
counts = st.dictionaries(st.sampled_from(sorted(PLACES)), st.integers(1, 500))


def test_has_every_province_once_and_no_two_in_one_place():
    assert set(PLACES) == {(country, letter) for country, letters in PROVINCES.items() for letter in letters}
    assert len(set(PLACES.values())) == len(PLACES)


@given(counts)
def test_says_every_number_inside_the_drawing(found: dict[tuple[str, str], int]):
    picture = ElementTree.fromstring(tiles(found, words=WORDS, prefix="p"))  # noqa: S314  # our own
    height = float(picture.attrib["viewBox"].split()[3])

    written = [each.text for each in picture.iter(f"{SVG}text")]
    assert sorted(int(each or "") for each in written if (each or "").isdigit()) == sorted(found.values())
    for each in picture.iter(f"{SVG}rect"):
        assert float(each.attrib["x"]) + float(each.attrib["width"]) <= WIDTH
        assert float(each.attrib["y"]) + float(each.attrib["height"]) <= height


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 500))
def test_more_is_never_lighter(one: int, other: int, most: int):
    low, high, most = *sorted((one, other)), max(one, other, most)
    assert SHADES.index(shade(low, most)) <= SHADES.index(shade(high, most))
    assert shade(0, most) == SHADES[0] != shade(low, most)
