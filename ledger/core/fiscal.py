"""Fiscal years: which one a day lies in, and its first and last day. A year is named by the one in which it begins."""

import datetime as dt


def year_of(day: dt.date, *, starts_month: int) -> int:
    """Return the fiscal year of a day, for a book whose year begins on the first of a month (1 to 12)."""
    return day.year - (day.month < starts_month)


def first_day(year: int, *, starts_month: int) -> dt.date:
    """Return the day on which a fiscal year begins."""
    return dt.date(year, starts_month, 1)


def last_day(year: int, *, starts_month: int) -> dt.date:
    """Return the day on which a fiscal year ends."""
    return first_day(year + 1, starts_month=starts_month) - dt.timedelta(days=1)


def last_day_of_month(day: dt.date) -> dt.date:
    """Return the last day of the month of a day."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
