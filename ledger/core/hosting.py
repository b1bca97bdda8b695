"""A hosted activity: the days of its schedule, the room hours that are lent, what is reclassified as given.

Days of the week are a set in one number: Monday 1, Tuesday 2, Wednesday 4, up to Sunday, 64. Hours of the day are
minutes after midnight.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.core.apportion import part_of

WEEK = range(7)
ALL_DAYS = 2**7 - 1

#: Where the cost that was really borne stands before it is reclassified, and to where.
GIVEN = "5401"
#: Room hours, hours of work, people who came: each in its unit, with its contra; never priced.
ROOM_HOURS, WORK_HOURS, ATTENDANCES = ("9201", "9202"), ("9203", "9204"), ("9205", "9206")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When rooms are lent."""

    weekdays: int
    starts_at: int
    ends_at: int
    rooms: int
    since: dt.date
    until: dt.date | None = None

    @property
    def minutes(self) -> int:
        """How long a session lasts."""
        return self.ends_at - self.starts_at

    def sessions(self, starts_on: dt.date, ends_on: dt.date) -> int:
        """Return how many days of the schedule lie between two days, both included."""
        first = max(starts_on, self.since).toordinal()
        last = (ends_on if self.until is None else min(ends_on, self.until)).toordinal()
        if last < first:
            return 0
        # Day 1 of the calendar was a Monday; so many of each weekday lie up to a day.
        days = [day for day in WEEK if self.weekdays & 1 << day]
        return sum((last - 1 - day) // 7 - (first - 2 - day) // 7 for day in days)


def weekdays(days: Iterable[int]) -> int:
    """Return days of the week, 0 for Monday, as the one number that stands for them."""
    return sum(1 << day for day in set(days))


def days_of(weekdays: int) -> list[int]:
    """Return the days of the week that a number stands for, 0 for Monday."""
    return [day for day in WEEK if weekdays & 1 << day]


def room_hours(*, sessions: int, minutes: int, rooms: int) -> int:
    """Return what was lent in hundredths of a room hour: sessions of so many minutes in so many rooms."""
    return part_of(100 * sessions * minutes * rooms, before=0, more=1, whole=60)


def cost(*, quantity: int, price: int) -> int:
    """Return what thousandths of something cost at a price in minor units, halves away from zero."""
    return part_of(quantity * price, before=0, more=1, whole=1000)


def reclassified(costs: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the lines, account and amount with debit above zero, by which costs become a contribution.

    Each of the accounts where they stand is credited once; nothing is added to what they hold: the sum is zero.
    """
    by_account: dict[str, int] = {}
    for account, amount in costs:
        by_account[account] = by_account.get(account, 0) + amount
    total = sum(by_account.values())
    credits = [(account, -amount) for account, amount in sorted(by_account.items()) if amount]
    return [(GIVEN, total), *credits] if total else credits
