"""The figures of a ledger (libro mayor): each account of a book with its lines in a period and its running balance."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ledger.models import Book
from reports.queries import journal, moved
from reports.queries.journal import JournalEntry, JournalLine
from reports.queries.moved import Moved, Sums
from reports.queries.told import Told, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line of an account, and what the account holds after it."""

    entry: JournalEntry
    line: JournalLine
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What moved in an account in a month (its first day), and what it held at the end of that."""

    month: dt.date
    lines: int
    debit: int
    credit: int
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An account, and its lines in the order of the journal."""

    moved: Moved
    lines: tuple[Written, ...]

    @property
    def months(self) -> Iterator[Month]:
        """The same by month, for the months in which it moved."""
        by_month: defaultdict[dt.date, list[Written]] = defaultdict(list)
        for each in self.lines:
            by_month[each.entry.booked_on.replace(day=1)].append(each)
        for month, lines in sorted(by_month.items()):
            yield Month(
                month=month,
                lines=len(lines),
                debit=sum(each.line.debit for each in lines),
                credit=sum(each.line.credit for each in lines),
                balance=lines[-1].balance,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralLedger(Told):
    """The accounts that hold or held anything, in the order of the chart, each with its lines."""

    pages: tuple[Page, ...] = ()

    @property
    def line_count(self) -> int:
        """How many lines its accounts have."""
        return sum(len(page.lines) for page in self.pages)

    @property
    def sums(self) -> tuple[Sums, ...]:
        """The totals of all accounts, by unit."""
        return moved.sums((page.moved for page in self.pages), first=self.book.unit)


def general_ledger(*, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int) -> GeneralLedger:
    """Return the book's ledger, told up to an event."""
    base = told(book=book, starts_on=starts_on, ends_on=ends_on, cutoff_event=cutoff_event)
    pages: tuple[Page, ...] = ()
    if base.cutoff is not None:
        until = base.cutoff
        found = journal.entries(book=book, starts_on=starts_on, ends_on=ends_on, until=until)
        lines: defaultdict[int, list[tuple[JournalEntry, JournalLine]]] = defaultdict(list)
        for entry in found:
            for line in entry.lines:
                lines[line.account.pk].append((entry, line))
        pages = tuple(
            Page(moved=each, lines=tuple(_running(each.opening, lines[each.account.pk])))
            for each in moved.moved(book=book, starts_on=starts_on, ends_on=ends_on, until=until)
        )
    return GeneralLedger(
        book=book, starts_on=starts_on, ends_on=ends_on, cutoff=base.cutoff, head=base.head, pages=pages
    )


def _running(opening: int, lines: list[tuple[JournalEntry, JournalLine]]) -> Iterator[Written]:
    balance = opening
    for entry, line in lines:
        balance += line.amount
        yield Written(entry=entry, line=line, balance=balance)
