"""The arithmetic of a hosted activity, for any days, hours and costs."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as some

from ledger.core import hosting
from ledger.core.chart import Nature, chart_account
from ledger.core.hosting import Schedule
from ledger.models.hosting import CostAccount

DAYS = some.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
WEEKDAYS = some.integers(1, hosting.ALL_DAYS)
COSTS = some.lists(some.tuples(some.sampled_from(CostAccount.values), some.integers(1, 10**12)), max_size=12)


class TestStory:
    def test_seventeen_evenings_of_april(self):
        monday_to_thursday = hosting.weekdays([0, 1, 2, 3])
        schedule = Schedule(
            weekdays=monday_to_thursday, starts_at=18 * 60, ends_at=22 * 60, rooms=3, since=dt.date(2026, 3, 2)
        )

        # Eighteen evenings stand in the calendar; one of them was a holiday.
        assert schedule.sessions(dt.date(2026, 4, 1), dt.date(2026, 4, 30)) == 18
        assert hosting.room_hours(sessions=17, minutes=schedule.minutes, rooms=3) == 204_00
        light, door = hosting.cost(quantity=340_000, price=180_00), hosting.cost(quantity=17_000, price=5_000_00)
        assert hosting.reclassified([("5301", light), ("5201", door), ("5302", 30_000_00)]) == [
            ("5401", 176_200_00),
            ("5201", -85_000_00),
            ("5301", -61_200_00),
            ("5302", -30_000_00),
        ]


class TestSessions:
    @given(weekdays=WEEKDAYS, since=DAYS, starts_on=DAYS, length=some.integers(-3, 400), lasts=some.integers(0, 900))
    def test_are_the_days_of_the_week_between_two_days(
        self, weekdays: int, since: dt.date, starts_on: dt.date, length: int, lasts: int
    ):
        until, ends_on = since + dt.timedelta(days=lasts), starts_on + dt.timedelta(days=length)
        schedule = Schedule(weekdays=weekdays, starts_at=0, ends_at=60, rooms=1, since=since, until=until)
        days = [starts_on + dt.timedelta(days=n) for n in range(length + 1)]

        counted = sum(day.weekday() in hosting.days_of(weekdays) and since <= day <= until for day in days)

        assert schedule.sessions(starts_on, ends_on) == counted

    @given(some.sets(some.integers(0, 6)))
    def test_days_of_the_week_come_back(self, days: set[int]):
        assert hosting.days_of(hosting.weekdays(days)) == sorted(days)


class TestReclassified:
    @given(COSTS)
    def test_adds_nothing_to_the_results(self, costs: list[tuple[str, int]]):
        lines = hosting.reclassified(costs)

        assert sum(amount for _account, amount in lines) == 0
        assert sum(amount for _account, amount in lines if amount > 0) == sum(amount for _account, amount in costs)

    @given(COSTS)
    def test_names_each_account_once_and_never_income(self, costs: list[tuple[str, int]]):
        accounts = [account for account, _amount in hosting.reclassified(costs)]

        assert len(set(accounts)) == len(accounts)
        assert not {chart_account(account).nature for account in accounts} & {Nature.INCOME, Nature.MEMO}


class TestCounting:
    @given(some.integers(1, 31), some.integers(1, 1440), some.integers(1, 200))
    def test_room_hours_are_within_half_a_hundredth(self, sessions: int, minutes: int, rooms: int):
        exact = Decimal(100 * sessions * minutes * rooms) / 60

        assert abs(hosting.room_hours(sessions=sessions, minutes=minutes, rooms=rooms) - exact) <= Decimal("0.5")

    @given(some.integers(1, 10**9), some.integers(1, 10**9))
    def test_a_price_is_rounded_once(self, quantity: int, price: int):
        exact = Decimal(quantity) * price / 1000

        assert hosting.cost(quantity=quantity, price=price) == exact.quantize(Decimal(1), ROUND_HALF_UP)
