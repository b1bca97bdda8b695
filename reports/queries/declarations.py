"""What an organization has declared for its social report, as it stood when so much had been declared."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max

from ledger.core import fiscal
from ledger.models import Book
from network.models import Organization
from reports.models import Declaration


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """An answer in the words of the cooperative, and the moment in which it was given."""

    answer: str
    at: dt.datetime


def last_said(*, organization: Organization, starts_on: dt.date, ends_on: dt.date) -> int:
    """Return the number of the last answer for a period, 0 if there is none: up to there a report tells them."""
    of_it = Declaration.objects.filter(organization=organization, starts_on=starts_on, ends_on=ends_on)
    return of_it.aggregate(last=Max("pk"))["last"] or 0


def declared(
    *, organization: Organization, starts_on: dt.date, ends_on: dt.date, last: int | None = None
) -> dict[str, Declared]:
    """Return the answers that stand for a period by item, told up to a number; what was taken back is not there."""
    of_it = Declaration.objects.filter(organization=organization, starts_on=starts_on, ends_on=ends_on)
    if last is not None:
        of_it = of_it.filter(pk__lte=last)
    newest = {each.what: each for each in of_it.order_by("pk")}
    return {what: Declared(answer=each.answer, at=each.declared_at) for what, each in newest.items() if each.answer}


def periods(organization: Organization) -> list[tuple[dt.date, dt.date]]:
    """Return the periods that something was declared for, the newest first: at most the last twelve."""
    of_it = Declaration.objects.filter(organization=organization).order_by("-ends_on", "-starts_on")
    return list(of_it.values_list("starts_on", "ends_on").distinct()[:12])


def last_year(book: Book, *, on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days of the book's last fiscal year that is over: the one that is declared now."""
    month = book.year_starts_month
    year = fiscal.year_of(on, starts_month=month) - 1
    return fiscal.first_day(year, starts_month=month), fiscal.last_day(year, starts_month=month)
