"""A whole round of clearing on PostgreSQL, in a process of its own: called, counted, worked out, checked, posted."""

import datetime as dt
import json
import random
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import django

from tests.benchmarks.claims import SEED, network
from tests.benchmarks.world import TODAY

if TYPE_CHECKING:
    from ledger.models import Book
    from network.models import Organization, User

DAY = dt.timedelta(days=1)
#: So many events are posted at once where nothing is measured.
CHUNK = 500
#: So many lines has a delivery.
LINES = 4


class Network:
    """A network, its president, and its members' books, with what they owe each other."""

    def __init__(self) -> None:
        from tests import make

        self.body: Organization = make.organization("red", kind="federation", name="Red")
        self.president: User = make.officer("Fede", self.body)

    def take_in(self, members: int) -> "list[Book]":
        """Return the books of so many new members."""
        from django.db import transaction

        from tests import make

        with transaction.atomic():
            books = [make.book(f"coop-{number}") for number in range(members)]
            for book in books:
                make.affiliation(book.organization, self.body)
        return books

    def owe(self, books: "list[Book]", claims: int, downstream: float) -> None:
        """Let them owe each other what the graphs of the other scenario say."""
        from ledger.actions import batches
        from ledger.actions import claims as lines
        from ledger.actions.accounts import Place
        from ledger.actions.facts import Fact
        from ledger.models import Claim
        from tests import make

        unit, peg = make.unit(), make.measure()
        of_code = {f"coop-{number}": book for number, book in enumerate(books)}
        graph = network(claims, cooperatives=len(books), downstream=downstream)
        rows = Claim.objects.bulk_create(
            Claim(
                creditor=of_code[each.creditor], debtor=of_code[each.debtor], unit=unit, peg=peg, agreement="P-1",
                opened_on=TODAY - each.age * DAY,
            )
            for each in graph
        )  # fmt: skip
        random.Random(SEED).shuffle(both := list(zip(rows, graph, strict=True)))  # noqa: S311  # as they come in life
        for begun in range(0, claims, CHUNK):
            planned = []
            for row, each in both[begun : begun + CHUNK]:
                planned += lines.lines(claim=row, amount=each.amount, quantity=0)
                planned += [
                    lines.Planned(place=Place(row.creditor_id, "4103", unit.pk), amount=-each.amount),
                    lines.Planned(place=Place(row.debtor_id, "1301", unit.pk), amount=each.amount),
                ]
            known = lines.with_accounts(planned)
            fact = Fact(kind="barter_delivery", happened_on=TODAY, memo="Entrega")
            items = [
                batches.Item(key=uuid.uuid4(), fact=fact, lines=known[at : at + LINES])
                for at in range(0, len(known), LINES)
            ]
            batches.post_many(items=items, on=TODAY, by=None)


@contextmanager
def timed(spent: dict[str, float], name: str) -> Iterator[None]:
    """Note how long it took."""
    began = time.perf_counter()
    yield
    spent[name] = time.perf_counter() - began


def one_round(red: Network, number: int) -> dict[str, Any]:
    """Take a round from its call into the books, check its proof, and undo it; seconds of each step."""
    from ledger.actions import cleared, clearing
    from ledger.core import clearing_certificate
    from ledger.models.clearing import Consent
    from ledger.queries import clearing as read
    from tests import make

    spent: dict[str, float] = {}
    day = TODAY + number * DAY
    what = clearing.Call(
        unit=make.unit(), consent=Consent.STANDING, cut_off=TODAY, join_until=day, answer_until=day, takes_undue=False
    )
    told: dict[str, Any] = {"by": red.president}
    with timed(spent, "call"):
        found = clearing.call(key=uuid.uuid4(), body=red.body, what=what, on=day, **told)
    with timed(spent, "count and solve"):
        found = cleared.propose(found=found, seed="bench", on=day + DAY, **told)
    with timed(spent, "check"):
        problems = clearing_certificate.problems(read.told(found))
    with timed(spent, "post"):
        found = cleared.post(found=found, on=day + DAY, **told)
    whole = sum(spent.values())
    with timed(spent, "reverse"):
        cleared.reverse(found=found, reason="Otra vez.", on=day + DAY, **told)
    return {"seconds": whole, "steps": spent, "total": found.total, "problems": len(problems)}


def main() -> None:
    """Make the tables and the network, and go through so many rounds."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    django.setup()
    from django.db import connection

    from tests import tables

    tables.make()
    red = Network()
    red.owe(red.take_in(told["cooperatives"]), told["claims"], told["downstream"])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    rounds = [one_round(red, number) for number in range(told["rounds"])]
    sys.stdout.write(json.dumps(rounds))


if __name__ == "__main__":
    main()
