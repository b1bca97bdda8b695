"""Close periods of a book: months, and fiscal years with the entry that carries their result to equity."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.actions import accounts, journal, refusals
from ledger.actions.facts import Fact, Line
from ledger.actions.refusals import AnotherYearIsNext, ClosingIsInTheFuture, ClosingNeedsAMandate, ClosingWouldGoBack
from ledger.core import fiscal
from ledger.models.accounts import Book
from ledger.models.journal import Event
from ledger.models.units import Unit
from ledger.models.years import Closing, YearBalance, YearClosing
from ledger.queries import years
from network import permissions
from network.actions import second_factor
from network.errors import DomainError
from network.models.people import User

SURPLUS = "3901"
#: The key of a year's closing entry follows from book and year: to close it twice at once makes one entry.
_KEYS = uuid.UUID("6f3f2b0c-9a54-5b57-8a0e-5d3c1f1f7a11")


class YearHasNotEnded(DomainError):
    """A year is closed once it is over."""

    message = _("The year ends on %(day)s. Close it after that day.")


class ResolutionIsMissing(DomainError):
    """The assembly approves the year's accounts (Ley 20.337, art. 41 and 58)."""

    message = _("Write the number of the resolution or minutes by which the assembly approved the year.")


@transaction.atomic
def close_period(*, book: Book, through: dt.date, on: dt.date, by: User | None) -> Closing:
    """Close a book up to and including a day: from now on it takes entries of later days only.

    :raises SecondFactorIsMissing: if the organization asks its officers for a second factor, and they have none.
    :raises ClosingNeedsAMandate: if the person cannot bind the organization today.
    :raises ClosingIsInTheFuture: if that day has not passed.
    :raises ClosingWouldGoBack: if the book is already closed that far.
    """
    _require_mandate(book, on=on, by=by)
    if through >= on:
        raise ClosingIsInTheFuture(day=through)
    last = years.closed_through(book=book)
    if last is not None and last >= through:
        raise ClosingWouldGoBack(day=last)
    return _close(book, through, by=by)


def close_through(*, book: Book, through: dt.date, by: User) -> None:
    """Close a book up to and including a day that has passed, if it is not; the caller asks whether the person may."""
    last = years.closed_through(book=book)
    if last is None or last < through:
        _close(book, through, by=by)


def _close(book: Book, through: dt.date, *, by: User | None) -> Closing:
    return Closing.objects.create(book=book, through=through, recorded_at=timezone.now(), recorded_by=by)


@transaction.atomic
def close_years(*, book: Book, through_year: int, resolution: str, on: dt.date, by: User | None) -> list[YearClosing]:
    """Close every year up to and including one, in their order, and return them: networks close several at once.

    :raises AnotherYearIsNext: if that year is closed already, or lies before the first one.
    """
    following = years.next_to_close(book=book)
    if through_year < following:
        raise AnotherYearIsNext(year=following)
    return [
        close_year(book=book, year=year, resolution=resolution, on=on, by=by)
        for year in range(following, through_year + 1)
    ]


@transaction.atomic
def close_year(*, book: Book, year: int, resolution: str, on: dt.date, by: User | None) -> YearClosing:
    """Close a fiscal year: carry its result to equity, lock its days, and keep the balances the next one opens with.

    The entry (asiento de refundición) stands under the year's last day where the journal still takes that day; else
    under today, marked late: the order of a journal is never altered (CCyC art. 324). It belongs to the year that it
    closes all the same.

    :raises SecondFactorIsMissing: if the organization asks its officers for a second factor, and they have none.
    :raises ClosingNeedsAMandate: if the person cannot bind the organization today.
    :raises ResolutionIsMissing: if no resolution is named.
    :raises YearHasNotEnded: if the year is not over.
    :raises AnotherYearIsNext: if another year is to be closed first, or this one is closed.
    """
    _require_mandate(book, on=on, by=by)
    if not resolution.strip():
        raise ResolutionIsMissing
    ends_on = fiscal.last_day(year, starts_month=book.year_starts_month)
    if ends_on >= on:
        raise YearHasNotEnded(day=ends_on)
    if (following := years.next_to_close(book=book)) != year:
        raise AnotherYearIsNext(year=following)
    event = _carry_over(book, year, ends_on, resolution=resolution.strip()[:80], on=on, by=by)
    if (last := years.closed_through(book=book)) is None or last < ends_on:
        close_period(book=book, through=ends_on, on=on, by=by)
    with refusals.from_database():
        closing = YearClosing.objects.create(
            book=book,
            year=year,
            starts_on=fiscal.first_day(year, starts_month=book.year_starts_month),
            ends_on=ends_on,
            event=event,
            resolution=resolution.strip()[:80],
            recorded_at=timezone.now(),
            recorded_by=by,
        )
    YearBalance.objects.bulk_create(
        [
            YearBalance(closing=closing, account_id=account, amount=held.amount, quantity=held.quantity)
            for account, held in sorted(years.at_end(book=book, ends_on=ends_on).items())
            if held.amount or held.quantity
        ]
    )
    return closing


def _carry_over(
    book: Book, year: int, ends_on: dt.date, *, resolution: str, on: dt.date, by: User | None
) -> Event | None:
    """Post what brings every income and expense account of the year to zero, against the surplus, unit by unit."""
    left = years.result(book=book, ends_on=ends_on)
    if not left:
        return None
    lines = [Line(account=account, amount=-amount) for account, amount in left]
    sums: dict[Unit, int] = {}
    for account, amount in left:
        sums[account.unit] = sums.get(account.unit, 0) + amount
    lines += [
        Line(account=accounts.account(book=book, number=SURPLUS, unit=unit), amount=amount)
        for unit, amount in sums.items()
        if amount
    ]
    return journal.post(
        key=uuid.uuid5(_KEYS, f"{book.pk} {year}"),
        fact=Fact(
            kind=years.KIND,
            happened_on=ends_on,
            memo=gettext("Result of the year %(year)s carried to equity") % {"year": year},
            resolution=resolution,
        ),
        lines=lines,
        on=on,
        by=by,
    )


def _require_mandate(book: Book, *, on: dt.date, by: User | None) -> None:
    if by is not None and not permissions.can_confirm(by, book.organization, on=on):
        second_factor.require(by=by, organization=book.organization, on=on)
        raise ClosingNeedsAMandate(organization=book.organization.name)
