"""The pictures of who owes whom."""

from collections import Counter
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from reports.core import owing

SVG = "{http://www.w3.org/2000/svg}"
CELLS = st.dictionaries(
    st.tuples(st.integers(0, 25), st.integers(0, 25)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 10**12),
    min_size=1,
    max_size=60,
)


def words(names: dict[int, str] | None = None) -> owing.Words:
    return owing.Words(
        title="Quién le debe a quién",
        description="Deudas",
        owes="Debe",
        is_owed="Le deben",
        names=names or {n: f"Coop {n}" for n in range(26)},
        others=lambda count: f"{count} más",
        amount=lambda minor: f"${minor}",
        short=str,
    )


def texts(drawing: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(drawing).iter(f"{SVG}text")]  # noqa: S314


class TestMatrix:
    def test_writes_each_debt_in_its_cell(self):
        names = {1: "Gráfica", 2: "Molino", 3: "Textil"}
        told = texts(owing.matrix({(1, 2): 500, (3, 2): 90}, words=words(names), prefix="m"))

        # The largest first: the mill is owed all of it.
        assert {"1 Molino", "2 Gráfica", "3 Textil", "500", "90"} <= set(told)

    def test_escapes_names(self):
        told = owing.matrix({(1, 2): 5}, words=words({1: "<script>", 2: "A & B"}), prefix="m")
        assert "<script>" not in told
        assert "1 A & B" in texts(told) or "2 A & B" in texts(told)


class TestBands:
    def test_name_who_owes_and_who_is_owed_with_their_sums(self):
        names = {1: "Gráfica", 2: "Molino", 3: "Textil"}
        told = Counter(texts(owing.bands({(1, 2): 500, (3, 2): 90, (2, 3): 7}, words=words(names), prefix="b")))

        assert (told["Molino"], told["Textil"], told["Gráfica"]) == (2, 2, 1)
        assert {"$500", "$590", "$90", "$7"} <= set(told)


class TestBoth:
    @given(cells=CELLS)
    def test_draw_the_small_ones_as_one_and_lose_nothing(self, cells: dict[tuple[int, int], int]):
        shown = owing.shown(cells, words())

        assert sum(shown.cells.values()) == sum(cells.values())
        assert len(shown.names) <= owing.NAMED + 1
        assert {each for pair in shown.cells for each in pair} <= set(shown.names)
        for draw in (owing.matrix, owing.bands):
            assert draw(cells, words=words(), prefix="x").startswith("<svg")
