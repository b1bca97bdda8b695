"""Hours of a machine: minutes of the wall, what they cost, and whose the income is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.debts import Debts
from ledger.core.machines import Use, cost, hundredths, minute, moment, overlap, used

HOLDER, OWNER, USER = 1, 2, 3


def test_a_minute_is_that_of_the_clock_on_the_wall():
    morning = dt.datetime(2026, 4, 6, 8, 30)  # noqa: DTZ001  # of the wall

    assert moment(minute(morning)) == morning
    assert minute(morning) // (24 * 60) == (morning.date() - dt.date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [((8, 12), (12, 14), False), ((8, 12), (11, 14), True), ((8, 12), (9, 10), True), ((8, 12), (1, 8), False)],
)
def test_one_may_begin_when_the_other_ends(one, other, share):
    assert overlap(*one, *other) is share
    assert overlap(*other, *one) is share


def test_costs_by_the_minute_and_the_vat_on_that():
    assert cost(price=9_000_00, minutes=90, vat_rate=2100) == (13_500_00, 2_835_00)
    assert cost(price=100, minutes=1, vat_rate=None) == (2, 0)
    assert (hundredths(90), hundredths(1), hundredths(0)) == (150, 2, 1)


def test_what_an_owner_owes_for_its_own_use_is_less_by_its_part():
    debts = Debts([])

    lines = used(debts, Use(holder=HOLDER, user=OWNER, amount=100, vat=21, owners={HOLDER: 2, OWNER: 1}))

    assert (debts.owed(OWNER, HOLDER), debts.owed(HOLDER, OWNER)) == (88, 0)
    assert sorted(lines) == [(1, "2103", -21), (1, "4102", -67), (2, "1203", 21), (2, "4102", -33), (2, "5101", 100)]


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.lists(st.integers(1, 10**6), min_size=1, max_size=6))
def test_every_book_balances_and_no_cent_is_lost(amount: int, vat: int, parts: list[int]):
    debts, owners = Debts([]), dict(enumerate(parts, start=1))

    lines = used(debts, Use(holder=1, user=100, amount=amount, vat=vat, owners=owners))

    for book in [*owners, 100]:
        stands = sum(value for who, _number, value in lines if who == book)
        stands += sum(debt.amount for debt in debts.all if debt.creditor == book)
        stands -= sum(debt.amount for debt in debts.all if debt.debtor == book)
        assert stands == 0
    assert -sum(value for _who, number, value in lines if number == "4102") == amount
