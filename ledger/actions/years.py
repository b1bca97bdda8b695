"""Close periods of a book."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ledger.actions.refusals import ClosingIsInTheFuture, ClosingNeedsAMandate, ClosingWouldGoBack
from ledger.models.accounts import Book
from ledger.models.years import Closing
from network import permissions
from network.models.people import User


@transaction.atomic
def close_period(*, book: Book, through: dt.date, on: dt.date, by: User | None) -> Closing:
    """Close a book up to and including a day: from now on it takes entries of later days only.

    :raises ClosingNeedsAMandate: if the person cannot bind the organization today.
    :raises ClosingIsInTheFuture: if that day has not passed.
    :raises ClosingWouldGoBack: if the book is already closed that far.
    """
    if by is not None and not permissions.can_confirm(by, book.organization, on=on):
        raise ClosingNeedsAMandate(organization=book.organization.name)
    if through >= on:
        raise ClosingIsInTheFuture(day=through)
    last = Closing.objects.filter(book=book).aggregate(through=Max("through"))["through"]
    if last is not None and last >= through:
        raise ClosingWouldGoBack(day=last)
    return Closing.objects.create(book=book, through=through, recorded_at=timezone.now(), recorded_by=by)
