"""The journal, the ledger and the trial balance of a book, checked against the kept balances and against each other."""

import datetime as dt
from itertools import pairwise

import pytest

from ledger.actions.facts import Line
from ledger.models import Book, Event
from ledger.queries import balances
from reports.queries.day_book import DayBook, day_book
from reports.queries.general_ledger import GeneralLedger, general_ledger
from reports.queries.trial_balance import TrialBalance, trial_balance
from tests import make
from tests.cast import Cast
from tests.reports import exchanges

pytestmark = pytest.mark.django_db
AUTUMN = (dt.date(2023, 3, 1), dt.date(2023, 5, 31))


def last() -> int:
    return Event.objects.latest("pk").pk


def days(book: Book, period=exchanges.YEAR, cutoff: int | None = None) -> DayBook:
    return day_book(book=book, starts_on=period[0], ends_on=period[1], cutoff_event=cutoff or last())


def ledger(book: Book, period=exchanges.YEAR, cutoff: int | None = None) -> GeneralLedger:
    return general_ledger(book=book, starts_on=period[0], ends_on=period[1], cutoff_event=cutoff or last())


def sums(book: Book, period=exchanges.YEAR, cutoff: int | None = None) -> TrialBalance:
    return trial_balance(book=book, starts_on=period[0], ends_on=period[1], cutoff_event=cutoff or last())


class TestTrialBalance:
    def test_holds_what_the_kept_balances_held_at_both_ends(self, cast: Cast):
        exchanges.a_year(cast.grafica)
        before = balances.held(book=cast.grafica, day=dt.date(2023, 2, 28))
        after = balances.held(book=cast.grafica, day=dt.date(2023, 5, 31))

        rows = {row.account.pk: row for row in sums(cast.grafica, AUTUMN).rows}

        assert len(rows) > 5
        for pk, row in rows.items():
            assert row.opening == (before[pk].amount if pk in before else 0)
            assert row.closing == after[pk].amount
        left_out = set(after) - set(rows)
        assert all(after[pk].amount == 0 == after[pk].quantity for pk in left_out)

    def test_adds_up_in_every_unit(self, cast: Cast):
        exchanges.a_year(cast.grafica)

        tables = sums(cast.grafica, AUTUMN).tables

        assert [total.unit.code for total, _ in tables] == ["ARS"]
        for total, rows in tables:
            assert total.opening_debit == total.opening_credit > 0
            assert total.debit == total.credit == sum(row.debit for row in rows)
            assert total.closing_debit == total.closing_credit == sum(row.closing_debit for row in rows)

    def test_tells_how_much_is_still_owed_in_goods(self, cast: Cast):
        exchanges.bags_for_flour(cast)

        flour = next(row for row in sums(cast.grafica, exchanges.NOVEMBER).rows if row.is_in_goods)

        assert (flour.opening_quantity, flour.closing_quantity) == (0, 2_000_000)

    def test_does_not_change_when_more_is_written_on_the_same_day(self, cast: Cast):
        exchanges.bags_for_flour(cast)
        cutoff = last()
        told = sums(cast.grafica, exchanges.NOVEMBER, cutoff)
        make.sale(cast.grafica, on=dt.date(2023, 11, 27))

        assert sums(cast.grafica, exchanges.NOVEMBER, cutoff).rows == told.rows
        assert sums(cast.grafica, exchanges.NOVEMBER).rows != told.rows

    def test_is_empty_where_nothing_was_written(self, cast: Cast):
        told = trial_balance(book=cast.grafica, starts_on=AUTUMN[0], ends_on=AUTUMN[1], cutoff_event=0)

        assert told.tables == []


class TestGeneralLedger:
    def test_runs_from_what_an_account_held_to_what_it_holds(self, cast: Cast):
        exchanges.a_year(cast.grafica)

        told = ledger(cast.grafica, AUTUMN)

        assert [page.moved for page in told.pages] == list(sums(cast.grafica, AUTUMN).rows)
        for page in told.pages:
            balance = page.moved.opening
            for each in page.lines:
                balance += each.line.amount
                assert each.balance == balance
            assert balance == page.moved.closing

    def test_has_every_line_of_the_journal_once(self, cast: Cast):
        exchanges.a_year(cast.grafica)

        told = ledger(cast.grafica, AUTUMN)

        found = sorted((each.entry.number.number, each.line.position) for page in told.pages for each in page.lines)
        journal = [(e.number.number, line.position) for e in days(cast.grafica, AUTUMN).entries for line in e.lines]
        assert found == sorted(journal)
        assert told.line_count == len(journal)

    def test_sums_up_by_month(self, cast: Cast):
        exchanges.a_year(cast.grafica)

        for page in ledger(cast.grafica).pages:
            months = list(page.months)
            assert sum(month.debit for month in months) == page.moved.debit
            assert sum(month.credit for month in months) == page.moved.credit
            assert months[-1].balance == page.moved.closing


class TestDayBook:
    def test_carries_each_line_to_the_next(self, cast: Cast):
        exchanges.a_year(cast.grafica)

        [year] = days(cast.grafica).years
        lines = [each for _, found in year.carried for each in found]

        assert (year.brought.debit, year.brought.credit) == (0, 0)
        for before, after in pairwise(lines):
            assert before.after == after.before
        assert lines[-1].after == year.closing
        assert year.closing.debit == year.closing.credit == days(cast.grafica).totals[0].debit

    def test_begins_with_what_the_year_came_to_before(self, cast: Cast):
        exchanges.a_year(cast.grafica)

        [earlier] = days(cast.grafica, (exchanges.YEAR[0], AUTUMN[0] - dt.timedelta(days=1))).years
        [autumn] = days(cast.grafica, AUTUMN).years

        assert autumn.brought == earlier.closing
        assert autumn.entries[0].number.number == earlier.entries[-1].number.number + 1

    def test_begins_anew_with_each_fiscal_year(self, cast: Cast):
        make.sale(cast.grafica, 700_00, on=dt.date(2023, 6, 30))
        make.sale(cast.grafica, 300_00, on=dt.date(2024, 1, 1))

        told = days(cast.grafica, (dt.date(2023, 6, 30), dt.date(2024, 3, 1)))

        assert [(year.year, year.brought.debit, year.closing.debit) for year in told.years] == [
            (2023, 0, 700_00),
            (2024, 0, 300_00),
        ]
        assert str(told.last) == "1/2024"

    def test_carries_only_its_own_money(self, cast: Cast):
        sides = (("9203", 60), ("9204", -60))
        lines = [Line(account=make.account(cast.grafica, number, "HORA"), amount=hours) for number, hours in sides]
        make.event(lines, on=dt.date(2023, 6, 30))

        told = days(cast.grafica)

        assert told.years[0].closing.debit == 0
        assert [total.unit.code for total in told.totals] == ["HORA"]

    def test_sums_up_by_month(self, cast: Cast):
        exchanges.a_year(cast.grafica)

        [year] = days(cast.grafica).years

        assert sum(count for _, count, _, _ in year.months) == len(year.entries)
        assert sum(own.debit for _, _, own, _ in year.months) == year.closing.debit
