"""Periods that somebody chooses by name: the last twelve months, a year, a quarter, a month."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Span(StrEnum):
    """How long it is."""

    TWELVE = "twelve"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, both days included; `code` names it in an address."""

    code: str
    span: Span
    starts_on: dt.date
    ends_on: dt.date

    @property
    def months(self) -> list[dt.date]:
        """The first days of its months."""
        return months_between(self.starts_on, self.ends_on)


def months_between(starts_on: dt.date, ends_on: dt.date) -> list[dt.date]:
    """Return the first days of the months from one day's to another's."""
    return [_first(number) for number in range(_months(starts_on), _months(ends_on) + 1)]


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _first(number: int) -> dt.date:
    return dt.date(number // 12, number % 12 + 1, 1)


def _period(code: str, span: Span, start: int, months: int) -> Period:
    return Period(code, span, _first(start), _first(start + months) - dt.timedelta(days=1))


def last_twelve(on: dt.date) -> Period:
    """Return the month of a day with the eleven before."""
    return _period("12", Span.TWELVE, _months(on) - 11, 12)


def offered(on: dt.date) -> list[Period]:
    """Return what may be chosen on a day, the latest first: two years, eight quarters, two years of months."""
    now = _months(on)
    quarter = now - now % 3
    return [
        last_twelve(on),
        *(_period(str(on.year - n), Span.YEAR, (on.year - n) * 12, 12) for n in range(3)),
        *(
            _period(f"{start // 12}-q{start % 12 // 3 + 1}", Span.QUARTER, start, 3)
            for start in range(quarter, quarter - 24, -3)
        ),
        *(_period(f"{start // 12}-{start % 12 + 1:02}", Span.MONTH, start, 1) for start in range(now, now - 24, -1)),
    ]
