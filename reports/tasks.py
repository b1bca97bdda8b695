"""What workers do for the reports: each task finds its work by id and calls one action."""

from celery import shared_task
from django.utils import timezone

from reports.actions import requests

#: A report of a thousand printed lines, about the most that is printed, takes a tenth of it.
SOFT_LIMIT, HARD_LIMIT = 300, 330


@shared_task(name="reports.tasks.render_report", soft_time_limit=SOFT_LIMIT, time_limit=HARD_LIMIT)
def render_report(*, job_id: int, **_: object) -> None:
    """Make the report of a job."""
    requests.render(job_id=job_id, clock=timezone.now)
