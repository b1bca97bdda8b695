"""Read counts of cash, and what the book says that there is."""

import datetime as dt

from django.db.models import QuerySet

from ledger.models.accounts import Account, Book
from ledger.models.cash_counts import CashCount

#: Number of the chart.
CASH = "1101"


def held(book: Book) -> int:
    """Return what the book says there is in the box now, in minor units of its money."""
    found = Account.objects.filter(book=book, number=CASH, unit=book.unit_id, counterparty=None)
    return sum(found.values_list("balance__amount", flat=True))


def of_book(book: Book) -> QuerySet[CashCount]:
    """Return the counts of a book, the latest first."""
    found = CashCount.objects.filter(book=book).select_related("counted_by", "event")
    return found.order_by("-counted_on", "-pk")


def last(book: Book, *, since: dt.date, before: dt.datetime | None = None) -> CashCount | None:
    """Return the last count since a day: of all, or of those that were written down before a moment."""
    found = of_book(book).filter(counted_on__gte=since)
    return (found if before is None else found.filter(recorded_at__lte=before)).first()
