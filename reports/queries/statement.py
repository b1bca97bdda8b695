"""The figures of a statement: what one book shows for a period, as it stood at a cut-off."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from ledger.models import Book
from ledger.queries.credit import POSITION
from reports.queries import debts, flows, journal, moved, open_items
from reports.queries.debts import Debt
from reports.queries.flows import Exchanged, InKind, Partner
from reports.queries.journal import JournalEntry, Total
from reports.queries.moved import Moved
from reports.queries.open_items import OpenItem
from reports.queries.told import Told, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Told):
    """What the book is owed and owes, who gave and received in what, what is open, and its journal."""

    debts: tuple[Debt, ...] = ()
    entries: tuple[JournalEntry, ...] = ()
    exchanged: tuple[Exchanged, ...] = ()
    open_items: tuple[OpenItem, ...] = ()
    #: Where it, and its members together, stand in network credit: no debt of the network's.
    positions: tuple[Moved, ...] = ()

    @property
    def flows(self) -> tuple[Partner, ...]:
        """What passed in the book's money, by counterparty."""
        return flows.by_partner(self.exchanged, unit=self.book.unit)

    @property
    def kinds(self) -> tuple[InKind, ...]:
        """What passed, by kind of exchange and unit."""
        return flows.by_kind(self.exchanged, first=self.book.unit)

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
        exchanged=flows.exchanged(book=book, starts_on=starts_on, ends_on=ends_on, until=until),
        open_items=open_items.open_items(book=book, ends_on=ends_on, until=until),
        positions=moved.moved(
            book=book,
            starts_on=starts_on,
            ends_on=ends_on,
            until=until,
            only=Q(account__number=POSITION, account__unit__issuer__isnull=False),
        ),
        head=base.head,
    )
