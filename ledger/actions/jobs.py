"""Hand work to the workers, take it, report progress, finish it: docs/decisions/0004-job-rows.md says why so."""

import datetime as dt
import uuid
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from ledger.models.jobs import Job, JobState
from network.errors import DomainError
from network.models.people import User

#: Kind of job → the task that runs it. By name: reports stand above the ledger.
TASKS = {
    "reconcile": "ledger.tasks.run_reconciliation",
    "reconcile_part": "ledger.tasks.run_reconciliation_part",
    "load": "ledger.tasks.run_load",
    "match": "ledger.tasks.run_matching",
    "seal": "ledger.tasks.run_sealing",
    "verify": "ledger.tasks.run_verification",
    "render": "reports.tasks.render_report",
    "spread": "reports.tasks.spread_batch",
    "pack": "reports.tasks.pack_batch",
}


class JobWasTakenOver(DomainError):
    """A worker fell silent for too long and lost its job to another, or it was called off: what it did is undone."""


@transaction.atomic
def request(*, kind: str, key: str, parameters: dict[str, Any], by: User | None, at: dt.datetime) -> Job:
    """Write down work to be done and tell the workers once this is committed; the same key returns the first job."""
    job, created = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "parameters": parameters,
            "requested_by": by,
            "created_at": at,
            "announced_at": at,
        },
    )
    if created:
        transaction.on_commit(partial(announce, job_id=job.pk, kind=kind))
    return job


def announce(*, job_id: int, kind: str) -> bool:
    """Tell the workers of a job and say whether the broker heard; if it did not, the sweep tells them again."""
    try:
        current_app.send_task(TASKS[kind], kwargs={"job_id": job_id}, ignore_result=True)
    except OperationalError:
        return False
    return True


@transaction.atomic
def again(*, job: Job, at: dt.datetime) -> Job:
    """Give a job another chance that failed or was called off."""
    if Job.objects.filter(pk=job.pk, state__in=[JobState.FAILED, JobState.STOPPED]).update(
        state=JobState.QUEUED, attempts=0, message="", announced_at=at, finished_at=None
    ):
        transaction.on_commit(partial(announce, job_id=job.pk, kind=job.kind))
    job.refresh_from_db()
    return job


def take(*, job_id: int, at: dt.datetime) -> Job | None:
    """Take a job for this worker, or return None: it is done, or another one is at it. One winner, whoever asks."""
    claim = uuid.uuid4()
    stale = at - dt.timedelta(seconds=settings.JOB_STALE_SECONDS)
    won = (
        Job.objects.filter(pk=job_id, attempts__lt=settings.JOB_ATTEMPTS_MAX)
        .filter(Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=stale))
        .update(state=JobState.RUNNING, claim=claim, heartbeat_at=at, attempts=F("attempts") + 1)
    )
    return Job.objects.get(pk=job_id) if won else None


def beat(*, job: Job, at: dt.datetime, done: int | None = None, total: int | None = None) -> None:
    """Say that the work goes on, and how far it is.

    :raises JobWasTakenOver: if another worker has the job now.
    """
    changes: dict[str, Any] = {"heartbeat_at": at}
    if done is not None:
        changes["done"] = done
    if total is not None:
        changes["total"] = total
    if not _mine(job).update(**changes):
        raise JobWasTakenOver


def finish(*, job: Job, at: dt.datetime) -> None:
    """Mark the job done: call it inside the transaction that writes the effect, so that both happen or neither.

    :raises JobWasTakenOver: if another worker has the job now; the effect is rolled back with it.
    """
    if not _mine(job).update(state=JobState.DONE, done=F("total"), finished_at=at, heartbeat_at=at):
        raise JobWasTakenOver


def advance(*, job_id: int, done: int, total: int, at: dt.datetime) -> None:
    """Say how far a job is whose work is done in parts, each a job of its own: whoever does one says it for all."""
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(done=done, total=total, heartbeat_at=at)


def complete(*, job_id: int, at: dt.datetime) -> None:
    """Mark a job done whose parts are all done, whoever took it: call it inside the transaction that says so."""
    Job.objects.filter(pk=job_id).exclude(state=JobState.DONE).update(
        state=JobState.DONE, done=F("total"), finished_at=at, heartbeat_at=at, message=""
    )


def call_off(*, job: Job, at: dt.datetime) -> bool:
    """Call a job off, and say whether it was still to be done; a worker at it notices at its next heartbeat."""
    waiting = Job.objects.filter(pk=job.pk, state__in=[JobState.QUEUED, JobState.RUNNING])
    return bool(waiting.update(state=JobState.STOPPED, finished_at=at))


def fail(*, job: Job, message: str, at: dt.datetime) -> None:
    """Give the job up, with the sentence that its user reads."""
    _mine(job).update(state=JobState.FAILED, message=message[:400], finished_at=at)


def _mine(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claim=job.claim)


def sweep(*, at: dt.datetime) -> int:
    """Announce again what stands still, give up what failed too often, and return how many were announced.

    Two sweeps at once do no harm: taking the job decides.
    """
    stale = at - dt.timedelta(seconds=settings.JOB_STALE_SECONDS)
    unheard = at - dt.timedelta(seconds=settings.JOB_REANNOUNCE_SECONDS)
    Job.objects.filter(
        Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=stale),
        attempts__gte=settings.JOB_ATTEMPTS_MAX,
    ).update(
        state=JobState.FAILED,
        finished_at=at,
        message=_("This was tried several times and did not finish. Try again, or ask whoever runs the installation."),
    )
    still = Job.objects.filter(
        Q(state=JobState.QUEUED, announced_at__lt=unheard)
        | Q(state=JobState.RUNNING, heartbeat_at__lt=stale, announced_at__lt=stale)
    ).order_by("pk")[:500]
    announced = [job.pk for job in still if announce(job_id=job.pk, kind=job.kind)]
    Job.objects.filter(pk__in=announced).update(announced_at=at)
    return len(announced)
