"""Settling: all that two owe each other cancels out, and whoever owes more pays the rest."""

import pytest

from ledger.actions import deliveries, settlements
from ledger.actions.settlements import NothingToSettle, OwedHasMoved, SettlementWaits
from ledger.models import Agreement
from tests.coproductions import (
    BOUGHT,
    COLLECTED,
    INVOICED,
    SETTLED,
    Shops,
    accepted,
    buy,
    collect,
    confirm,
    entry,
    invoice,
    pay,
    settle,
)


@pytest.fixture
def shops(db: None) -> Shops:
    return Shops.assemble()


@pytest.fixture
def agreement(shops: Shops) -> Agreement:
    return accepted(shops)


class TestSettle:
    def test_whoever_owes_more_settles(self, agreement: Agreement, shops: Shops):
        confirm(buy(agreement, shops), shops, on=BOUGHT)
        with pytest.raises(NothingToSettle):
            settle(agreement, shops, shops.centro)
        told = settle(agreement, shops, shops.norte, giver=shops.centro)
        with pytest.raises(SettlementWaits):
            settle(agreement, shops, shops.norte, giver=shops.centro)

        settlements.confirm(delivery=told, by=shops.noemi, on=SETTLED)
        assert entry(shops.centro, SETTLED) == [("1102", -2_178_000), ("2102", 2_178_000)]

    def test_what_cancels_out_is_settled_without_money(self, agreement: Agreement, shops: Shops):
        confirm(buy(agreement, shops, 1_000_00, vat_rate=None), shops, on=BOUGHT)
        # Of what Sur buys Norte owes half, and Centro owes as much as it is owed by nobody.
        confirm(buy(agreement, shops, 400_00, vat_rate=None, buyer=shops.sur), shops, on=BOUGHT)
        told = settle(agreement, shops, shops.norte, giver=shops.sur)

        assert told.money == 0
        settlements.confirm(delivery=told, by=shops.noemi, on=SETTLED)
        assert entry(shops.norte, SETTLED) == [("1202", -200), ("2102", 200)]

    def test_refuses_what_has_moved_meanwhile(self, agreement: Agreement, shops: Shops):
        confirm(buy(agreement, shops), shops, on=BOUGHT)
        told = settle(agreement, shops, shops.norte, giver=shops.centro)
        pay(agreement, shops, shops.centro, shops.norte, 100_00)

        with pytest.raises(OwedHasMoved):
            settlements.confirm(delivery=told, by=shops.noemi, on=SETTLED)

    def test_payments_before_leave_less_to_settle(self, agreement: Agreement, shops: Shops):
        confirm(invoice(agreement, shops), shops, on=INVOICED)
        pay(agreement, shops, shops.norte, shops.sur, 7_000_000_00, on=INVOICED)
        confirm(collect(agreement, shops), shops, on=COLLECTED)

        assert settle(agreement, shops, shops.sur).money == 140_000_00


def test_nobody_pays_itself(agreement: Agreement, shops: Shops):
    with pytest.raises(deliveries.PaidToNobody):
        pay(agreement, shops, shops.norte, shops.norte, 1_00)
