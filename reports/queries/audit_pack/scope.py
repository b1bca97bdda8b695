"""Whom an audit pack speaks of, and how far their books are told: all below a body, up to one event."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from ledger.models import Book, Entry, Event, Seal
from ledger.queries import seals
from ledger.queries.cut import Cut
from network.core.tiers import Tiers
from network.models import Organization
from network.queries import tiers
from reports.queries import head
from reports.queries.head import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A body and all below it on the last day of the period, and the last event that is told of their books."""

    body: Organization
    starts_on: dt.date
    ends_on: dt.date
    tiers: Tiers
    #: The body itself and everybody below it, by name.
    organizations: tuple[Organization, ...]
    #: Of these, who keeps a book.
    books: tuple[Book, ...]
    event: int
    #: When that event was written; None where there is none.
    recorded_at: dt.datetime | None
    head: Head | None
    cut: Cut

    @property
    def everybody(self) -> frozenset[int]:
        """The organizations by number."""
        return frozenset(each.pk for each in self.organizations)

    @property
    def members(self) -> tuple[Organization, ...]:
        """Everybody below who is no body itself."""
        return tuple(each for each in self.organizations if not each.is_of_members)

    @property
    def without_book(self) -> tuple[Organization, ...]:
        """Members of whom the pack can tell nothing."""
        keepers = {book.organization_id for book in self.books}
        return tuple(each for each in self.members if each.pk not in keepers)

    @property
    def groups(self) -> dict[int, int]:
        """Everybody as one: what they owe and give each other is eliminated."""
        return dict.fromkeys(self.everybody, self.body.pk)


def last_event(*, book: Book, until: dt.date) -> int:
    """Return the last event up to a day in any book of or below a body, zero if there is none.

    A look-up a book, whatever it has grown to. A journal's days never go back, so once a later day has an entry in each
    this no longer moves.
    """
    organization = book.organization
    everybody = {organization.pk, *tiers.on_day(until).all_below(organization.pk)}
    told = Entry.objects.filter(book=OuterRef("pk"), booked_on__lte=until)
    last_day = told.order_by("-booked_on", "-number").values("booked_on")[:1]
    of_day = Entry.objects.filter(book=OuterRef("pk"), booked_on=OuterRef("last_day")).order_by("-event")
    found = (
        Book.objects.filter(organization__in=everybody)
        .annotate(last_day=Subquery(last_day))
        .annotate(last=Subquery(of_day.values("event")[:1]))
        .values_list("last", flat=True)
    )
    return max((each for each in found if each is not None), default=0)


def scope(*, book: Book, starts_on: dt.date, ends_on: dt.date, cutoff_event: int) -> Scope:
    """Return whom a pack of a body speaks of, up to which event."""
    body = book.organization
    affiliated = tiers.on_day(ends_on)
    everybody = {body.pk, *affiliated.all_below(body.pk)}
    organizations = Organization.objects.filter(pk__in=everybody).order_by("name", "pk")
    books = Book.objects.filter(organization__in=everybody).select_related("organization", "unit")
    event = Event.objects.filter(pk=cutoff_event).first()
    sealed = head.covering(event=cutoff_event) if event else None
    return Scope(
        body=body,
        starts_on=starts_on,
        ends_on=ends_on,
        tiers=affiliated,
        organizations=tuple(organizations),
        books=tuple(books.order_by("organization__name", "pk")),
        event=cutoff_event,
        recorded_at=event.recorded_at if event else None,
        head=sealed,
        cut=Cut(cutoff_event, _late(cutoff_event, sealed)),
    )


def _late(event: int, sealed: Head | None) -> frozenset[int]:
    """Return lower numbers that were not there when the block of the cut-off was sealed: they are in no pack of it."""
    if sealed is None:
        return frozenset()
    later = Seal.objects.filter(height__gt=sealed.height).exclude(late=[]).values_list("late", flat=True)
    came = {number for late in later for number in late}
    block = Seal.objects.get(height=sealed.height)
    came |= set(seals.came_late(at=block.sealed_at, limit=seals.BLOCK_MAX))
    return frozenset(number for number in came if number <= event)
