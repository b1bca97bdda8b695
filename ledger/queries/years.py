"""Fiscal years of a book: which are closed, what a year has left, and with what balances the next one opens."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Q, Sum

from ledger.core import fiscal
from ledger.core.chart import Nature
from ledger.models.accounts import Account, Book
from ledger.models.journal import Entry, Posting
from ledger.models.years import Closing, YearBalance, YearClosing
from ledger.queries import balances
from ledger.queries.balances import Held

#: What an event that carries the result of a year to equity is called.
KIND = "year_closing"
RESULT = (Nature.INCOME, Nature.EXPENSE)


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year of a book: the days it has, and how far it is."""

    year: int
    starts_on: dt.date
    ends_on: dt.date
    closing: YearClosing | None
    has_ended: bool
    #: The one that is to be closed next.
    is_next: bool


def closed_through(*, book: Book) -> dt.date | None:
    """Return the last day of the book that takes no more entries."""
    through: dt.date | None = Closing.objects.filter(book=book).aggregate(last=Max("through"))["last"]
    return through


def next_to_close(*, book: Book) -> int:
    """Return the fiscal year that is to be closed next: after the last closed one, or that of the first entry."""
    last = YearClosing.objects.filter(book=book).aggregate(year=Max("year"))["year"]
    if last is not None:
        return int(last) + 1
    first = Entry.objects.filter(book=book).order_by("year", "number").values_list("year", flat=True).first()
    return first if first is not None else fiscal.year_of(book.opened_on, starts_month=book.year_starts_month)


def years(*, book: Book, on: dt.date) -> list[Year]:
    """Return the fiscal years of a book until today, the newest first."""
    month = book.year_starts_month
    closings = {closing.year: closing for closing in YearClosing.objects.filter(book=book).select_related("event")}
    following = next_to_close(book=book)
    first = min([*closings, following])
    return [
        Year(
            year=year,
            starts_on=fiscal.first_day(year, starts_month=month),
            ends_on=fiscal.last_day(year, starts_month=month),
            closing=closings.get(year),
            has_ended=fiscal.last_day(year, starts_month=month) < on,
            is_next=year == following,
        )
        for year in range(max(fiscal.year_of(on, starts_month=month), first), first - 1, -1)
    ]


def at_end(*, book: Book, ends_on: dt.date) -> dict[int, Held]:
    """Return account → what it held when a fiscal year ended, the results of that year and earlier ones carried over.

    A closing entry belongs to the year that it closes, whenever it was booked: one that came later is added here.
    """
    held = balances.held(book=book, day=ends_on)
    late = (
        Posting.objects.filter(
            account__book=book, event__kind=KIND, event__happened_on__lte=ends_on, event__booked_on__gt=ends_on
        )
        .values("account")
        .annotate(moved=Sum("amount"))
    )
    for row in late:
        before = held.get(row["account"], Held(0, 0))
        held[row["account"]] = Held(before.amount + row["moved"], before.quantity)
    return held


def result(*, book: Book, ends_on: dt.date) -> list[tuple[Account, int]]:
    """Return the income and expense accounts with what the year that ends then has left on them.

    All earlier years have to be closed: what they left was carried to equity.
    """
    held = at_end(book=book, ends_on=ends_on)
    accounts = Account.objects.filter(book=book, nature__in=RESULT, pk__in=held).select_related("unit")
    return [
        (account, held[account.pk].amount)
        for account in accounts.order_by("number", "unit")
        if held[account.pk].amount != 0
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """An account that does not open with what the year before it closed with and has moved since."""

    closing: YearClosing
    account: int
    expected: int
    found: int


def differences(*, closing: YearClosing) -> Iterator[Difference]:
    """Compare a closed year with the one before it: opening + what was posted = closing, account by account.

    It adds up the lines of that year: for verification, not for a page.
    """
    before = YearClosing.objects.filter(book=closing.book_id, year=closing.year - 1).first()
    expected: dict[int, int] = {}
    if before is not None:
        expected = dict(YearBalance.objects.filter(closing=before).values_list("account", "amount"))
    of_the_year = ~Q(event__kind=KIND) & Q(event__booked_on__lte=closing.ends_on)
    if before is not None:
        of_the_year &= Q(event__booked_on__gt=before.ends_on)
    moved = Posting.objects.filter(of_the_year | Q(event=closing.event_id), account__book=closing.book_id)
    for row in moved.values("account").annotate(sum=Sum("amount")):
        expected[row["account"]] = expected.get(row["account"], 0) + row["sum"]
    found = dict(YearBalance.objects.filter(closing=closing).values_list("account", "amount"))
    natures = dict(Account.objects.filter(pk__in={*expected, *found}).values_list("pk", "nature"))
    for account in sorted({*expected, *found}):
        should_be = 0 if natures.get(account) in RESULT else expected.get(account, 0)
        if found.get(account, 0) != should_be or expected.get(account, 0) != should_be:
            yield Difference(closing, account, expected.get(account, 0), found.get(account, 0))
