"""The figures of a trial balance (sumas y saldos): every account of a book over a period."""

import datetime as dt
from dataclasses import dataclass

from ledger.models import Book
from reports.queries import moved
from reports.queries.moved import Moved, Sums
from reports.queries.told import Told, told


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalance(Told):
    """The accounts that hold or held anything, in the order of the chart."""

    rows: tuple[Moved, ...] = ()

    @property
    def tables(self) -> list[tuple[Sums, list[Moved]]]:
        """The accounts of each unit with their totals, one's own money first."""
        return [
            (total, [row for row in self.rows if row.account.unit_id == total.unit.pk])
            for total in moved.sums(self.rows, first=self.book.unit)
        ]


def trial_balance(*, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int) -> TrialBalance:
    """Return the book's trial balance, told up to an event."""
    base = told(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event)
    rows: tuple[Moved, ...] = ()
    if base.cutoff is not None:
        rows = moved.moved(book=book, starts_on=starts_on, ends_on=ends_on, until=base.cutoff)
    return TrialBalance(book=book, starts_on=starts_on, ends_on=ends_on, cutoff=base.cutoff, head=base.head, rows=rows)
