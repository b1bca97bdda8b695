"""Confirming deliveries of a barter: the public action, with permission, workflow, history and posting."""

import datetime as dt
import itertools
from collections import deque
from typing import TYPE_CHECKING, Any

import django

from tests.benchmarks.clients import loop
from tests.benchmarks.world import TODAY, World, new_key

if TYPE_CHECKING:
    from ledger.models import Book, Delivery
    from network.models import User

LONG_AGO, LONG_UNTIL = dt.date(2025, 1, 1), dt.date(2028, 1, 1)
PAIRS = 40
DELIVERIES_OF_ONE = 4
#: So many wait before each round; a round that has confirmed all of them ends.
WAITING = 600


class Barters:
    """Pairs of cooperatives that barter, and the deliveries that wait for the receiver."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.pairs = World.of(told).pairs[:PAIRS]
        self.books: dict[int, Book] = {}
        self.officers: dict[int, User] = {}
        self.waiting: deque[tuple[Delivery, User]] = deque()
        self.turn = itertools.cycle(self.pairs)

    def prepare(self, rows: int) -> None:
        """Make the tables, the cooperatives with an officer each, and some confirmed deliveries."""
        from django.db import transaction

        from tests import make, tables

        tables.make()
        with transaction.atomic():
            for number in sorted({number for pair in self.pairs for number in pair}):
                self._officer(make.book(f"coop-{number}"))
        self.look()
        with transaction.atomic():
            self.fill(rows)
            while self.waiting:
                self.confirm()

    def _officer(self, book: "Book") -> None:
        from network.models import Mandate, Membership, User
        from tests import make

        of = book.organization
        # Without a password: nobody logs in, and hashing a hundred of them takes longer than all the rest.
        person = User.objects.create_user(f"{of.code}@example.org", None, name=of.name)
        Membership.objects.create(user=person, organization=of, starts_on=LONG_AGO)
        Mandate.objects.create(
            organization=of,
            user=person,
            office="treasurer",
            starts_on=LONG_AGO,
            until=LONG_UNTIL,
            resolution=make.resolution(of, on=LONG_AGO),
        )

    def look(self) -> None:
        """Read the books and their officers."""
        from ledger.models import Book
        from network.models import User

        officers = {person.email.split("@")[0]: person for person in User.objects.all()}
        for book in Book.objects.select_related("organization"):
            number = int(book.organization.code.split("-")[1])
            self.books[number], self.officers[number] = book, officers[book.organization.code]

    def fill(self, wanted: int = WAITING) -> None:
        """Log deliveries until so many wait."""
        from django.db import transaction

        while len(self.waiting) < wanted:
            with transaction.atomic():
                self._agree(*next(self.turn))

    def _agree(self, giver: int, receiver: int) -> None:
        """Agree on a barter, and log what the giver delivers in parts."""
        from ledger.actions import agreements, deliveries, terms
        from ledger.actions.deliveries import Papers
        from ledger.actions.terms import LineTerms, Terms
        from tests import make

        sides = [self.books[giver].organization, self.books[receiver].organization]
        lines = [
            LineTerms(
                giver=side,
                receiver=other,
                thing=f"Cosa de {side.code}",
                unit=make.unit("UN"),
                quantity=1_000,
                value=10_000_00,
            )
            for side, other in (sides, sides[::-1])
        ]
        agreement = terms.log(
            kind="barter",
            key=new_key(),
            proposer=sides[0],
            others=[sides[1]],
            terms=Terms(title="Trueque", pegged_to_goods=False, agreed_on=TODAY),
            lines=lines,
            by=self.officers[giver],
            on=TODAY,
        )
        agreement = agreements.sign(agreement=agreement, organization=sides[1], by=self.officers[receiver], on=TODAY)
        line = agreement.lines.get(giver=sides[0])
        for _ in range(DELIVERIES_OF_ONE):
            delivery = deliveries.log(
                agreement=agreement,
                key=new_key(),
                giver=sides[0],
                quantities={line.pk: 1_000 // DELIVERIES_OF_ONE},
                happened_on=TODAY,
                papers=Papers(delivery_note="R 0001-00000012", invoice="A 0001-00000034"),
                by=self.officers[giver],
                on=TODAY,
            )
            self.waiting.append((delivery, self.officers[receiver]))

    def confirm(self) -> int:
        """Confirm the delivery that has waited longest."""
        from ledger.actions import barter

        if not self.waiting:
            raise StopIteration
        delivery, by = self.waiting.popleft()
        # The page reads the delivery to show it, and the action reads it again to be sure: the latter is measured.
        barter.confirm(delivery=delivery, by=by, on=TODAY)
        return 1


def main() -> None:
    """Prepare the database, or serve."""
    told = loop.options()
    django.setup()
    barters = Barters(told)
    if told["job"] == "prepare":
        barters.prepare(told["rows"] // 10)
        return
    barters.look()
    barters.fill(loop.WARM_UP)
    loop.serve(barters.confirm, rest=barters.fill)


if __name__ == "__main__":
    main()
