"""What each account of one book held when a period began, what moved in it, and what it held when it ended."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from ledger.models import Account, Book, Posting, Unit
from reports.queries import journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An account over a period: minor units of its unit, debit above zero; quantities in its peg's minor units."""

    account: Account
    opening: int
    debit: int
    credit: int
    opening_quantity: int
    closing_quantity: int

    @property
    def closing(self) -> int:
        """What it holds at the end."""
        return self.opening + self.debit - self.credit

    @property
    def closing_debit(self) -> int:
        """The closing balance where it is a debit, else zero."""
        return max(self.closing, 0)

    @property
    def closing_credit(self) -> int:
        """The closing balance where it is a credit, else zero."""
        return max(-self.closing, 0)

    @property
    def is_in_goods(self) -> bool:
        """Whether it keeps its value in something other than the unit that it is written in."""
        peg = self.account.peg
        return peg is not None and peg.unit_id != self.account.unit_id

    @property
    def is_anything(self) -> bool:
        """Whether there is anything to say of it."""
        return any((self.opening, self.debit, self.credit, self.opening_quantity, self.closing_quantity))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The totals of all accounts in one unit; of each pair the two are equal, or something is wrong."""

    unit: Unit
    opening_debit: int
    opening_credit: int
    debit: int
    credit: int
    closing_debit: int
    closing_credit: int


def moved(
    *, book: Book, starts_on: dt.date, ends_on: dt.date, until: journal.Cutoff, only: Q | None = None
) -> tuple[Moved, ...]:
    """Sum accounts from their beginning: by a worker, once a report, from the entries themselves.

    The kept balances are of today; a report of a past period must not depend on them. In the order of the chart;
    `only` is a condition on postings.
    """
    before = Q(event__booked_on__lt=starts_on)
    of_peg = Q(measure=F("account__peg"))
    postings: QuerySet[Posting] = journal.postings(book=book, ends_on=ends_on, until=until)
    if only is not None:
        postings = postings.filter(only)
    sums = {
        row["account"]: row
        for row in postings.values("account").annotate(
            opening=Coalesce(Sum("amount", filter=before), 0),
            debits=Coalesce(Sum("amount", filter=~before & Q(amount__gt=0)), 0),
            credits=Coalesce(Sum("amount", filter=~before & Q(amount__lt=0)), 0),
            opening_quantity=Coalesce(Sum("quantity", filter=before & of_peg), 0),
            closing_quantity=Coalesce(Sum("quantity", filter=of_peg), 0),
        )
    }
    accounts = Account.objects.filter(pk__in=sums).select_related("counterparty__organization", "unit", "peg__unit")
    found = [
        # PostgreSQL sums big integers to decimals.
        Moved(
            account=account,
            opening=int(sums[account.pk]["opening"]),
            debit=int(sums[account.pk]["debits"]),
            credit=-int(sums[account.pk]["credits"]),
            opening_quantity=int(sums[account.pk]["opening_quantity"]),
            closing_quantity=int(sums[account.pk]["closing_quantity"]),
        )
        for account in accounts.order_by("number", "unit__code", "counterparty__organization__name", "pk")
    ]
    return tuple(each for each in found if each.is_anything)


def sums(rows: Iterable[Moved], *, first: Unit) -> tuple[Sums, ...]:
    """Return the totals by unit, one's own money first."""
    by_unit: dict[int, list[Moved]] = {}
    for row in rows:
        by_unit.setdefault(row.account.unit_id, []).append(row)
    found = [
        Sums(
            unit=of[0].account.unit,
            opening_debit=sum(max(row.opening, 0) for row in of),
            opening_credit=sum(max(-row.opening, 0) for row in of),
            debit=sum(row.debit for row in of),
            credit=sum(row.credit for row in of),
            closing_debit=sum(row.closing_debit for row in of),
            closing_credit=sum(row.closing_credit for row in of),
        )
        for of in by_unit.values()
    ]
    return tuple(sorted(found, key=lambda total: (total.unit.pk != first.pk, total.unit.code)))
