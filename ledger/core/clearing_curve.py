"""How much more a clearing round cancels for each unit that is lent into it, by a fund or by a network credit.

Fleischman, Dini and Littera, *Liquidity-saving through obligation-clearing and mutual credit*, Journal of Risk and
Financial Management 13(12), 2020: what is lent closes chains that are no circle. The first units close the longest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ledger.core.clearing import Work, fitting
from ledger.core.clearing_graph import best_flow
from ledger.core.clearing_round import Claim, Lending

#: Per cent of all that helps: close together where the curve bends most.
SHARES = (1, 5, 10, 20, 40, 60, 80, 100)


@dataclass(frozen=True, slots=True)
class Point:
    """With so much lent, so much is cancelled in all, and so much of it only because of what is lent; minor units."""

    lent: int
    total: int
    more: int

    @property
    def each(self) -> Decimal:
        """How much more is cancelled for one lent, to a tenth, rounded down; one at least."""
        return Decimal(10 * self.more // self.lent).scaleb(-1)


def lending_to_all(claims: Iterable[Claim], *, most: int, rooms: Mapping[str, int] | None = None) -> Lending:
    """Return who could pay with what is lent, and who could take it: each no more than it owes, or is owed.

    `rooms`: name → how much it may pay at most, where not all may do so; nobody else takes part in it.
    """
    debts, owed = dict[str, int](), dict[str, int]()
    for claim in claims:
        debts[claim.debtor] = debts.get(claim.debtor, 0) + claim.amount
        owed[claim.creditor] = owed.get(claim.creditor, 0) + claim.amount
    if rooms is not None:
        debts = {name: min(amount, rooms.get(name, 0)) for name, amount in debts.items()}
        owed = {name: amount for name, amount in owed.items() if name in rooms}
    pays = {name: amount for name, amount in debts.items() if amount > 0}
    return Lending(most=max(0, min(most, sum(pays.values()))), pays=pays, takes=owed)


def curve(claims: Sequence[Claim], lending: Lending, *, shares: Sequence[int] = SHARES) -> list[Point]:
    """Return what would be cancelled for some amounts lent, the least first, up to all that helps; none if none does.

    Each point cancels the most, with the least lent: so what it lends is what it takes to cancel as much, and the more
    is lent, the less a further unit cancels. One solve a point, and two more.

    :raises ClaimUnfit, TooMuch: as `clear` says.
    """
    rows = fitting(claims, lending)
    if not claims or not lending.most:
        return []
    work = Work.on(rows, lending)
    arcs, on_cycle, pair = work.merged()
    # What is lent comes in by the last row, an arc of its own.
    gate = int(pair[-1])
    if not on_cycle[gate]:
        return []
    arcs, gate = arcs.only(on_cycle), int(on_cycle[:gate].sum())
    supply = np.zeros(len(work.names), dtype=np.int64)

    def cancelled(most: int) -> tuple[int, int]:
        arcs.capacity[gate] = most
        flow = best_flow(arcs, supply)
        return int(flow[gate]), int(flow[arcs.gain > 0].sum())

    (_, without), (helps, _) = cancelled(0), cancelled(lending.most)
    amounts = sorted({max(1, helps * share // 100) for share in shares}) if helps else []
    return [Point(lent, total, total - without) for lent, total in map(cancelled, amounts)]
