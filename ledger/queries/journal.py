"""Read the journal and the accounts of one book."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from ledger.models.accounts import Account, Book
from ledger.models.journal import Entry, Posting
from ledger.models.units import Unit


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


def trial_balance(*, book: Book) -> QuerySet[Account]:
    """Return the accounts that were ever moved, with their kept balances: sumas y saldos is a look-up."""
    return (
        Account.objects.filter(book=book, balance__postings__gt=0)
        .select_related("balance", "unit", "counterparty__organization", "peg__unit")
        .order_by("number", "counterparty__organization__name", "pk")
    )


def of_account(*, account: Account) -> QuerySet[Posting]:
    """Return the lines of one account, newest first."""
    return (
        Posting.objects.filter(account=account)
        .select_related("event", "measure__unit", "account__unit")
        .order_by("-event", "-line")
    )


@dataclass(frozen=True, slots=True)
class Total:
    """Debit and credit balances of a book in one unit: equal, or the books are wrong."""

    unit: Unit
    debit: int
    credit: int


def totals(*, book: Book) -> list[Total]:
    """Return the totals of the trial balance by unit, from the kept balances."""
    rows = (
        Account.objects.filter(book=book)
        .exclude(balance__amount=0)
        .values("unit")
        .annotate(
            debit=Sum("balance__amount", filter=Q(balance__amount__gt=0), default=0),
            credit=Sum("balance__amount", filter=Q(balance__amount__lt=0), default=0),
        )
        .order_by("unit")
    )
    units = {unit.pk: unit for unit in Unit.objects.all()}
    return [Total(units[row["unit"]], row["debit"], -row["credit"]) for row in rows]
