"""The clearing rounds of a body and of bodies below it that were posted in a period, each with its proof."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from ledger.core import clearing_certificate, clearing_file
from ledger.models import ClearingRound, Event
from ledger.models.clearing import Stance
from ledger.queries import clearing
from reports.queries.audit_pack.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A round, how many took part in it, and its public file, by codes and without names."""

    round: ClearingRound
    parties: int
    booked_on: dt.date
    #: The day on which it was undone as a whole; None where it stands.
    reversed_on: dt.date | None
    file: str
    #: Whether the certificate in the file proves it: balanced, and nobody can cancel more.
    is_proven: bool


def rounds(scope: Scope) -> tuple[Posted, ...]:
    """Return them in the order in which they were called; the cost is that of the rounds of the period."""
    takes_part = Count("parties", filter=~Q(parties__stance=Stance.OUT))
    found = list(
        ClearingRound.objects.filter(
            scope.cut.told("event"),
            body__in=scope.everybody,
            event__booked_on__range=(scope.starts_on, scope.ends_on),
        )
        .select_related("body", "unit", "credit", "event")
        .annotate(takes_part=takes_part)
        .order_by("pk")
    )
    undone = Event.objects.filter(
        scope.cut.told("pk"), reverses__in=[each.event_id for each in found], booked_on__lte=scope.ends_on
    )
    undone_on = dict(undone.values_list("reverses", "booked_on"))
    return tuple(_posted(each, undone_on) for each in found)


def _posted(found: ClearingRound, undone_on: dict[int | None, dt.date]) -> Posted:
    assert found.event is not None  # noqa: S101  # it is told; for the type checker
    done = clearing.told(found)
    return Posted(
        round=found,
        parties=getattr(found, "takes_part", 0),
        booked_on=found.event.booked_on,
        reversed_on=undone_on.get(found.event.pk),
        file=clearing_file.written(done),
        is_proven=not clearing_certificate.problems(done),
    )
