"""A process of its own on the test's database: `python -m tests.client post SEED COUNT`, or `seal BLOCK_MAX`."""

import os
import random
import subprocess
import sys
import uuid
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent

SPACE = uuid.UUID("0c0ffee0-0000-4000-8000-000000000000")
#: Every so many postings it uses a key that all clients use.
SHARED = 5


def post_many(seed: int, count: int) -> None:
    """Post deliveries between the books that are there; some keys are those of the other clients."""
    from ledger.models import Book
    from tests import make

    chance = random.Random(seed)  # noqa: S311  # which books, not secrets
    books = list(Book.objects.order_by("pk"))
    for number in range(count):
        creditor, debtor = chance.sample(books, 2)
        if number % SHARED == 0:
            make.sale(books[0], 100, key=uuid.uuid5(SPACE, f"everybody's {number}"))
        else:
            make.delivery(creditor, debtor, chance.randint(1, 999), key=uuid.uuid5(SPACE, f"{seed} {number}"))


def database_url() -> str:
    """Return the test's database as an address that another process understands."""
    from tests import workers

    return workers.database_url()


def seal_all(block_max: int) -> None:
    """Seal until nothing is left, in small blocks."""
    from django.utils import timezone

    from ledger.actions import seals

    seals.BLOCK_MAX = block_max
    while seals.seal(at=timezone.now()):
        pass


def start(*words: object) -> "subprocess.Popen[bytes]":
    """Start a client; a fork of a process with threads would inherit their locks, and might wait for ever."""
    surroundings = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.Popen([sys.executable, "-m", "tests.client", *map(str, words)], cwd=ROOT, env=surroundings)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "post":
        post_many(int(sys.argv[2]), int(sys.argv[3]))
    else:
        seal_all(int(sys.argv[2]))
