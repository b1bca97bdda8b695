"""Reconcile the ledger: recompute every balance and mirror, compare, and keep what was found until it is right."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import transaction

from ledger.actions import findings, jobs
from ledger.models.findings import Finding
from ledger.models.jobs import Job, JobState
from ledger.models.reconciliation import Checkpoint, Reconciliation
from ledger.queries import (
    agreement_checks,
    coproduction_checks,
    credit_checks,
    custody_checks,
    entry_checks,
    fund_checks,
    network_checks,
    paper_checks,
    purchase_checks,
)
from ledger.queries import reconciliation as recomputed
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Again, Look
from ledger.queries.reconciliation import CHUNK
from network.models.people import User

#: What is looked at besides balances and mirrors, each in its way.
CHECKS: tuple[Callable[[Look], Iterable[Discrepancy]], ...] = (
    recomputed.check_claims,
    recomputed.check_entries,
    recomputed.check_numbering,
    agreement_checks.check_delivered,
    agreement_checks.check_settled,
    agreement_checks.check_vat,
    coproduction_checks.check_shares,
    coproduction_checks.check_costs,
    custody_checks.check_custody,
    credit_checks.check_credit,
    fund_checks.check_funds,
    purchase_checks.check_purchases,
    entry_checks.check_entered,
    entry_checks.check_closed,
    entry_checks.check_personal,
    paper_checks.check_papers,
)


def request(*, full: bool, by: User | None, at: dt.datetime) -> Job:
    """Ask for a run and return its job; one that is waiting or in progress serves whoever asks meanwhile."""
    waiting = Job.objects.filter(
        kind="reconcile", parameters__full=full, state__in=[JobState.QUEUED, JobState.RUNNING]
    ).first()
    if waiting is not None:
        return waiting
    key = f"reconcile:{'full' if full else 'changes'}:{at.isoformat()}"
    return jobs.request(kind="reconcile", key=key, parameters={"full": full}, by=by, at=at)


def run(*, job_id: int, clock: Callable[[], dt.datetime]) -> Reconciliation | None:
    """Do the work of a job, if it is still to be done, and return the run.

    Nothing is written before the end: a worker that dies leaves no half of a run behind.
    """
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return None
    return reconcile(full=bool(job.parameters["full"]), clock=clock, job=job)


def reconcile(*, full: bool, clock: Callable[[], dt.datetime], job: Job | None = None) -> Reconciliation:
    """Recompute what changed since the last run (or everything), and record findings.

    Cost is what changed: accounts are summed from their checkpoints, events from the last horizon.
    """
    started_at = clock()
    after = 0 if full else recomputed.last_horizon()
    horizon = recomputed.horizon(at=started_at)
    accounts = recomputed.accounts_to_check(full=full)
    # What a finding is about is looked at again, however old: only that shows whether it is right now.
    look = Look(after=after, again=Again.of(Finding.objects.filter(closed_at=None)))
    discrepancies: list[Discrepancy] = []
    checkpoints: list[Checkpoint] = []
    for start in range(0, len(accounts), CHUNK):
        chunk = accounts[start : start + CHUNK]
        wrong, right = recomputed.check_balances(chunk, full=full)
        discrepancies += [*wrong, *recomputed.check_mirrors(chunk)]
        checkpoints += right
        if job is not None:
            jobs.beat(job=job, at=clock(), done=start + len(chunk), total=len(accounts) + 1)
    for check in CHECKS:
        discrepancies += check(look)
    discrepancies += network_checks.check_network()
    with transaction.atomic():
        _keep_checkpoints(checkpoints)
        # Every open finding was looked at again.
        looked_at = Finding.objects.filter(closed_at=None)
        unaccepted = findings.keep(discrepancies, looked_at=looked_at, at=clock())
        done = Reconciliation.objects.create(
            job=job,
            is_full=full,
            started_at=started_at,
            finished_at=clock(),
            horizon=horizon,
            accounts=len(accounts),
            findings=unaccepted,
        )
        if job is not None:
            jobs.finish(job=job, at=clock())
    return done


def _keep_checkpoints(checkpoints: list[Checkpoint]) -> None:
    Checkpoint.objects.bulk_create(
        checkpoints,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["account"],
        update_fields=["postings", "amount", "quantity", "last_event"],
    )
