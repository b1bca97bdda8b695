"""Round Python: no work is told that nobody took on, no invoice twice, no fee that was not agreed."""

import uuid

import pytest

from ledger.actions import referrals, referred
from ledger.actions.refusals import DebtNeedsItsCounterparty, LineDoesNotFit
from ledger.actions.refusals_referred import (
    CustomerInTheBooks,
    InvoiceToldBefore,
    NotToInvoiceNow,
    ReferralStays,
    ReferredAmongAll,
    ReferredAsTold,
    SomethingIsOpen,
)
from ledger.models import Agreement, Delivery
from tests import make
from tests.barters import propose as barter
from tests.cast import Cast
from tests.plain_sql import is_refused, is_stopped, run, stays
from tests.referrals import WORKED, accepted, propose, share, tell, undone, worked

pytestmark = pytest.mark.django_db

SHARE = (
    "INSERT INTO ledger_referralterms (agreement_id, form, customer, fee_rate, papers, outcome)"
    " VALUES (%s, 'order', %s, 0, '', '')"
)
TELL = "INSERT INTO ledger_referredwork (delivery_id, amount, invoice) VALUES (%s, 100, %s)"
CONFIRM = "UPDATE ledger_delivery SET state = 'confirmed', event_id = %s WHERE id = %s"


def empty(agreement: Agreement, cast: Cast, *, taker=None) -> Delivery:
    """Return a delivery that tells of nothing yet."""
    told = {"giver": (taker or cast.textil).organization, "receiver": cast.grafica.organization}
    return Delivery.objects.create(
        key=uuid.uuid4(), agreement=agreement, act="work", happened_on=WORKED, logged_by=cast.carla, **told
    )


class TestTerms:
    def test_are_of_a_referral_and_name_the_customer_in_no_book(self, cast: Cast):
        assert is_stopped(SHARE, barter(cast).pk, "Escuela 14") is ReferredAmongAll
        proposed = propose(cast)
        assert is_stopped("UPDATE ledger_referralterms SET customer = 'BOLSAS'") is CustomerInTheBooks
        assert is_stopped("UPDATE ledger_referralterms SET form = 'tender', outcome = 'won', decided_on = %s", WORKED)
        stays("UPDATE ledger_referralterms SET customer = 'Club' WHERE agreement_id = %s", proposed.pk)

    def test_stay_once_all_have_signed(self, cast: Cast):
        agreement = accepted(cast)

        for change in (
            "UPDATE ledger_referralterms SET fee_rate = 1",
            "DELETE FROM ledger_referralshare",
            "UPDATE ledger_referralshare SET expected = 1",
            "DELETE FROM ledger_referralterms",
        ):
            assert is_stopped(change) is ReferralStays
        another = (
            "INSERT INTO ledger_referralshare (terms_id, taker_id, number, does, expected) VALUES (%s, %s, 9, '', 1)"
        )
        assert is_stopped(another, agreement.pk, cast.molino.organization_id) is ReferralStays

    def test_give_everybody_who_agrees_a_share(self, cast: Cast):
        agreement = propose(cast, share(cast.textil), share(cast.molino))
        run("UPDATE ledger_agreementparty SET signed_by_id = %s", cast.ana.pk)
        run("DELETE FROM ledger_referralshare WHERE taker_id = %s", cast.molino.organization_id)

        accept = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"
        assert is_stopped(accept, agreement.pk) is ReferredAmongAll

    def test_a_tender_comes_out_once(self, cast: Cast):
        agreement = accepted(cast, form="tender")
        how = {"organization": cast.grafica.organization, "decided_on": WORKED, "by": cast.ana, "on": WORKED}
        referrals.decide(agreement=agreement, outcome="won", **how)

        assert is_stopped("UPDATE ledger_referralterms SET outcome = 'lost'") is ReferralStays

    def test_end_with_nothing_waiting_and_nothing_owed(self, cast: Cast):
        agreement = accepted(cast)
        end = "UPDATE ledger_agreement SET state = 'settled' WHERE id = %s"
        waiting = tell(agreement, cast, 100_000_00)
        assert is_stopped(end, agreement.pk) is SomethingIsOpen
        referred.confirm(delivery=waiting, by=cast.ana, on=WORKED)
        assert is_stopped(end, agreement.pk) is SomethingIsOpen
        undone(waiting, cast)
        stays(end, agreement.pk)


class TestWork:
    def test_is_told_by_a_taker_while_it_runs(self, cast: Cast):
        running = accepted(cast)

        for agreement, taker in (
            (running, cast.molino),
            (propose(cast), cast.textil),
            (accepted(cast, form="tender"), cast.textil),
        ):
            assert is_stopped(TELL, empty(agreement, cast, taker=taker).pk, "A-1-1") is NotToInvoiceNow
        stays(TELL, empty(running, cast).pk, "A-1-1")

    def test_is_told_once(self, cast: Cast):
        agreement = accepted(cast)
        worked(agreement, cast, 100_00, invoice="A 1-1")

        assert is_stopped(TELL, empty(agreement, cast).pk, "A-1-1") is InvoiceToldBefore

    def test_stays(self, cast: Cast):
        agreement = accepted(cast)
        tell(agreement, cast, 100_00)

        assert is_stopped("UPDATE ledger_referredwork SET amount = 1") is ReferralStays
        assert is_stopped("DELETE FROM ledger_referredwork") is ReferralStays

    def test_that_is_confirmed_is_in_both_books_as_it_was_told(self, cast: Cast):
        agreement = accepted(cast)
        told, sale = tell(agreement, cast, 100_00), make.sale(cast.grafica, on=WORKED)
        run("UPDATE ledger_referredwork SET fee = 500, vat = 105")

        assert is_stopped(CONFIRM, sale.pk, told.pk) is ReferredAsTold

    def test_has_no_other_fee_than_was_agreed(self, cast: Cast):
        agreement = accepted(cast, fee_rate=0)
        told, other = tell(agreement, cast, 100_00), tell(agreement, cast, 100_00, invoice="A 1-2")
        event = referred.confirm(delivery=other, by=cast.ana, on=WORKED).event
        run("UPDATE ledger_delivery SET state = 'logged', event_id = NULL WHERE id = %s", other.pk)
        run("UPDATE ledger_referredwork SET fee = 700, vat = 0 WHERE delivery_id = %s", told.pk)

        assert is_stopped(CONFIRM, event.pk, told.pk) is ReferredAsTold


class TestBalance:
    def test_says_with_whom(self, cast: Cast):
        """Work given or received without a counterparty would escape the mirror."""
        account = make.account(cast.grafica, "9502")

        for number in ("9501", "9503"):
            alone = (
                "INSERT INTO ledger_account (book_id, number, nature, unit_id, role, is_closed)"
                f" VALUES (%s, '{number}', 'memo', %s, '', %s)"
            )
            assert is_stopped(alone, cast.grafica.pk, account.unit_id, False) is DebtNeedsItsCounterparty

    def test_is_moved_by_nobody_alone(self, cast: Cast):
        for number in ("9502", "9504"):
            lines = [(make.account(cast.grafica, number), 100), (make.account(cast.grafica, "9101", "ARS"), -100)]
            assert is_refused(lines, kind="own_entry") is LineDoesNotFit
