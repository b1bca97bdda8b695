"""What is exported: one book or all, from a day to a day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ledger.models.accounts import Book
from ledger.models.journal import Entry
from network.errors import DomainError


class NobodyKeepsThatBook(DomainError):
    """A book is named by the code of its organization."""

    message = _("No organization with the code %(code)s keeps a book.")


class PeriodEndsBeforeItBegins(DomainError):
    """From a day to the same day or a later one."""

    message = _("The period ends before it begins: %(starts_on)s to %(ends_on)s.")


@dataclass(frozen=True, slots=True)
class Scope:
    """What is exported: one book or all (None), from a day to a day, both included, or without bounds (None)."""

    book: Book | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it leaves nothing out."""
        return self.book is None and self.starts_on is None and self.ends_on is None

    @property
    def day_before(self) -> dt.date | None:
        """The day at whose end it opens, if there can be anything before it."""
        if self.starts_on is None or self.starts_on == dt.date.min:
            return None
        return self.starts_on - dt.timedelta(days=1)


def scope(*, code: str | None, starts_on: dt.date | None = None, ends_on: dt.date | None = None) -> Scope:
    """Return what is to be exported: the book of an organization, or all books where no code is given.

    :raises NobodyKeepsThatBook: if no organization with that code has a book.
    :raises PeriodEndsBeforeItBegins: if the last day is earlier than the first.
    """
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise PeriodEndsBeforeItBegins(starts_on=starts_on, ends_on=ends_on)
    if code is None:
        return Scope(None, starts_on, ends_on)
    book = Book.objects.select_related("organization").filter(organization__code=code).first()
    if book is None:
        raise NobodyKeepsThatBook(code=code)
    return Scope(book, starts_on, ends_on)


def written(scope: Scope) -> QuerySet[Entry]:
    """Return the entries of a scope, day by day; those of one day as they were written."""
    found = Entry.objects.all()
    if scope.starts_on is not None:
        found = found.filter(booked_on__gte=scope.starts_on)
    if scope.ends_on is not None:
        found = found.filter(booked_on__lte=scope.ends_on)
    if scope.book is not None:
        return found.filter(book=scope.book).order_by("booked_on", "number")
    return found.order_by("booked_on", "event", "book")


def last_day(scope: Scope) -> dt.date | None:
    """Return the day of the last entry of a scope."""
    return written(scope).reverse().values_list("booked_on", flat=True).first()
