"""A levy, its payment, a gift, help out of the fund: in both books to the cent, by contributor, and what is refused."""

import datetime as dt
import uuid

import pytest

from ledger.actions import fund_answers
from ledger.actions.agreements import NoMandateToday, NotForYouToDo, ReasonIsMissing, WatchesAndWritesNothing
from ledger.actions.contributions import ToWhom
from ledger.actions.deliveries import AmountAboveZero, DeliveredInTheFuture, DeliveryAlreadyAnswered
from ledger.actions.funded import MoreThanIsOwed, NoRateThen, PaperIsMissing, WhatForIsMissing
from ledger.actions.refusals import ClaimWouldGoBelowZero, KeyWasUsedForSomethingElse
from ledger.actions.refusals_funded import FundHoldsNoMore, SpentAsDecided
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.actions.told_acts import NotOfYours
from ledger.models import Book, Claim, FundAct, FundShare
from ledger.models.funded import FundKind
from network.actions.refusals import DecidedLater
from tests import make
from tests.cast import Cast
from tests.funds import SINCE, Kept, nothing_is_found

pytestmark = pytest.mark.django_db
LEVY, PAYMENT, GIFT = FundKind.LEVY, FundKind.PAYMENT, FundKind.GIFT


@pytest.fixture
def kept(cast: Cast) -> Kept:
    return Kept(cast)


def lines(act: FundAct, book: Book) -> set[tuple[str, int]]:
    """Return what was posted in a book: account and amount."""
    return set(act.event.postings.filter(account__book=book).values_list("account__number", "amount"))


class TestLevy:
    def test_is_owed_in_both_books_and_stands_with_its_contributor(self, cast: Cast, kept: Kept):
        levy = kept.levied(cast.grafica, 600_00)

        assert levy.event.kind == "fund_levy"
        assert lines(levy, cast.grafica) == {("5402", 600_00), ("2102", -600_00)}
        assert lines(levy, kept.book) == {("1202", 600_00), ("2301", -600_00)}
        assert Claim.objects.get(agreement=levy.code).balance.amount == 600_00
        assert kept.share(cast.grafica) == (600_00, 0, 0)
        assert kept.totals() == (600_00, 0, 0)

        payment = kept.paid(levy, 600_00)

        assert lines(payment, cast.grafica) == {("2102", 600_00), ("1102", -600_00)}
        assert lines(payment, kept.book) == {("1102", 600_00), ("1202", -600_00)}
        assert kept.share(cast.grafica) == (600_00, 600_00, 0)
        assert kept.fund.left == kept.account() == 600_00
        assert nothing_is_found()

    def test_by_the_rate_of_its_day(self, cast: Cast, kept: Kept):
        told = kept.tell(LEVY, cast.grafica, None, base=30_000_25)

        assert (told.amount, told.base) == (600_01, 30_000_25)
        with pytest.raises(NoRateThen):
            kept.tell(LEVY, cast.grafica, None, base=30_000_00, happened_on=SINCE - dt.timedelta(days=1))

    def test_counts_once_whoever_contributes_agrees(self, cast: Cast, kept: Kept):
        told = kept.tell(LEVY, cast.grafica, 600_00)
        assert (told.state, told.asked) == ("logged", cast.grafica.organization)
        assert not FundShare.objects.exclude(contributed=0).exists()
        for stranger in (kept.fede, cast.mario, cast.beto):
            with pytest.raises(NoMandateToday):
                fund_answers.confirm(act=told, by=stranger, on=make.DAY)

        said_no = fund_answers.reject(act=told, reason="No lo acordamos", by=cast.beto, on=make.DAY)

        assert said_no.state == "rejected"
        with pytest.raises(DeliveryAlreadyAnswered):
            kept.confirm(said_no)

    def test_of_ones_own_counts_at_once_where_an_officer_writes_it(self, cast: Cast, kept: Kept):
        assert kept.tell(LEVY, cast.grafica, 5, teller=cast.grafica, by=cast.beto).state == "logged"
        assert kept.tell(LEVY, cast.grafica, 5, teller=cast.grafica).state == "confirmed"

    def test_the_sindico_and_strangers_write_nothing(self, cast: Cast, kept: Kept):
        with pytest.raises(WatchesAndWritesNothing):
            kept.tell(LEVY, cast.grafica, 5, by=cast.silvia)
        for stranger in (cast.carla, cast.mario):
            with pytest.raises(NotForYouToDo):
                kept.tell(LEVY, cast.grafica, 5, by=stranger)
        with pytest.raises(NotOfYours):
            kept.tell(LEVY, cast.grafica, 5, teller=cast.molino)

    def test_what_is_wrong_is_named(self, cast: Cast, kept: Kept):
        for refusal, how in (
            (AmountAboveZero, {"amount": 0}),
            (AmountAboveZero, {"amount": None, "base": 0}),
            (AmountAboveZero, {"amount": 2**63}),
            (WhatForIsMissing, {"what": "  "}),
            (DeliveredInTheFuture, {"happened_on": make.DAY + dt.timedelta(days=1)}),
            (ToWhom, {"name": "Otra"}),
            (ToWhom, {"other": None, "name": "Club"}),
            (ToWhom, {"other": kept.book}),
        ):
            with pytest.raises(refusal):
                kept.tell(LEVY, **{"other": cast.grafica, "amount": 5} | how)
        clinic = make.organization("clinica", kind="community_body")
        make.officer("Cora", clinic)
        with pytest.raises(PartnerKeepsNoBook):
            kept.tell(LEVY, Book(organization=clinic), 5)

    def test_the_same_form_is_told_once(self, cast: Cast, kept: Kept):
        key = uuid.uuid4()
        first = kept.tell(LEVY, cast.grafica, 5, key=key)
        assert kept.tell(LEVY, cast.grafica, 5, key=key) == first
        with pytest.raises(KeyWasUsedForSomethingElse):
            kept.tell(LEVY, cast.grafica, 6, key=key)


class TestPayment:
    def test_no_more_than_is_owed_with_what_waits(self, cast: Cast, kept: Kept):
        levy = kept.levied(cast.grafica, 600_00)
        kept.pay(levy, 400_00)
        with pytest.raises(MoreThanIsOwed):
            kept.pay(levy, 200_01)
        assert kept.pay(levy, 200_00).asked == cast.federacion

    def test_told_by_the_fund_counts_once_whoever_paid_agrees(self, cast: Cast, kept: Kept):
        levy = kept.levied(cast.grafica, 600_00)
        told = kept.tell(PAYMENT, cast.grafica, 600_00, levy=levy)
        assert told.asked == cast.grafica.organization

    def test_is_of_a_levy_of_ones_own(self, cast: Cast, kept: Kept):
        levy = kept.levied(cast.molino, 600_00)
        for wrong in (levy, None):
            with pytest.raises(MoreThanIsOwed):
                kept.tell(PAYMENT, cast.grafica, 1, levy=wrong)


class TestGift:
    def test_of_a_member_is_in_both_books(self, cast: Cast, kept: Kept):
        gift = kept.confirm(kept.tell(GIFT, cast.molino, 50_00, teller=cast.molino))

        assert lines(gift, cast.molino) == {("5402", 50_00), ("1102", -50_00)}
        assert lines(gift, kept.book) == {("1102", 50_00), ("2301", -50_00)}
        assert kept.share(cast.molino) == (50_00, 50_00, 0)
        assert nothing_is_found()

    def test_of_somebody_in_no_register_stands_on_its_receipt(self, kept: Kept):
        with pytest.raises(PaperIsMissing):
            kept.tell(GIFT, None, 50_00, name="Sindicato del Papel", papers=" ")
        gift = kept.tell(GIFT, None, 50_00, name="Sindicato  del Papel")

        assert gift.state == "confirmed"
        assert lines(gift, kept.book) == {("1102", 50_00), ("2301", -50_00)}
        assert FundShare.objects.get(name="Sindicato del Papel").contributed == 50_00


class TestSpending:
    def test_helps_a_member_in_both_books(self, cast: Cast, kept: Kept):
        kept.collected(cast.grafica, 600_00)
        decision = kept.decide(500_00)

        help_ = kept.confirm(kept.spend(decision, 400_00, other=cast.molino))

        assert lines(help_, kept.book) == {("2301", 400_00), ("1102", -400_00)}
        assert lines(help_, cast.molino) == {("1102", 400_00), ("4204", -400_00)}
        assert help_.event.resolution == decision.resolution.cited
        # Nobody owns a part of what was collected: what the print shop gave stays what it gave.
        assert kept.share(cast.grafica) == (600_00, 600_00, 0)
        assert kept.share(cast.molino) == (0, 0, 400_00)
        assert (kept.totals(), kept.account()) == ((600_00, 600_00, 400_00), 200_00)
        assert nothing_is_found()

    def test_never_more_than_the_resolution_names(self, cast: Cast, kept: Kept):
        kept.collected(cast.grafica, 600_00)
        decision = kept.decide(500_00)
        kept.spend(decision, 300_00, other=cast.molino)  # waits for the mill
        with pytest.raises(SpentAsDecided):
            kept.spend(decision, 200_01)
        assert kept.spend(decision, 200_00).state == "confirmed"
        with pytest.raises(SpentAsDecided):
            kept.spend(None, 1)

    def test_never_more_than_was_collected(self, cast: Cast, kept: Kept):
        kept.levied(cast.molino, 900_00)
        kept.collected(cast.grafica, 100_00)
        decision = kept.decide(500_00)
        with pytest.raises(FundHoldsNoMore):
            kept.spend(decision, 100_01)
        first = kept.spend(decision, 60_00, other=cast.molino)
        kept.spend(decision, 60_00)
        with pytest.raises(FundHoldsNoMore):
            kept.confirm(first)

    def test_by_an_officer_and_by_a_resolution_of_that_day_or_before(self, cast: Cast, kept: Kept):
        kept.collected(cast.grafica, 600_00)
        decision = kept.decide(500_00)
        with pytest.raises(DecidedLater):
            kept.spend(decision, 1, happened_on=make.DAY - dt.timedelta(days=1))
        with pytest.raises(NoMandateToday):
            kept.spend(decision, 1, by=make.member("Flor", cast.federacion))
        with pytest.raises(NotOfYours):
            kept.spend(decision, 1, other=cast.molino, teller=cast.molino)

    def test_a_community_body_says_so_where_somebody_speaks_for_it(self, cast: Cast, kept: Kept):
        kept.collected(cast.grafica, 600_00)
        decision = kept.decide(500_00)
        clinic = make.organization("clinica", kind="community_body")
        assert kept.spend(decision, 100_00, other=Book(organization=clinic)).state == "confirmed"
        cora = make.officer("Cora", clinic)
        told = kept.spend(decision, 100_00, other=Book(organization=clinic))
        assert told.asked == clinic

        said = fund_answers.confirm(act=told, by=cora, on=make.DAY)

        assert lines(said, kept.book) == {("2301", 100_00), ("1102", -100_00)}


class TestUndo:
    def test_both_sides_agree(self, cast: Cast, kept: Kept):
        levy = kept.collected(cast.grafica, 600_00)
        payment = levy.payments.get()
        with pytest.raises(ReasonIsMissing):
            fund_answers.undo(act=payment, organization=cast.federacion, reason=" ", by=kept.fede, on=make.DAY)
        asked = fund_answers.undo(
            act=payment, organization=cast.federacion, reason="Otro banco", by=kept.fede, on=make.DAY
        )
        kept_up = fund_answers.keep(act=asked, organization=cast.grafica.organization, by=cast.ana, on=make.DAY)
        assert (kept_up.state, kept_up.reason) == ("confirmed", "")

        undone = kept.undo(payment)

        assert undone.state == "reversed"
        assert kept.share(cast.grafica) == (600_00, 0, 0)
        assert Claim.objects.get(agreement=levy.code).balance.amount == 600_00
        assert kept.undo(levy).state == "reversed"
        assert kept.totals() == (0, 0, 0)
        assert nothing_is_found()

    def test_not_what_was_built_upon(self, cast: Cast, kept: Kept):
        levy = kept.collected(cast.grafica, 600_00)
        with pytest.raises(ClaimWouldGoBelowZero):
            kept.undo(levy)
        gift = kept.tell(GIFT, None, 50_00, name="Sindicato del Papel")
        spent = kept.spend(kept.decide(650_00), 650_00)
        with pytest.raises(FundHoldsNoMore):
            kept.undo(gift)

        assert kept.undo(spent).state == "reversed"
        assert kept.undo(gift).state == "reversed"
        assert nothing_is_found()
