"""How far from province to province: a map that agrees with itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.countries import PROVINCES
from network.core.distances import NEIGHBORS, Place, rings, steps

PLACES = st.sampled_from(sorted(NEIGHBORS))
CABA, BUENOS_AIRES, SANTA_FE, CHACO, SANTA_CRUZ, FUEGO = (("AR", letter) for letter in "CBSHZV")
SALTA, JUJUY, TARIJA, LA_PAZ = ("AR", "A"), ("AR", "Y"), ("BO", "T"), ("BO", "L")


class TestMap:
    def test_has_every_province_and_department(self):
        assert set(NEIGHBORS) == {(country, letter) for country, known in PROVINCES.items() for letter in known}

    @given(PLACES)
    def test_is_the_same_from_both_sides(self, here: Place):
        assert here not in NEIGHBORS[here]
        assert all(here in NEIGHBORS[near] for near in NEIGHBORS[here])

    @pytest.mark.parametrize(
        ("place", "letters"),
        [
            (CABA, "B"), (BUENOS_AIRES, "CELRSX"), (("AR", "X"), "BDFGKLS"), (("AR", "N"), "W"), (SALTA, "GHKPTY"),
            (("AR", "Q"), "MR"), (("AR", "K"), "AFGTX"), (("BO", "C"), "BHLOPS"), (("BO", "N"), "BL"), (JUJUY, "A"),
        ],
    )  # fmt: skip
    def test_knows_who_is_next_to_whom_at_home(self, place: Place, letters: str):
        assert "".join(sorted(letter for country, letter in NEIGHBORS[place] if country == place[0])) == letters

    def test_crosses_the_border_where_the_roads_do(self):
        across = {(one, other) for one, near in NEIGHBORS.items() for other in near if one[0] < other[0]}

        assert across == {(JUJUY, ("BO", "P")), (SALTA, TARIJA)}


class TestSteps:
    @given(PLACES, PLACES)
    def test_are_as_many_back_as_there(self, one: Place, other: Place):
        assert steps(one, other) == steps(other, one)

    @given(PLACES, PLACES, PLACES)
    def test_are_no_more_than_by_way_of_a_third(self, one: Place, other: Place, third: Place):
        there, on, straight = steps(one, third), steps(third, other), steps(one, other)

        assert there is not None
        assert on is not None
        assert straight is not None
        assert straight <= there + on

    @given(PLACES, PLACES)
    def test_are_one_to_a_neighbor_and_none_to_itself(self, one: Place, other: Place):
        assert (steps(one, other) == 0) == (one == other)
        assert (steps(one, other) == 1) == (other in NEIGHBORS[one])

    def test_are_counted_over_the_map(self):
        assert steps(CABA, SANTA_FE) == 2
        assert steps(CABA, CHACO) == 3
        assert steps(FUEGO, SANTA_CRUZ) == 1
        assert steps(SALTA, LA_PAZ) == 4
        assert steps(CABA, ("AR", "")) is None
        assert steps(("UY", "M"), CABA) is None


class TestRings:
    @given(PLACES)
    def test_name_every_place_once_by_its_distance(self, here: Place):
        found = [(each, number) for number, ring in enumerate(rings(here)) for each in ring]

        assert sorted(each for each, _number in found) == sorted(NEIGHBORS)
        assert all(steps(here, each) == number for each, number in found)

    def test_are_none_around_what_is_not_known(self):
        assert rings(("AR", "")) == []
