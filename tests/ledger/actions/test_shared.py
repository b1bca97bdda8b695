"""Story 3: three metal shops make one order, to the cent; what concerns all counts once all have said so."""

import uuid

import pytest

from ledger.actions import reversals, shared
from ledger.actions.agreements import NoMandateToday, NotAParty, NotAtThisPoint, NotForYouToDo, ReasonIsMissing
from ledger.actions.deliveries import AmountAboveZero, DeliveredBeforeAgreed, DeliveryAlreadyAnswered
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_shared import MoreThanInvoiced, MoreThanThePrice
from ledger.actions.reversals import SettledSince
from ledger.actions.shared import FundBuysNothing
from ledger.models import Agreement, Claim, Event, SharedPart
from ledger.queries import coproductions
from tests.coproductions import (
    AGREED,
    BOUGHT,
    COLLECTED,
    INVOICED,
    PRICE,
    SETTLED,
    Shops,
    accepted,
    buy,
    carried_out,
    collect,
    confirm,
    entry,
    invoice,
    propose,
    settle,
)


@pytest.fixture
def shops(db: None) -> Shops:
    return Shops.assemble()


@pytest.fixture
def agreement(shops: Shops) -> Agreement:
    return accepted(shops)


class TestStoryThree:
    """50, 30 and 20 per cent of 30,000,000; steel for 6,000,000; a levy of 2 per cent."""

    @pytest.fixture(autouse=True)
    def done(self, agreement: Agreement, shops: Shops) -> None:
        carried_out(agreement, shops)

    def test_stands_in_all_four_books_to_the_cent(self, shops: Shops):
        # The lead buys the steel, and charges it at cost.
        assert entry(shops.norte, BOUGHT) == [
            *[("1202", 1_452_000), ("1202", 2_178_000), ("1203", 1_260_000), ("1301", -3_000_000)],
            *[("1301", 6_000_000), ("2101", -7_260_000), ("2103", -630_000)],
        ]
        assert entry(shops.centro, BOUGHT) == [("1203", 378_000), ("1301", 1_800_000), ("2102", -2_178_000)]
        assert entry(shops.sur, BOUGHT) == [("1203", 252_000), ("1301", 1_200_000), ("2102", -1_452_000)]
        # It invoices for all, and the others invoice it.
        assert entry(shops.norte, INVOICED) == [
            *[("1201", 36_300_000), ("1203", 3_150_000), ("2102", -10_890_000), ("2102", -7_260_000)],
            *[("2103", -6_300_000), ("4101", -30_000_000), ("5102", 15_000_000)],
        ]
        assert entry(shops.centro, INVOICED) == [("1202", 10_890_000), ("2103", -1_890_000), ("4101", -9_000_000)]
        assert entry(shops.sur, INVOICED) == [("1202", 7_260_000), ("2103", -1_260_000), ("4101", -6_000_000)]
        # The customer pays, and the levy goes to the federation.
        assert entry(shops.norte, COLLECTED) == [
            *[("1102", 35_700_000), ("1201", -36_300_000), ("2102", 120_000), ("2102", 180_000), ("5402", 300_000)],
        ]
        assert entry(shops.centro, COLLECTED) == [("1202", -180_000), ("5402", 180_000)]
        assert entry(shops.sur, COLLECTED) == [("1202", -120_000), ("5402", 120_000)]
        assert entry(shops.federacion, COLLECTED) == [("1102", 600_000), ("2301", -600_000)]
        # The rest is settled.
        assert entry(shops.norte, SETTLED) == [
            *[("1102", -8_532_000), ("1102", -5_688_000), ("1202", -2_178_000), ("1202", -1_452_000)],
            *[("2102", 7_140_000), ("2102", 10_710_000)],
        ]
        assert entry(shops.centro, SETTLED) == [("1102", 8_532_000), ("1202", -10_710_000), ("2102", 2_178_000)]
        assert entry(shops.sur, SETTLED) == [("1102", 5_688_000), ("1202", -7_140_000), ("2102", 1_452_000)]

    def test_nothing_stays_open_and_each_got_what_was_agreed(self, agreement: Agreement, shops: Shops):
        agreement.refresh_from_db()
        whole = coproductions.whole(agreement=agreement)

        assert agreement.state == "settled"
        assert not Claim.objects.filter(balance__amount__gt=0).exists()
        assert [side.result for side in whole.working] == [11_700_000_00, 7_020_000_00, 4_680_000_00]
        assert [side.foreseen.result for side in whole.working] == [11_700_000_00, 7_020_000_00, 4_680_000_00]
        assert whole.is_in_ratio
        contributed = SharedPart.objects.filter(act__delivery__act="collection").values_list("amount", flat=True)
        assert list(contributed) == [300_000_00, 180_000_00, 120_000_00, 0]
        # Whom it was for stands in no book.
        assert not Event.objects.filter(memo__icontains="Quilmes").exists()


class TestConfirm:
    def test_nothing_is_posted_until_all_have_said_so(self, agreement: Agreement, shops: Shops):
        told = buy(agreement, shops)
        shared.confirm(delivery=told, organization=shops.centro.organization, by=shops.cora, on=BOUGHT)
        # Once more changes nothing.
        told = shared.confirm(delivery=told, organization=shops.centro.organization, by=shops.cora, on=BOUGHT)
        assert (told.state, Event.objects.count()) == ("logged", 0)

        told = shared.confirm(delivery=told, organization=shops.sur.organization, by=shops.susi, on=BOUGHT)
        assert (told.state, Event.objects.count()) == ("confirmed", 1)

    def test_only_an_officer_of_somebody_concerned_says_so(self, agreement: Agreement, shops: Shops):
        told = buy(agreement, shops)
        with pytest.raises(NoMandateToday):
            shared.confirm(delivery=told, organization=shops.sur.organization, by=shops.cora, on=BOUGHT)
        with pytest.raises(NotAParty):
            shared.confirm(delivery=told, organization=shops.federacion.organization, by=shops.fermin, on=BOUGHT)

    def test_one_no_is_enough_and_the_next_one_is_written_anew(self, agreement: Agreement, shops: Shops):
        told = invoice(agreement, shops)
        with pytest.raises(ReasonIsMissing):
            shared.reject(delivery=told, organization=shops.sur.organization, reason=" ", by=shops.susi, on=INVOICED)
        shared.reject(
            delivery=told, organization=shops.sur.organization, reason="Falta la mitad", by=shops.susi, on=INVOICED
        )
        with pytest.raises(DeliveryAlreadyAnswered):
            shared.confirm(delivery=told, organization=shops.centro.organization, by=shops.cora, on=INVOICED)

        assert confirm(invoice(agreement, shops), shops, on=INVOICED).state == "confirmed"


class TestLog:
    def test_the_same_form_makes_one_act(self, agreement: Agreement, shops: Shops):
        key = uuid.uuid4()
        assert buy(agreement, shops, key=key) == buy(agreement, shops, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            buy(agreement, shops, 1, key=key)
        with pytest.raises(KeyWasUsedForSomethingElse):
            invoice(agreement, shops, key=key)

    def test_no_more_is_invoiced_than_agreed_and_no_more_collected_than_invoiced(
        self, agreement: Agreement, shops: Shops
    ):
        with pytest.raises(MoreThanInvoiced):
            collect(agreement, shops, 1)
        first = invoice(agreement, shops, PRICE - 1)
        with pytest.raises(MoreThanThePrice):
            invoice(agreement, shops, 2)
        # What was only told is not owed yet.
        with pytest.raises(MoreThanInvoiced):
            collect(agreement, shops, 1)
        confirm(first, shops, on=INVOICED)
        confirm(invoice(agreement, shops, 1), shops, on=INVOICED)
        assert collect(agreement, shops).shared.levy == 600_000_00
        with pytest.raises(MoreThanInvoiced):
            collect(agreement, shops, 1)

    def test_refuses_nothing_and_days_and_people_that_are_not_right(self, agreement: Agreement, shops: Shops):
        for told in (buy, invoice, collect):
            with pytest.raises(AmountAboveZero):
                told(agreement, shops, 0)
            with pytest.raises(NotForYouToDo):
                told(agreement, shops, 1, by=shops.fermin)
            with pytest.raises(DeliveredBeforeAgreed):
                told(agreement, shops, 1, on=AGREED.replace(month=3))
        with pytest.raises(FundBuysNothing):
            buy(agreement, shops, buyer=shops.federacion)
        with pytest.raises(NotAtThisPoint):
            buy(propose(shops), shops)

    def test_anybody_who_makes_it_may_buy_for_all(self, agreement: Agreement, shops: Shops):
        confirm(buy(agreement, shops, 100_00, buyer=shops.sur, vat_rate=None), shops, on=BOUGHT)

        assert entry(shops.sur, BOUGHT) == [
            ("1202", 30),
            ("1202", 50),
            ("1301", -80),
            ("1301", 100),
            ("2101", -100),
        ]
        assert entry(shops.norte, BOUGHT) == [("1301", 50), ("2102", -50)]


class TestUndo:
    def test_all_agree_to_undo_what_concerned_all(self, agreement: Agreement, shops: Shops):
        told = confirm(buy(agreement, shops), shops, on=BOUGHT)
        norte, centro, sur = (book.organization for book in (shops.norte, shops.centro, shops.sur))
        reversals.ask(delivery=told, organization=centro, reason="Otro precio", by=shops.cora, on=BOUGHT)
        with pytest.raises(DeliveryAlreadyAnswered):
            reversals.agree(delivery=told, organization=centro, by=shops.cora, on=BOUGHT)
        assert reversals.agree(delivery=told, organization=sur, by=shops.susi, on=BOUGHT).state == "confirmed"

        assert reversals.agree(delivery=told, organization=norte, by=shops.noemi, on=BOUGHT).state == "reversed"
        assert not Claim.objects.filter(balance__amount__gt=0).exists()
        assert confirm(buy(agreement, shops), shops, on=BOUGHT).state == "confirmed"

    def test_one_keeps_it_as_it_is(self, agreement: Agreement, shops: Shops):
        told = confirm(buy(agreement, shops), shops, on=BOUGHT)
        reversals.ask(
            delivery=told, organization=shops.centro.organization, reason="Otro precio", by=shops.cora, on=BOUGHT
        )

        kept = reversals.keep(delivery=told, organization=shops.sur.organization, by=shops.susi, on=BOUGHT)
        assert (kept.state, kept.reversal_asked_by) == ("confirmed", None)

    def test_an_invoice_that_was_paid_stays(self, agreement: Agreement, shops: Shops):
        told = confirm(invoice(agreement, shops), shops, on=INVOICED)
        confirm(collect(agreement, shops), shops, on=COLLECTED)
        reversals.ask(delivery=told, organization=shops.norte.organization, reason="Mal", by=shops.noemi, on=COLLECTED)
        reversals.agree(delivery=told, organization=shops.centro.organization, by=shops.cora, on=COLLECTED)

        # The levy has settled some of what it left owed.
        with pytest.raises(SettledSince):
            reversals.agree(delivery=told, organization=shops.sur.organization, by=shops.susi, on=COLLECTED)

    def test_an_invoice_that_was_paid_stays_without_a_levy_too(self, shops: Shops):
        agreement = accepted(shops, levy=0, fund=None)
        told = confirm(invoice(agreement, shops), shops, on=INVOICED)
        confirm(collect(agreement, shops), shops, on=COLLECTED)
        reversals.ask(delivery=told, organization=shops.norte.organization, reason="Mal", by=shops.noemi, on=COLLECTED)
        reversals.agree(delivery=told, organization=shops.centro.organization, by=shops.cora, on=COLLECTED)

        with pytest.raises(MoreThanInvoiced):
            reversals.agree(delivery=told, organization=shops.sur.organization, by=shops.susi, on=COLLECTED)

    def test_a_settlement_opens_the_agreement_again(self, agreement: Agreement, shops: Shops):
        carried_out(agreement, shops)
        told = agreement.deliveries.filter(act="settlement").first()
        reversals.ask(
            delivery=told, organization=told.giver, reason="Otra cuenta", by=shops.officers[told.giver], on=SETTLED
        )

        undone = reversals.agree(delivery=told, by=shops.officers[told.receiver], on=SETTLED)
        assert (undone.state, undone.agreement.state) == ("reversed", "accepted")


class TestPieces:
    def test_many_invoices_and_payments_make_those_of_one(self, agreement: Agreement, shops: Shops):
        for amount in (1_00, 7_333_33, 10_000_000_01):
            confirm(invoice(agreement, shops, amount), shops, on=INVOICED)
        confirm(collect(agreement, shops, 5_555_55), shops, on=COLLECTED)
        left = PRICE - 1_00 - 7_333_33 - 10_000_000_01
        confirm(invoice(agreement, shops, left, on=COLLECTED), shops, on=COLLECTED)
        confirm(collect(agreement, shops, 36_300_000_00 - 5_555_55), shops, on=COLLECTED)

        whole = coproductions.whole(agreement=agreement)
        assert [side.price for side in whole.working] == [15_000_000_00, 9_000_000_00, 6_000_000_00]
        assert [side.levy for side in whole.working] == [300_000_00, 180_000_00, 120_000_00]
        assert settle(agreement, shops, shops.centro).money == 10_710_000_00
