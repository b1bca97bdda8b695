"""Read counts and milestones: what stands, what was withdrawn, and the stage that follows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from network.core import recuperation
from network.core.recuperation import Happened
from network.models.history import Milestone, Stage, WorkerCount
from network.models.organizations import Organization


@dataclass(frozen=True, slots=True)
class Story:
    """An organization's counts and milestones: the latest first of the counts, the earliest of the milestones."""

    counts: list[WorkerCount]
    milestones: list[Milestone]
    withdrawn_counts: list[WorkerCount]
    withdrawn_milestones: list[Milestone]

    @property
    def latest(self) -> WorkerCount | None:
        """The latest count."""
        return self.counts[0] if self.counts else None

    @property
    def stage(self) -> str:
        """The stage of the recuperation in words; nothing where there is no story."""
        code = recuperation.stage([Happened(each.kind, each.when) for each in self.milestones])
        return str(Stage(code).label) if code else ""


def of_organization(organization: Organization) -> Story:
    """Return all that was noted of it."""
    counts = list(organization.worker_counts.select_related("withdrawn_by").order_by("-counted_on", "-pk"))
    milestones = _in_order(organization.milestones.select_related("withdrawn_by"))
    return Story(
        counts=[each for each in counts if each.withdrawn_at is None],
        milestones=[each for each in milestones if each.withdrawn_at is None],
        withdrawn_counts=[each for each in counts if each.withdrawn_at is not None],
        withdrawn_milestones=[each for each in milestones if each.withdrawn_at is not None],
    )


def with_latest_count(organizations: QuerySet[Organization], *, on: dt.date | None = None) -> QuerySet[Organization]:
    """Return organizations with `workers`, `counted_on` and `counted_by` of their latest count, or of that of a day."""
    latest = WorkerCount.objects.filter(organization=OuterRef("pk"), withdrawn_at=None).order_by("-counted_on", "-pk")
    if on is not None:
        latest = latest.filter(counted_on__lte=on)
    return organizations.annotate(
        workers=Subquery(latest.values("workers")[:1]),
        counted_on=Subquery(latest.values("counted_on")[:1]),
        counted_by=Subquery(latest.values("source")[:1]),
    )


def _in_order(milestones: Iterable[Milestone]) -> list[Milestone]:
    by_happening: dict[Happened, list[Milestone]] = {}
    for each in milestones:
        by_happening.setdefault(Happened(each.kind, each.when), []).append(each)
    return [each for happened in recuperation.in_order(by_happening) for each in by_happening[happened]]
