"""The journal through its actions: what it writes, and what it refuses with which sentence."""

import datetime as dt
import uuid

import pytest

from ledger.actions import journal, refusals, years
from ledger.actions.facts import Line
from ledger.models import AccountBalance, Entry, Event, Posting
from tests import make
from tests.cast import Cast

TUESDAY = make.DAY + dt.timedelta(days=1)


def balance(account) -> int:
    return AccountBalance.objects.get(account=account).amount


class TestPost:
    def test_writes_one_entry_in_each_book(self, cast: Cast):
        event = make.delivery(cast.grafica, cast.molino, 1_200_000_00)

        assert {entry.book for entry in event.entries.all()} == {cast.grafica, cast.molino}
        assert event.postings.count() == 4

    def test_keeps_the_balances_of_accounts_and_claims(self, cast: Cast):
        make.sale(cast.grafica, 100_00)
        make.sale(cast.grafica, 50_00)
        event = make.delivery(cast.grafica, cast.molino, 70_00)

        claim = event.postings.exclude(claim=None).first().claim
        assert balance(make.account(cast.grafica, "1102")) == 150_00
        assert balance(make.account(cast.grafica, "4101")) == -150_00
        assert claim.balance.amount == 70_00

    def test_numbers_entries_without_gap_in_each_year(self, cast: Cast):
        for day in (dt.date(2025, 12, 30), dt.date(2025, 12, 31), dt.date(2026, 1, 2), dt.date(2026, 1, 2)):
            make.sale(cast.grafica, on=day)

        numbers = Entry.objects.filter(book=cast.grafica).order_by("event").values_list("year", "number")
        assert list(numbers) == [(2025, 1), (2025, 2), (2026, 1), (2026, 2)]

    def test_starts_the_year_in_the_month_of_the_statute(self, db: None):
        agraria = make.book("agraria", year_starts_month=7)

        make.sale(agraria, on=dt.date(2026, 6, 30))
        make.sale(agraria, on=dt.date(2026, 7, 1))

        numbers = Entry.objects.filter(book=agraria).order_by("event").values_list("year", "number")
        assert list(numbers) == [(2025, 1), (2026, 1)]

    def test_returns_the_first_event_when_it_is_tried_again(self, cast: Cast):
        key = uuid.uuid4()

        first = make.sale(cast.grafica, key=key)
        again = make.sale(cast.grafica, key=key)

        assert again == first
        assert Event.objects.count() == 1

    def test_refuses_a_key_that_stands_for_something_else(self, cast: Cast):
        key = uuid.uuid4()
        make.sale(cast.grafica, 100, key=key)

        with pytest.raises(refusals.KeyWasUsedForSomethingElse):
            make.sale(cast.grafica, 200, key=key)

    def test_stands_under_the_day_of_the_fact(self, cast: Cast):
        event = make.sale(cast.grafica, happened_on=make.DAY, on=TUESDAY)

        assert event.booked_on == make.DAY
        assert not event.is_late

    def test_stands_under_today_when_the_journal_already_has_a_later_day(self, cast: Cast):
        make.sale(cast.grafica, on=TUESDAY)

        late = make.sale(cast.grafica, happened_on=make.DAY, on=TUESDAY)

        assert late.booked_on == TUESDAY
        assert late.is_late

    def test_refuses_a_fact_of_the_future(self, cast: Cast):
        with pytest.raises(refusals.FactIsInTheFuture):
            make.sale(cast.grafica, happened_on=TUESDAY, on=make.DAY)

    def test_refuses_today_when_it_lies_before_the_last_entry(self, cast: Cast):
        make.sale(cast.grafica, on=TUESDAY)

        with pytest.raises(refusals.EntryOutOfOrder):
            make.sale(cast.grafica, on=make.DAY)

    def test_refuses_nothing(self, cast: Cast):
        with pytest.raises(refusals.EventHasNoLines):
            make.event([])

    def test_refuses_an_entry_that_does_not_balance(self, cast: Cast):
        lines = [
            Line(account=make.account(cast.grafica, "1102"), amount=100),
            Line(account=make.account(cast.grafica, "4101"), amount=-99),
        ]

        with pytest.raises(refusals.EntryDoesNotBalance):
            make.event(lines)

        assert not Posting.objects.exists()

    def test_refuses_an_entry_that_balances_only_across_units(self, cast: Cast):
        lines = [
            Line(account=make.account(cast.grafica, "1102"), amount=100),
            Line(account=make.account(cast.grafica, "4101", "USD"), amount=-100),
        ]

        with pytest.raises(refusals.EntryDoesNotBalance):
            make.event(lines)

    def test_refuses_books_that_do_not_mirror_each_other(self, cast: Cast):
        ours, _theirs = make.claim_lines(make.claim(cast.grafica, cast.molino), 100)
        lines = [ours, Line(account=make.account(cast.grafica, "4103"), amount=-100)]

        with pytest.raises(refusals.BooksDoNotMirror):
            make.event(lines)

    @pytest.mark.parametrize("amount", [0, 0.5, 1.0, float("nan"), "1", None, True, 2**63, -(2**63)])
    def test_refuses_what_is_no_whole_amount(self, cast: Cast, amount):
        lines = [
            Line(account=make.account(cast.grafica, "1102"), amount=amount),
            Line(account=make.account(cast.grafica, "4101"), amount=-100),
        ]

        with pytest.raises(refusals.AmountIsNotWhole):
            make.event(lines)

    def test_refuses_a_closed_account(self, cast: Cast):
        bank = make.account(cast.grafica, "1102")
        bank.is_closed = True
        bank.save(update_fields=["is_closed"])

        with pytest.raises(refusals.AccountIsClosed):
            make.sale(cast.grafica)

    def test_refuses_to_settle_more_of_a_claim_than_is_open(self, cast: Cast):
        claim = make.delivery(cast.grafica, cast.molino, 100).postings.exclude(claim=None).first().claim

        with pytest.raises(refusals.ClaimWouldGoBelowZero):
            make.event(
                [
                    *make.claim_lines(claim, -101),
                    Line(account=make.account(cast.grafica, "1102"), amount=101),
                    Line(account=make.account(cast.molino, "1102"), amount=-101),
                ]
            )


class TestReverse:
    def test_undoes_every_balance_and_is_linked_to_what_it_undoes(self, cast: Cast):
        event = make.delivery(cast.grafica, cast.molino, 70_00)

        reversal = journal.reverse(event=event, key=uuid.uuid4(), reason="Era otra entrega", on=TUESDAY, by=None)

        assert reversal.reverses == event
        assert reversal.booked_on == TUESDAY
        assert not AccountBalance.objects.exclude(amount=0).exists()

    def test_returns_the_first_reversal_when_it_is_tried_again(self, cast: Cast):
        event = make.sale(cast.grafica)
        key = uuid.uuid4()

        first = journal.reverse(event=event, key=key, reason="Error", on=make.DAY, by=None)
        again = journal.reverse(event=event, key=key, reason="Error", on=TUESDAY, by=None)

        assert again == first

    def test_refuses_to_reverse_twice(self, cast: Cast):
        event = make.sale(cast.grafica)
        journal.reverse(event=event, key=uuid.uuid4(), reason="Error", on=make.DAY, by=None)

        with pytest.raises(refusals.AlreadyReversed):
            journal.reverse(event=event, key=uuid.uuid4(), reason="Error", on=make.DAY, by=None)

    def test_refuses_to_reverse_a_reversal(self, cast: Cast):
        reversal = journal.reverse(
            event=make.sale(cast.grafica), key=uuid.uuid4(), reason="Error", on=make.DAY, by=None
        )

        with pytest.raises(refusals.ReversalCannotBeReversed):
            journal.reverse(event=reversal, key=uuid.uuid4(), reason="Error", on=make.DAY, by=None)


class TestClosePeriod:
    def test_keeps_entries_out_of_the_closed_days(self, cast: Cast):
        years.close_period(book=cast.grafica, through=make.DAY, on=TUESDAY, by=None)

        late = make.sale(cast.grafica, happened_on=make.DAY, on=TUESDAY)

        assert late.booked_on == TUESDAY
        with pytest.raises(refusals.PeriodIsClosed):
            make.sale(cast.grafica, on=make.DAY)

    def test_leaves_other_books_open(self, cast: Cast):
        years.close_period(book=cast.grafica, through=make.DAY, on=TUESDAY, by=None)

        assert make.sale(cast.molino, on=make.DAY).booked_on == make.DAY

    def test_refuses_a_day_that_has_not_passed(self, cast: Cast):
        with pytest.raises(refusals.ClosingIsInTheFuture):
            years.close_period(book=cast.grafica, through=make.DAY, on=make.DAY, by=None)

    def test_refuses_to_go_back(self, cast: Cast):
        years.close_period(book=cast.grafica, through=make.DAY, on=TUESDAY, by=None)

        with pytest.raises(refusals.ClosingWouldGoBack):
            years.close_period(book=cast.grafica, through=make.DAY, on=TUESDAY, by=None)
