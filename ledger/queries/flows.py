"""Who gave what to whom in a period: of one organization, or of all below a body; and the entries behind a figure."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from ledger.core.flows import WITHOUT_BOOK
from ledger.core.flows import Flow as Told
from ledger.models.accounts import Book
from ledger.models.flows import Flow
from ledger.models.journal import Entry
from ledger.models.units import Unit
from ledger.queries.cut import Cut

#: The unit in which work that is given without a price is counted.
HOURS = "HORA"


def units(organizations: Collection[int]) -> list[Unit]:
    """Return the money of these organizations' books, the most common first, and hours."""
    used = Book.objects.filter(organization__in=organizations).order_by().values("unit").annotate(books=Count("pk"))
    money = [row["unit"] for row in used.order_by("-books", "unit")]
    known = Unit.objects.in_bulk(money)
    return [*(known[pk] for pk in money), *Unit.objects.filter(code=HOURS).exclude(pk__in=money)]


def _of(
    organizations: Collection[int], *, unit: Unit, starts_on: dt.date, ends_on: dt.date, cut: Cut | None = None
) -> list[QuerySet[Flow]]:
    """Return what they gave, and what others gave them: two look-ups by index, and no row in both."""
    found = Flow.objects.filter(unit=unit, booked_on__range=(starts_on, ends_on)).order_by()
    if cut is not None:
        found = found.filter(cut.told())
    books = Book.objects.filter(organization__in=organizations).values("pk")
    return [
        found.filter(giver__in=books),
        found.filter(Q(giver=None) | ~Q(giver__in=books), receiver__in=books),
    ]


_SIDES = ("giver__organization", "kind", "receiver__organization")
_GIVEN = {"given": Sum("amount"), "times": Count("pk")}


def between(organizations: Collection[int], *, unit: Unit, starts_on: dt.date, ends_on: dt.date) -> list[Told]:
    """Return what these organizations gave and received; the cost is that of the exchanges of the period."""
    found = _of(organizations, unit=unit, starts_on=starts_on, ends_on=ends_on)
    return [_told(row) for each in found for row in each.values(*_SIDES).annotate(**_GIVEN)]


def by_month(
    organizations: Collection[int], *, unit: Unit, starts_on: dt.date, ends_on: dt.date, cut: Cut | None = None
) -> list[tuple[dt.date, Told]]:
    """Return the same by month, each with its first day; told up to a cut where there is one."""
    found = _of(organizations, unit=unit, starts_on=starts_on, ends_on=ends_on, cut=cut)
    return [
        (row["month"], _told(row))
        for each in found
        for row in each.annotate(month=TruncMonth("booked_on")).values("month", *_SIDES).annotate(**_GIVEN)
    ]


def _told(row: Mapping[str, Any]) -> Told:
    return Told(
        giver=row["giver__organization"] or WITHOUT_BOOK,
        kind=row["kind"],
        receiver=row["receiver__organization"] or WITHOUT_BOOK,
        amount=int(row["given"]),
        count=row["times"],
    )


def behind(
    organizations: Collection[int],
    *,
    unit: Unit,
    starts_on: dt.date,
    ends_on: dt.date,
    kind: str | None,
    sides: tuple[Collection[int], Collection[int]],
) -> QuerySet[Flow]:
    """Return what of these organizations' flows stands behind a figure, the latest first: givers to receivers.

    `kind` None is any of them.
    """
    given, received = _of(organizations, unit=unit, starts_on=starts_on, ends_on=ends_on)
    found = (given | received).filter(_side("giver", sides[0]), _side("receiver", sides[1]))
    if kind is not None:
        found = found.filter(kind=kind)
    return found.select_related("event", "giver__organization", "receiver__organization").order_by("-booked_on", "-pk")


def _side(side: str, organizations: Collection[int]) -> Q:
    if WITHOUT_BOOK in organizations:
        return Q(**{side: None})
    return Q(**{f"{side}__organization__in": organizations})


def entries(found: Sequence[Flow], *, organizations: Collection[int]) -> dict[int, Entry]:
    """Return flow → its event's entry in a book of those organizations: the giver's, or else the receiver's."""
    rows = Entry.objects.filter(
        event__in={flow.event_id for flow in found}, book__organization__in=organizations
    ).select_related("book__organization")
    by_book = {(row.event_id, row.book_id): row for row in rows}
    seen = {}
    for flow in found:
        for book in (flow.receiver_id, flow.giver_id):
            if book is not None and (entry := by_book.get((flow.event_id, book))) is not None:
                seen[flow.pk] = entry
    return seen
