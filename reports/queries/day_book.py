"""The figures of a journal on paper (libro diario): its entries by fiscal year, with what is carried forward."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, Sum

from ledger.core import fiscal
from ledger.models import Book
from reports.queries import journal
from reports.queries.journal import Cutoff, JournalEntry, JournalLine, Number, Total
from reports.queries.told import Told, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Debits and credits of the fiscal year so far, in the book's own money: what is carried forward (transporte)."""

    debit: int
    credit: int

    def plus(self, line: JournalLine, *, unit: int) -> "Carried":
        """Return it with a line more; lines in other units are not carried."""
        if line.account.unit_id != unit:
            return self
        return Carried(debit=self.debit + line.debit, credit=self.credit + line.credit)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedLine:
    """A line, and what was carried before and after it."""

    line: JournalLine
    before: Carried
    after: Carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The entries of one fiscal year, numbered from one without gap, and what stands before the first of them."""

    year: int
    brought: Carried
    entries: tuple[JournalEntry, ...]
    unit: int

    @property
    def carried(self) -> list[tuple[JournalEntry, list[CarriedLine]]]:
        """Each line of each entry, with what is carried before and after it."""
        so_far, found = self.brought, []
        for entry in self.entries:
            lines = []
            for line in entry.lines:
                after = so_far.plus(line, unit=self.unit)
                lines.append(CarriedLine(line=line, before=so_far, after=after))
                so_far = after
            found.append((entry, lines))
        return found

    @property
    def closing(self) -> Carried:
        """The sums after the last entry."""
        return self.months[-1][-1]

    @property
    def months(self) -> list[tuple[dt.date, int, Carried, Carried]]:
        """By month (its first day): how many entries, what they come to, and the sums up to its end."""
        found, so_far = [], self.brought
        for month, entries in groupby(self.entries, key=lambda entry: entry.booked_on.replace(day=1)):
            own, count = Carried(debit=0, credit=0), 0
            for entry in entries:
                count += 1
                for line in entry.lines:
                    own = own.plus(line, unit=self.unit)
            so_far = Carried(debit=so_far.debit + own.debit, credit=so_far.credit + own.credit)
            found.append((month, count, own, so_far))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBook(Told):
    """The entries of a period in the order of their numbers."""

    years: tuple[Year, ...] = ()

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """All of them."""
        return tuple(entry for year in self.years for entry in year.entries)

    @property
    def last(self) -> Number:
        """The number of the last of them."""
        return self.entries[-1].number

    @property
    def line_count(self) -> int:
        """How many lines its entries have."""
        return sum(len(entry.lines) for entry in self.entries)

    @property
    def totals(self) -> tuple[Total, ...]:
        """Debits and credits of the whole period, by unit."""
        return journal.totals(self.entries)


def day_book(*, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int) -> DayBook:
    """Return the book's journal of a period, told up to an event."""
    base = told(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event)
    years: tuple[Year, ...] = ()
    if base.cutoff is not None:
        found = journal.entries(book=book, starts_on=starts_on, ends_on=ends_on, until=base.cutoff)
        years = tuple(_years(book, starts_on, base.cutoff, found))
    return DayBook(book=book, starts_on=starts_on, ends_on=ends_on, cutoff=base.cutoff, head=base.head, years=years)


def _years(book: Book, starts_on: dt.date, until: Cutoff, found: tuple[JournalEntry, ...]) -> Iterator[Year]:
    for year, entries in groupby(found, key=lambda entry: entry.number.year):
        first = fiscal.first_day(year, starts_month=book.year_starts_month)
        brought = Carried(debit=0, credit=0)
        if first < starts_on:
            brought = _before(book, first, starts_on - dt.timedelta(days=1), until)
        yield Year(year=year, brought=brought, entries=tuple(entries), unit=book.unit_id)


def _before(book: Book, first: dt.date, last: dt.date, until: Cutoff) -> Carried:
    """Return what the entries from a day to another come to: at most a year's, by a worker."""
    row = (
        journal.postings(book=book, ends_on=last, until=until)
        .filter(event__booked_on__gte=first, account__unit=book.unit)
        .aggregate(
            debit=Sum("amount", filter=Q(amount__gt=0), default=0),
            credit=Sum("amount", filter=Q(amount__lt=0), default=0),
        )
    )
    return Carried(debit=int(row["debit"]), credit=-int(row["credit"]))
