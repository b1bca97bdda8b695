"""What workers run: each task is told of a job by its number and makes one action call; beat tells of none."""

from celery import shared_task
from django.utils import timezone

from ledger.actions import holds, jobs, loading, reconciliation, record_matches, reminders, seals, verification


@shared_task
def sweep(**_: object) -> None:
    """Announce again the jobs that stand still."""
    jobs.sweep(at=timezone.now())


@shared_task
def reconcile_changes(**_: object) -> None:
    """Ask for what changed to be reconciled."""
    reconciliation.request(full=False, by=None, at=timezone.now())


@shared_task
def reconcile_everything(**_: object) -> None:
    """Ask for everything to be reconciled."""
    reconciliation.request(full=True, by=None, at=timezone.now())


@shared_task
def run_reconciliation(*, job_id: int, **_: object) -> None:
    """Reconcile."""
    reconciliation.run(job_id=job_id, clock=timezone.now)


@shared_task
def run_reconciliation_part(*, job_id: int, **_: object) -> None:
    """Reconcile some books of a run."""
    reconciliation.run_part(job_id=job_id, clock=timezone.now)


@shared_task
def run_load(*, job_id: int, **_: object) -> None:
    """Load the rows of an upload."""
    loading.run(job_id=job_id, clock=timezone.now)


@shared_task
def run_matching(*, job_id: int, **_: object) -> None:
    """Match an own record with its book."""
    record_matches.run(job_id=job_id, clock=timezone.now)


@shared_task
def seal_new(**_: object) -> None:
    """Ask for new events to be sealed."""
    seals.request(at=timezone.now())


@shared_task
def verify_changes(**_: object) -> None:
    """Ask for what was sealed lately to be verified."""
    verification.request(full=False, at=timezone.now())


@shared_task
def verify_everything(**_: object) -> None:
    """Ask for every seal to be verified."""
    verification.request(full=True, at=timezone.now())


@shared_task
def expire_holds(**_: object) -> None:
    """Release the network credit that was held until yesterday."""
    holds.expire(on=timezone.localdate())


@shared_task
def remind(**_: object) -> None:
    """Remind officers of what falls due."""
    reminders.remind(on=timezone.localdate(), clock=timezone.now)


@shared_task
def run_sealing(*, job_id: int, **_: object) -> None:
    """Seal."""
    seals.run(job_id=job_id, clock=timezone.now)


@shared_task
def run_verification(*, job_id: int, **_: object) -> None:
    """Verify."""
    verification.run(job_id=job_id, clock=timezone.now)
