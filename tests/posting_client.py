"""A client of its own process that posts into the test's database: `python -m tests.posting_client SEED COUNT`."""

import random
import sys
import uuid

import django

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


if __name__ == "__main__":
    django.setup()
    post_many(int(sys.argv[1]), int(sys.argv[2]))
