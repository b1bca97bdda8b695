"""The figures of a statement: what one book shows for a period, as it stood at a cut-off."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from ledger.models import Book
from reports.queries import debts, flows, journal
from reports.queries.debts import Debt
from reports.queries.flows import Flow
from reports.queries.journal import JournalEntry, Total
from reports.queries.told import Told, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Told):
    """What the book is owed and owes, who gave and received, and its journal."""

    debts: tuple[Debt, ...] = ()
    entries: tuple[JournalEntry, ...] = ()
    flows: tuple[Flow, ...] = ()

    @property
    def line_count(self) -> int:
        """How many lines its entries have."""
        return sum(len(entry.lines) for entry in self.entries)

    @property
    def owed_to_us(self) -> tuple[Debt, ...]:
        """The debts whose creditor is this book."""
        return tuple(debt for debt in self.debts if debt.is_owed_to_us)

    @property
    def owed_by_us(self) -> tuple[Debt, ...]:
        """The debts whose debtor is this book."""
        return tuple(debt for debt in self.debts if not debt.is_owed_to_us)

    @property
    def totals(self) -> tuple[Total, ...]:
        """Debits and credits of the whole period, by unit."""
        return journal.totals(self.entries)

    @property
    def months(self) -> tuple[tuple[dt.date, tuple[Total, ...]], ...]:
        """The same by month (its first day), for the months that have entries."""
        by_month: defaultdict[dt.date, list[JournalEntry]] = defaultdict(list)
        for entry in self.entries:
            by_month[entry.booked_on.replace(day=1)].append(entry)
        return tuple((month, journal.totals(entries)) for month, entries in sorted(by_month.items()))


def statement(*, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int) -> Statement:
    """Return the book's statement, told up to an event: whatever is written later does not change it."""
    base = told(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event)
    if (until := base.cutoff) is None:
        return Statement(book=book, starts_on=starts_on, ends_on=ends_on, cutoff=None)
    return Statement(
        book=book,
        starts_on=starts_on,
        ends_on=ends_on,
        cutoff=until,
        debts=debts.debts(book=book, starts_on=starts_on, ends_on=ends_on, until=until),
        entries=journal.entries(book=book, starts_on=starts_on, ends_on=ends_on, until=until),
        flows=flows.flows(book=book, starts_on=starts_on, ends_on=ends_on, until=until),
        head=base.head,
    )
