"""Barter: Story 1 to the cent in both books; confirming, undoing, and what is refused to whom."""

import threading
import uuid
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest
from django.db import connection

from ledger.actions import agreements, barter, deliveries, reversals, years
from ledger.actions.deliveries import Papers
from ledger.actions.reversals import SettledSince
from ledger.models import AccountBalance, ClaimBalance, Entry, Event
from network.errors import DomainError
from tests.barters import BAGS_DAY, FLOUR_DAY, MEMBERS_DAY, accepted, bags, deliver, flour, own
from tests.cast import Cast
from tests.notation import journal_of, text


class TestStory1:
    """Golden: Story 1, until the price jumps (test_adjustments.py goes on), and as if it had not."""

    def test_every_entry_to_the_cent(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        own(cast, cast.grafica, "Costo de bolsas", "5101", "1303", 700_000_00, on=BAGS_DAY)
        flour(agreement, cast)
        own(cast, cast.molino, "Costo de harina", "5101", "1303", 420_000_00, on=FLOUR_DAY)
        own(cast, cast.grafica, "Harina a asociados", "5201", "1301", 450_000_00, on=MEMBERS_DAY)
        own(cast, cast.grafica, "Harina al comedor", "5401", "1301", 150_000_00, on=MEMBERS_DAY)

        assert journal_of(cast.grafica) == text("""
            2023-11-20 1202 molino ARS            252000.00
            2023-11-20 1202 molino KG harina 000 1200000.00 [4000]
            2023-11-20 2103                      -252000.00
            2023-11-20 4103                     -1200000.00
            2023-11-20 1303                      -700000.00
            2023-11-20 5101                       700000.00
            2023-11-27 1202 molino ARS            -63000.00
            2023-11-27 1202 molino KG harina 000 -600000.00 [-2000]
            2023-11-27 1203                        63000.00
            2023-11-27 1301                       600000.00 [2000]
            2023-11-28 1301                      -450000.00
            2023-11-28 5201                       450000.00
            2023-11-28 1301                      -150000.00
            2023-11-28 5401                       150000.00
        """)
        assert journal_of(cast.molino) == text("""
            2023-11-20 1203                        252000.00
            2023-11-20 1301                       1200000.00 [60000]
            2023-11-20 2102 grafica ARS           -252000.00
            2023-11-20 2102 grafica KG harina 000 -1200000.00 [-4000]
            2023-11-27 2102 grafica ARS             63000.00
            2023-11-27 2102 grafica KG harina 000  600000.00 [2000]
            2023-11-27 2103                        -63000.00
            2023-11-27 4103                       -600000.00
            2023-11-27 1303                       -420000.00
            2023-11-27 5101                        420000.00
        """)

    def test_played_on_at_the_agreed_price_both_books_end_at_zero(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)
        flour(agreement, cast)
        flour(agreement, cast, on=MEMBERS_DAY)
        payment = deliveries.log_payment(
            agreement=agreement,
            key=uuid.uuid4(),
            giver=cast.molino.organization,
            receiver=cast.grafica.organization,
            amount=126_000_00,
            happened_on=MEMBERS_DAY,
            papers=Papers(invoice="Recibo X 12"),
            by=cast.nora,
            on=MEMBERS_DAY,
        )
        barter.confirm(delivery=payment, by=cast.ana, on=MEMBERS_DAY)

        agreement.refresh_from_db()
        assert agreement.state == "settled"
        assert not ClaimBalance.objects.exclude(amount=0, quantity=0).exists()
        owed = AccountBalance.objects.filter(account__number__in=["1202", "2102"])
        assert not owed.exclude(amount=0, quantity=0).exists()


class TestConfirm:
    def test_posts_one_event_with_an_entry_in_each_book(self, cast: Cast):
        delivery = bags(accepted(cast), cast)

        assert {entry.book for entry in delivery.event.entries.all()} == {cast.grafica, cast.molino}
        assert delivery.event.confirmed_by == cast.mario
        assert delivery.event.recorded_by == cast.beto

    def test_twice_posts_once(self, cast: Cast):
        delivery = bags(accepted(cast), cast)

        barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY)

        assert Entry.objects.count() == 2

    def test_refuses_the_giver_himself(self, cast: Cast):
        delivery = deliver(accepted(cast), "Bolsas impresas", 100, by=cast.beto, on=BAGS_DAY)

        with pytest.raises(agreements.NoMandateToday):
            barter.confirm(delivery=delivery, by=cast.ana, on=BAGS_DAY)

    def test_refuses_what_was_rejected(self, cast: Cast):
        delivery = deliver(accepted(cast), "Bolsas impresas", 100, by=cast.beto, on=BAGS_DAY)
        deliveries.reject(delivery=delivery, reason="Llegaron 90", by=cast.nora, on=BAGS_DAY)

        with pytest.raises(deliveries.DeliveryAlreadyAnswered):
            barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY)

    def test_remembers_every_step(self, cast: Cast):
        agreement = accepted(cast)
        bags(agreement, cast)

        verbs = list(agreement.steps.order_by("pk").values_list("verb", flat=True))
        assert verbs == ["logged", "signed", "signed", "delivered", "confirmed"]


class TestReversal:
    def test_takes_both_sides_and_undoes_both_books(self, cast: Cast):
        delivery = bags(accepted(cast), cast)

        delivery = reversals.ask(
            delivery=delivery, organization=cast.grafica.organization, reason="Eran 50.000", by=cast.ana, on=FLOUR_DAY
        )
        delivery = reversals.agree(delivery=delivery, by=cast.mario, on=FLOUR_DAY)

        assert delivery.state == "reversed"
        assert not AccountBalance.objects.exclude(amount=0, quantity=0).exists()
        assert Entry.objects.filter(book=cast.grafica).count() == 2

    def test_the_side_that_asked_cannot_answer(self, cast: Cast):
        delivery = bags(accepted(cast), cast)
        delivery = reversals.ask(
            delivery=delivery, organization=cast.grafica.organization, reason="Error", by=cast.ana, on=FLOUR_DAY
        )

        with pytest.raises(agreements.NoMandateToday):
            reversals.agree(delivery=delivery, by=cast.ana, on=FLOUR_DAY)

    def test_refuses_once_part_of_it_was_settled(self, cast: Cast):
        agreement = accepted(cast)
        delivery = bags(agreement, cast)
        flour(agreement, cast)
        delivery = reversals.ask(
            delivery=delivery, organization=cast.grafica.organization, reason="Error", by=cast.ana, on=FLOUR_DAY
        )

        with pytest.raises(SettledSince):
            reversals.agree(delivery=delivery, by=cast.mario, on=FLOUR_DAY)

    def test_what_was_reversed_can_be_delivered_again(self, cast: Cast):
        agreement = accepted(cast)
        delivery = reversals.ask(
            delivery=bags(agreement, cast),
            organization=cast.grafica.organization,
            reason="Error",
            by=cast.ana,
            on=FLOUR_DAY,
        )
        reversals.agree(delivery=delivery, by=cast.mario, on=FLOUR_DAY)

        again = deliver(agreement, "Bolsas impresas", 60_000, by=cast.beto, on=FLOUR_DAY)

        assert barter.confirm(delivery=again, by=cast.mario, on=FLOUR_DAY).state == "confirmed"


class TestClosedPeriod:
    def test_a_late_confirmation_is_written_under_today_and_marked_late(self, cast: Cast):
        agreement = accepted(cast)
        delivery = deliver(agreement, "Bolsas impresas", 100, by=cast.beto, on=BAGS_DAY)
        years.close_period(book=cast.molino, through=BAGS_DAY, on=FLOUR_DAY, by=None)

        delivery = barter.confirm(delivery=delivery, by=cast.mario, on=FLOUR_DAY)

        assert delivery.event.booked_on == FLOUR_DAY
        assert delivery.event.is_late


class TestCost:
    @pytest.mark.parametrize("before", [1, 12])
    def test_is_the_same_whatever_was_delivered_before(self, cast: Cast, before: int, django_assert_max_num_queries):
        agreement = accepted(cast)
        for _ in range(before):
            bags(agreement, cast, 1_000)
        delivery = deliver(agreement, "Bolsas impresas", 1_000, by=cast.beto, on=BAGS_DAY)

        # Two are a savepoint. PostgreSQL is asked three times past Django, which counts none of them.
        with django_assert_max_num_queries(9 if connection.vendor == "postgresql" else 14):
            barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY)


Answered = TypeVar("Answered")


def at_once(*answers: Callable[[], Answered]) -> tuple[list[Answered], list[DomainError]]:
    """Give these answers at the same time, each on a connection of its own; return what came of them."""
    together = threading.Barrier(len(answers))
    given: list[Answered] = []
    refused: list[DomainError] = []

    def give(answer: Callable[[], Answered]) -> None:
        try:
            together.wait()
            given.append(answer())
        except DomainError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    people = [threading.Thread(target=give, args=[answer]) for answer in answers]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return given, refused


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_who_confirm_get_the_same_event(self, cast: Cast):
        delivery = deliver(accepted(cast), "Bolsas impresas", 60_000, by=cast.beto, on=BAGS_DAY)

        given, refused = at_once(*[partial(barter.confirm, delivery=delivery, by=cast.mario, on=BAGS_DAY)] * 3)

        assert not refused
        assert [each.event for each in given] == [Event.objects.get()] * 3
        assert Entry.objects.count() == 2

    def test_what_one_confirms_and_one_rejects_is_one_of_both(self, cast: Cast):
        delivery = deliver(accepted(cast), "Bolsas impresas", 60_000, by=cast.beto, on=BAGS_DAY)

        given, refused = at_once(
            lambda: barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY),
            lambda: deliveries.reject(delivery=delivery, reason="Llegaron 90", by=cast.nora, on=BAGS_DAY),
        )

        assert [type(each) for each in refused] == [deliveries.DeliveryAlreadyAnswered]
        assert Event.objects.count() == (given[0].state == "confirmed")

    def test_deliveries_of_one_agreement_share_what_is_owed_to_the_cent(self, cast: Cast):
        agreement = accepted(cast)
        parts = [deliver(agreement, "Bolsas impresas", 7, by=cast.beto, on=BAGS_DAY) for _ in range(3)]

        at_once(*[partial(barter.confirm, delivery=part, by=cast.mario, on=BAGS_DAY) for part in parts])

        # 21 of 60,000 bags: 420.00 and 21 % of VAT, whatever the order.
        assert AccountBalance.objects.get(account__book=cast.grafica, account__number="4103").amount == -420_00
        assert AccountBalance.objects.get(account__book=cast.grafica, account__number="2103").amount == -88_20
