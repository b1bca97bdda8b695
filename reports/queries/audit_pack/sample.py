"""A sample of a period's entries that anybody can draw again, and the periods that were signed off."""

from dataclasses import dataclass

from django.db.models import Q

from ledger.core import sampling
from ledger.models import Entry, SignOff
from reports.queries.audit_pack.scope import Scope

#: So many entries are drawn of all books together.
DRAWN = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Entries by lot, in the order in which they were drawn."""

    #: What the lots are drawn from: the seal of what the pack tells, which nobody knows before it is all written.
    seed: str
    #: Of how many entries, and the SHA-256 of their names.
    entries: int
    drawn_from: str
    drawn: tuple[Entry, ...]


def sample(scope: Scope) -> Sample:
    """Draw entries of the period from all books below; an entry is named by its book: `mill:2026/17`."""
    codes = {book.pk: book.organization.code for book in scope.books}
    rows = Entry.objects.filter(
        scope.cut.told(), book__in=codes, booked_on__range=(scope.starts_on, scope.ends_on)
    ).values_list("book", "year", "number", "pk")
    names = {f"{codes[book]}:{year}/{number}": pk for book, year, number, pk in rows}
    seed = scope.head.hash if scope.head else str(scope.event)
    drawn = [names[name] for name in sampling.draw(names, seed=seed, count=DRAWN)]
    known = Entry.objects.select_related("book__organization", "event").in_bulk(drawn)
    return Sample(
        seed=seed,
        entries=len(names),
        drawn_from=sampling.fingerprint(names),
        drawn=tuple(known[pk] for pk in drawn),
    )


def sign_offs(scope: Scope) -> tuple[SignOff, ...]:
    """Return what was signed off of these books, of days of the period or on them, when the last event was written.

    The last days of a period are signed off after it, mostly after its last event: they stand in the next pack.
    """
    if scope.recorded_at is None:
        return ()
    found = SignOff.objects.filter(
        Q(starts_on__lte=scope.ends_on, ends_on__gte=scope.starts_on)
        | Q(signed_on__range=(scope.starts_on, scope.ends_on)),
        book__in=[book.pk for book in scope.books],
        recorded_at__lte=scope.recorded_at,
    ).select_related("body", "book__organization", "mandate__user")
    return tuple(found.order_by("starts_on", "pk"))
