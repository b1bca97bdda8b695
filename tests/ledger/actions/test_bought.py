"""Joint purchases: what is bought for several, what of it falls on whom, in all books, and until nothing is owed."""

import uuid

import pytest

from ledger.actions import agreements, bought, deliveries, passed_on, reversals
from ledger.actions import purchases as actions
from ledger.actions.agreements import NoMandateToday, NotForYouToDo, ReasonIsMissing, WatchesAndWritesNothing
from ledger.actions.bought import PartCostsNothing, PurchaseAlreadyAnswered, SupplierIsMissing
from ledger.actions.deliveries import AmountAboveZero, DeliveredBeforeAgreed, DeliveredInTheFuture
from ledger.actions.passed_on import KeptByTheBuyer
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_bought import DearerThanAllowed, MoreThanAsked, PartWasHanded, PurchaseIsOpen
from ledger.actions.reversals import SettledSince
from ledger.models import Delivery, Purchase
from ledger.queries import purchases
from tests import make
from tests.cast import Cast
from tests.notation import journal_of, text
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


def parts(purchase: Purchase) -> dict[str, tuple[int, int, int]]:
    """Return whose part is how much: quantity, amount, VAT."""
    return {each.request.organization.code: (each.quantity, each.amount, each.vat) for each in purchase.parts.all()}


class TestSteelForThree:
    def test_stands_in_three_books_at_cost_and_ends_with_nothing_owed(self, cast: Cast):
        grafica, textil = cast.grafica.organization, cast.textil.organization
        agreement = accepted(cast)

        purchase = tell(agreement, cast)
        received(purchase, cast, grafica)
        received(purchase, cast, textil)

        assert parts(purchase) == {
            "molino": (2_500_000, 3_000_000_00, 630_000_00),
            "grafica": (1_500_000, 1_800_000_00, 378_000_00),
            "textil": (1_000_000, 1_200_000_00, 252_000_00),
        }
        assert journal_of(cast.molino) == text(
            """
            2026-04-06 1203 1260000.00
            2026-04-06 1301 6000000.00 [5000]
            2026-04-06 2101 -7260000.00
            2026-04-07 1202 grafica ARS 2178000.00
            2026-04-07 1301 -1800000.00 [-1500]
            2026-04-07 2103 -378000.00
            2026-04-07 1202 textil ARS 1452000.00
            2026-04-07 1301 -1200000.00 [-1000]
            2026-04-07 2103 -252000.00
            """
        )

        assert journal_of(cast.grafica) == text(
            """
            2026-04-07 1203 378000.00
            2026-04-07 1301 1800000.00 [1500]
            2026-04-07 2102 molino ARS -2178000.00
            """
        )

        for other, owed in ((grafica, 2_178_000_00), (textil, 1_452_000_00)):
            agreement.refresh_from_db()
            assert agreement.state == "accepted"
            confirm(pay(agreement, cast, other, owed), cast)

        agreement.refresh_from_db()
        assert agreement.state == "settled"


class TestTell:
    def test_a_member_tells_and_an_officer_enters_it(self, cast: Cast):
        agreement = accepted(cast)

        told = tell(agreement, cast, by=cast.nora)

        assert (told.state, told.event) == ("logged", None)
        with pytest.raises(NoMandateToday):
            bought.enter(purchase=told, by=cast.nora, on=BOUGHT)
        assert bought.enter(purchase=told, by=cast.mario, on=BOUGHT).state == "confirmed"
        assert bought.enter(purchase=told, by=cast.mario, on=BOUGHT).state == "confirmed"

    def test_less_than_was_asked_for_is_shared_out_in_proportion_and_the_rest_later(self, cast: Cast):
        agreement = accepted(cast)

        first = tell(agreement, cast, invoice(quantity=1_000_001, net=1_200_000_01, costs=100_00, costs_vat_rate=2100))
        second = tell(agreement, cast, invoice(quantity=3_999_999, net=4_800_000_00))

        assert parts(first) == {
            "molino": (500_001, 600_050_61, 126_010_63),
            "grafica": (300_000, 360_029_64, 75_606_22),
            "textil": (200_000, 240_019_76, 50_404_15),
        }
        assert sum(each[2] for each in parts(first).values()) == 252_021_00
        whole = [a + b for a, b in zip(parts(first)["molino"], parts(second)["molino"], strict=True)]
        assert whole[0] == 2_500_000
        assert [each.left for each in purchases.progress(agreement)] == [0, 0, 0]
        with pytest.raises(MoreThanAsked):
            tell(agreement, cast, invoice(quantity=1))

    def test_paid_at_once_from_the_bank(self, cast: Cast):
        tell(accepted(cast), cast, invoice(is_paid=True, vat_rate=None))

        assert journal_of(cast.molino) == text(
            """
            2026-04-06 1102 -6000000.00
            2026-04-06 1301 6000000.00 [5000]
            """
        )

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"supplier": " "}, SupplierIsMissing),
            ({"net": 0}, AmountAboveZero),
            ({"quantity": 0}, AmountAboveZero),
            ({"costs": -1}, AmountAboveZero),
            ({"net": 2}, PartCostsNothing),
            ({"quantity": 5_000_001}, MoreThanAsked),
            ({"net": 6_500_000_01}, DearerThanAllowed),
            # Freight is part of the price.
            ({"costs": 500_000_01}, DearerThanAllowed),
        ],
    )
    def test_refuses(self, cast: Cast, changes: dict[str, object], refusal: type[Exception]):
        agreement = accepted(cast)
        with pytest.raises(refusal):
            tell(agreement, cast, invoice(**changes))
        assert not Purchase.objects.exists()

    def test_the_price_is_that_of_whoever_gets_a_part(self, cast: Cast):
        cheap = asked(cast.textil.organization, 1, most=1_00)
        agreement = accepted(cast, steel(cast, requests=[asked(cast.grafica.organization, 1_000_000), cheap]))

        # So little that the textile cooperative gets nothing of it yet.
        assert list(parts(tell(agreement, cast, invoice(quantity=100_000, net=120_000_00)))) == ["grafica"]

    def test_is_for_people_of_the_buyer_once_for_each_form_on_a_day_that_was(self, cast: Cast):
        agreement, key = accepted(cast), uuid.uuid4()
        for by in (cast.beto, cast.carla, cast.silvia):
            with pytest.raises(NotForYouToDo):
                tell(agreement, cast, by=by)
        first = tell(agreement, cast, key=key)

        assert tell(agreement, cast, key=key) == first
        with pytest.raises(KeyWasUsedForSomethingElse):
            tell(agreement, cast, invoice(net=1_00), key=key)
        with pytest.raises(DeliveredBeforeAgreed):
            tell(agreement, cast, on=AGREED.replace(month=3))

    def test_an_auditor_of_the_buyer_writes_nothing(self, cast: Cast):
        watcher = make.officer("Sara", cast.molino.organization, office="internal_auditor")
        with pytest.raises(WatchesAndWritesNothing):
            tell(accepted(cast), cast, by=watcher)


class TestHandOver:
    def test_only_what_is_in_the_book_once_and_to_another(self, cast: Cast):
        grafica = cast.grafica.organization
        told = tell(accepted(cast), cast, by=cast.nora)
        with pytest.raises(PurchaseAlreadyAnswered):
            hand_over(told, cast, grafica)
        bought.enter(purchase=told, by=cast.mario, on=BOUGHT)

        with pytest.raises(NotForYouToDo):
            hand_over(told, cast, grafica, by=cast.ana)
        with pytest.raises(KeptByTheBuyer):
            hand_over(told, cast, cast.molino.organization)
        with pytest.raises(DeliveredBeforeAgreed):
            hand_over(told, cast, grafica, happened_on=AGREED)
        with pytest.raises(DeliveredInTheFuture):
            hand_over(told, cast, grafica, happened_on=HANDED.replace(month=5))
        key = uuid.uuid4()
        first = hand_over(told, cast, grafica, key=key)
        assert hand_over(told, cast, grafica, key=key) == first
        with pytest.raises(KeyWasUsedForSomethingElse):
            hand_over(told, cast, cast.textil.organization, key=key)
        with pytest.raises(PartWasHanded):
            hand_over(told, cast, grafica)

    def test_what_was_not_received_is_handed_over_again(self, cast: Cast):
        grafica = cast.grafica.organization
        purchase = tell(accepted(cast), cast)
        first = hand_over(purchase, cast, grafica)

        deliveries.reject(delivery=first, reason="No llegó.", by=cast.beto, on=HANDED)

        assert journal_of(cast.grafica) == ""
        assert received(purchase, cast, grafica).state == "confirmed"

    def test_a_member_does_not_confirm(self, cast: Cast):
        told = hand_over(tell(accepted(cast), cast), cast, cast.grafica.organization)
        with pytest.raises(NoMandateToday):
            passed_on.confirm(delivery=told, by=cast.beto, on=HANDED)


class TestUndo:
    def test_a_purchase_before_anything_of_it_is_handed_over(self, cast: Cast):
        agreement = accepted(cast)
        purchase = tell(agreement, cast)
        told = hand_over(purchase, cast, cast.grafica.organization)
        with pytest.raises(PartWasHanded):
            bought.take_back(purchase=purchase, reason="Mal", by=cast.mario, on=HANDED)
        deliveries.reject(delivery=told, reason="No llegó.", by=cast.ana, on=HANDED)

        with pytest.raises(ReasonIsMissing):
            bought.take_back(purchase=purchase, reason=" ", by=cast.mario, on=HANDED)
        with pytest.raises(NoMandateToday):
            bought.take_back(purchase=purchase, reason="Mal", by=cast.nora, on=HANDED)
        bought.take_back(purchase=purchase, reason="Era otra chapa.", by=cast.mario, on=HANDED)

        assert [each.told for each in purchases.progress(agreement)] == [0, 0, 0]
        assert tell(agreement, cast, on=HANDED).state == "confirmed"

    def test_a_member_takes_back_what_is_in_no_book(self, cast: Cast):
        told = tell(accepted(cast), cast, by=cast.nora)

        assert bought.take_back(purchase=told, reason="Mal", by=cast.nora, on=BOUGHT).state == "undone"
        with pytest.raises(PurchaseAlreadyAnswered):
            bought.enter(purchase=told, by=cast.mario, on=BOUGHT)

    def test_a_handover_when_both_agree_and_nothing_of_it_was_paid(self, cast: Cast):
        agreement, grafica = accepted(cast), cast.grafica.organization
        purchase = tell(agreement, cast)
        handed = received(purchase, cast, grafica)
        paid = confirm(pay(agreement, cast, grafica, 1_00), cast)
        reversals.ask(delivery=handed, organization=grafica, reason="Era de otro.", by=cast.ana, on=HANDED)
        with pytest.raises(SettledSince):
            reversals.agree(delivery=handed, by=cast.mario, on=HANDED)
        reversals.ask(delivery=paid, organization=grafica, reason="No era.", by=cast.ana, on=HANDED)
        reversals.agree(delivery=paid, by=cast.mario, on=HANDED)

        reversals.agree(delivery=handed, by=cast.mario, on=HANDED)

        assert Delivery.objects.get(pk=handed.pk).state == "reversed"
        assert received(purchase, cast, grafica).state == "confirmed"


class TestBuyerOwes:
    def test_who_paid_too_much_is_owed_it_back_and_that_is_taken_off_the_next_part(self, cast: Cast):
        agreement, grafica = accepted(cast), cast.grafica.organization
        first = tell(agreement, cast, invoice(quantity=2_500_000, net=3_000_000_00))
        received(first, cast, grafica)
        confirm(pay(agreement, cast, grafica, 1_100_000_00), cast)

        received(tell(agreement, cast, invoice(quantity=2_500_000, net=3_000_000_00), on=HANDED), cast, grafica)

        # 1,089,000 each time, of which 11,000 were paid before.
        assert "2102 grafica" in journal_of(cast.molino)
        confirm(pay(agreement, cast, grafica, 1_078_000_00), cast)
        assert part(first, grafica).gross == 1_089_000_00


class TestAgreement:
    def test_what_is_left_stays_undone_when_it_is_ended(self, cast: Cast):
        agreement, grafica, textil = accepted(cast), cast.grafica.organization, cast.textil.organization
        purchase = tell(agreement, cast, invoice(quantity=2_500_000, net=3_000_000_00))
        how = {"agreement": agreement, "organization": cast.molino.organization, "by": cast.mario, "on": HANDED}
        with pytest.raises(PurchaseIsOpen):
            actions.end(reason="No hay más.", **how)
        for other, owed in ((grafica, 1_089_000_00), (textil, 726_000_00)):
            received(purchase, cast, other)
            with pytest.raises(PurchaseIsOpen):
                actions.end(reason="No hay más.", **how)
            confirm(pay(agreement, cast, other, owed), cast)

        assert actions.end(reason="No hay más.", **how).state == "settled"

    def test_who_asks_for_a_change_reads_the_new_terms(self, cast: Cast):
        agreement, grafica = propose(cast), cast.grafica.organization
        agreements.ask_change(agreement=agreement, organization=grafica, reason="2 toneladas", by=cast.beto, on=AGREED)
        more = [asked(grafica, 2_000_000), asked(cast.molino.organization, 1)]

        again = actions.revise(agreement=agreement, purchase=steel(cast, requests=more), by=cast.mario, on=AGREED)

        assert again.state == "proposed"
        assert list(again.parties.values_list("organization__code", flat=True)) == ["molino", "grafica"]
