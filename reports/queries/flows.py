"""Who gives to a cooperative and who receives from it, in whatever kind of exchange."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum

from ledger.core.flows import FlowKind
from ledger.models import Book, Flow, Unit
from reports.queries import journal


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """What passed between the book and another in a kind of exchange and a unit; minor units of it.

    What was reversed or came back is subtracted, so a period in which more came back than went out is below zero.
    """

    #: Empty: whoever keeps no book here, the community most often.
    counterparty: str
    counterparty_code: str
    kind: str
    unit: Unit
    given: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """What was given to a counterparty and received from it, whatever the kind, in minor units of the book's money."""

    counterparty: str
    counterparty_code: str
    given: int
    received: int

    @property
    def difference(self) -> int:
        """How much more was received than given."""
        return self.received - self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class InKind:
    """What was given and received in a kind of exchange, in minor units of a unit."""

    kind: str
    unit: Unit
    given: int
    received: int


def exchanged(*, book: Book, starts_on: dt.date, ends_on: dt.date, until: journal.Cutoff) -> tuple[Exchanged, ...]:
    """Return what passed in a period, told up to a cut-off: goods, work, loans and gifts as agreed, without VAT.

    From what the database keeps of each event (`docs/flows.md`); one's own cut-off counts, not the other's.
    """
    # One call of filter(): its conditions speak of the same entry.
    rows = (
        Flow.objects.filter(
            Q(giver=book) | Q(receiver=book),
            journal.told_until(until, path="event__entries__"),
            event__entries__book=book,
            booked_on__range=(starts_on, ends_on),
        )
        .order_by()
        .values("giver", "receiver", "kind", "unit")
        .annotate(all=Sum("amount"))
    )
    sums: defaultdict[tuple[int | None, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        gives = row["giver"] == book.pk
        sums[row["receiver" if gives else "giver"], row["kind"], row["unit"]][not gives] += int(row["all"])
    others = Book.objects.select_related("organization").in_bulk({who for who, _kind, _unit in sums if who is not None})
    units = Unit.objects.in_bulk({unit for _who, _kind, unit in sums})
    found = [
        Exchanged(
            counterparty=others[who].organization.name if who is not None else "",
            counterparty_code=others[who].organization.code if who is not None else "",
            kind=kind,
            unit=units[unit],
            given=given,
            received=received,
        )
        for (who, kind, unit), (given, received) in sums.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.counterparty_code, each.kind, each.unit.code)))


def by_partner(rows: Iterable[Exchanged], *, unit: Unit) -> tuple[Partner, ...]:
    """Return the same by counterparty, the largest first; what is in other units is none of it."""
    sums: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for each in rows:
        if each.unit.pk == unit.pk:
            sums[each.counterparty_code, each.counterparty][0] += each.given
            sums[each.counterparty_code, each.counterparty][1] += each.received
    found = [
        Partner(counterparty=name, counterparty_code=code, given=given, received=received)
        for (code, name), (given, received) in sums.items()
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.given) - abs(each.received), each.counterparty_code)))


def by_kind(rows: Iterable[Exchanged], *, first: Unit) -> tuple[InKind, ...]:
    """Return the same by kind of exchange, in each unit, one's own money first."""
    order = {kind.value: place for place, kind in enumerate(FlowKind)}
    sums: dict[tuple[str, int], InKind] = {}
    for each in rows:
        before = sums.get((each.kind, each.unit.pk))
        sums[each.kind, each.unit.pk] = InKind(
            kind=each.kind,
            unit=each.unit,
            given=each.given + (before.given if before else 0),
            received=each.received + (before.received if before else 0),
        )
    return tuple(sorted(sums.values(), key=lambda each: (each.unit.pk != first.pk, each.unit.code, order[each.kind])))
