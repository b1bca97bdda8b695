"""What is left over in an event: in each book, and between each pair of books."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Leg(NamedTuple):
    """What the arithmetic needs to know of one line. Ids stand for what they name; amounts are minor units."""

    book: int
    unit: int
    amount: int
    quantity: int = 0
    #: (creditor's book, debtor's book) where the account is one side of a debt between two books.
    pair: tuple[int, int] | None = None
    peg: int | None = None
    claim: int | None = None


def imbalance(legs: Iterable[Leg]) -> dict[tuple[int, int], int]:
    """Return what is left over by (book, unit): empty when every entry balances in every unit."""
    left: defaultdict[tuple[int, int], int] = defaultdict(int)
    for leg in legs:
        left[leg.book, leg.unit] += leg.amount
    return {key: amount for key, amount in left.items() if amount}


#: (pair, unit, peg, claim)
Debt = tuple[tuple[int, int], int, int | None, int | None]


def unmirrored(legs: Iterable[Leg]) -> dict[Debt, tuple[int, int]]:
    """Return (amount, quantity) left over by (pair, unit, peg, claim): empty when the books mirror each other."""
    amounts: defaultdict[Debt, int] = defaultdict(int)
    quantities: defaultdict[Debt, int] = defaultdict(int)
    for leg in legs:
        if leg.pair is not None:
            debt = (leg.pair, leg.unit, leg.peg, leg.claim)
            amounts[debt] += leg.amount
            quantities[debt] += leg.quantity
    return {debt: (amounts[debt], quantities[debt]) for debt in amounts if amounts[debt] or quantities[debt]}
