"""Days that are known to the year or the month only, as people remember and papers say them."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from network.core.delimited import day

DAY, MONTH, YEAR = "day", "month", "year"


@dataclass(frozen=True, slots=True)
class Dated:
    """When something happened: its first possible day, and how much of it is known."""

    first: dt.date
    precision: str = DAY

    @property
    def last(self) -> dt.date:
        """Its last possible day."""
        if self.precision == YEAR:
            return dt.date(self.first.year, 12, 31)
        if self.precision == MONTH:
            return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])
        return self.first


class NotADate(ValueError):
    """The text is no date that anybody would write."""


def parse(text: str) -> Dated:
    """Return a date written as 2001, 3/2001, 2001-03, 15/3/2001 or 2001-03-15.

    :raises NotADate: if it is none.
    """
    try:
        return _parse(text.strip())
    except ValueError:
        raise NotADate(text) from None


def _parse(written: str) -> Dated:
    if re.fullmatch(r"[0-9]{4}", written):
        return Dated(dt.date(int(written), 1, 1), YEAR)
    if found := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{4})", written):
        return Dated(dt.date(int(found[2]), int(found[1]), 1), MONTH)
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", written):
        return Dated(dt.date(int(found[1]), int(found[2]), 1), MONTH)
    return Dated(day(written))
