"""What was invoiced for work that was passed on stands in both books to the cent: the work, and the fee."""

import uuid
from functools import partial

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ledger.actions import deliveries, reconciliation, referred, reversals
from ledger.actions.agreements import NoMandateToday, NotForYouToDo
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_referred import InvoiceToldBefore, NotToInvoiceNow
from ledger.actions.reversals import SettledSince
from ledger.models import Agreement, Delivery, Entry, Event
from ledger.queries import claims, referrals
from tests import make
from tests.cast import Cast
from tests.ledger.actions.test_barter import at_once
from tests.referrals import CUSTOMER, WORKED, accepted, held, paid, share, tell, undone, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """The school's bags, passed on to the textile cooperative with a fee of 5 %."""
    return accepted(cast)


class TestPosting:
    def test_with_a_fee(self, cast: Cast, agreement: Agreement):
        delivery = worked(agreement, cast, 4_000_000_00)

        assert held(cast.grafica, "9501", cast.textil) == 4_000_000_00 == -held(cast.textil, "9503", cast.grafica)
        assert held(cast.grafica, "9502") == -4_000_000_00 == -held(cast.textil, "9504")
        assert held(cast.grafica, "1202", cast.textil) == 242_000_00 == -held(cast.textil, "2102", cast.grafica)
        assert (held(cast.grafica, "4101"), held(cast.grafica, "2103")) == (-200_000_00, -42_000_00)
        assert (held(cast.textil, "5101"), held(cast.textil, "1203")) == (200_000_00, 42_000_00)
        assert delivery.event.entries.count() == 2
        assert (delivery.event.kind, delivery.event.recorded_by, delivery.event.confirmed_by) == (
            *("referred_work", cast.carla, cast.ana),
        )

    def test_for_nothing_is_memo_alone(self, cast: Cast):
        worked(accepted(cast, fee_rate=0), cast, 4_000_000_00)

        numbers = set(Event.objects.get().postings.values_list("account__number", flat=True))
        assert numbers == {"9501", "9502", "9503", "9504"}

    def test_is_nobodys_debt(self, cast: Cast):
        worked(accepted(cast, fee_rate=0), cast, 4_000_000_00)

        assert claims.owed_to(book=cast.grafica) == claims.owed_by(book=cast.textil) == []

    def test_no_book_names_the_customer(self, cast: Cast, agreement: Agreement):
        event = worked(agreement, cast, 4_000_000_00).event

        assert CUSTOMER not in " ".join(str(value) for value in vars(event).values())
        assert (event.memo, event.papers, event.agreement) == ("4.000 bolsas de tela", "A 1-1", agreement.code)

    def test_the_fee_is_paid_in_parts(self, cast: Cast, agreement: Agreement):
        worked(agreement, cast, 4_000_000_00)

        paid(agreement, cast, 200_000_00)
        paid(agreement, cast, 42_000_00)

        assert not claims.open_of(agreement=agreement.code).exists()
        assert held(cast.grafica, "1102") == 242_000_00 == -held(cast.textil, "1102")
        assert held(cast.grafica, "9501", cast.textil) == 4_000_000_00

    def test_undone_by_both_memo_and_fee_go_together(self, cast: Cast, agreement: Agreement):
        delivery = worked(agreement, cast, 4_000_000_00)

        undone(delivery, cast)

        for book, numbers in ((cast.grafica, "9501 9502 1202 4101 2103"), (cast.textil, "9503 9504 2102 5101 1203")):
            assert {number: held(book, number) for number in numbers.split()} == dict.fromkeys(numbers.split(), 0)
        # Its invoice may be told of anew.
        assert worked(agreement, cast, 3_000_000_00).work.fee == 150_000_00


class TestTell:
    def test_counts_only_once_it_is_confirmed(self, cast: Cast, agreement: Agreement):
        tell(agreement, cast, 100_00)

        assert not Entry.objects.exists()

    def test_one_invoice_counts_once_however_it_is_typed(self, cast: Cast, agreement: Agreement):
        first = tell(agreement, cast, 100_00, invoice="A 0003-00001234")
        other = accepted(cast, fee_rate=0)

        with pytest.raises(InvoiceToldBefore):
            tell(other, cast, 100_00, invoice="a 3-1234")
        deliveries.reject(delivery=first, reason="No.", by=cast.ana, on=WORKED)
        assert tell(other, cast, 100_00, invoice="a 3-1234").state == "logged"

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"amount": 0}, deliveries.AmountAboveZero),
            ({"amount": 10**15 + 1}, deliveries.AmountAboveZero),
            ({"invoice": "sin número"}, referred.InvoiceIsMissing),
            ({"happened_on": make.DAY}, deliveries.DeliveredInTheFuture),
            ({"happened_on": WORKED.replace(year=2025)}, deliveries.DeliveredBeforeAgreed),
        ],
    )
    def test_refuses_what_cannot_have_been(self, cast: Cast, agreement: Agreement, wrong, refusal):
        with pytest.raises(refusal):
            tell(agreement, cast, **({"amount": 100_00} | wrong))

    def test_is_told_by_a_taker_and_confirmed_by_an_officer_of_the_giver(self, cast: Cast, agreement: Agreement):
        with pytest.raises(NotForYouToDo):
            tell(agreement, cast, 100_00, by=cast.ana)
        for outsider in (cast.grafica, cast.molino):
            with pytest.raises(NotToInvoiceNow):
                tell(agreement, cast, 100_00, taker=outsider)
        delivery = tell(agreement, cast, 100_00)
        for somebody in (cast.beto, cast.carla, cast.silvia):
            with pytest.raises(NoMandateToday):
                referred.confirm(delivery=delivery, by=somebody, on=WORKED)

    def test_the_same_form_is_told_once_and_confirming_twice_is_once(self, cast: Cast, agreement: Agreement):
        key = uuid.uuid4()
        delivery = tell(agreement, cast, 100_00, key=key)

        assert tell(agreement, cast, 100_00, key=key) == delivery
        with pytest.raises(KeyWasUsedForSomethingElse):
            tell(agreement, cast, 101_00, key=key)
        confirmed = [referred.confirm(delivery=delivery, by=cast.ana, on=WORKED) for _time in range(2)]
        assert [each.event for each in confirmed] == [Event.objects.get()] * 2


steps = st.lists(
    st.tuples(
        st.sampled_from(["work", "work", "pay", "undo"]),
        st.sampled_from(["molino", "textil"]),
        st.integers(1, 50_000_00),
    ),
    min_size=1,
    max_size=12,
)


class TestAnyOrder:
    @example(steps=[("work", "textil", 100_00), ("pay", "textil", 1), ("undo", "textil", 1)], fee_rate=333)
    @given(steps=steps, fee_rate=st.sampled_from([0, 1, 333, 5000]))
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_the_balance_is_given_less_received_and_fees_close_at_zero(self, steps, fee_rate: int, cast: Cast):
        agreement = accepted(cast, share(cast.molino), share(cast.textil), fee_rate=fee_rate)
        books = {"molino": cast.molino, "textil": cast.textil}
        stands: dict[str, list[Delivery]] = {name: [] for name in books}
        for number, (act, name, amount) in enumerate(steps):
            if act == "work":
                invoice = f"B {agreement.pk}-{number}"
                stands[name].append(worked(agreement, cast, amount, taker=books[name], invoice=invoice))
            elif act == "pay" and (owed := self.owed(agreement, books[name])):
                paid(agreement, cast, min(owed, amount), taker=books[name])
            elif act == "undo" and stands[name]:
                try:
                    undone(stands[name][-1], cast)
                except SettledSince:
                    # Its fee was paid: the payment would have to be undone first.
                    reversals.keep(delivery=stands[name][-1], by=cast.ana, on=WORKED)
                    continue
                stands[name].pop()

        pairs = {pair.other: pair for pair in referrals.pairs(referrals.reciprocity(book=cast.grafica))}
        for name, book in books.items():
            given_ = sum(each.work.amount for each in self.all_of(agreement, book))
            assert referrals.invoiced(agreement, book.organization) == sum(each.work.amount for each in stands[name])
            assert held(cast.grafica, "9501", book) == given_ == -held(book, "9503", cast.grafica)
            assert (pairs[str(book)].difference if given_ else 0) == given_
            if owed := self.owed(agreement, book):
                paid(agreement, cast, owed, taker=book)
        assert not claims.open_of(agreement=agreement.code).exists()
        assert reconciliation.reconcile(full=True, clock=lambda: make.NOON).findings == 0

    @staticmethod
    def owed(agreement: Agreement, book) -> int:
        found = claims.open_of(agreement=agreement.code).filter(debtor=book)
        return sum(claim.balance.amount for claim in found)

    @staticmethod
    def all_of(agreement: Agreement, book):
        """Return what is confirmed for a taker under any agreement: examples share one database."""
        return referrals.told(book.organization).filter(act="work", state="confirmed", giver=book.organization)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_two_who_tell_of_the_same_invoice_one_is_refused(self, cast: Cast, agreement: Agreement):
        other = accepted(cast, fee_rate=0)

        told, refused = at_once(partial(tell, agreement, cast, 100_00), partial(tell, other, cast, 100_00))

        assert [type(each) for each in refused] == [InvoiceToldBefore]
        assert len(told) == 1
