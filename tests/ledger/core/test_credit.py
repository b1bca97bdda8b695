"""The arithmetic of network credit."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import credit

AMOUNTS = st.integers(1, 10**15)


@pytest.mark.parametrize(
    ("total", "points", "vat"), [(45_000_00, 2100, 7_809_92), (45_000_00, 0, 0), (1, 2100, 0), (110_50, 1050, 10_50)]
)
def test_vat_within(total: int, points: int, vat: int):
    assert credit.vat_within(total, basis_points=points) == vat


@given(AMOUNTS, st.integers(0, credit.RATE_MAX))
def test_demurrage_takes_no_more_than_the_rate_and_less_than_a_cent_less(balance: int, points: int):
    taken = credit.demurrage(balance, basis_points=points)

    assert 0 <= balance * points - taken * credit.WHOLE < credit.WHOLE
    assert credit.demurrage(-balance, basis_points=points) == 0


@given(st.sampled_from(["plus", "sale", "handover"]), AMOUNTS, st.integers(0, 2100), st.sampled_from(["", "1301"]))
def test_in_each_book_the_other_lines_are_what_stands_at_par(kind: str, amount: int, points: int, stock: str):
    vat = credit.vat_within(amount, basis_points=points) if kind == "sale" else 0
    lines = credit.others(kind=kind, amount=amount, vat=vat, stock=stock if kind == "sale" else "")

    # A payer's own book has so much less at par, a payee's so much more; members' position has no line in money.
    sums = {side: sum(line[2] for line in lines if line[0] == side) for side in (True, False)}
    assert sums[True] == (amount if kind != "sale" or stock else 0)
    assert sums[False] == (0 if kind == "plus" else -amount)


def test_spread_tells_who_holds_how_much():
    found = credit.spread([(500, True), (300, False), (100, False), (50, True), (-950, True), (0, True)])

    assert (found.circulating, found.above, found.below) == (950, 4, 1)
    assert (found.percent(found.largest), found.idle, found.idle_count) == (95, 550, 2)
    assert credit.spread([]).percent(0) == 0


def test_what_was_paid_is_what_positions_fell_by():
    assert credit.fallen([0, 300, 250, 250, 400, 100]) == 350
    assert credit.fallen([5]) == 0
    assert not credit.is_idle(since=dt.date(2026, 1, 1), days=60, on=dt.date(2026, 3, 1))
    assert credit.is_idle(since=dt.date(2026, 1, 1), days=60, on=dt.date(2026, 3, 2))
