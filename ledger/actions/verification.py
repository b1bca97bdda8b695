"""Verify the seals: recompute everything, or what is new, and keep what was named."""

import datetime as dt
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction

from ledger.actions import jobs
from ledger.core.seals import BEGINNING, Block
from ledger.models.jobs import Job, JobState
from ledger.models.seals import Seal, Verification
from ledger.queries import seals, totals
from ledger.queries import verification as recomputed
from ledger.queries.contents import Reader
from ledger.queries.verification import Problem

#: So many problems are kept with a run; the command tells all.
KEPT_MAX = 200
#: With less to do than this for each, another thread is not worth its connection.
TASKS_A_THREAD = 4

Heads = Iterable[tuple[int, str, str]]
Task = Callable[[Reader], Iterable[Problem]]


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


def verify(
    *,
    full: bool,
    clock: Callable[[], dt.datetime],
    against: Heads = (),
    job: Job | None = None,
    threads: int | None = None,
) -> Verified:
    """Recompute the blocks (those since the last clean run, or all), compare, and return what was named.

    `against` are heads that are kept elsewhere. Only a full run looks for rows outside any event and adds up balances.
    So many `threads` look at the same time, each with a connection of its own: it is the database that is at work.
    """
    started_at = clock()
    problems = set(recomputed.check_heads([*recomputed.heads_kept(), *against]))
    height, previous = (0, BEGINNING) if full or problems else recomputed.last_clean()
    full = full or bool(problems)
    before = Seal.objects.filter(height=height).first()
    last = first = before.last_event if before else 0
    blocks: list[Block] = []
    for block, digest in seals.blocks(after=height):
        problems.update(recomputed.check_link(block, digest, height=height, last=last, previous=previous))
        height, last, previous = block.height, block.last, digest
        blocks.append(block)
    strangers = recomputed.unmarked(first=first + 1, last=max((block.last for block in blocks), default=0))
    tasks: deque[Task] = deque(totals.checks() if full else ())
    tasks += [partial(recomputed.check_blocks, batch, at=started_at) for batch in recomputed.batches(blocks, strangers)]
    problems.update(_done(tasks, threads=threads, clock=clock, job=job))
    named = sorted(problems, key=lambda problem: (problem.block, problem.event, problem))
    with transaction.atomic():
        done = Verification.objects.create(
            job=job,
            is_full=full,
            started_at=started_at,
            finished_at=clock(),
            height=height,
            hash=previous if height else "",
            events=sum(block.events for block in blocks),
            count=len(named),
            problems=[problem.as_dict() for problem in named[:KEPT_MAX]],
        )
        if job is not None:
            jobs.finish(job=job, at=clock())
    return Verified(done, named)


def _done(
    tasks: deque[Task], *, threads: int | None, clock: Callable[[], dt.datetime], job: Job | None
) -> Iterator[Problem]:
    """Do all that is to be done, here and in other threads, and yield what they name."""
    total = len(tasks) + 1
    with ThreadPoolExecutor() as pool:
        # A thread of its own would not see what this one's transaction has written.
        wanted = 1 if connection.in_atomic_block else threads or _threads(len(tasks))
        others = [pool.submit(_in_a_thread, tasks) for _ in range(wanted - 1)]
        reader = Reader()
        try:
            while task := _next(tasks):
                yield from task(reader)
                if job is not None:
                    jobs.beat(job=job, at=clock(), done=total - len(tasks) - 1, total=total)
            for other in others:
                yield from other.result()
        finally:
            tasks.clear()  # after an error nobody goes on


def _in_a_thread(tasks: deque[Task]) -> list[Problem]:
    found: list[Problem] = []
    try:
        reader = Reader()
        while task := _next(tasks):
            found += task(reader)
    finally:
        connection.close()
    return found


def _next(tasks: deque[Task]) -> Task | None:
    try:
        return tasks.popleft()
    except IndexError:
        return None


def _threads(tasks: int) -> int:
    """Return how many threads are worth a connection each."""
    return max(1, min(os.cpu_count() or 1, tasks // TASKS_A_THREAD))
