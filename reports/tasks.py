"""What workers do for the reports: each task finds its work by id and calls one action."""

from celery import shared_task
from django.utils import timezone

from reports.actions import requests


@shared_task(name="reports.tasks.render_report")
def render_report(*, job_id: int, **_: object) -> None:
    """Make the report of a job."""
    requests.render(job_id=job_id, clock=timezone.now)
