"""Barter end to end, through its actions: Story 1 to the cent, and what is refused to whom."""

import datetime as dt
import uuid

import pytest

from ledger.actions import agreements, barter, deliveries, journal, refusals, terms
from ledger.actions.deliveries import Papers
from ledger.actions.journal import Line
from ledger.actions.terms import LineTerms, Terms
from ledger.models import AccountBalance, Agreement, ClaimBalance, Delivery, Entry
from network.models import Mandate
from tests import make
from tests.cast import Cast
from tests.notation import journal_of, text

AGREED = dt.date(2023, 11, 18)
BAGS_DAY = dt.date(2023, 11, 20)
FLOUR_DAY = dt.date(2023, 11, 27)
MEMBERS_DAY = dt.date(2023, 11, 28)


def propose(cast: Cast, *, by=None, on=AGREED, pegged_to_goods: bool = True, key=None, **changes) -> Agreement:
    """Propose Story 1: 60,000 printed bags for 4,000 kg of flour."""
    lines = [
        LineTerms(
            giver=cast.grafica.organization,
            thing="Bolsas impresas",
            unit=make.unit("UN"),
            quantity=60_000,
            value=1_200_000_00,
            vat_rate=2100,
        ),
        LineTerms(
            giver=cast.molino.organization,
            thing="Harina 000",
            unit=make.unit("KG"),
            quantity=4_000_000,
            value=1_200_000_00,
            vat_rate=1050,
        ),
    ]
    return terms.log(
        kind="barter",
        key=key or uuid.uuid4(),
        proposer=cast.grafica.organization,
        partner=changes.get("partner", cast.molino.organization),
        terms=Terms(
            title="Bolsas por harina",
            pegged_to_goods=pegged_to_goods,
            agreed_on=changes.get("agreed_on", on),
            due_on=changes.get("due_on"),
            resolution="Acta 31",
        ),
        lines=changes.get("lines", lines),
        by=by or cast.ana,
        on=on,
    )


def accepted(cast: Cast, **how) -> Agreement:
    agreement = propose(cast, **how)
    return agreements.sign(agreement=agreement, organization=cast.molino.organization, by=cast.mario, on=AGREED)


def deliver(agreement: Agreement, thing: str, quantity: int, *, by, on: dt.date, key=None) -> Delivery:
    line = agreement.lines.get(thing=thing)
    return deliveries.log(
        agreement=agreement,
        key=key or uuid.uuid4(),
        giver=line.giver,
        quantities={line.pk: quantity},
        happened_on=on,
        papers=Papers(delivery_note="R 0001-00000012", invoice="A 0001-00000034"),
        by=by,
        on=on,
    )


def bags(agreement: Agreement, cast: Cast, quantity: int = 60_000) -> Delivery:
    """Deliver bags and have the mill confirm them."""
    delivery = deliver(agreement, "Bolsas impresas", quantity, by=cast.beto, on=BAGS_DAY)
    return barter.confirm(delivery=delivery, by=cast.mario, on=BAGS_DAY)


def flour(agreement: Agreement, cast: Cast, quantity: int = 2_000_000, *, on: dt.date = FLOUR_DAY) -> Delivery:
    """Deliver flour and have the print shop confirm it."""
    delivery = deliver(agreement, "Harina 000", quantity, by=cast.nora, on=on)
    return barter.confirm(delivery=delivery, by=cast.ana, on=on)


def own(cast: Cast, book, memo: str, debit: str, credit: str, amount: int, *, on: dt.date) -> None:
    """Post an entry of one book's own: the cost of goods, flour for the members."""
    lines = [
        Line(account=make.account(book, debit), amount=amount),
        Line(account=make.account(book, credit), amount=-amount),
    ]
    make.event(lines, on=on, memo=memo)


class TestStory1:
    """Golden: Story 1 until 2023-11-28. Revaluation at the year's end comes later, and with it the story's end."""

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


class TestLog:
    def test_by_a_member_is_a_draft_that_an_officer_signs(self, cast: Cast):
        agreement = propose(cast, by=cast.beto)
        assert agreement.state == "draft"

        agreement = agreements.sign(agreement=agreement, organization=cast.grafica.organization, by=cast.ana, on=AGREED)

        assert agreement.state == "proposed"

    def test_twice_with_the_same_key_makes_one_agreement(self, cast: Cast):
        key = uuid.uuid4()

        assert propose(cast, key=key) == propose(cast, key=key)
        assert Agreement.objects.count() == 1

    def test_refuses_an_outsider(self, cast: Cast):
        with pytest.raises(agreements.NotForYouToDo):
            propose(cast, by=cast.carla)

    def test_refuses_a_barter_with_oneself(self, cast: Cast):
        with pytest.raises(terms.PartnerIsYourself):
            propose(cast, partner=cast.grafica.organization)

    def test_refuses_a_partner_without_a_book(self, cast: Cast):
        with pytest.raises(terms.PartnerKeepsNoBook):
            propose(cast, partner=cast.federacion)

    def test_refuses_a_gift(self, cast: Cast):
        line = LineTerms(giver=cast.grafica.organization, thing="Bolsas", unit=make.unit("UN"), quantity=1, value=1)

        with pytest.raises(terms.EachSideGivesSomething):
            propose(cast, lines=[line])

    def test_refuses_an_agreement_of_the_future(self, cast: Cast):
        with pytest.raises(terms.AgreedInTheFuture):
            propose(cast, agreed_on=BAGS_DAY)


class TestAnswer:
    def test_a_change_that_is_asked_for_goes_back_to_the_proposer(self, cast: Cast):
        agreement = agreements.ask_change(agreement=propose(cast), reason="Que sean 3.000 kg", by=cast.nora, on=AGREED)
        assert agreement.state == "changes_asked"

        lines = [
            LineTerms(
                giver=line.giver,
                thing=line.thing,
                unit=line.measure.unit,
                quantity=line.quantity // 2,
                value=line.value,
                vat_rate=line.vat_rate,
            )
            for line in agreement.lines.all()
        ]
        again = Terms(title="Otra vez", pegged_to_goods=True, agreed_on=AGREED)
        agreement = terms.revise(agreement=agreement, terms=again, lines=lines, by=cast.ana, on=AGREED)

        assert agreement.state == "proposed"
        assert agreement.lines.get(thing="Harina 000").quantity == 2_000_000

    def test_refuses_to_say_no_without_a_reason(self, cast: Cast):
        with pytest.raises(agreements.ReasonIsMissing):
            agreements.refuse(agreement=propose(cast), reason=" ", by=cast.mario, on=AGREED)

    def test_a_member_without_a_mandate_cannot_accept(self, cast: Cast):
        with pytest.raises(agreements.NoMandateToday):
            agreements.sign(agreement=propose(cast), organization=cast.molino.organization, by=cast.nora, on=AGREED)

    def test_a_recalled_officer_cannot_accept(self, cast: Cast):
        Mandate.objects.filter(user=cast.mario).update(recalled_on=AGREED, recall_resolution="Acta 9")

        with pytest.raises(agreements.NoMandateToday):
            accepted(cast)

    def test_an_officer_of_another_cooperative_cannot_accept(self, cast: Cast):
        with pytest.raises(agreements.NoMandateToday):
            agreements.sign(agreement=propose(cast), organization=cast.molino.organization, by=cast.carla, on=AGREED)

    def test_is_given_once(self, cast: Cast):
        with pytest.raises(agreements.NotAtThisPoint):
            agreements.sign(agreement=accepted(cast), organization=cast.molino.organization, by=cast.mario, on=AGREED)


class TestDeliver:
    def test_counts_only_once_it_is_confirmed(self, cast: Cast):
        deliver(accepted(cast), "Bolsas impresas", 100, by=cast.beto, on=BAGS_DAY)

        assert not Entry.objects.exists()

    def test_refuses_more_than_is_left_or_already_on_its_way(self, cast: Cast):
        agreement = accepted(cast)
        deliver(agreement, "Bolsas impresas", 50_000, by=cast.beto, on=BAGS_DAY)

        with pytest.raises(deliveries.MoreThanIsLeft):
            deliver(agreement, "Bolsas impresas", 10_001, by=cast.beto, on=BAGS_DAY)

    def test_refuses_things_of_the_other_side(self, cast: Cast):
        agreement = accepted(cast)
        theirs = agreement.lines.get(thing="Harina 000")

        with pytest.raises(deliveries.NotInTheAgreement):
            deliveries.log(
                agreement=agreement,
                key=uuid.uuid4(),
                giver=cast.grafica.organization,
                quantities={theirs.pk: 1},
                happened_on=BAGS_DAY,
                papers=Papers(),
                by=cast.beto,
                on=BAGS_DAY,
            )

    def test_refuses_before_both_have_accepted(self, cast: Cast):
        with pytest.raises(agreements.NotAtThisPoint):
            deliver(propose(cast), "Bolsas impresas", 1, by=cast.beto, on=BAGS_DAY)

    def test_refuses_a_day_before_the_agreement(self, cast: Cast):
        with pytest.raises(deliveries.DeliveredBeforeAgreed):
            deliver(accepted(cast), "Bolsas impresas", 1, by=cast.beto, on=AGREED - dt.timedelta(days=1))


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

        delivery = deliveries.ask_reversal(
            delivery=delivery, organization=cast.grafica.organization, reason="Eran 50.000", by=cast.ana, on=FLOUR_DAY
        )
        delivery = barter.agree_reversal(delivery=delivery, by=cast.mario, on=FLOUR_DAY)

        assert delivery.state == "reversed"
        assert not AccountBalance.objects.exclude(amount=0, quantity=0).exists()
        assert Entry.objects.filter(book=cast.grafica).count() == 2

    def test_the_side_that_asked_cannot_answer(self, cast: Cast):
        delivery = bags(accepted(cast), cast)
        delivery = deliveries.ask_reversal(
            delivery=delivery, organization=cast.grafica.organization, reason="Error", by=cast.ana, on=FLOUR_DAY
        )

        with pytest.raises(agreements.NoMandateToday):
            barter.agree_reversal(delivery=delivery, by=cast.ana, on=FLOUR_DAY)

    def test_refuses_once_part_of_it_was_settled(self, cast: Cast):
        agreement = accepted(cast)
        delivery = bags(agreement, cast)
        flour(agreement, cast)
        delivery = deliveries.ask_reversal(
            delivery=delivery, organization=cast.grafica.organization, reason="Error", by=cast.ana, on=FLOUR_DAY
        )

        with pytest.raises(refusals.ClaimWouldGoBelowZero):
            barter.agree_reversal(delivery=delivery, by=cast.mario, on=FLOUR_DAY)

    def test_what_was_reversed_can_be_delivered_again(self, cast: Cast):
        agreement = accepted(cast)
        delivery = deliveries.ask_reversal(
            delivery=bags(agreement, cast),
            organization=cast.grafica.organization,
            reason="Error",
            by=cast.ana,
            on=FLOUR_DAY,
        )
        barter.agree_reversal(delivery=delivery, by=cast.mario, on=FLOUR_DAY)

        again = deliver(agreement, "Bolsas impresas", 60_000, by=cast.beto, on=FLOUR_DAY)

        assert barter.confirm(delivery=again, by=cast.mario, on=FLOUR_DAY).state == "confirmed"


class TestClosedPeriod:
    def test_a_late_confirmation_is_written_under_today_and_marked_late(self, cast: Cast):
        agreement = accepted(cast)
        delivery = deliver(agreement, "Bolsas impresas", 100, by=cast.beto, on=BAGS_DAY)
        journal.close_period(book=cast.molino, through=BAGS_DAY, on=FLOUR_DAY, by=None)

        delivery = barter.confirm(delivery=delivery, by=cast.mario, on=FLOUR_DAY)

        assert delivery.event.booked_on == FLOUR_DAY
        assert delivery.event.is_late
