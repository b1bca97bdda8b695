"""Read counts and milestones: what stands, what was withdrawn, and the stage that follows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from network.core import recuperation
from network.core.recuperation import Happened
from network.models.history import Milestone, Stage, WorkerCount
from network.models.organizations import Organization

#: So many stand on the organization's own page; the others, and what was withdrawn, on pages of theirs.
COUNTS, MILESTONES = 6, 12


@dataclass(frozen=True, slots=True)
class Story:
    """What stands of an organization: its latest counts, its latest milestones in their order, and how many more."""

    counts: list[WorkerCount]
    milestones: list[Milestone]
    #: So many counts and milestones are noted in all, withdrawn ones too.
    all_counts: int
    all_milestones: int
    #: The stage of the recuperation in words; nothing where there is no story.
    stage: str

    @property
    def latest(self) -> WorkerCount | None:
        """The latest count."""
        return self.counts[0] if self.counts else None


def of_organization(organization: Organization) -> Story:
    """Return what stands on the organization's own page."""
    counts, milestones = counts_of(organization), milestones_of(organization)
    standing = [each for each in milestones if each.withdrawn_at is None]
    stage = recuperation.stage([Happened(each.kind, each.when) for each in standing])
    return Story(
        counts=list(counts.filter(withdrawn_at=None)[:COUNTS]),
        milestones=standing[-MILESTONES:],
        all_counts=counts.count(),
        all_milestones=len(milestones),
        stage=str(Stage(stage).label) if stage else "",
    )


def counts_of(organization: Organization) -> QuerySet[WorkerCount]:
    """Return its counts, the latest first, withdrawn ones too."""
    return organization.worker_counts.select_related("withdrawn_by").order_by("-counted_on", "-pk")


def milestones_of(organization: Organization) -> list[Milestone]:
    """Return its milestones, the earliest first, withdrawn ones too: a story has tens of them."""
    return _in_order(organization.milestones.select_related("withdrawn_by"))


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
