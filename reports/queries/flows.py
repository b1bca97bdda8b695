"""Who gives to a cooperative and who receives from it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from ledger.models import Book, Posting
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

    The counterparty is whose debt the event makes or settles: a barter has two parties.
    """
    of_barter = Q(event__kind__startswith="barter") | Q(event__reverses__kind__startswith="barter")
    own = Posting.objects.filter(account__book=book)
    debts = own.filter(event=OuterRef("event"), account__counterparty__isnull=False)
    # One call of filter(): its conditions speak of the same entry.
    rows = (
        own.filter(
            of_barter,
            journal.told_until(until, path="event__entries__"),
            event__entries__book=book,
            event__entries__booked_on__gte=starts_on,
            event__entries__booked_on__lte=ends_on,
            account__unit=book.unit,
            account__number__in=[BARTER_SALES, INPUTS],
        )
        .annotate(with_whom=Subquery(debts.values("account__counterparty")[:1]))
        .values("with_whom")
        .annotate(
            sold=Coalesce(Sum("amount", filter=Q(account__number=BARTER_SALES)), 0),
            bought=Coalesce(Sum("amount", filter=Q(account__number=INPUTS)), 0),
        )
    )
    totals = {row["with_whom"]: row for row in rows if row["with_whom"] is not None}
    others = Book.objects.filter(pk__in=totals).select_related("organization")
    found = [
        Flow(
            counterparty=other.organization.name,
            counterparty_code=other.organization.code,
            given=-int(totals[other.pk]["sold"]),
            received=int(totals[other.pk]["bought"]),
        )
        for other in others
    ]
    return tuple(sorted(found, key=lambda flow: (-abs(flow.given) - abs(flow.received), flow.counterparty_code)))
