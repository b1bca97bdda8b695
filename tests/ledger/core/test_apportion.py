"""Splits lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.apportion import apportion, part_of, percentage

whole = st.integers(-(10**15), 10**15)


class TestApportion:
    def test_splits_the_worked_example_to_the_cent(self):
        assert apportion(250_000_01, [50, 30, 20]) == [125_000_01, 75_000_00, 50_000_00]

    @given(total=whole, weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any))
    def test_loses_nothing_and_is_never_off_by_one(self, total: int, weights: list[int]):
        parts = apportion(total, weights)

        assert sum(parts) == total
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part * sum(weights) - total * weight) < sum(weights)

    @pytest.mark.parametrize("weights", [[], [0], [1, -1], [2, -1]])
    def test_refuses_weights_that_mean_nothing(self, weights: list[int]):
        with pytest.raises(ValueError, match="weights"):
            apportion(1, weights)


class TestPartOf:
    def test_rounds_so_that_the_parts_make_the_whole(self):
        assert [part_of(100, before=n, more=1, whole=3) for n in range(3)] == [33, 34, 33]

    @given(total=whole, cuts=st.lists(st.integers(1, 10**6), min_size=1, max_size=10))
    def test_any_way_of_taking_the_whole_takes_all_of_it(self, total: int, cuts: list[int]):
        parts = [part_of(total, before=sum(cuts[:n]), more=cut, whole=sum(cuts)) for n, cut in enumerate(cuts)]

        assert sum(parts) == total

    def test_refuses_more_than_the_whole(self):
        with pytest.raises(ValueError, match="more than the whole"):
            part_of(100, before=2, more=2, whole=3)


class TestPercentage:
    @pytest.mark.parametrize(
        ("amount", "basis_points", "vat"),
        [(600_000_00, 1050, 63_000_00), (5, 1000, 1), (4, 1000, 0), (-5, 1000, -1), (100, 0, 0)],
    )
    def test_rounds_halves_away_from_zero(self, amount: int, basis_points: int, vat: int):
        assert percentage(amount, basis_points=basis_points) == vat
