"""Workers and Redis are killed under load: every job is done, once in effect, and none is lost."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import redis
from django.utils import timezone

from ledger.actions import jobs
from ledger.models import Job, Reconciliation, ReconciliationPart
from tests import make
from tests.workers import Server, Worker, eventually, redis_of_its_own

#: Each of them has two parts, of its books and of the network.
JOBS = 100


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Server]:
    with redis_of_its_own(tmp_path) as server:
        yield server


@pytest.mark.serial
@pytest.mark.timeout(400)
@pytest.mark.django_db(transaction=True)
def test_every_job_is_done_once_whoever_is_killed(broker: Server, tmp_path: Path, settings):
    settings.JOB_STALE_SECONDS, settings.JOB_REANNOUNCE_SECONDS = 2, 2
    make.delivery(make.book("a"), make.book("b"))
    for number in range(JOBS):
        jobs.request(kind="reconcile", key=f"fault {number}", parameters={"full": True}, by=None, at=timezone.now())
    worker = Worker(broker.url, tmp_path)

    def has_done(number: int) -> bool:
        return Job.objects.filter(kind="reconcile", state="done").count() >= number

    def sweep() -> None:
        # What beat does every ten seconds; more often here, as everything is.
        jobs.sweep(at=timezone.now())
        time.sleep(0.2)

    try:
        for reached in (15, 40, 65):
            eventually(partial(has_done, reached), within=90, meanwhile=sweep)
            worker.kill()
            if reached == 40:
                broker.kill()
                broker.start()
                redis.Redis.from_url(broker.url).flushall()
            worker.start()
        eventually(partial(has_done, JOBS), within=150, meanwhile=sweep)
    finally:
        worker.kill()

    assert Reconciliation.objects.filter(finished_at__isnull=False).count() == Reconciliation.objects.count() == JOBS
    assert ReconciliationPart.objects.count() == 2 * JOBS
    assert not Job.objects.exclude(state="done").exists()
    assert Job.objects.filter(attempts__gt=settings.JOB_ATTEMPTS_MAX).count() == 0


@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_loses_no_request(broker: Server):
    broker.kill()

    job = jobs.request(kind="reconcile", key="down", parameters={"full": True}, by=None, at=timezone.now())

    assert job.state == "queued"
    assert not jobs.announce(job_id=job.pk, kind=job.kind)
    broker.start()
    assert jobs.announce(job_id=job.pk, kind=job.kind)
