"""A run is split by book among workers: killed in the middle, or two at once, it loses and doubles nothing."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ledger.actions import jobs, reconciliation
from ledger.models import Account, Checkpoint, Finding, FindingStep, Job, Reconciliation, ReconciliationPart
from tests import make
from tests.cast import Cast
from tests.findings import behind_the_back

pytestmark = pytest.mark.django_db


def later(seconds: int = settings.JOB_STALE_SECONDS + 1) -> Callable[[], dt.datetime]:
    """Return a clock that shows when a worker that fell silent counts as dead."""
    return lambda: timezone.now() + dt.timedelta(seconds=seconds)


def asked(*, full: bool = True) -> Job:
    return reconciliation.request(full=full, by=None, at=timezone.now())


@pytest.fixture
def books(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Three books, of which two were changed from outside by a cent; each is a part by itself."""
    monkeypatch.setattr(reconciliation, "BOOKS_A_PART", 1)
    make.sale(cast.grafica, 10_00)
    make.sale(cast.molino, 20_00)
    make.sale(cast.textil, 30_00)
    behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount IN (1000, 2000)")
    return cast


def right(books: Cast) -> bool:
    """See that everything was looked at and found, once."""
    found = Finding.objects.order_by("book").values_list("book__organization__code", "check_code")
    assert sorted(found) == [("grafica", "balance"), ("molino", "balance")]
    assert FindingStep.objects.filter(verb="opened").count() == 2
    assert Checkpoint.objects.filter(account__book=books.textil, postings__gt=0).count() == 2
    assert not Job.objects.exclude(state="done").exists()
    return True


class TestParts:
    def test_are_of_one_book_each_and_of_the_network(self, books: Cast):
        run = reconciliation.plan(full=True, clock=timezone.now)

        parts = [part.books for part in run.parts.order_by("number")]
        assert parts == [[books.grafica.pk], [books.molino.pk], [books.textil.pk], []]

    def test_together_are_the_run(self, books: Cast):
        run = reconciliation.reconcile(full=True, clock=timezone.now)

        assert right(books)
        assert (run.accounts, run.findings) == (Account.objects.count(), 2)
        assert run.finished_at is not None

    def test_are_only_of_books_that_moved_or_stand_wrong(self, books: Cast):
        reconciliation.reconcile(full=True, clock=timezone.now)
        make.sale(books.textil, 5_00)

        run = reconciliation.plan(full=False, clock=later(3600))
        wrong_or_moved = {books.grafica.pk, books.molino.pk, books.textil.pk}
        assert {book for part in run.parts.all() for book in part.books} == wrong_or_moved

        behind_the_back("UPDATE ledger_accountbalance SET amount = amount - 1 WHERE amount IN (1001, 2001)")
        reconciliation.reconcile(full=False, clock=later(3600))
        make.sale(books.molino, 5_00)
        run = reconciliation.plan(full=False, clock=later(3600))
        assert [part.books for part in run.parts.order_by("number")] == [[books.molino.pk], []]


class TestWorkers:
    def test_that_die_in_the_middle_leave_the_rest_to_another(self, books: Cast):
        job = asked()
        taken = jobs.take(job_id=job.pk, at=timezone.now())
        run = reconciliation.plan(full=True, clock=timezone.now, job=taken)
        first, second, *_rest = run.parts.order_by("number")
        reconciliation.run_part(job_id=first.job_id, clock=timezone.now)
        # The worker took the second part, and is heard of no more.
        assert jobs.take(job_id=second.job_id, at=timezone.now())
        job.refresh_from_db()
        assert (job.done, job.total, job.state) == (1, 4, "running")

        assert reconciliation.run(job_id=job.pk, clock=timezone.now) is None
        done = reconciliation.run(job_id=job.pk, clock=later())

        assert done == run
        assert done.finished_at is not None
        assert right(books)
        assert Reconciliation.objects.count() == 1

    def test_at_once_do_each_part_once(self, books: Cast):
        job = asked()
        run = reconciliation.plan(full=True, clock=timezone.now, job=jobs.take(job_id=job.pk, at=timezone.now()))
        numbers = list(run.parts.order_by("-number").values_list("job", flat=True))
        done = [reconciliation.run_part(job_id=number, clock=timezone.now) for number in [*numbers, *numbers]]

        assert [part is not None for part in done] == [True] * 4 + [False] * 4
        run.refresh_from_db()
        assert run.finished_at is not None
        assert right(books)

    def test_that_lost_a_part_write_nothing_of_it(self, books: Cast, monkeypatch: pytest.MonkeyPatch):
        run = reconciliation.plan(full=True, clock=timezone.now)
        part = run.parts.order_by("number")[0]

        def clock() -> dt.datetime:
            # Another worker takes over while this one looks.
            Job.objects.filter(pk=part.job_id, state="running").update(claim=None)
            return timezone.now()

        with pytest.raises(jobs.JobWasTakenOver):
            reconciliation.run_part(job_id=part.job_id, clock=clock)
        assert not Finding.objects.exists()
        assert not Checkpoint.objects.exists()

    def test_that_failed_too_often_are_given_another_chance_with_the_run(self, books: Cast):
        job = asked()
        run = reconciliation.plan(full=True, clock=timezone.now, job=jobs.take(job_id=job.pk, at=timezone.now()))
        attempts = {"state": "failed", "attempts": settings.JOB_ATTEMPTS_MAX}
        Job.objects.filter(pk=job.pk).update(**attempts)
        Job.objects.filter(reconciliation_part__run=run).update(**attempts)
        job.refresh_from_db()

        jobs.again(job=job, at=timezone.now())
        reconciliation.run(job_id=job.pk, clock=timezone.now)

        assert right(books)

    def test_of_two_runs_keep_one_finding(self, books: Cast):
        one, other = (reconciliation.plan(full=True, clock=timezone.now) for _run in range(2))
        for mine, theirs in zip(one.parts.order_by("number"), other.parts.order_by("-number"), strict=True):
            reconciliation.run_part(job_id=mine.job_id, clock=timezone.now)
            reconciliation.run_part(job_id=theirs.job_id, clock=timezone.now)

        assert right(books)
        assert list(Reconciliation.objects.values_list("findings", flat=True)) == [2, 2]


class TestProgress:
    def test_is_of_the_job_that_was_asked_for(self, books: Cast):
        job = asked()

        reconciliation.run(job_id=job.pk, clock=timezone.now)

        job.refresh_from_db()
        assert (job.state, job.done, job.total, job.percent) == ("done", 4, 4, 100)


class TestCost:
    def test_of_nothing_new_does_not_grow_with_the_ledger(self, cast: Cast):
        def cost() -> int:
            reconciliation.reconcile(full=True, clock=later(3600))
            with CaptureQueriesContext(connection) as queries:
                run = reconciliation.reconcile(full=False, clock=later(3600))
            assert run.accounts == 0
            assert ReconciliationPart.objects.filter(run=run).count() == 1
            return len(queries)

        make.sale(cast.grafica, 10_00)
        few = cost()
        for _more in range(10):
            make.sale(cast.grafica, 10_00)
            make.delivery(cast.grafica, cast.molino, 10_00)

        assert cost() == few
