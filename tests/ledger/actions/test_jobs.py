"""The protocol of a job: one winner, no half effect, a cap on attempts."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from ledger.actions import jobs
from ledger.models import Job

NOW = timezone.now()
LATER = NOW + dt.timedelta(seconds=settings.JOB_STALE_SECONDS + 1)


@pytest.fixture
def job(db: None) -> Job:
    return jobs.request(kind="reconcile", key="one", parameters={"full": False}, by=None, at=NOW)


class TestTake:
    def test_has_one_winner(self, job: Job):
        assert jobs.take(job_id=job.pk, at=NOW) is not None
        assert jobs.take(job_id=job.pk, at=NOW) is None

    def test_takes_over_a_job_whose_heart_stopped(self, job: Job):
        first = jobs.take(job_id=job.pk, at=NOW)
        assert first is not None

        assert jobs.take(job_id=job.pk, at=LATER) is not None
        with pytest.raises(jobs.JobWasTakenOver):
            jobs.finish(job=first, at=LATER)
        with pytest.raises(jobs.JobWasTakenOver):
            jobs.beat(job=first, at=LATER)

    def test_leaves_a_job_that_is_done(self, job: Job):
        taken = jobs.take(job_id=job.pk, at=NOW)
        assert taken is not None
        jobs.finish(job=taken, at=NOW)

        assert jobs.take(job_id=job.pk, at=LATER) is None


class TestRequest:
    def test_twice_makes_one_job(self, job: Job):
        assert jobs.request(kind="reconcile", key="one", parameters={}, by=None, at=NOW) == job


class TestSweep:
    def test_gives_up_what_failed_too_often(self, job: Job):
        Job.objects.update(attempts=settings.JOB_ATTEMPTS_MAX, state="running", heartbeat_at=NOW)

        jobs.sweep(at=LATER)

        job.refresh_from_db()
        assert job.state == "failed"
        assert job.message

    def test_gives_a_failed_job_another_chance_when_asked(self, job: Job):
        Job.objects.update(state="failed", attempts=settings.JOB_ATTEMPTS_MAX)
        job.refresh_from_db()

        assert jobs.again(job=job, at=NOW).state == "queued"
