"""Read the journal and the accounts of one book."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from ledger.models.accounts import Account, Book
from ledger.models.journal import Entry, Posting


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """One entry with its lines, debits first."""

    entry: Entry
    postings: list[Posting]


def entries(*, book: Book, starts_on: dt.date | None = None, ends_on: dt.date | None = None) -> QuerySet[Entry]:
    """Return the entries of a book, newest first, of the days from `starts_on` to `ends_on` (both included)."""
    found = Entry.objects.filter(book=book).select_related("event__recorded_by", "event__confirmed_by", "book")
    if starts_on is not None:
        found = found.filter(booked_on__gte=starts_on)
    if ends_on is not None:
        found = found.filter(booked_on__lte=ends_on)
    return found.order_by("-year", "-number")


def written(found: Sequence[Entry], *, book: Book) -> list[WrittenEntry]:
    """Return entries with their lines in that book, in one more query."""
    postings = (
        Posting.objects.filter(event__in=[entry.event_id for entry in found], account__book=book)
        .select_related("account__counterparty__organization", "account__unit", "account__peg__unit", "measure__unit")
        .order_by("line")
    )
    by_event: defaultdict[int, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_event[posting.event_id].append(posting)
    return [
        WrittenEntry(entry, sorted(by_event[entry.event_id], key=lambda posting: posting.amount < 0)) for entry in found
    ]


def of_account(*, account: Account) -> QuerySet[Posting]:
    """Return the lines of one account, newest first."""
    return (
        Posting.objects.filter(account=account)
        .select_related("event", "measure__unit", "account__unit")
        .order_by("-event", "-line")
    )
