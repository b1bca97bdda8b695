"""What one book has open, agreement by agreement: how much of what, worth how much, since when, until when."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from ledger.models import Book, Claim
from reports.queries import journal


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """A claim as it stood: minor units of its unit, and of what it keeps its value in; above zero."""

    claim: Claim
    is_owed_to_us: bool
    amount: int
    quantity: int
    #: Whether it was due before the last day that is told.
    is_overdue: bool

    @property
    def counterparty(self) -> str:
        """Who is on the other side."""
        return (self.claim.debtor if self.is_owed_to_us else self.claim.creditor).organization.name

    @property
    def counterparty_code(self) -> str:
        """Their short name."""
        return (self.claim.debtor if self.is_owed_to_us else self.claim.creditor).organization.code

    @property
    def is_in_goods(self) -> bool:
        """Whether it keeps its value in something other than the money that it is written in."""
        return self.claim.peg.unit_id != self.claim.unit_id


def open_items(*, book: Book, ends_on: dt.date, until: journal.Cutoff) -> tuple[OpenItem, ...]:
    """Return what was open at the end of a day, up to a cut-off: what is owed in goods or hours first, by what it is.

    Summed from the entries, once a report: what is kept is of today.
    """
    of_peg = Q(measure=F("claim__peg"))
    rows = (
        journal.postings(book=book, ends_on=ends_on, until=until)
        .filter(claim__isnull=False)
        .values("claim")
        .annotate(all=Sum("amount"), many=Coalesce(Sum("quantity", filter=of_peg), 0))
    )
    sums = {row["claim"]: (int(row["all"]), int(row["many"])) for row in rows if row["all"] or row["many"]}
    claims = Claim.objects.filter(pk__in=sums).select_related(
        "creditor__organization", "debtor__organization", "unit", "peg__unit"
    )
    found = []
    for claim in claims:
        sign = 1 if claim.creditor_id == book.pk else -1
        amount, quantity = sums[claim.pk]
        found.append(
            OpenItem(
                claim=claim,
                is_owed_to_us=sign > 0,
                amount=sign * amount,
                quantity=sign * quantity,
                is_overdue=claim.due_on is not None and claim.due_on < ends_on,
            )
        )
    return tuple(sorted(found, key=_order))


def _order(item: OpenItem) -> tuple[object, ...]:
    claim = item.claim
    due = claim.due_on or dt.date.max
    return not item.is_in_goods, str(claim.peg), not item.is_owed_to_us, due, claim.opened_on, claim.pk
