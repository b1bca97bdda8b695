"""The picture of who gives and who receives."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.core import charts
from reports.core import svg as svg_parts

SVG = "{http://www.w3.org/2000/svg}"
WORDS = charts.Words(
    title="Quién da",
    description="Cuánto",
    received="Te dieron",
    given="Diste",
    others=lambda count: f"{count} más",
    amount=lambda minor: f"${minor}",
)


def draw(*flows: tuple[str, int, int], us: str = "Gráfica", prefix: str = "x") -> ET.Element:
    shown = [charts.Given(name=name, received=received, given=given_) for name, received, given_ in flows]
    return ET.fromstring(charts.give_and_receive(shown, us=us, words=WORDS, prefix=prefix))  # noqa: S314


def texts(svg: ET.Element) -> list[str]:
    return [node.text or "" for node in svg.iter(f"{SVG}text")]


class TestGiveAndReceive:
    def test_names_everybody_with_the_amount(self):
        svg = draw(("Molino", 600, 1200), ("Textil", 0, 300))

        assert texts(svg).count("Molino") == 2
        assert texts(svg).count("Textil") == 1
        assert {"$600", "$1200", "$300", "$1500", "Gráfica"} <= set(texts(svg))

    def test_says_what_it_is_to_who_does_not_see_it(self):
        svg = draw(("Molino", 1, 1), prefix="report-7")

        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == "report-7-title report-7-desc"
        assert [node.text for node in svg.iter(f"{SVG}title")] == ["Quién da"]
        assert [node.get("id") for node in svg.iter() if node.get("id")] == ["report-7-title", "report-7-desc"]

    def test_escapes_names(self):
        svg = draw(('<script>alert("1")</script>', 5, 0), us="A & B")

        assert not list(svg.iter(f"{SVG}script"))
        assert "A & B" in texts(svg)

    def test_draws_the_small_ones_as_one(self):
        svg = draw(*((f"Coop {n}", n + 1, 0) for n in range(20)))

        assert f"{20 - charts.BANDS_MAX + 1} más" in texts(svg)
        assert len(list(svg.iter(f"{SVG}path"))) == charts.BANDS_MAX

    def test_draws_nothing_where_nothing_passed(self):
        assert texts(draw(("Molino", 0, 0))).count("Molino") == 0

    def test_uses_only_what_every_reader_draws_alike(self):
        text = ET.tostring(draw(("Molino", 600, 1200)), encoding="unicode")

        assert not re.search(r"style=|class=|opacity|Gradient|url\(|<style|href", text)

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.text(max_size=130), st.integers(0, 2**62), st.integers(0, 2**62)), max_size=30))
    def test_keeps_the_sums_and_stays_on_the_sheet(self, flows):
        svg = draw(*flows)

        height = float(svg.get("height", ""))
        for node in svg.iter(f"{SVG}rect"):
            assert -1 <= float(node.get("x", "")) <= svg_parts.WIDTH
            assert -1 <= float(node.get("y", "")) <= height
        assert f"${sum(flow[1] for flow in flows)}" in texts(svg)
        assert f"${sum(flow[2] for flow in flows)}" in texts(svg)


class TestWeave:
    def test_is_well_formed(self):
        assert ET.fromstring(charts.weave()).tag == f"{SVG}svg"  # noqa: S314
