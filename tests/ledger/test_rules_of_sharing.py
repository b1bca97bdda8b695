"""Round Python: no part is lost, hidden or changed of what several make; plain SQL is stopped by the database."""

import uuid

import pytest

from ledger.actions import shared
from ledger.actions.refusals_agreed import SignedByResolution
from ledger.actions.refusals_shared import (
    CoproducedStays,
    MoreThanInvoiced,
    MoreThanThePrice,
    PartsAreTheWhole,
    PostedAsShared,
    SharedAmongAll,
    StageGoesForward,
)
from ledger.models import Agreement, ApprovalThreshold, Delivery, Event
from network.models import Organization
from tests import make
from tests.coproductions import BOUGHT, INVOICED, PRICE, Shops, accepted, buy, collect, confirm, invoice, propose, tell
from tests.plain_sql import is_stopped, run, stays

ACCEPT = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"
SHARE = "INSERT INTO ledger_sharedact (delivery_id, what, amount, vat, levy) VALUES (%s, '', %s, 0, 0)"
PART = "INSERT INTO ledger_sharedpart (act_id, organization_id, number, amount, vat) VALUES (%s, %s, 9, 5, 0)"
REACH = "INSERT INTO ledger_stageprogress (delivery_id, stage_id, percent, what) VALUES (%s, %s, %s, '')"


@pytest.fixture
def shops(db: None) -> Shops:
    return Shops.assemble()


@pytest.fixture
def agreement(shops: Shops) -> Agreement:
    return accepted(shops)


def empty(agreement: Agreement, shops: Shops, act: str, *, giver: Organization | None = None) -> Delivery:
    """Write an act that tells of nothing yet."""
    sides = {"giver": giver or shops.norte.organization, "receiver": shops.centro.organization}
    told = {"agreement": agreement, "act": act, "happened_on": INVOICED, "logged_by": shops.noemi}
    return Delivery.objects.create(key=uuid.uuid4(), **sides, **told)


class TestTerms:
    @pytest.mark.parametrize(
        "wrong",
        [
            "UPDATE ledger_coproductionstage SET part = part + 1 WHERE number = 1",
            "UPDATE ledger_coproductionterms SET split = 'prices'",
            "UPDATE ledger_coproductionstage SET party_id = (SELECT fund_id FROM ledger_coproductionterms)",
            "UPDATE ledger_coproductionstage SET party_id = (SELECT lead_id FROM ledger_coproductionterms)",
            "DELETE FROM ledger_coproductionstage WHERE number = 3",
            "DELETE FROM ledger_agreementparty WHERE number = 4",
            "DELETE FROM ledger_agreementparty WHERE number = 1",
        ],
    )
    def test_are_the_whole_among_those_who_agree(self, shops: Shops, wrong: str):
        agreement = propose(shops)
        run("UPDATE ledger_agreementparty SET signed_by_id = %s", shops.noemi.pk)
        run(wrong)

        assert is_stopped(ACCEPT, agreement.pk) is PartsAreTheWhole

    def test_stay_once_all_have_signed(self, agreement: Agreement):
        for sql in (
            "UPDATE ledger_coproductionterms SET price = price + 1",
            "DELETE FROM ledger_coproductionterms",
            "UPDATE ledger_coproductionstage SET part = part - 1",
            "DELETE FROM ledger_coproductionstage",
        ):
            assert is_stopped(sql) is CoproducedStays

    def test_beyond_what_officers_may_agree_on_are_signed_by_resolution(self, shops: Shops):
        """Centro gives 9,000,000; whoever leads answers for all of it."""
        agreement = propose(shops)
        for book, most in ((shops.centro, 9_000_000_00), (shops.norte, PRICE)):
            sign = "UPDATE ledger_agreementparty SET signed_by_id = %s WHERE agreement_id = %s AND organization_id = %s"
            decided = make.resolution(book.organization)
            limit = {"book": book, "resolution": decided, "noted_by": shops.noemi, "noted_at": make.NOON}
            ApprovalThreshold.objects.create(amount=most, **limit)
            stays(sign, shops.noemi.pk, agreement.pk, book.organization_id)
            ApprovalThreshold.objects.create(amount=most - 1, **limit)
            assert is_stopped(sign, shops.cora.pk, agreement.pk, book.organization_id) is SignedByResolution


class TestActs:
    def test_are_told_of_what_runs_by_whoever_may(self, shops: Shops, agreement: Agreement):
        sur, fund = shops.sur.organization, shops.federacion.organization
        assert is_stopped(SHARE, empty(propose(shops), shops, "cost").pk, 5) is SharedAmongAll
        assert is_stopped(SHARE, empty(agreement, shops, "goods").pk, 5) is SharedAmongAll
        assert is_stopped(SHARE, empty(agreement, shops, "invoice", giver=sur).pk, 5) is SharedAmongAll
        assert is_stopped(SHARE, empty(agreement, shops, "cost", giver=fund).pk, 5) is SharedAmongAll
        stays(SHARE, empty(agreement, shops, "cost", giver=sur).pk, 5)

    def test_are_no_more_than_the_price_and_than_what_was_invoiced(self, shops: Shops, agreement: Agreement):
        confirm(invoice(agreement, shops, PRICE - 1), shops, on=INVOICED)

        assert is_stopped(SHARE, empty(agreement, shops, "invoice").pk, 2) is MoreThanThePrice
        assert is_stopped(SHARE, empty(agreement, shops, "collection").pk, 36_300_000_01) is MoreThanInvoiced
        stays(SHARE, empty(agreement, shops, "invoice").pk, 1)
        stays(SHARE, empty(agreement, shops, "collection").pk, 36_299_999_99)

    def test_stay_with_their_parts_and_with_what_was_said(self, shops: Shops, agreement: Agreement):
        told = confirm(buy(agreement, shops), shops, on=BOUGHT)
        stranger = make.organization("nadie")

        for sql in (
            "UPDATE ledger_sharedact SET amount = 1",
            "DELETE FROM ledger_sharedact",
            "UPDATE ledger_sharedpart SET amount = 1",
            "DELETE FROM ledger_sharedpart",
            "UPDATE ledger_sharedpart SET said_by_id = NULL",
        ):
            assert is_stopped(sql) is CoproducedStays
        assert is_stopped(PART, told.pk, shops.federacion.organization_id) is SharedAmongAll
        assert is_stopped(PART, invoice(agreement, shops).pk, stranger.pk) is SharedAmongAll

    def test_are_posted_as_all_have_said(self, shops: Shops, agreement: Agreement):
        told = buy(agreement, shops)
        confirming = "UPDATE ledger_delivery SET state = 'confirmed', event_id = %s WHERE id = %s"
        sale = make.sale(shops.norte, on=BOUGHT)
        shared.confirm(delivery=told, organization=shops.centro.organization, by=shops.cora, on=BOUGHT)
        assert is_stopped(confirming, sale.pk, told.pk) is PostedAsShared

        run("UPDATE ledger_sharedpart SET said_by_id = %s WHERE said_by_id IS NULL", shops.susi.pk)
        assert is_stopped(confirming, sale.pk, told.pk) is PostedAsShared
        assert Event.objects.get() == sale

    def test_an_invoice_that_was_paid_is_not_undone(self, shops: Shops, agreement: Agreement):
        told = confirm(invoice(agreement, shops), shops, on=INVOICED)
        undo = "UPDATE ledger_delivery SET state = 'reversed' WHERE id = %s"
        collect(agreement, shops, 1)

        assert is_stopped(undo, told.pk) is MoreThanInvoiced


class TestProgress:
    def test_goes_forward_as_whoever_does_it_says(self, shops: Shops, agreement: Agreement):
        first, second, _third = agreement.stages.all()
        tell(agreement, shops, 1, 40)
        reached = empty(agreement, shops, "progress")

        assert is_stopped(REACH, reached.pk, first.pk, 40) is StageGoesForward
        assert is_stopped(REACH, reached.pk, second.pk, 50) is StageGoesForward
        assert is_stopped(REACH, empty(propose(shops), shops, "progress").pk, first.pk, 50) is StageGoesForward
        stays(REACH, reached.pk, first.pk, 50)
        assert is_stopped("UPDATE ledger_stageprogress SET percent = 99") is CoproducedStays
        assert is_stopped("DELETE FROM ledger_stageprogress") is CoproducedStays
