"""What did not add up in the books below a body, as it stood when the last event of a pack was written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from ledger.models import Finding, FindingStep
from ledger.models.findings import FindingVerb
from reports.queries.audit_pack.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding as it stood then: its figures of then, and whether it was accepted by then."""

    finding: Finding
    expected: int
    found: int
    #: The reason for which it stands as it is; empty where nobody accepted it.
    accepted: str
    explained: str
    #: None where it was still open then, also if it was settled later.
    closed_at: dt.datetime | None


def findings(scope: Scope) -> tuple[Found, ...]:
    """Return what stood open at the moment of the cut-off, and what was settled since the period began, oldest first.

    What is of the whole network is in the pack of every body. Two questions, however many there are.
    """
    moment = scope.recorded_at
    if moment is None:
        return ()
    begun = dt.datetime.combine(scope.starts_on, dt.time(), tzinfo=moment.tzinfo)
    books = [book.pk for book in scope.books]
    stood = Q(closed_at=None) | Q(closed_at__gte=begun)
    seen = Q(book__in=books) | Q(other__in=books) | Q(book=None)
    rows = Finding.objects.filter(stood, seen, opened_at__lte=moment).select_related(
        "book__organization", "other__organization", "unit"
    )
    listed = list(rows.order_by("opened_at", "pk"))
    told: defaultdict[int, list[FindingStep]] = defaultdict(list)
    for step in FindingStep.objects.filter(finding__in=listed, recorded_at__lte=moment).order_by("pk"):
        told[step.finding_id].append(step)
    return tuple(_as_of(each, told[each.pk], moment) for each in listed)


def _as_of(finding: Finding, steps: Iterable[FindingStep], moment: dt.datetime) -> Found:
    expected, found, accepted, explained = finding.expected, finding.found, "", ""
    for step in steps:
        expected, found = step.expected, step.found
        match step.verb:
            case FindingVerb.ACCEPTED:
                accepted = step.note
            case FindingVerb.RAISED:
                accepted = ""
            case FindingVerb.EXPLAINED:
                explained = step.note
            case _:
                pass
    closed_at = finding.closed_at if finding.closed_at is not None and finding.closed_at <= moment else None
    return Found(
        finding=finding, expected=expected, found=found, accepted=accepted, explained=explained, closed_at=closed_at
    )
