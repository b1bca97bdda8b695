"""The made-up network that every candidate keeps books for: who delivers to whom, the same for all of them."""

import datetime as dt
import os
import random
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BOOKS = 100
#: With two accounts a book (income, stock) and two a pair (receivable, payable): a hundred books use 1,000 accounts.
#: Each delivers to the books so many places further on.
STEPS = (1, 2, 3, 5)
#: The day of every fact: a run that goes on past midnight stays one day.
TODAY = dt.date(2026, 5, 4)


@dataclass(frozen=True, slots=True)
class Deal:
    """One confirmed delivery: what the seller gives, the buyer owes. Accounts by name; amounts are minor units."""

    number: int
    seller: int
    buyer: int
    amount: int

    @property
    def postings(self) -> tuple[tuple[str, int], ...]:
        """The four postings, (account, amount) with debit above zero: first the seller's book, then the buyer's."""
        return (
            (f"receivable:{self.seller}:{self.buyer}", self.amount),
            (f"income:{self.seller}", -self.amount),
            (f"stock:{self.buyer}", self.amount),
            (f"payable:{self.buyer}:{self.seller}", -self.amount),
        )


@dataclass(frozen=True, slots=True)
class World:
    """Who delivers to whom. `is_hot`: one seller delivers to all, so its income account moves every time."""

    is_hot: bool = False
    books: int = BOOKS

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "World":
        """Return the world that a client is told of."""
        return cls(is_hot=told.get("is_hot", False), books=told.get("books", BOOKS))

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """(seller, buyer), each once."""
        if self.is_hot:
            return [(0, buyer) for buyer in range(1, self.books)]
        return [(seller, (seller + step) % self.books) for seller in range(self.books) for step in STEPS]

    @property
    def accounts(self) -> list[str]:
        """The names of all accounts that deals move, each once, in the order of the pairs."""
        deals = [Deal(number, seller, buyer, 1) for number, (seller, buyer) in enumerate(self.pairs)]
        return list(dict.fromkeys(name for deal in deals for name, _ in deal.postings))

    def deals(self, *, client: int) -> Iterator[Deal]:
        """Yield deals without end, the same for a client of the same number whatever the candidate."""
        chance = random.Random(f"deals of {client}")  # noqa: S311  # not a secret
        pairs = self.pairs
        while True:
            number = chance.randrange(len(pairs))
            yield Deal(number, *pairs[number], chance.randint(1, 1_000_000))


def account_book(name: str) -> int:
    """Return whose account it is."""
    return int(name.split(":")[1])


def new_key() -> uuid.UUID:
    """Return a UUID of version 7: time first, so that new keys stand together in an index."""
    value = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    return uuid.UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)
