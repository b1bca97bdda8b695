"""Who gives to a cooperative and who receives from it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from ledger.models import Book, Entry
from reports.queries import journal

BARTER_SALES = "4103"
INPUTS = "1301"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What was given to a counterparty and received from it by barter, in minor units of the book's money.

    What was reversed is subtracted, so that a period in which more came back than went out is below zero.
    """

    counterparty: str
    counterparty_code: str
    given: int
    received: int

    @property
    def difference(self) -> int:
        """How much more was received than given."""
        return self.received - self.given


def flows(*, book: Book, starts_on: dt.date, ends_on: dt.date, until: journal.Cutoff) -> tuple[Flow, ...]:
    """Return the period's barters by counterparty, the largest first: goods at the agreed value, without VAT.

    The counterparty is whoever else's book the event touches; a barter has two parties.
    """
    of_barter = Q(event__kind__startswith="barter") | Q(event__reverses__kind__startswith="barter")
    # One call of filter(): its conditions speak of the same entry and the same posting of this book.
    rows = (
        Entry.objects.exclude(book=book)
        .filter(
            of_barter,
            journal.told_until(until, path="event__entries__"),
            event__entries__book=book,
            event__entries__booked_on__gte=starts_on,
            event__entries__booked_on__lte=ends_on,
            event__postings__account__book=book,
            event__postings__account__unit=book.unit,
            event__postings__account__number__in=[BARTER_SALES, INPUTS],
        )
        .values("book__organization__name", "book__organization__code")
        .annotate(
            sold=Coalesce(Sum("event__postings__amount", filter=Q(event__postings__account__number=BARTER_SALES)), 0),
            bought=Coalesce(Sum("event__postings__amount", filter=Q(event__postings__account__number=INPUTS)), 0),
        )
    )
    found = [
        Flow(
            counterparty=row["book__organization__name"],
            counterparty_code=row["book__organization__code"],
            given=-int(row["sold"]),
            received=int(row["bought"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda flow: (-abs(flow.given) - abs(flow.received), flow.counterparty_code)))
