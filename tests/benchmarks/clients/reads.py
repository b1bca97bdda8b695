"""What Trama answers from a large ledger: a balance, who owes whom, the trial balance; and how it proves the whole."""

import random
from collections.abc import Callable
from typing import Any

import django

from tests.benchmarks.clients import loop
from tests.benchmarks.clients.ours import CHUNK, Ours
from tests.benchmarks.world import BOOKS


class Reader:
    """The questions, each asked of another account or book every time."""

    def __init__(self) -> None:
        from ledger.models import Book, Posting

        self.chance = random.Random(11)  # noqa: S311  # the same questions every time
        self.books = list(Book.objects.order_by("pk")[:BOOKS])
        self.accounts = list(Posting.objects.order_by().values_list("account", flat=True).distinct())
        self.postings = Posting.objects.count()

    def balance(self) -> int:
        """Ask what one account holds."""
        from ledger.models import AccountBalance

        AccountBalance.objects.get(pk=self.chance.choice(self.accounts))
        return 1

    def owes(self) -> int:
        """Ask whom a book owes and who owes it, with names and amounts."""
        from ledger.queries import claims

        book = self.chance.choice(self.books)
        claims.owed_to(book=book)
        claims.owed_by(book=book)
        return 1

    def kept(self) -> int:
        """Ask what every account holds, from the kept balances."""
        from ledger.models import AccountBalance

        found = AccountBalance.objects.filter(postings__gt=0).values_list("account", "amount", "postings")
        if sum(amount for _account, amount, _postings in found):
            raise AssertionError("the trial balance does not add up")
        return 1

    def recomputed(self) -> int:
        """Ask the same of the postings themselves."""
        from django.db.models import Count, Sum

        from ledger.models import Posting

        found = Posting.objects.order_by().values_list("account").annotate(Sum("amount"), lines=Count("*"))
        if sum(amount for _account, amount, _postings in found):
            raise AssertionError("the trial balance does not add up")
        return 1

    def seal(self) -> None:
        """Seal all that is not sealed."""
        from django.utils import timezone

        from ledger.actions import seals

        seals.seal(at=timezone.now())

    def verify(self) -> int:
        """Verify everything: balances, mirrors, seals. A unit is a posting."""
        from django.utils import timezone

        from ledger.actions import verification

        named = verification.verify(full=True, clock=timezone.now).problems
        if named:
            raise AssertionError(f"{len(named)} problems, the first: {named[0]}")
        return self.postings


def main() -> None:
    """Prepare the database, or serve."""
    told = loop.options()
    django.setup()
    if told["job"] == "prepare":
        _prepare(told)
        return
    reader = Reader()
    questions: dict[str, Callable[[], int]] = {
        "balance": reader.balance,
        "owes": reader.owes,
        "kept": reader.kept,
        "recomputed": reader.recomputed,
        "verify": reader.verify,
    }
    if told["job"] == "verify":
        reader.seal()
    loop.serve(questions[told["job"]], warm_up=told.get("warm_up", loop.WARM_UP))


def _prepare(told: dict[str, Any]) -> None:
    ours = Ours(told)
    ours.prepare()
    ours.look()
    for begun in range(0, told["rows"], CHUNK):
        ours.batch(min(CHUNK, told["rows"] - begun))


if __name__ == "__main__":
    main()
