"""Who owes whom on any day is what the books say of that day; its age is that of each debt."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given, settings

from ledger.models import Account
from ledger.queries import balances, owing
from tests import ledgers, make
from tests.barters import BAGS_DAY, FLOUR_DAY, accepted, bags, flour
from tests.cast import Cast
from tests.ledgers import START, Ledger

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class TestPairs:
    def test_on_each_day_what_was_open_then(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        flour(agreement, cast, 500_000)
        both, today = {cast.grafica.organization.pk, cast.molino.organization.pk}, FLOUR_DAY + 40 * DAY

        def open_on(day: dt.date) -> list[tuple[int, int, int, tuple[int, ...]]]:
            pairs = owing.pairs(both, unit=agreement.unit, day=day, today=today, peg=None)
            return sorted((each.debtor, each.creditor, each.owed.amount, each.owed.ages) for each in pairs)

        mill, press = cast.molino.organization.pk, cast.grafica.organization.pk
        assert open_on(BAGS_DAY - DAY) == []
        then, later, now = open_on(BAGS_DAY), open_on(FLOUR_DAY), open_on(today)
        assert {(debtor, creditor) for debtor, creditor, *_ in then} == {(mill, press)}
        assert sum(amount for _d, _c, amount, _ages in later) < sum(amount for _d, _c, amount, _ages in then)
        assert [row[:3] for row in now] == [row[:3] for row in later]
        assert all(ages == (amount, 0, 0, 0) for _d, _c, amount, ages in later)
        assert all(ages == (0, amount, 0, 0) for _d, _c, amount, ages in now)

    @pytest.mark.django_db(transaction=False)
    @settings(max_examples=25)
    @given(steps=ledgers.STEPS)
    @example(steps=ledgers.EVERYTHING)
    def test_is_what_the_accounts_say_of_that_day(self, steps: list[Any]):
        with transaction.atomic():
            ledger = Ledger.play(steps)
            everybody = {book.organization_id for book in ledger.books}
            for day in {START - DAY, START, START + DAY, START + 3 * DAY, ledger.today}:
                pairs = owing.pairs(everybody, unit=make.unit("ARS"), day=day, today=ledger.today, peg=None)
                said = balances.with_held(Account.objects.filter(number="1202", unit__code="ARS"), day=day)
                accounts = {
                    (each.counterparty.organization_id, each.book.organization_id, each.peg_id): (
                        each.held,
                        each.held_quantity,
                    )
                    for each in said.select_related("counterparty", "book")
                    if each.held or each.held_quantity
                }
                assert {(p.debtor, p.creditor, p.peg): (p.owed.amount, p.quantity) for p in pairs} == accounts
            transaction.set_rollback(True)


class TestBehind:
    def test_shows_the_entries_that_made_it_up_to_that_day(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        flour(agreement, cast, 500_000)
        press, mill = cast.grafica.organization.pk, cast.molino.organization.pk

        def moves(day: dt.date) -> list[list[int]]:
            found = owing.behind(
                {press},
                unit=agreement.unit,
                day=day,
                today=FLOUR_DAY,
                peg=None,
                sides=(mill, press),
                groups={press: press},
            )
            return [[move.amount for move in claim.moves] for claim in found]

        assert [len(each) for each in moves(BAGS_DAY)] == [1] * len(moves(BAGS_DAY))
        for claim in owing.claims({press}, day=FLOUR_DAY, today=FLOUR_DAY):
            assert claim.held == sum(move.amount for move in claim.postings.filter(account__role="receivable"))
        assert any(len(each) == 2 for each in moves(FLOUR_DAY))
