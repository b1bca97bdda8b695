"""Reconcile the ledger: recompute every balance and mirror, compare, and keep what was found until it is right."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Count, Q, Sum

from ledger.actions import findings, jobs
from ledger.models.findings import Finding
from ledger.models.jobs import Job, JobState
from ledger.models.reconciliation import Checkpoint, Reconciliation, ReconciliationPart
from ledger.queries import (
    agreement_checks,
    balance_checks,
    clearing_checks,
    coproduction_checks,
    credit_checks,
    custody_checks,
    entry_checks,
    flow_checks,
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

#: So many books are one worker's at a time.
BOOKS_A_PART = 25
#: What the job of a part is called.
PART = "reconcile_part"

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
    clearing_checks.check_rounds,
    balance_checks.check_confirmed,
    flow_checks.check_flows,
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
    """Do the work of a job, if it is still to be done, and return the run: planned once, then part after part.

    Other workers are told of its parts and help. A worker that dies leaves no half of a part behind; whoever takes the
    job next goes on with those that are not done.
    """
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return None
    planned = plan(full=bool(job.parameters["full"]), clock=clock, job=job)
    for part in planned.parts.filter(job__state=JobState.FAILED).select_related("job"):
        jobs.again(job=part.job, at=clock())
    # This one begins with the first.
    waiting = planned.parts.filter(job__state=JobState.QUEUED).order_by("number").values_list("job", flat=True)
    for part_job in waiting[1:]:
        jobs.announce(job_id=part_job, kind=PART)
    return _work(planned, clock=clock)


def reconcile(*, full: bool, clock: Callable[[], dt.datetime]) -> Reconciliation:
    """Recompute what changed since the last run (or everything) here and now, and record findings."""
    return _work(plan(full=full, clock=clock), clock=clock)


@transaction.atomic
def plan(*, full: bool, clock: Callable[[], dt.datetime], job: Job | None = None) -> Reconciliation:
    """Split what is to be looked at into parts by book, each with a job of its own; once for each job.

    Cost is what changed: only books in which something moved, or stands wrong, are looked at.

    :raises JobWasTakenOver: if another worker has the job now.
    """
    at = clock()
    if job is not None:
        jobs.beat(job=job, at=at)
        if (planned := Reconciliation.objects.filter(job=job).first()) is not None:
            return planned
    after = 0 if full else recomputed.last_horizon()
    planned = Reconciliation.objects.create(
        job=job, is_full=full, started_at=at, after=after, horizon=recomputed.horizon(at=at)
    )
    books = recomputed.books_to_check(full=full, after=after)
    split = [books[start : start + BOOKS_A_PART] for start in range(0, len(books), BOOKS_A_PART)]
    # The last one is of no book: what is of the whole network.
    for number, some in enumerate([*split, []]):
        told = {"parameters": {}, "created_at": at, "announced_at": at}
        done_by = Job.objects.create(key=f"reconcile:{planned.pk}:{number}", kind=PART, **told)
        ReconciliationPart.objects.create(run=planned, number=number, job=done_by, books=some)
    return planned


def _work(planned: Reconciliation, *, clock: Callable[[], dt.datetime]) -> Reconciliation:
    """Do the parts of a run that nobody is at, and close it if that was all of it."""
    for job_id in planned.parts.exclude(job__state=JobState.DONE).order_by("number").values_list("job", flat=True):
        run_part(job_id=job_id, clock=clock)
    _close(planned.pk, at=clock())
    planned.refresh_from_db()
    return planned


def run_part(*, job_id: int, clock: Callable[[], dt.datetime]) -> ReconciliationPart | None:
    """Look at the books of a part, if it is still to be done; what is found is written with the end of its job."""
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return None
    part = ReconciliationPart.objects.select_related("run").get(job=job)
    at = clock()
    checkpoints: list[Checkpoint] = []
    open_ = Finding.objects.filter(closed_at=None)
    if part.books:
        open_ = open_.filter(book__in=part.books)
        discrepancies = _look_at_books(part, job, checkpoints, clock=clock)
    else:
        open_ = open_.filter(book=None)
        discrepancies = list(network_checks.check_network())
    with transaction.atomic():
        _keep_checkpoints(checkpoints)
        # Another run may have found something meanwhile: that was not looked at here.
        part.findings = findings.keep(discrepancies, looked_at=open_.filter(seen_at__lte=at), at=clock())
        part.save(update_fields=["accounts", "findings"])
        jobs.finish(job=job, at=clock())
    _close(part.run_id, at=clock())
    return part


def _look_at_books(
    part: ReconciliationPart, job: Job, checkpoints: list[Checkpoint], *, clock: Callable[[], dt.datetime]
) -> list[Discrepancy]:
    """Recompute the accounts of a part's books, and make every check of them; add what was found right.

    What a finding is about is looked at again, however old: only that shows whether it is right now.
    """
    full = part.run.is_full
    accounts = recomputed.accounts_to_check(books=part.books, full=full)
    part.accounts = len(accounts)
    again = Again.of(Finding.objects.filter(closed_at=None, book__in=part.books))
    look = Look(after=part.run.after, books=frozenset(part.books), again=again)
    steps = -(-len(accounts) // CHUNK) + len(CHECKS)
    discrepancies: list[Discrepancy] = []
    for number, start in enumerate(range(0, len(accounts), CHUNK), start=1):
        chunk = accounts[start : start + CHUNK]
        wrong, right = recomputed.check_balances(chunk, full=full)
        discrepancies += [*wrong, *recomputed.check_mirrors(chunk)]
        checkpoints += right
        jobs.beat(job=job, at=clock(), done=number, total=steps)
    for number, check in enumerate(CHECKS, start=steps - len(CHECKS) + 1):
        discrepancies += check(look)
        jobs.beat(job=job, at=clock(), done=number, total=steps)
    return discrepancies


@transaction.atomic
def _close(run_id: int, *, at: dt.datetime) -> None:
    """Say how far a run is, and that it is finished once all of its parts are: whoever does the last one."""
    planned = Reconciliation.objects.select_for_update(of=("self",)).get(pk=run_id)
    if planned.finished_at is not None:
        return
    sums = planned.parts.aggregate(
        parts=Count("pk"),
        done=Count("pk", filter=Q(job__state=JobState.DONE)),
        accounts=Sum("accounts"),
        findings=Sum("findings"),
    )
    if planned.job_id is not None:
        jobs.advance(job_id=planned.job_id, done=sums["done"], total=sums["parts"], at=at)
    if sums["done"] < sums["parts"]:
        return
    planned.finished_at, planned.accounts, planned.findings = at, sums["accounts"], sums["findings"]
    planned.save(update_fields=["finished_at", "accounts", "findings"])
    if planned.job_id is not None:
        jobs.complete(job_id=planned.job_id, at=at)


def _keep_checkpoints(checkpoints: list[Checkpoint]) -> None:
    Checkpoint.objects.bulk_create(
        checkpoints,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["account"],
        update_fields=["postings", "amount", "quantity", "last_event"],
    )
