"""The arithmetic of network credit: what of a price is VAT, what a position idle for long pays into the common fund.

Whole minor units. A credit is at par with the money of the network's book: one for one.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ledger.core.apportion import part_of

#: Where one stands in a credit, in a member's book and in the network's: mirrored like a debt, and none.
POSITIONS = ("1103", "2302")
#: So many basis points are the whole.
WHOLE = 10_000
#: No more than a tenth of what stands idle goes a month.
RATE_MAX = 1_000
#: From a month to ten years.
IDLE_MIN, IDLE_MAX = 30, 3_650


def vat_within(total: int, *, basis_points: int) -> int:
    """Return how much of a price with VAT is VAT: of 45.000,00 at 21 % it is 7.809,92."""
    return total - part_of(total, before=0, more=WHOLE, whole=WHOLE + basis_points)


def demurrage(balance: int, *, basis_points: int) -> int:
    """Return what a month takes of a position, rounded down: nobody pays more than the rate, and no debt grows."""
    return max(balance, 0) * basis_points // WHOLE


def is_idle(*, since: dt.date, days: int, on: dt.date) -> bool:
    """Whether a position that last moved on a day has stood still for so many days."""
    return (on - since).days >= days


@dataclass(frozen=True, slots=True)
class Spread:
    """How a credit stands among its members: minor units; counts of positions."""

    #: What those above zero have to get, which is what those below have promised, and the fund's.
    circulating: int
    above: int
    below: int
    #: What the three largest positions above zero hold.
    largest: int
    #: Of what is above zero, what has not moved for long, and in how many positions.
    idle: int
    idle_count: int

    def percent(self, part: int) -> int:
        """Return a part of what circulates in per cent, rounded; nothing where nothing circulates."""
        return (200 * part + self.circulating) // (2 * self.circulating) if self.circulating else 0


def spread(positions: Iterable[tuple[int, bool]], *, top: int = 3) -> Spread:
    """Return how positions, each with whether it has stood still for long, are spread."""
    found = list(positions)
    above = sorted((amount for amount, _idle in found if amount > 0), reverse=True)
    idle = [amount for amount, is_still in found if amount > 0 and is_still]
    return Spread(
        circulating=sum(above),
        above=len(above),
        below=sum(amount < 0 for amount, _idle in found),
        largest=sum(above[:top]),
        idle=sum(idle),
        idle_count=len(idle),
    )


def fallen(balances: Sequence[int]) -> int:
    """Return by how much a position fell, from one day's balance to that of the next day on which it moved.

    So much was paid out of it at least; what came and went within a day is not seen in it.
    """
    return sum(max(before - after, 0) for before, after in pairwise(balances))


#: Whether it is of the payer's book, account, amount with debit above zero.
Line = tuple[bool, str, int]
SALES, VAT_OUTPUT, VAT_INPUT, DRAWS, BANK = "4101", "2103", "1203", "5201", "1102"


def others(*, kind: str, amount: int, vat: int = 0, stock: str = "") -> list[Line]:
    """Return what stands in money against credit that was paid: a plus is a draw of members, a sale has its VAT.

    Whoever hands a position over that is above zero is paid for it in money, and whoever hands over what it has
    promised pays for that. With `stock` the buyer's book has what it bought.
    """
    if kind == "plus":
        return [(True, DRAWS, amount)]
    if kind == "handover":
        return [(True, BANK, amount), (False, BANK, -amount)]
    bought = [(True, stock, amount - vat), (True, VAT_INPUT, vat)] if stock else []
    return [line for line in (*bought, (False, SALES, vat - amount), (False, VAT_OUTPUT, -vat)) if line[2]]
