"""A process of its own on the test's database: `python -m tests.client post SEED COUNT`, `spend`, `seal`, `remind`."""

import datetime as dt
import os
import random
import subprocess
import sys
import threading
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


def spend(number: int, threads: int) -> None:
    """Be many clients at once, each with a connection of its own, who each want 1 of a credit: paid, or held."""
    barrier, unexpected = threading.Barrier(threads), []

    def one(place: int) -> None:
        from django.db import connection

        try:
            barrier.wait()
            _spend_one(paid=place % 2 == 0, key=uuid.uuid5(SPACE, f"spent by {number} {place}"))
        except Exception as error:  # noqa: BLE001  # whatever it is, the test must hear of it
            unexpected.append(error)
        finally:
            connection.close()

    clients = [threading.Thread(target=one, args=[place]) for place in range(threads)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    if unexpected:
        raise ExceptionGroup("not all of them were answered", unexpected)


def _spend_one(*, paid: bool, key: uuid.UUID) -> None:
    from ledger.actions import holds, refusals
    from ledger.models import Book
    from tests import credit, make

    grafica, molino, red = (Book.objects.get(organization__code=code) for code in ("grafica", "molino", "red"))
    try:
        if paid:
            credit.pay(grafica, molino, red, 1)
        else:
            account = credit.position(grafica, red)
            holds.reserve(key=key, account=account, amount=1, until=make.DAY, on=make.DAY, by=None)
    except refusals.CreditBeyondLimit:
        pass


def seal_all(block_max: int) -> None:
    """Seal until nothing is left, in small blocks."""
    from django.utils import timezone

    from ledger.actions import seals

    seals.BLOCK_MAX = block_max
    while seals.seal(at=timezone.now()):
        pass


def remind_all(folder: str, day: str) -> None:
    """Remind officers of what is due; the letters lie in a folder."""
    from django.conf import settings
    from django.utils import timezone

    from ledger.actions import reminders

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = folder
    reminders.remind(on=dt.date.fromisoformat(day), clock=timezone.now)


def start(*words: object) -> "subprocess.Popen[bytes]":
    """Start a client; a fork of a process with threads would inherit their locks, and might wait for ever."""
    surroundings = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return subprocess.Popen([sys.executable, "-m", "tests.client", *map(str, words)], cwd=ROOT, env=surroundings)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "post":
        post_many(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "spend":
        spend(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "remind":
        remind_all(sys.argv[2], sys.argv[3])
    else:
        seal_all(int(sys.argv[2]))
