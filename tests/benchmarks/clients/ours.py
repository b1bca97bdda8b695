"""Trama itself: events through the kernel's `post` and `post_many`, every rule on, on either engine."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import django

from tests.benchmarks.clients import loop
from tests.benchmarks.world import TODAY, Deal, World, account_book, new_key

if TYPE_CHECKING:
    from ledger.models import Account, Book, Claim

NUMBERS = {"receivable": "1202", "income": "4103", "stock": "1301", "payable": "2102"}
#: So many events are prepared at once where nothing is measured.
CHUNK = 500


class Ours:
    """The accounts and claims of the world by name, and the ways to post."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.world = World.of(told)
        self.deals = self.world.deals(client=told["client"])
        self.accounts: dict[str, Account] = {}
        self.claims: list[Claim] = []

    def prepare(self) -> None:
        """Make the tables with their rules, the books, and an open claim for each pair."""
        from django.db import transaction

        from tests import make, tables

        tables.make()
        with transaction.atomic():
            books = [make.book(f"coop-{number}") for number in range(self.world.books)]
            self._open([(books[seller], books[buyer]) for seller, buyer in self.world.pairs])

    def _open(self, pairs: "Sequence[tuple[Book, Book]]") -> None:
        """Make what the first delivery between two books makes: an account on each side, and a claim."""
        from ledger.core.chart import chart_account
        from ledger.models import Account, Claim
        from tests import make

        unit, peg = make.unit(), make.measure()
        Account.objects.bulk_create(
            Account(
                book=book, number=n, nature=line.nature, role=line.role or "", unit=unit, counterparty=other, peg=peg
            )
            for pair in pairs
            for n, (book, other) in ((NUMBERS["receivable"], pair), (NUMBERS["payable"], pair[::-1]))
            for line in [chart_account(n)]
        )
        Claim.objects.bulk_create(
            Claim(creditor=seller, debtor=buyer, unit=unit, peg=peg, opened_on=TODAY, agreement="P-1")
            for seller, buyer in pairs
        )

    def look(self) -> None:
        """Read the accounts and claims that the deals move, so that only posting is measured."""
        from ledger.models import Account, Book, Claim

        books = {
            int(book.organization.code.split("-")[1]): book.pk for book in Book.objects.select_related("organization")
        }
        found = {
            (account.book_id, account.number, account.counterparty_id): account
            for account in Account.objects.filter(number__in=NUMBERS.values()).select_related("book", "unit", "peg")
        }
        for name in self.world.accounts:
            kind, *rest = name.split(":")
            other = books[int(rest[1])] if len(rest) > 1 else None
            self.accounts[name] = found[books[account_book(name)], NUMBERS[kind], other]
        claims = {(claim.creditor_id, claim.debtor_id): claim for claim in Claim.objects.select_related("peg")}
        self.claims = [claims[books[seller], books[buyer]] for seller, buyer in self.world.pairs]

    def _item(self, deal: Deal) -> tuple[Any, Any, list[Any]]:
        from ledger.actions.facts import Fact, Line

        claim = self.claims[deal.number]
        lines = [
            Line(account=self.accounts[name], amount=amount, claim=claim if name[0] in "rp" else None)
            for name, amount in deal.postings
        ]
        return new_key(), Fact(kind="barter_delivery", happened_on=TODAY, memo=f"Entrega {deal.number}"), lines

    def post(self) -> int:
        """Write one event."""
        from ledger.actions import journal

        key, fact, lines = self._item(next(self.deals))
        journal.post(key=key, fact=fact, lines=lines, on=TODAY, by=None)
        return 1

    def batch(self, size: int) -> int:
        """Write so many events in one transaction."""
        post_many([self._item(next(self.deals)) for _ in range(size)])
        return size


def post_many(items: Sequence[tuple[Any, Any, list[Any]]]) -> None:
    """Write a batch as the import and the API do: all of it in one transaction."""
    from django.db import transaction

    from ledger.actions import journal

    try:
        from ledger.actions import batches
    except ImportError:  # another tree, measured beside this one, may be from before there were batches
        with transaction.atomic():
            for key, fact, lines in items:
                journal.post(key=key, fact=fact, lines=lines, on=TODAY, by=None)
    else:
        batch = [batches.Item(key=key, fact=fact, lines=lines) for key, fact, lines in items]
        batches.post_many(items=batch, on=TODAY, by=None)


def main() -> None:
    """Prepare the database, or serve."""
    told = loop.options()
    django.setup()
    ours = Ours(told)
    if told["job"] == "prepare":
        ours.prepare()
        ours.look()
        for begun in range(0, told["rows"], CHUNK):
            ours.batch(min(CHUNK, told["rows"] - begun))
        return
    ours.look()
    work = ours.post if told["job"] == "post" else lambda: ours.batch(told["size"])
    loop.serve(work, warm_up=told.get("warm_up", loop.WARM_UP))


if __name__ == "__main__":
    main()
