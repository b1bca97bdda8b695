"""Say where an event stands in the inventory of diverse economies, and in which class of results it is shown."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import refusals
from ledger.actions.agreements import ReasonIsMissing, require_log
from ledger.core.economies import Place
from ledger.models.accounts import Book
from ledger.models.economies import Classification
from ledger.models.journal import Entry, Event
from network.errors import DomainError
from network.models.people import User


class NotInThisBook(DomainError):
    """A book says where its own entries stand."""

    message = _("That is no entry of the book of %(organization)s.")


class ReversalStandsWhereItUndoes(DomainError):
    """What undoes an entry stands where that stands."""

    message = _("A reversal stands where the entry that it undoes stands. Classify that one.")


@transaction.atomic
def classify(
    *, event: Event, book: Book, place: Place, reason: str, by: User, on: dt.date, at: dt.datetime
) -> Classification:
    """Say for a book where an event stands, and why; the journal stays as it is, and what was said before, too.

    :raises NotForYouToDo: if the person is not of the organization.
    :raises NotInThisBook: if the event has no entry in its book.
    :raises ReversalStandsWhereItUndoes: if it undoes another.
    :raises ReasonIsMissing: if nothing is said.
    """
    require_log(by=by, organization=book.organization, on=on)
    if not Entry.objects.filter(book=book, event=event).exists():
        raise NotInThisBook(organization=book.organization.name)
    if event.reverses_id is not None:
        raise ReversalStandsWhereItUndoes
    if not reason.strip():
        raise ReasonIsMissing
    with refusals.from_database():
        return Classification.objects.create(
            event=event,
            book=book,
            transaction=place.transaction,
            labour=place.labour,
            enterprise=place.enterprise,
            management=place.management,
            reason=reason.strip()[:200],
            recorded_at=at,
            recorded_by=by,
        )
