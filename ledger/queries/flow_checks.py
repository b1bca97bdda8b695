"""Compare what is kept of who gave what to whom with what the lines of each event say."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import Q, QuerySet

from ledger.core import flows
from ledger.models.findings import Check
from ledger.models.flows import Flow
from ledger.models.journal import Event, Posting
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look

CHUNK = 500
KINDS = sorted({side.event for side in flows.SIDES})
NUMBERS = sorted({side.number for side in flows.SIDES})


def derived(events: QuerySet[Event]) -> dict[int, list[flows.Told]]:
    """Return event → what its lines, or those of what it reverses, say that it hands over."""
    asked = list(events.values_list("pk", "reverses"))
    speaking = {reverses or pk for pk, reverses in asked}
    rows = (
        Posting.objects.filter(event__in=speaking, account__number__in=NUMBERS)
        .order_by("event", "line")
        .values_list("event", "event__kind", "account__book", "account__number", "account__unit", "amount")
    )
    told = {
        event: flows.of_event(kind, [flows.Line(*row[2:]) for row in group])
        for (event, kind), group in groupby(rows, key=lambda row: row[:2])
    }
    return {pk: flows.undone(told.get(reverses, [])) if reverses else told.get(pk, []) for pk, reverses in asked}


def handing_over(events: QuerySet[Event]) -> QuerySet[Event]:
    """Return those events that hand something over, or undo what did."""
    return events.filter(Q(kind__in=KINDS) | Q(reverses__kind__in=KINDS)).order_by("pk")


def check_flows(look: Look) -> Iterator[Discrepancy]:
    """Return the events of which something else is kept than their lines say; the figures are sums over its flows."""
    asked = handing_over(Event.objects.filter(look.since("pk", event="pk"))).values_list("pk", flat=True)
    for events in _chunks(asked.iterator(CHUNK)):
        kept: dict[int, list[flows.Told]] = {event: [] for event in events}
        for row in Flow.objects.filter(event__in=events):
            told_before = flows.Told(row.giver_id, row.receiver_id, row.kind, row.unit_id, row.amount)
            kept[row.event_id].append(told_before)
        for event, told in derived(Event.objects.filter(pk__in=events)).items():
            if Counter(told) == Counter(kept[event]):
                continue
            # It is the giver's book that it is of: so it is found once, by whoever looks at that book.
            sides = [each.giver or each.receiver or 0 for each in [*told, *kept[event]]]
            if look.has(sides[0]):
                expected, found = (sum(each.amount for each in some) for some in (told, kept[event]))
                yield Discrepancy(Check.FLOW, f"flow:{event}", sides[0], None, expected, found)


def _chunks(rows: Iterable[int]) -> Iterator[list[int]]:
    some: list[int] = []
    for row in rows:
        some.append(row)
        if len(some) == CHUNK:
            yield some
            some = []
    if some:
        yield some
