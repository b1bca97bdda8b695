"""What workers do for the reports: each task finds its work by id and calls one action."""

from celery import shared_task
from django.utils import timezone

from reports.actions import batches

#: A report of a thousand printed lines, about the most that is printed, takes a tenth of it.
SOFT_LIMIT, HARD_LIMIT = 300, 330


@shared_task(name="reports.tasks.render_report", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def render_report(*, job_id: int, **_: object) -> None:
    """Make the report of a job."""
    batches.render(job_id=job_id, clock=timezone.now)


@shared_task(name="reports.tasks.spread_batch")
def spread_batch(*, job_id: int, **_: object) -> None:
    """Ask for the reports of a batch."""
    batches.spread(job_id=job_id, clock=timezone.now)


@shared_task(name="reports.tasks.pack_batch")
def pack_batch(*, job_id: int, **_: object) -> None:
    """Pack the reports of a batch."""
    batches.pack(job_id=job_id, clock=timezone.now)


@shared_task(name="reports.tasks.close_batches")
def close_batches() -> None:
    """Pack every batch of which nothing is waiting any more."""
    batches.close_all(at=timezone.now())
