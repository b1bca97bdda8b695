"""Several processes post into the same books at the same time: nothing is lost, nothing doubled, no number skipped."""

import pytest
from django.utils import timezone

from ledger.actions import reconciliation
from ledger.models import AccountBalance, Book, Entry, Event
from tests import client, make
from tests.client import SHARED

PROCESSES, EACH = 4, 25


@pytest.mark.django_db(transaction=True)
def test_many_processes_lose_and_double_nothing():
    for name in ("a", "b", "c"):
        make.book(name)
    clients = [client.start("post", seed, EACH) for seed in range(PROCESSES)]
    codes = [each.wait(timeout=200) for each in clients]

    assert codes == [0] * PROCESSES
    shared = len(range(0, EACH, SHARED))
    assert Event.objects.count() == PROCESSES * (EACH - shared) + shared
    sales = AccountBalance.objects.get(account__number="4101", account__book__organization__code="a")
    assert sales.amount == -100 * shared
    for book in Book.objects.all():
        numbers = list(Entry.objects.filter(book=book).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0
