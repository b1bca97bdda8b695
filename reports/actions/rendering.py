"""Make the report of a job and keep its file: what a worker does."""

import datetime as dt
import hashlib
from collections.abc import Callable

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ledger.actions import jobs
from ledger.models.jobs import Job, JobState
from network.errors import DomainError
from reports import signing
from reports.actions import files, papers
from reports.actions.issued import issue
from reports.actions.requests import make
from reports.models import Report

#: A page is laid out in less; the row of the job need not hear of each.
BEAT = dt.timedelta(seconds=1)


class TakesTooLong(DomainError):
    """A worker gives a report a few minutes."""

    message = _("This report takes too long to make. Choose fewer days, then make it again.")


def render(*, job_id: int, clock: Callable[[], dt.datetime]) -> Report | None:
    """Make the report of a job and mark the job done with it; None if there is nothing to make.

    It is done, another worker has it, or it cannot be made: then the job says why.

    The file is named after its content and is there before the row says so: a worker that dies in between leaves a
    file that the next one writes again, byte by byte the same.

    :raises JobWasTakenOver: if another worker has taken the job since.
    """
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return None
    report = Report.objects.select_related("organization").get(job=job)
    try:
        with papers.pages_told_to(_heart(job, clock)):
            content = _content(report, at=clock())
        jobs.beat(job=job, at=clock())
        _keep(report, content, at=clock())
    except jobs.JobWasTakenOver:
        job.refresh_from_db()
        if job.state != JobState.STOPPED:
            raise
        return None
    except (DomainError, SoftTimeLimitExceeded) as error:
        # Nobody is waiting for an answer here: the refusal is what the page of the job shows.
        refusal = error if isinstance(error, DomainError) else TakesTooLong()
        with translation.override(report.language):
            jobs.fail(job=job, message=str(refusal), at=clock())
        return None
    with transaction.atomic():
        report.save(update_fields=["sha256", "signed_sha256", "size"])
        jobs.finish(job=job, at=clock())
    return report


def _keep(report: Report, content: bytes, *, at: dt.datetime) -> None:
    """Keep the file of a report; signed, where the installation signs: then that one is handed out, and verified."""
    report.sha256, report.signed_sha256, kept = hashlib.sha256(content).hexdigest(), "", content
    if signing.is_on():
        kept = issue(
            signing.signed(content),
            kind=report.kind,
            organization=report.organization,
            language=report.language,
            starts_on=report.starts_on,
            ends_on=report.ends_on,
            last_event=report.cutoff_event,
            last_said=report.last_said,
            at=at,
        )
        report.signed_sha256 = hashlib.sha256(kept).hexdigest()
    files.keep(kept)
    report.size = len(kept)


def _heart(job: Job, clock: Callable[[], dt.datetime]) -> Callable[[int], None]:
    """Return what says of each page that it is laid out: whoever waits sees the number grow, and the job is alive."""
    last, furthest = clock(), 0

    def page(number: int) -> None:
        nonlocal last, furthest
        # Where page numbers are printed, all is laid out again once they are known.
        furthest = max(furthest, number)
        if (now := clock()) - last >= BEAT:
            last = now
            jobs.beat(job=job, at=now, done=furthest)

    return page


def _content(report: Report, *, at: dt.datetime) -> bytes:
    return make(
        kind=report.kind,
        organization=report.organization,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        language=report.language,
        on=report.ends_on,
        at=at,
        cutoff_event=report.cutoff_event,
        last_said=report.last_said,
    )
