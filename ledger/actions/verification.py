"""Verify the seals: recompute everything, or what is new, and keep what was named."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from ledger.actions import jobs
from ledger.core.seals import BEGINNING
from ledger.models.jobs import Job, JobState
from ledger.models.seals import Seal, Verification
from ledger.queries import seals
from ledger.queries import verification as recomputed
from ledger.queries.seals import Reader
from ledger.queries.verification import Problem

#: So many problems are kept with a run; the command tells all.
KEPT_MAX = 200

Heads = Iterable[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class Verified:
    """A run, and all that it named."""

    run: Verification
    problems: list[Problem]


def request(*, full: bool, at: dt.datetime) -> Job:
    """Ask for a run and return its job; one that is waiting or in progress serves meanwhile."""
    waiting = Job.objects.filter(
        kind="verify", parameters__full=full, state__in=[JobState.QUEUED, JobState.RUNNING]
    ).first()
    key = f"verify:{'full' if full else 'changes'}:{at.isoformat()}"
    return waiting or jobs.request(kind="verify", key=key, parameters={"full": full}, by=None, at=at)


def run(*, job_id: int, clock: Callable[[], dt.datetime]) -> Verified | None:
    """Do the work of a job, if it is still to be done."""
    job = jobs.take(job_id=job_id, at=clock())
    if job is None:
        return None
    return verify(full=bool(job.parameters["full"]), clock=clock, job=job)


def verify(*, full: bool, clock: Callable[[], dt.datetime], against: Heads = (), job: Job | None = None) -> Verified:
    """Recompute the blocks (those since the last clean run, or all), compare, and return what was named.

    `against` are heads that are kept elsewhere. Only a full run looks for rows outside any event and adds up balances.
    """
    started_at = clock()
    problems = set(recomputed.check_heads([*recomputed.heads_kept(), *against]))
    height, previous = (0, BEGINNING) if full or problems else recomputed.last_clean()
    full = full or bool(problems)
    before = Seal.objects.filter(height=height).first()
    last, events = before.last_event if before else 0, 0
    end = seals.head()
    reader = Reader()
    for block, digest in seals.blocks(after=height):
        problems.update(recomputed.check_link(block, digest, height=height, last=last, previous=previous))
        problems.update(recomputed.check_block(block, reader=reader, at=started_at))
        height, last, previous, events = block.height, block.last, digest, events + block.events
        reader.claims.clear()
        if job is not None:
            jobs.beat(job=job, at=clock(), done=height, total=(end.height if end else 0) + 1)
    if full:
        problems.update(recomputed.check_strays())
        problems.update(recomputed.check_balances())
    named = sorted(problems, key=lambda problem: (problem.block, problem.event, problem))
    with transaction.atomic():
        done = Verification.objects.create(
            job=job,
            is_full=full,
            started_at=started_at,
            finished_at=clock(),
            height=height,
            hash=previous if height else "",
            events=events,
            count=len(named),
            problems=[problem.as_dict() for problem in named[:KEPT_MAX]],
        )
        if job is not None:
            jobs.finish(job=job, at=clock())
    return Verified(done, named)
