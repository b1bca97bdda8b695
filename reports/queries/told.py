"""What every report of a book says first: which book, which days, told up to which entry, under which seal."""

import datetime as dt
from dataclasses import dataclass

from ledger.models import Book
from reports.queries import head, journal
from reports.queries.head import Head
from reports.queries.journal import Cutoff


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One book from a day to another, both included."""

    book: Book
    starts_on: dt.date
    ends_on: dt.date
    #: None where the book had no entry yet.
    cutoff: Cutoff | None
    #: None where the last entry is not sealed yet.
    head: Head | None = None
    #: The identifier of the paper of the same kind and period that told less of it, if there is one.
    replaces: str = ""

    @property
    def made_at(self) -> dt.datetime:
        """The moment that the paper is dated: that of the last entry it tells of, never that of the printing."""
        if self.cutoff is not None:
            return self.cutoff.recorded_at.astimezone(dt.UTC).replace(microsecond=0)
        return dt.datetime.combine(self.ends_on, dt.time(), tzinfo=dt.UTC)


def told(*, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int) -> Told:
    """Return where the book stood at an event: whatever is written later does not change it."""
    until = journal.cutoff(book=book, event=cutoff_event)
    sealed = head.covering(event=cutoff_event) if until is not None else None
    return Told(book=book, starts_on=starts_on, ends_on=ends_on, cutoff=until, head=sealed)
