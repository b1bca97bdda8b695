"""Round Python: no more is shared out than was asked for and bought, and the books say what was told."""

import pytest

from ledger.actions import bought, deliveries, thresholds
from ledger.actions.refusals_agreed import SignedByResolution
from ledger.actions.refusals_bought import (
    BoughtAsTold,
    BoughtForSeveral,
    DearerThanAllowed,
    MoreThanAsked,
    PartWasHanded,
    PurchaseIsOpen,
    PurchaseStays,
    SharedOutWhole,
)
from ledger.models import Purchase
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_stopped, run, stays
from tests.purchasings import (
    AGREED,
    BOUGHT,
    HANDED,
    accepted,
    asked,
    confirm,
    hand_over,
    invoice,
    part,
    pay,
    propose,
    received,
    steel,
    tell,
)

pytestmark = pytest.mark.django_db

PART = "INSERT INTO ledger_purchasepart (purchase_id, request_id, quantity, amount, vat) VALUES (%s, %s, %s, 1, 0)"


class TestTerms:
    def test_are_of_a_buyer_and_of_those_who_ask(self, cast: Cast):
        accept = "UPDATE ledger_agreement SET state = 'accepted' WHERE id = %s"
        for wrong in (
            "DELETE FROM ledger_purchaserequest",
            f"UPDATE ledger_purchaseterms SET buyer_id = {cast.federacion.pk}",
            "DELETE FROM ledger_agreementparty WHERE number = 2",
        ):
            agreement = propose(cast)
            run("UPDATE ledger_agreementparty SET signed_by_id = %s", cast.mario.pk)
            run(wrong)
            assert is_stopped(accept, agreement.pk) is BoughtForSeveral
            run("UPDATE ledger_agreement SET state = 'refused'")

    def test_stay_once_all_have_signed_them(self, cast: Cast):
        agreement = accepted(cast)
        for change in (
            "UPDATE ledger_purchaseterms SET thing = 'Oro'",
            "DELETE FROM ledger_purchaseterms",
            "UPDATE ledger_purchaserequest SET most = 1",
            "DELETE FROM ledger_purchaserequest",
            "INSERT INTO ledger_purchaserequest (agreement_id, organization_id, number, quantity, most)"
            f" VALUES ({agreement.pk}, {cast.federacion.pk}, 9, 1, 1)",
        ):
            assert is_stopped(change) is PurchaseStays, change

    def test_beyond_the_threshold_are_signed_with_a_resolution(self, cast: Cast):
        decided = make.resolution(cast.grafica.organization)
        thresholds.set_threshold(
            book=cast.grafica, amount=1_950_000_00 - 1, resolution=decided, by=cast.ana, on=AGREED, at=make.NOON
        )
        propose(cast)
        sign = "UPDATE ledger_agreementparty SET signed_by_id = %s WHERE organization_id = %s"

        assert is_stopped(sign, cast.ana.pk, cast.grafica.organization.pk) is SignedByResolution
        stays(sign, cast.carla.pk, cast.textil.organization.pk)


class TestPurchase:
    def test_is_told_while_the_agreement_runs(self, cast: Cast):
        told = tell(accepted(cast), cast, by=cast.nora)
        copied = "agreement_id, supplier, invoice, happened_on, quantity, net, vat, costs, costs_vat, is_paid"
        copied += ", logged_by_id"
        copy = (
            f"INSERT INTO ledger_purchase (key, reason, state, {copied})"
            f" SELECT '{'1' * 32}', '', %s, {copied} FROM ledger_purchase WHERE id = %s"
        )
        assert is_stopped(copy, "undone", told.pk) is BoughtAsTold
        bought.take_back(purchase=told, reason="No", by=cast.mario, on=BOUGHT)
        run("UPDATE ledger_agreement SET state = 'settled'")
        assert is_stopped(copy, "logged", told.pk) is BoughtAsTold

    def test_stays_as_it_was_told(self, cast: Cast):
        tell(accepted(cast), cast)
        for change in (
            "UPDATE ledger_purchase SET net = 1",
            "UPDATE ledger_purchase SET quantity = 1",
            "DELETE FROM ledger_purchase",
            "UPDATE ledger_purchasepart SET amount = 1",
            "DELETE FROM ledger_purchasepart",
        ):
            assert is_stopped(change) is PurchaseStays, change
        assert is_stopped("UPDATE ledger_purchase SET event_id = NULL, state = 'logged'") is PurchaseStays

    def test_gives_nobody_more_than_it_asked_for_or_dearer(self, cast: Cast):
        agreement = accepted(cast)
        tell(agreement, cast, invoice(quantity=4_999_999, net=5_000_000_00))
        more = tell(agreement, cast, invoice(quantity=1, net=1_00), by=cast.nora)
        request = part(Purchase.objects.earliest("pk"), cast.grafica.organization).request_id
        assert is_stopped(PART, more.pk, request, 1_500_000) is MoreThanAsked

    def test_gives_nobody_a_part_dearer_than_it_allowed(self, cast: Cast):
        cheap = [asked(cast.grafica.organization, 10**6), asked(cast.textil.organization, 1, most=1_00)]
        agreement = accepted(cast, steel(cast, requests=cheap))
        # So little that the textile cooperative, which pays less, gets nothing of it.
        told = tell(agreement, cast, invoice(quantity=1_000, net=1_200_00), by=cast.nora)
        request = agreement.requests.get(organization=cast.textil.organization)
        assert is_stopped(PART, told.pk, request.pk, 1) is DearerThanAllowed

    def test_is_entered_whole_and_as_it_was_told(self, cast: Cast):
        agreement = accepted(cast)
        told = tell(agreement, cast, invoice(quantity=1_000_000, net=1_000_000_00), by=cast.nora)
        sold = make.sale(cast.molino, on=BOUGHT)
        enter = "UPDATE ledger_purchase SET state = 'confirmed', event_id = %s WHERE id = %s"
        assert is_stopped(enter, sold.pk, told.pk) is BoughtAsTold
        other = tell(agreement, cast, invoice(quantity=1, net=1_00), by=cast.nora)
        missing = agreement.requests.exclude(parts__purchase=other).first()
        run(PART, other.pk, missing.pk, 1)
        assert is_stopped(enter, sold.pk, other.pk) is SharedOutWhole

    def test_is_taken_back_with_its_entry_and_before_it_is_handed_over(self, cast: Cast):
        purchase = tell(accepted(cast), cast)
        undo = "UPDATE ledger_purchase SET state = 'undone' WHERE id = %s"
        assert is_stopped(undo, purchase.pk) is BoughtAsTold
        received(purchase, cast, cast.grafica.organization)
        assert is_stopped(undo, purchase.pk) is PartWasHanded


class TestHandover:
    def test_is_of_a_part_once_to_whoever_asked(self, cast: Cast):
        purchase = tell(accepted(cast), cast)
        told = hand_over(purchase, cast, cast.grafica.organization)
        again = hand_over(purchase, cast, cast.textil.organization)
        deliveries.reject(delivery=told, reason="No", by=cast.ana, on=HANDED)
        third = hand_over(purchase, cast, cast.grafica.organization)
        for change in ("UPDATE ledger_purchasehandover SET part_id = part_id", "DELETE FROM ledger_purchasehandover"):
            assert is_stopped(change) is PurchaseStays
        copy = "INSERT INTO ledger_purchasehandover (delivery_id, part_id) VALUES (%s, %s)"
        textile = part(purchase, cast.textil.organization)
        assert is_stopped(copy, third.pk, textile.pk) is BoughtAsTold
        bare = "UPDATE ledger_delivery SET act = 'bought' WHERE id = %s"
        assert again.bought.part == textile
        stays(bare, third.pk)

    def test_stands_in_both_books_at_cost(self, cast: Cast):
        purchase = tell(accepted(cast), cast)
        told = hand_over(purchase, cast, cast.grafica.organization)
        wrong = make.delivery(cast.molino, cast.grafica, 1_00, on=HANDED)

        change = "UPDATE ledger_delivery SET state = 'confirmed', event_id = %s WHERE id = %s"
        assert is_stopped(change, wrong.pk, told.pk) is BoughtAsTold


class TestEnd:
    def test_is_with_nothing_owed_and_nothing_to_hand_over(self, cast: Cast):
        agreement = accepted(cast)
        settle = "UPDATE ledger_agreement SET state = 'settled' WHERE id = %s"
        purchase = tell(agreement, cast, by=cast.nora)
        assert is_stopped(settle, agreement.pk) is PurchaseIsOpen
        bought.enter(purchase=purchase, by=cast.mario, on=BOUGHT)
        assert is_stopped(settle, agreement.pk) is PurchaseIsOpen
        received(purchase, cast, cast.grafica.organization)
        received(purchase, cast, cast.textil.organization)
        assert is_stopped(settle, agreement.pk) is PurchaseIsOpen
        confirm(pay(agreement, cast, cast.grafica.organization, 2_178_000_00), cast)
        assert is_stopped(settle, agreement.pk) is PurchaseIsOpen
