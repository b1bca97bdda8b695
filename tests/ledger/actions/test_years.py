"""Months are locked, years are closed in their order, and each opens with what the one before closed with."""

import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.actions import journal, refusals, years
from ledger.core import fiscal
from ledger.models import AccountBalance, Book, Entry, YearBalance, YearClosing
from ledger.queries import balances
from ledger.queries import years as read
from network import rules
from tests import make
from tests.cast import Cast
from tests.plain_sql import is_stopped

TODAY = dt.date(2026, 5, 4)


def income(of: Book, amount: int, *, on: dt.date) -> None:
    make.sale(of, amount, on=on)


def expense(of: Book, amount: int, *, on: dt.date) -> None:
    lines = [
        make.Line(account=make.account(of, "5101"), amount=amount),
        make.Line(account=make.account(of, "1102"), amount=-amount),
    ]
    make.event(lines, on=on)


def close(of: Book, year: int, *, on: dt.date = TODAY, by=None) -> YearClosing:
    return years.close_year(book=of, year=year, resolution="Acta 12", on=on, by=by)


def held(of: Book, number: str, *, day: dt.date | None = None) -> int:
    account = make.account(of, number)
    found = balances.held(book=of, day=day).get(account.pk)
    return found.amount if found else 0


@pytest.fixture
def molino(cast: Cast) -> Book:
    """The mill sold 100 and spent 30 in 2024, sold 200 and spent 50 in 2025, and sold 7 this year."""
    for amount, spent, year in ((100, 30, 2024), (200, 50, 2025)):
        income(cast.molino, amount, on=dt.date(year, 3, 1))
        expense(cast.molino, spent, on=dt.date(year, 9, 1))
    income(cast.molino, 7, on=dt.date(2026, 2, 1))
    return cast.molino


class TestCloseYear:
    def test_carries_the_result_to_the_surplus(self, molino: Book):
        closing = close(molino, 2024)

        lines = {(line.account.number, line.amount) for line in closing.event.postings.all()}
        assert lines == {("4101", 100), ("5101", -30), ("3901", -70)}

    def test_stands_under_today_and_is_late_where_the_journal_has_gone_on(self, molino: Book):
        closing = close(molino, 2024)

        assert closing.event.happened_on == dt.date(2024, 12, 31)
        assert closing.event.booked_on == TODAY
        assert closing.event.is_late

    def test_stands_under_the_last_day_where_nothing_came_after(self, cast: Cast):
        income(cast.textil, 100, on=dt.date(2025, 6, 1))

        closing = close(cast.textil, 2025)

        assert closing.event.booked_on == dt.date(2025, 12, 31)
        assert not closing.event.is_late

    def test_leaves_the_balances_of_past_days_as_they_were(self, molino: Book):
        def at_its_end() -> list[int]:
            return [held(molino, number, day=dt.date(2024, 12, 31)) for number in ("1102", "4101", "5101", "3901")]

        before = at_its_end()

        close(molino, 2024)

        assert at_its_end() == before == [70, -100, 30, 0]

    def test_takes_only_what_the_year_has_left(self, molino: Book):
        close(molino, 2024)

        closing = close(molino, 2025)

        lines = {(line.account.number, line.amount) for line in closing.event.postings.all()}
        assert lines == {("4101", 200), ("5101", -50), ("3901", -150)}
        assert held(molino, "4101") == -7
        assert held(molino, "3901") == -220

    def test_keeps_the_balances_with_which_the_next_year_opens(self, molino: Book):
        closing = close(molino, 2024)

        kept = dict(YearBalance.objects.filter(closing=closing).values_list("account__number", "amount"))
        assert kept == {"1102": 70, "3901": -70}

    def test_locks_the_days_of_the_year(self, molino: Book):
        close(molino, 2024)

        assert read.closed_through(book=molino) == dt.date(2024, 12, 31)

    def test_of_a_year_without_movement_closes_without_an_entry(self, cast: Cast):
        income(cast.textil, 100, on=dt.date(2024, 6, 1))
        income(cast.textil, 100, on=dt.date(2026, 1, 1))
        close(cast.textil, 2024)

        closing = close(cast.textil, 2025)

        assert closing.event is None
        assert closing.balances.count() == 2

    def test_closes_each_unit_by_itself(self, cast: Cast):
        income(cast.textil, 100, on=dt.date(2025, 6, 1))
        dollars = [
            make.Line(account=make.account(cast.textil, "1102", "USD"), amount=9),
            make.Line(account=make.account(cast.textil, "4101", "USD"), amount=-9),
        ]
        make.event(dollars, on=dt.date(2025, 7, 1))

        closing = close(cast.textil, 2025)

        surplus = {
            line.account.unit.code: line.amount for line in closing.event.postings.filter(account__number="3901")
        }
        assert surplus == {"ARS": -100, "USD": -9}

    def test_follows_the_months_of_an_agricultural_cooperative(self, db: None):
        agraria = make.book("agraria", year_starts_month=7)
        income(agraria, 10, on=dt.date(2025, 6, 30))
        income(agraria, 20, on=dt.date(2025, 7, 1))

        closing = close(agraria, 2024, on=dt.date(2025, 8, 1))

        assert (closing.starts_on, closing.ends_on) == (dt.date(2024, 7, 1), dt.date(2025, 6, 30))
        assert held(agraria, "4101") == -20

    def test_refuses_what_is_not_the_next_year(self, molino: Book):
        for year in (2023, 2025):
            with pytest.raises(refusals.YearsCloseInOrder, match="2024"):
                close(molino, year)
        close(molino, 2024)
        with pytest.raises(refusals.YearsCloseInOrder, match="2025"):
            close(molino, 2024)

    def test_refuses_a_year_that_has_not_ended(self, molino: Book):
        with pytest.raises(years.YearHasNotEnded):
            close(molino, 2024, on=dt.date(2024, 12, 31))

    def test_needs_a_resolution(self, molino: Book):
        with pytest.raises(years.ResolutionIsMissing):
            years.close_year(book=molino, year=2024, resolution="  ", on=TODAY, by=None)

    def test_needs_a_mandate(self, cast: Cast, molino: Book):
        with pytest.raises(refusals.ClosingNeedsAMandate):
            close(molino, 2024, by=cast.beto)

        assert close(molino, 2024, by=cast.mario).recorded_by == cast.mario

    def test_is_not_undone_by_a_reversal(self, molino: Book):
        closing = close(molino, 2024)

        with pytest.raises(refusals.ClosingEntryIsNotReversed):
            journal.reverse(event=closing.event, key=uuid.uuid4(), reason="No", on=TODAY, by=None)


class TestCloseYears:
    def test_closes_several_at_once_in_their_order(self, molino: Book):
        closed = years.close_years(book=molino, through_year=2025, resolution="Acta 12", on=TODAY, by=None)

        assert [closing.year for closing in closed] == [2024, 2025]
        assert held(molino, "3901") == -220
        assert held(molino, "4101") == -7

    def test_closes_all_or_none(self, molino: Book):
        with pytest.raises(years.YearHasNotEnded):
            years.close_years(book=molino, through_year=2026, resolution="Acta 12", on=TODAY, by=None)

        assert not YearClosing.objects.exists()
        assert Entry.objects.count() == 5


class TestDifferences:
    def test_finds_none_in_untouched_years(self, molino: Book):
        for closing in years.close_years(book=molino, through_year=2025, resolution="Acta 12", on=TODAY, by=None):
            assert list(read.differences(closing=closing)) == []

    def test_names_an_account_that_does_not_open_with_what_it_closed_with(self, molino: Book):
        years.close_years(book=molino, through_year=2025, resolution="Acta 12", on=TODAY, by=None)
        first, second = YearClosing.objects.order_by("year")
        bank = make.account(molino, "1102")
        rules.drop()
        YearBalance.objects.filter(closing=first, account=bank).update(amount=71)
        rules.install()

        assert [(one.account, one.expected, one.found) for one in read.differences(closing=first)] == [
            (bank.pk, 70, 71)
        ]
        assert [(one.account, one.expected, one.found) for one in read.differences(closing=second)] == [
            (bank.pk, 221, 220)
        ]


class TestTheDatabase:
    def insert(self, of: Book, year: int, *, starts_on: str, ends_on: str) -> type:
        return is_stopped(
            "INSERT INTO ledger_yearclosing (book_id, year, starts_on, ends_on, resolution, recorded_at)"
            " VALUES (%s, %s, %s, %s, 'Acta', '2026-05-04 12:00:00+00:00')",
            of.pk,
            year,
            starts_on,
            ends_on,
        )

    def test_stops_a_year_that_is_not_locked(self, molino: Book):
        refusal = self.insert(molino, 2024, starts_on="2024-01-01", ends_on="2024-12-31")

        assert refusal is refusals.YearsCloseInOrder

    def test_stops_a_year_out_of_order_or_with_other_days(self, molino: Book):
        years.close_period(book=molino, through=dt.date(2025, 12, 31), on=TODAY, by=None)

        for year, starts_on, ends_on in (
            (2025, "2025-01-01", "2025-12-31"),
            (2024, "2024-01-01", "2024-11-30"),
            (2024, "2024-02-01", "2024-12-31"),
        ):
            assert self.insert(molino, year, starts_on=starts_on, ends_on=ends_on) is refusals.YearsCloseInOrder

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_yearclosing SET resolution = 'Otra'",
            "DELETE FROM ledger_yearclosing",
            "UPDATE ledger_yearbalance SET amount = 0",
            "DELETE FROM ledger_yearbalance",
        ],
    )
    def test_keeps_what_was_closed(self, molino: Book, sql: str):
        close(molino, 2024)

        assert is_stopped(sql) is refusals.WrittenIsWritten


class TestBalancesOfThePast:
    def test_are_what_the_lines_until_then_add_up_to(self, molino: Book):
        bank = make.account(molino, "1102")

        for day, amount in (
            ((2024, 2, 29), 0),
            ((2024, 3, 1), 100),
            ((2024, 8, 31), 100),
            ((2024, 9, 1), 70),
            ((2025, 3, 1), 270),
            ((2025, 12, 31), 220),
            ((2026, 2, 1), 227),
            ((2030, 1, 1), 227),
        ):
            assert held(molino, "1102", day=dt.date(*day)) == amount, day
        assert AccountBalance.objects.get(account=bank).amount == 227

    def test_cost_one_statement_however_long_the_past(self, molino: Book, django_assert_num_queries):
        with django_assert_num_queries(1):
            balances.held(book=molino, day=dt.date(2024, 5, 1))

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE ledger_daybalance SET amount = 1",
            "DELETE FROM ledger_daybalance",
            "INSERT INTO ledger_daybalance (account_id, day, amount, quantity)"
            " SELECT account_id, '2024-05-01', 1, 0 FROM ledger_accountbalance",
            "INSERT INTO ledger_daybalance (account_id, day, amount, quantity)"
            " SELECT account_id, day, amount, quantity FROM ledger_accountbalance WHERE day IS NOT NULL",
            "UPDATE ledger_accountbalance SET day = '2024-01-01'",
            "UPDATE ledger_accountbalance SET is_limited = (1 = 1)",
        ],
    )
    def test_are_not_set_by_hand(self, molino: Book, sql: str):
        assert is_stopped(sql) is refusals.BalanceIsKeptByTheDatabase


class TestFiscal:
    @given(day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), month=st.integers(1, 12))
    def test_every_day_lies_in_its_year(self, day: dt.date, month: int):
        year = fiscal.year_of(day, starts_month=month)

        assert fiscal.first_day(year, starts_month=month) <= day <= fiscal.last_day(year, starts_month=month)
        assert fiscal.last_day(year, starts_month=month) + dt.timedelta(1) == fiscal.first_day(
            year + 1, starts_month=month
        )
