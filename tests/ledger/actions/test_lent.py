"""What is lent, given back and forgiven: Story 8 in both books, a thing that rose in price, what is refused."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from ledger.actions import adjustments, assignments, lent, reconciliation, reversals
from ledger.actions.agreements import NoMandateToday, NotForYouToDo
from ledger.actions.barter import OwedHasChanged
from ledger.actions.deliveries import AmountAboveZero, DeliveredBeforeAgreed, DeliveredInTheFuture
from ledger.actions.lent import NotGivenBackSo, What
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_lent import ForgivenByResolution, MoreIsGivenBack, MoreThanAgreedToLend
from ledger.actions.reversals import SettledSince
from ledger.models import Agreement, Claim, Delivery
from ledger.models.deliveries import Act
from ledger.queries import loans
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.errors import DomainError
from tests import make
from tests.cast import Cast
from tests.lendings import (
    AGREED,
    BACK,
    DUE,
    accepted,
    forgive,
    forgiven,
    give_back,
    given_back,
    goods,
    held,
    lend,
    lent_out,
    lines,
    money,
    propose,
    things,
)

pytestmark = pytest.mark.django_db


def put_right(agreement: Agreement, cast: Cast, act: Act, quantity: int, amount: int | None = None) -> Delivery:
    """Have the print shop say that something is paid in money instead, or is worth another price today."""
    told = adjustments.log(
        agreement=agreement,
        key=uuid.uuid4(),
        act=act,
        line=agreement.lines.get(),
        organization=cast.grafica.organization,
        quantity=quantity,
        amount=amount,
        happened_on=BACK,
        reason="No se consigue.",
        by=cast.ana,
        on=BACK,
    )
    return lent.confirm(delivery=told, by=cast.mario, on=BACK)


def is_closed(agreement: Agreement) -> bool:
    """Say whether it is settled, nothing of it is open, and everything adds up again."""
    agreement.refresh_from_db()
    open_ = Claim.objects.filter(agreement=agreement.code, balance__amount__gt=0)
    assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0
    return agreement.state == "settled" and not open_.exists()


class TestMoney:
    def test_story_8_in_both_books_to_the_cent(self, cast: Cast):
        agreement = accepted(cast, money(cast))

        loan = lent_out(agreement, cast, 20_000_00)

        assert loan.event.kind == "loan_lent"
        assert lines(loan, cast.molino) == {("1202", 20_000_00, 0), ("1102", -20_000_00, 0)}
        assert lines(loan, cast.grafica) == {("1102", 20_000_00, 0), ("2102", -20_000_00, 0)}
        assert Claim.objects.get(agreement=agreement.code).due_on == DUE

        back = given_back(agreement, cast, What(money=20_000_00))

        assert back.event.kind == "loan_payment"
        assert lines(back, cast.grafica) == {("2102", 20_000_00, 0), ("1102", -20_000_00, 0)}
        assert lines(back, cast.molino) == {("1102", 20_000_00, 0), ("1202", -20_000_00, 0)}
        assert is_closed(agreement)

    def test_in_goods_that_were_agreed_on_with_their_vat(self, cast: Cast):
        """100 bags at 100, VAT apart: 12,100 of the debt; the rest in pesos."""
        agreement = accepted(cast, money(cast, back=goods("Bolsas", "UN", 100, 10_000_00, 2100)))
        lent_out(agreement, cast, 20_000_00)

        bags = given_back(agreement, cast, What(quantity=50))

        assert bags.event.kind == "loan_paid_in_goods"
        assert lines(bags, cast.grafica) == {("4103", -5_000_00, 0), ("2103", -1_050_00, 0), ("2102", 6_050_00, 0)}
        assert lines(bags, cast.molino) == {("1301", 5_000_00, 50), ("1203", 1_050_00, 0), ("1202", -6_050_00, 0)}
        given_back(agreement, cast, What(quantity=50))
        given_back(agreement, cast, What(money=7_900_00))
        assert is_closed(agreement)

    def test_what_its_assembly_forgives_is_a_result_of_both(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        lent_out(agreement, cast, 20_000_00)
        given_back(agreement, cast, What(money=15_000_00))

        told = forgiven(agreement, cast, What(money=5_000_00))

        assert "Se perdona" not in told.event.memo
        assert told.event.resolution == told.giver_resolution.cited
        assert lines(told, cast.molino) == {("5402", 5_000_00, 0), ("1202", -5_000_00, 0)}
        assert lines(told, cast.grafica) == {("2102", 5_000_00, 0), ("4204", -5_000_00, 0)}
        assert is_closed(agreement)

    def test_somebody_else_takes_it_over(self, cast: Cast):
        """The textile cooperative buys what is owed to the mill: the loan is over, the debt is not."""
        agreement = accepted(cast, money(cast))
        lent_out(agreement, cast, 20_000_00)
        handover = assignments.propose(
            key=uuid.uuid4(),
            organization=cast.molino.organization,
            claim=Claim.objects.get(agreement=agreement.code),
            taker=cast.textil.organization,
            amount=20_000_00,
            against=None,
            by=cast.mario,
            on=BACK,
        )
        for side, by in ((cast.textil, cast.carla), (cast.grafica, cast.ana)):
            assignments.sign(agreement=handover, organization=side.organization, by=by, on=BACK)

        assert is_closed(agreement)


class TestThing:
    def test_as_much_as_was_lent_whatever_its_price(self, cast: Cast):
        """1,000 kg that cost 300 each are lent; 600 kg come back at 450, the rest at the price of then."""
        agreement = accepted(cast, things(cast))

        flour = lent_out(agreement, cast, 1_000_000)

        assert lines(flour, cast.molino) == {("1202", 300_000_00, 1_000_000), ("1301", -300_000_00, -1_000_000)}
        assert lines(flour, cast.grafica) == {("1301", 300_000_00, 1_000_000), ("2102", -300_000_00, -1_000_000)}

        back = given_back(agreement, cast, What(quantity=600_000, worth=270_000_00))

        assert back.event.kind == "loan_returned"
        assert lines(back, cast.grafica) == {
            ("2102", 180_000_00, 600_000),
            ("1301", -270_000_00, -600_000),
            ("4901", 90_000_00, 0),
        }
        assert lines(back, cast.molino) == {
            ("1202", -180_000_00, -600_000),
            ("1301", 270_000_00, 600_000),
            ("4901", -90_000_00, 0),
        }
        given_back(agreement, cast, What(quantity=400_000))
        assert held(cast.molino, "4103") == held(cast.molino, "2103") == held(cast.grafica, "1203") == 0
        assert is_closed(agreement)

    def test_in_money_instead_at_the_price_of_today(self, cast: Cast):
        agreement = accepted(cast, things(cast))
        lent_out(agreement, cast, 1_000_000)

        put_right(agreement, cast, Act.REVALUATION, 1_000_000, 450_000_00)
        told = put_right(agreement, cast, Act.IN_MONEY, 400_000)

        assert lines(told, cast.molino) == {("1202", 180_000_00, 0), ("1202", -180_000_00, -400_000)}
        assert (held(cast.molino, "4901"), held(cast.grafica, "4901")) == (-150_000_00, 150_000_00)
        with pytest.raises(OwedHasChanged):
            put_right(agreement, cast, Act.REVALUATION, 1_000_000, 1)
        given_back(agreement, cast, What(money=180_000_00))
        forgiven(agreement, cast, What(quantity=600_000))
        assert is_closed(agreement)

    def test_undone_by_both_from_the_last_one(self, cast: Cast):
        agreement = accepted(cast, things(cast))
        flour = lent_out(agreement, cast, 1_000_000)
        back = given_back(agreement, cast, What(quantity=1_000_000, worth=450_000_00))

        for told, refusal in ((flour, SettledSince), (back, None), (flour, None)):
            if told.reversal_asked_by is None:
                reversals.ask(
                    delivery=told, organization=cast.molino.organization, reason="No era.", by=cast.mario, on=BACK
                )
                told.refresh_from_db()
            if refusal:
                with pytest.raises(refusal):
                    reversals.agree(delivery=told, by=cast.ana, on=BACK)
            else:
                reversals.agree(delivery=told, by=cast.ana, on=BACK)

        agreement.refresh_from_db()
        assert agreement.state == "accepted"
        assert loans.stand(agreement.loan).left == 1_000_000
        assert not Claim.objects.filter(agreement=agreement.code, balance__amount__gt=0).exists()


class TestRefuses:
    def test_more_than_is_left_to_lend(self, cast: Cast):
        for terms, most in ((money(cast), 20_000_00), (things(cast), 1_000_000)):
            agreement = accepted(cast, terms)
            lend(agreement, cast, most - 1)
            # What waits for its answer is spoken for.
            with pytest.raises(MoreThanAgreedToLend):
                lend(agreement, cast, 2)
            with pytest.raises(AmountAboveZero):
                lend(agreement, cast, 0)

    def test_more_than_is_owed(self, cast: Cast):
        pesos, flour = accepted(cast, money(cast)), accepted(cast, things(cast))
        lent_out(pesos, cast, 10_000_00)
        lent_out(flour, cast, 500_000)
        first = [give_back(pesos, cast, What(money=9_000_00)), forgive(pesos, cast, What(money=1_000_00))]
        give_back(flour, cast, What(quantity=500_000))

        for act in (give_back, forgive):
            for agreement, what in ((pesos, What(money=1)), (flour, What(quantity=1))):
                with pytest.raises(MoreIsGivenBack):
                    act(agreement, cast, what)
        with pytest.raises(NotGivenBackSo):
            give_back(pesos, cast, What(quantity=1))
        # What was noted when it was owed, and is not any more when it is confirmed.
        Delivery.objects.filter(pk=first[0].pk).update(money=9_000_01)
        lent.confirm(delivery=first[1], by=cast.ana, on=BACK)
        with pytest.raises(MoreIsGivenBack):
            lent.confirm(delivery=first[0], by=cast.mario, on=BACK)

    def test_goods_worth_more_than_is_owed(self, cast: Cast):
        agreement = accepted(cast, money(cast, back=goods("Bolsas", "UN", 100, 10_000_00, 2100)))
        lent_out(agreement, cast, 6_050_00)

        with pytest.raises(MoreIsGivenBack):
            give_back(agreement, cast, What(quantity=51))
        given_back(agreement, cast, What(quantity=50))

        assert is_closed(agreement)

    def test_whoever_may_not_write_it(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        with pytest.raises(NotForYouToDo):
            lend(agreement, cast, 1, by=cast.beto)
        told = lend(agreement, cast, 20_000_00)
        with pytest.raises(NoMandateToday):
            lent.confirm(delivery=told, by=cast.beto, on=AGREED)
        lent.confirm(delivery=told, by=cast.ana, on=AGREED)
        with pytest.raises(NotForYouToDo):
            give_back(agreement, cast, What(money=1), by=cast.nora)
        with pytest.raises(NoMandateToday):
            forgive(agreement, cast, What(money=1), by=cast.nora)

    def test_what_the_lenders_own_assembly_did_not_decide(self, cast: Cast):
        agreement = accepted(cast, money(cast))
        lent_out(agreement, cast, 20_000_00)
        decisions: list[tuple[object, type[DomainError]]] = [
            (None, ForgivenByResolution),
            (make.resolution(cast.grafica.organization), AnotherBodyDecided),
            (make.resolution(cast.molino.organization, on=BACK + dt.timedelta(days=1)), DecidedLater),
        ]

        for resolution, refusal in decisions:
            with pytest.raises(refusal):
                forgive(agreement, cast, What(money=1), resolution=resolution)

    def test_a_day_that_is_not_right_and_another_content(self, cast: Cast):
        agreement, key = accepted(cast, money(cast)), uuid.uuid4()
        with pytest.raises(DeliveredBeforeAgreed):
            lend(agreement, cast, 1, happened_on=AGREED - dt.timedelta(days=1))
        with pytest.raises(DeliveredInTheFuture):
            lend(agreement, cast, 1, happened_on=BACK)

        first = lend(agreement, cast, 20_000_00, key=key)

        assert lend(agreement, cast, 20_000_00, key=key) == first
        with pytest.raises(KeyWasUsedForSomethingElse):
            lend(agreement, cast, 1, key=key)


class TestOverdue:
    def test_once_its_day_has_passed_and_while_something_is_owed(self, cast: Cast):
        agreement, after = accepted(cast, money(cast)), DUE + dt.timedelta(days=1)
        accepted(cast, money(cast))
        propose(cast, money(cast))
        lent_out(agreement, cast, 20_000_00)

        assert loans.overdue(cast.grafica.organization, on=DUE) == []
        for side in (cast.grafica, cast.molino):
            assert loans.overdue(side.organization, on=after) == [agreement]
        assert loans.overdue(cast.textil.organization, on=after) == []

        given_back(agreement, cast, What(money=20_000_00))

        assert loans.overdue(cast.molino.organization, on=after) == []
