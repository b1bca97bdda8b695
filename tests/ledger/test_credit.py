"""Network credit: it comes only from a member going below zero within a limit, and its total is zero."""

import pytest
from django.db import DatabaseError, transaction

from ledger.actions import refusals
from ledger.models import Account, AccountBalance, Book, Unit
from tests.cast import Cast
from tests.credit import limit, network, pay, position
from tests.plain_sql import is_stopped


@pytest.fixture
def red(cast: Cast) -> Book:
    return network()


class TestCreditLimit:
    def test_nobody_goes_below_zero_without_a_resolution(self, cast: Cast, red):
        with pytest.raises(refusals.CreditBeyondLimit):
            pay(cast.grafica, cast.molino, red, 1)

    def test_a_member_goes_below_zero_as_far_as_the_limit(self, cast: Cast, red):
        limit(cast.grafica, red, 100, cast.ana)

        pay(cast.grafica, cast.molino, red, 100)

        assert AccountBalance.objects.get(account=position(cast.grafica, red)).amount == -100
        with pytest.raises(refusals.CreditBeyondLimit):
            pay(cast.grafica, cast.molino, red, 1)

    @pytest.mark.parametrize("sql", ["UPDATE ledger_creditlimit SET amount = 999", "DELETE FROM ledger_creditlimit"])
    def test_a_limit_is_not_set_by_hand(self, cast: Cast, red: Book, sql: str):
        limit(cast.grafica, red, 100, cast.ana)

        assert is_stopped(sql) is refusals.WrittenIsWritten

    def test_the_total_is_zero(self, cast: Cast, red):
        limit(cast.grafica, red, 100, cast.ana)
        pay(cast.grafica, cast.molino, red, 70)
        pay(cast.molino, cast.grafica, red, 20)

        positions = AccountBalance.objects.filter(account__number="1103").values_list("amount", flat=True)
        assert sorted(positions) == [-50, 50]

    def test_the_network_itself_cannot_make_any(self, cast: Cast, red):
        # A gift of the network to a member: balanced, mirrored, and yet credit out of nothing.
        assert is_refused_account(book=red, number="5401", nature="expense")

    def test_a_position_of_nobody_is_stopped_by_the_database(self, cast: Cast, red):
        assert is_refused_account(book=red, number="2302", nature="liability")

    def test_a_balance_without_its_network_is_stopped_by_the_database(self, cast: Cast, red):
        assert is_refused_account(book=cast.grafica, number="1103", nature="asset")

    def test_a_credit_stays_with_the_network_that_issues_it(self, cast: Cast, red):
        with pytest.raises(DatabaseError) as stopped, transaction.atomic():
            Unit.objects.filter(code="MIA").update(issuer=cast.textil)

        assert refusals.named(stopped.value) is refusals.WrittenIsWritten


def is_refused_account(**fields) -> bool:
    """Say whether the database stops an account in the credit, by the name of the rule."""
    with pytest.raises(DatabaseError) as stopped, transaction.atomic():
        Account.objects.create(unit=Unit.objects.get(code="MIA"), **fields)
    return refusals.named(stopped.value) is refusals.CreditNeedsItsNetwork
