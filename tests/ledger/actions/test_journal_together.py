"""Several processes post into the same books at the same time: nothing is lost, nothing doubled, no number skipped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from ledger.actions import reconciliation
from ledger.models import AccountBalance, Book, Entry, Event
from tests import make
from tests.posting_client import SHARED
from tests.workers import database_url

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PROCESSES, EACH = 4, 25


@pytest.mark.django_db(transaction=True)
def test_many_processes_lose_and_double_nothing():
    for name in ("a", "b", "c"):
        make.book(name)
    surroundings = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    clients = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.posting_client", str(seed), str(EACH)], cwd=ROOT, env=surroundings
        )
        for seed in range(PROCESSES)
    ]
    codes = [client.wait(timeout=200) for client in clients]

    assert codes == [0] * PROCESSES
    shared = len(range(0, EACH, SHARED))
    assert Event.objects.count() == PROCESSES * (EACH - shared) + shared
    sales = AccountBalance.objects.get(account__number="4101", account__book__organization__code="a")
    assert sales.amount == -100 * shared
    for book in Book.objects.all():
        numbers = list(Entry.objects.filter(book=book).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0
