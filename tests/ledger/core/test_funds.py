"""What each act of a fund moves, and how much a levy is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.funds import RATE_MAX, levy, lines


@given(base=st.integers(0, 10**15), rate=st.integers(0, RATE_MAX))
def test_a_levy_is_its_part_to_less_than_a_cent(base: int, rate: int):
    assert abs(levy(base, basis_points=rate) * 10_000 - base * rate) <= 5_000


@pytest.mark.parametrize(("kind", "owed"), [("levy", 1), ("payment", -1), ("gift", 0), ("spending", 0)])
@given(amount=st.integers(1, 10**15))
def test_both_books_balance_with_what_is_owed(kind: str, owed: int, amount: int):
    ours, theirs = lines(kind, amount)
    assert sum(part for _number, part in ours) == -owed * amount
    assert sum(part for _number, part in theirs) == owed * amount
