"""How a credit goes, from kept balances: what circulates, what was paid lately, what stands still."""

import datetime as dt

import pytest

from ledger.models import Account, AccountBalance, Unit
from ledger.models.findings import Check
from ledger.queries import credit, credit_checks
from ledger.queries.looks import Look
from network import rules
from tests import make
from tests.cast import Cast
from tests.credit import limit, network, pay

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 1)


class TestOverview:
    def test_tells_what_was_paid_lately_and_what_stands_still(self, cast: Cast):
        red = network()
        mia = Unit.objects.get(code="MIA")
        assert credit.overview(credit=mia, on=TODAY).times == 0
        for each in (cast.grafica, cast.molino, cast.textil):
            limit(each, red, 1_000_00, cast.ana)
        pay(cast.grafica, cast.molino, red, 300_00, on=dt.date(2026, 5, 4))
        pay(cast.molino, cast.grafica, red, 100_00, on=dt.date(2026, 7, 20))
        pay(cast.grafica, cast.textil, red, 50_00, on=dt.date(2026, 9, 1))

        found = credit.overview(credit=mia, on=TODAY)

        assert (found.spread.circulating, found.spread.above, found.spread.below) == (250_00, 2, 1)
        assert (found.paid, found.times, found.largest) == (150_00, 0.6, 100)
        assert (found.spread.idle, found.spread.idle_count, found.fund) == (200_00, 1, 0)

    def test_a_position_says_how_far_it_can_go(self, cast: Cast):
        red = network()
        limit(cast.grafica, red, 100_00, cast.ana)
        limit(cast.grafica, red, 80_00, cast.ana)
        limit(cast.molino, red, 0, cast.ana)
        pay(cast.grafica, cast.molino, red, 30_00)

        (ours,) = credit.positions(books=[cast.grafica.pk])
        assert (ours.amount, ours.limit, ours.room) == (-30_00, 80_00, 50_00)
        assert credit.at_par(book=cast.grafica, money=make.unit("USD")) == []


class TestChecks:
    def test_find_what_is_not_at_par_or_not_zero_in_all(self, cast: Cast):
        red = network()
        limit(cast.grafica, red, 100_00, cast.ana)
        pay(cast.grafica, cast.molino, red, 30_00)
        assert list(credit_checks.check_credit(Look())) == []

        rules.drop()
        for book, number in ((cast.grafica, "1104"), (red, "2302")):
            account = Account.objects.filter(book=book, number=number, unit__code="MIA")[0]
            AccountBalance.objects.filter(account=account).update(amount=1)
        rules.install()

        found = {(each.check, each.book) for each in credit_checks.check_credit(Look())}
        assert found == {(Check.CREDIT, cast.grafica.pk), (Check.CREDIT, red.pk)}
