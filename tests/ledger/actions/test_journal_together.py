"""Several processes post into the same books at the same time: nothing is lost, nothing doubled, no number skipped."""

import multiprocessing
import random
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from ledger.actions import reconciliation
from ledger.models import AccountBalance, Book, Entry, Event
from tests import make

PROCESSES, EACH = 4, 25
SPACE = uuid.UUID("0c0ffee0-0000-4000-8000-000000000000")


def post_many(seed: int) -> None:
    """Post deliveries between three books as a process of its own; some keys are those of the other processes."""
    chance = random.Random(seed)  # noqa: S311  # which books, not secrets
    books = list(Book.objects.order_by("pk"))
    for number in range(EACH):
        creditor, debtor = chance.sample(books, 2)
        if number % 5 == 0:
            make.sale(books[0], 100, key=uuid.uuid5(SPACE, f"everybody's {number}"))
        else:
            make.delivery(creditor, debtor, chance.randint(1, 999), key=uuid.uuid5(SPACE, f"{seed} {number}"))


@pytest.mark.django_db(transaction=True)
def test_many_processes_lose_and_double_nothing():
    for name in ("a", "b", "c"):
        make.book(name)
    # A connection does not survive a fork: each process opens its own.
    connection.close()
    together = multiprocessing.get_context("fork")
    processes = [together.Process(target=post_many, args=(seed,)) for seed in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)

    assert [process.exitcode for process in processes] == [0] * PROCESSES
    shared = len(range(0, EACH, 5))
    assert Event.objects.count() == PROCESSES * (EACH - shared) + shared
    assert (
        AccountBalance.objects.get(account__number="4101", account__book__organization__code="a").amount
        == -100 * shared
    )
    for book in Book.objects.all():
        numbers = list(Entry.objects.filter(book=book).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
    assert reconciliation.reconcile(full=True, clock=timezone.now).findings == 0
