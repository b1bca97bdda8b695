"""The batches of a body, and how far each is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ledger.models.jobs import OVER, JobState
from network.models import Organization
from reports.models import Batch, Report


@dataclass(frozen=True, slots=True)
class Progress:
    """How many reports a batch has, how many of them are made, and how many will not be."""

    total: int
    done: int
    failed: int
    is_spread: bool
    is_packed: bool
    is_called_off: bool
    #: The sentence of whichever of its own jobs failed.
    problem: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether workers are still at it."""
        return not (self.is_packed or self.is_called_off or self.problem)


def batches_of(organization: Organization) -> QuerySet[Batch]:
    """Return a body's batches, the newest first."""
    return Batch.objects.filter(organization=organization).select_related("requested_by", "packing").order_by("-pk")


def progress(batch: Batch) -> Progress:
    """Return how far a batch is: counted, whatever the number of its reports, in one query."""
    counted = batch.reports.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(job__state=JobState.DONE)),
        failed=Count("pk", filter=Q(job__state__in=[JobState.FAILED, JobState.STOPPED])),
    )
    own = [job for job in (batch.spreading, batch.packing) if job is not None]
    return Progress(
        **counted,
        is_spread=batch.spreading.state == JobState.DONE,
        is_packed=bool(batch.sha256),
        is_called_off=batch.called_off_at is not None,
        problem=next((job.message for job in own if job.state == JobState.FAILED), ""),
    )


def is_over(batch: Batch) -> bool:
    """Say whether every report of it was asked for, and none is waiting any more."""
    if batch.spreading.state != JobState.DONE:
        return False
    return not batch.reports.exclude(job=None).exclude(job__state__in=OVER).exists()


def unpacked() -> QuerySet[Batch]:
    """Return the batches of which nobody has asked for the ZIP yet."""
    return Batch.objects.filter(packing=None, called_off_at=None).select_related("spreading").order_by("pk")


def contents(batch: Batch) -> Iterator[Report]:
    """Yield the reports of a batch by organization and kind."""
    found = batch.reports.select_related("organization", "job").order_by("organization__code", "kind", "pk")
    yield from found.iterator(chunk_size=500)
