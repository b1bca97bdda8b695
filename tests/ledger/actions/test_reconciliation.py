"""Reconciliation finds what was changed behind the program's back, and nothing else."""

import pytest
from django.db import connection
from django.utils import timezone

from ledger.actions import reconciliation
from ledger.models import Checkpoint, Finding
from network import rules
from tests import make
from tests.cast import Cast


def reconcile(*, full: bool = False):
    return reconciliation.reconcile(full=full, clock=timezone.now)


def behind_the_back(sql: str) -> None:
    """Change the tables with the rules taken away, as whoever owns the file can."""
    connection.check_constraints()
    rules.drop()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    rules.install()


@pytest.fixture
def books(cast: Cast) -> Cast:
    make.delivery(cast.grafica, cast.molino, 100_00)
    make.delivery(cast.molino, cast.textil, 50_00)
    make.sale(cast.grafica, 10_00)
    return cast


class TestReconcile:
    def test_finds_nothing_in_right_books(self, books: Cast):
        assert reconcile().findings == 0
        assert reconcile(full=True).findings == 0

    def test_looks_only_at_what_moved_since(self, books: Cast):
        reconcile()
        make.sale(books.molino, 10_00)

        assert reconcile().accounts == 2

    @pytest.mark.parametrize(
        ("sql", "checks"),
        [
            ("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 10000", {"balance", "mirror"}),
            ("UPDATE ledger_posting SET amount = amount + 1 WHERE amount = 5000", {"balance", "claim", "entry"}),
            ("UPDATE ledger_claimbalance SET amount = amount + 1 WHERE amount = 5000", {"claim"}),
            ("UPDATE ledger_entry SET number = number + 5 WHERE number = 2", {"numbering"}),
        ],
    )
    def test_finds_what_was_changed(self, books: Cast, sql: str, checks: set[str]):
        reconcile()
        behind_the_back(sql)

        run = reconcile(full=True)

        assert run.findings
        assert set(Finding.objects.values_list("check_code", flat=True)) <= checks
        assert Finding.objects.exists()

    def test_a_finding_that_no_longer_holds_closes_itself(self, books: Cast):
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 1000")
        reconcile(full=True)
        assert Finding.objects.filter(closed_at=None).exists()

        behind_the_back("UPDATE ledger_accountbalance SET amount = amount - 1 WHERE amount = 1001")
        reconcile()

        assert not Finding.objects.filter(closed_at=None).exists()

    def test_the_same_finding_is_kept_once(self, books: Cast):
        behind_the_back("UPDATE ledger_accountbalance SET amount = amount + 1 WHERE amount = 1000")

        reconcile(full=True)
        reconcile(full=True)

        assert Finding.objects.count() == 1

    def test_an_event_that_commits_late_is_no_finding(self, books: Cast):
        reconcile()
        # As if the checkpoint had been taken before a slower transaction committed an earlier event.
        Checkpoint.objects.filter(account__number="4101").update(postings=0, amount=0, last_event=10**6)

        assert reconcile().findings == 0


class TestRequest:
    def test_serves_whoever_asks_while_one_waits(self, db: None):
        first = reconciliation.request(full=False, by=None, at=timezone.now())

        assert reconciliation.request(full=False, by=None, at=timezone.now()) == first
        assert reconciliation.request(full=True, by=None, at=timezone.now()) != first

    def test_a_job_is_run_once(self, books: Cast):
        job = reconciliation.request(full=False, by=None, at=timezone.now())

        assert reconciliation.run(job_id=job.pk, clock=timezone.now) is not None
        assert reconciliation.run(job_id=job.pk, clock=timezone.now) is None
        job.refresh_from_db()
        assert (job.state, job.percent) == ("done", 100)
