"""Network credit: it comes only from a member going below zero within a limit, and its total is zero."""

import pytest
from django.db import DatabaseError, transaction

from ledger.actions import accounts, refusals
from ledger.actions.facts import Line
from ledger.models import Account, AccountBalance, CreditLimit, Unit
from tests import make
from tests.cast import Cast


@pytest.fixture
def red(cast: Cast):
    """Return the book of a network that issues a credit, the MIA."""
    book = make.book("red", kind="federation")
    Unit.objects.create(code="MIA", kind="credit", scale=2, symbol="MIA", name_es="mía", name_en="mía", issuer=book)
    return book


def position(book, red) -> Account:
    """Return the member's own account of the credit."""
    mia = Unit.objects.get(code="MIA")
    return accounts.debt_account(book=book, number="1103", unit=mia, counterparty=red, peg=make.measure("MIA"))


def pay(payer, payee, red, amount: int):
    """Pay in the credit: both members' books, and the network's book in between."""
    mia = Unit.objects.get(code="MIA")
    lines = []
    for member, sign, other in ((payer, -1, "5101"), (payee, 1, "4101")):
        lines += [
            Line(account=position(member, red), amount=sign * amount),
            Line(account=accounts.account(book=member, number=other, unit=mia), amount=-sign * amount),
            Line(
                account=accounts.debt_account(
                    book=red, number="2302", unit=mia, counterparty=member, peg=make.measure("MIA")
                ),
                amount=-sign * amount,
            ),
        ]
    return make.event(lines)


def limit(book, red, amount: int, ana) -> None:
    CreditLimit.objects.create(
        account=position(book, red), amount=amount, resolution="Acta 4", decided_on=make.DAY, recorded_by=ana
    )


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
