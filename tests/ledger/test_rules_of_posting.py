"""Round Python: what is wrong is not written; plain SQL is stopped by the database, by the name of the rule."""

import uuid

import pytest
from django.db import DatabaseError, transaction

from ledger.actions import journal, refusals, years
from ledger.models import AccountBalance, Entry, Posting
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_refused, is_stopped, run, stays, write


class TestEntryBalances:
    def test_stops_a_one_legged_entry(self, cast: Cast):
        assert is_refused([(make.account(cast.grafica, "1102"), 100)]) is refusals.EntryDoesNotBalance

    def test_stops_an_entry_balanced_only_across_units(self, cast: Cast):
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101", "USD"), -100)]

        assert is_refused(lines) is refusals.EntryDoesNotBalance

    def test_stops_an_entry_balanced_only_across_books(self, cast: Cast):
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.molino, "4101"), -100)]

        assert is_refused(lines) is refusals.EntryDoesNotBalance

    def test_stops_an_event_without_lines(self, cast: Cast):
        assert is_refused([]) is refusals.EventHasNoLines

    def test_lets_a_right_entry_through(self, cast: Cast):
        write([(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101"), -100)])

        assert Entry.objects.get().number == 1


class TestBooksMirror:
    def test_stops_a_debt_that_the_other_book_does_not_show(self, cast: Cast):
        claim = make.claim(cast.grafica, cast.molino)
        ours, _theirs = make.claim_lines(claim, 100)
        lines = [(ours.account, 100, None, None, claim.pk), (make.account(cast.grafica, "4103"), -100)]

        assert is_refused(lines) is refusals.BooksDoNotMirror

    def test_stops_a_quantity_that_the_other_book_does_not_show(self, cast: Cast):
        flour = make.measure("KG", "harina")
        claim = make.claim(cast.grafica, cast.molino, peg=flour)
        ours, theirs = make.claim_lines(claim, 100, 5)
        lines = [
            (ours.account, 100, 5, flour.pk, claim.pk),
            (make.account(cast.grafica, "4103"), -100),
            (theirs.account, -100, -4, flour.pk, claim.pk),
            (make.account(cast.molino, "1301"), 100),
        ]

        assert is_refused(lines) is refusals.BooksDoNotMirror

    def test_stops_a_debt_without_its_claim(self, cast: Cast):
        ours, _theirs = make.claim_lines(make.claim(cast.grafica, cast.molino), 100)

        assert is_refused([(ours.account, 100), (make.account(cast.grafica, "4103"), -100)]) is refusals.LineDoesNotFit

    def test_stops_a_claim_of_others(self, cast: Cast):
        ours, _theirs = make.claim_lines(make.claim(cast.grafica, cast.molino), 100)
        other = make.claim(cast.textil, cast.molino)

        lines = [(ours.account, 100, None, None, other.pk), (make.account(cast.grafica, "4103"), -100)]

        assert is_refused(lines) is refusals.LineDoesNotFit


class TestOwnEntryInOneBook:
    """What another cooperative has, owes or is owed is never entered by one alone."""

    def test_stops_an_entry_of_ones_own_in_two_books(self, cast: Cast):
        lines = [
            (make.account(book, number), amount)
            for book in (cast.grafica, cast.molino)
            for number, amount in (("1102", 100), ("4101", -100))
        ]

        assert is_refused(lines, kind="own_entry") is refusals.LineDoesNotFit

    def test_stops_a_delivery_that_calls_itself_an_entry_of_ones_own(self, cast: Cast):
        debt = make.claim(cast.grafica, cast.molino)
        lines = [(line.account, line.amount, None, None, debt.pk) for line in make.claim_lines(debt, 100)]
        rest = [(make.account(cast.grafica, "4103"), -100), (make.account(cast.molino, "1301"), 100)]

        assert is_refused([*lines, *rest], kind="own_entry") is refusals.LineDoesNotFit

    def test_lets_an_entry_of_one_book_through(self, cast: Cast):
        write([(make.account(cast.molino, "5101"), 100), (make.account(cast.molino, "1303"), -100)], kind="own_entry")

        assert Entry.objects.get().book == cast.molino


class TestDebtAccounts:
    """An account of debts that named nobody, or stood on the wrong side, would escape the mirror."""

    @pytest.mark.parametrize(
        ("number", "role", "with_whom"),
        [
            ("1202", "", False),
            ("1202", "receivable", False),
            ("1202", "payable", True),
            ("2102", "receivable", True),
            ("1102", "receivable", True),
            ("1202", "", True),
        ],
    )
    def test_are_stopped_without_their_counterparty_or_side(self, cast: Cast, number: str, role: str, with_whom: bool):
        refusal = is_stopped(
            "INSERT INTO ledger_account (book_id, number, nature, unit_id, role, counterparty_id, peg_id, is_closed)"
            " VALUES (%s, %s, 'asset', %s, %s, %s, %s, %s)",
            cast.grafica.pk,
            number,
            make.unit("USD").pk,
            role,
            cast.molino.pk if with_whom else None,
            make.measure("KG", "harina").pk if with_whom else None,
            False,
        )

        assert refusal is refusals.DebtNeedsItsCounterparty


class TestWholeNumbers:
    @pytest.mark.parametrize("amount", ["0.5", "'NaN'", "9223372036854775808", "1e300"])
    def test_stops_what_is_no_whole_amount(self, cast: Cast, amount: str):
        bank = make.account(cast.grafica, "1102").pk

        sql = f"INSERT INTO ledger_posting (event_id, line, account_id, amount) VALUES (1, 1, {bank}, {amount})"

        with pytest.raises(DatabaseError):
            stays(sql)

        assert not Posting.objects.exists()

    def test_stops_a_balance_that_no_longer_fits(self, cast: Cast):
        make.sale(cast.grafica, 2**62)

        with pytest.raises(refusals.AmountIsNotWhole):
            make.sale(cast.grafica, 2**62)

        assert AccountBalance.objects.get(account=make.account(cast.grafica, "1102")).amount == 2**62


class TestPeriodsAndOrder:
    def test_stops_an_entry_in_a_closed_period(self, cast: Cast):
        through = make.DAY
        years.close_period(book=cast.grafica, through=through, on=through.replace(day=30), by=None)
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101"), -100)]

        assert is_refused(lines, booked_on=through) is refusals.PeriodIsClosed

    def test_stops_an_entry_earlier_than_the_last(self, cast: Cast):
        make.sale(cast.grafica)
        lines = [(make.account(cast.grafica, "1102"), 100), (make.account(cast.grafica, "4101"), -100)]

        assert is_refused(lines, booked_on=make.DAY.replace(day=1)) is refusals.EntryOutOfOrder

    def test_stops_a_line_on_a_closed_account(self, cast: Cast):
        bank = make.account(cast.grafica, "1102")
        bank.is_closed = True
        bank.save(update_fields=["is_closed"])

        assert is_refused([(bank, 100), (make.account(cast.grafica, "4101"), -100)]) is refusals.AccountIsClosed


class TestReversal:
    def test_stops_a_reversal_of_part(self, cast: Cast):
        event = make.sale(cast.grafica, 100)
        lines = [(make.account(cast.grafica, "1102"), -99), (make.account(cast.grafica, "4101"), 99)]

        assert is_refused(lines, reverses=event.pk) is refusals.ReversalIsNotExact

    def test_stops_a_second_reversal(self, cast: Cast):
        event = make.sale(cast.grafica, 100)
        journal.reverse(event=event, key=uuid.uuid4(), reason="Error", on=make.DAY, by=None)
        lines = [(make.account(cast.grafica, "1102"), -100), (make.account(cast.grafica, "4101"), 100)]

        assert is_refused(lines, reverses=event.pk) in {refusals.AlreadyReversed, refusals.WrittenIsWritten}


class TestIdempotency:
    def test_stops_a_key_used_twice(self, cast: Cast):
        event = make.sale(cast.grafica, 100)
        copied = "key, digest, kind, happened_on, booked_on, recorded_at, memo, papers, agreement, resolution"

        with pytest.raises(DatabaseError), transaction.atomic():
            run(
                f"INSERT INTO ledger_event (id, {copied}) SELECT id + 1, {copied} FROM ledger_event WHERE id = %s",
                event.pk,
            )
