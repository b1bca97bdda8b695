"""Clearing rounds: cancel as much as can be of what many owe each other, in a circle, with a proof.

Nobody's net position changes, nobody gets a new debtor or creditor, and no claim is cancelled by more than it is. Of
all ways to do that a round takes the one that (1) cancels most, (2) among those, most minor units times days of age,
and (3) among those, what the lots of a public seed prefer. That is one result only, whatever the order of the claims
and the names of the cooperatives (docs/decisions/0017). Each aim is a flow of its own: what the one before decided
(arcs that climb by more or less than their gain) stays as it is, and only the rest is free for the next.

Source of the method: T. Fleischman, P. Dini, *Mathematical foundations for balancing the payment system in the trade
credit market*, Journal of Risk and Financial Management 14(9), 2021; the lexicographic faces are ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ledger.core.clearing_graph import Arcs, Marks, Numbers, best_flow, components, heights_of
from ledger.core.clearing_round import (
    AGE_MAX,
    TOTAL_LIMIT,
    Claim,
    Cleared,
    Lending,
    is_misnamed,
    tie,
    worth,
)
from ledger.core.clearing_ties import is_forest


class ClaimUnfit(ValueError):
    """A claim cannot take part as it is: its id stands twice, its amount or age, or both sides are the same."""


class TooMuch(ValueError):
    """All claims together are beyond what is counted exactly."""


def clear(claims: Sequence[Claim], *, seed: str, lending: Lending | None = None) -> Cleared:
    """Return what a round cancels. The seed is public, and drawn once the claims are fixed.

    Where something is lent, as little as cancels most; then the oldest and the lots decide as ever, who pays with it
    and who takes it included. Where the lots do not decide (once in thousands of large rounds) they are drawn again
    from the seed with `+` behind it; the result says from which.

    :raises ClaimUnfit: with the id of a claim that cannot take part.
    :raises TooMuch: if the sum is 2**62 minor units or more, or a quarter of it where something is lent.
    """
    rows = fitting(claims, lending)
    if not rows:
        return Cleared(seed=seed, cancelled={}, heights={}, order={})
    work = Work.on(rows, lending)
    most = work.most()
    oldest = work.best(np.fromiter((claim.age for claim in rows), np.int64, len(rows)))
    drawn, lots, work = _by_lot(work, rows, seed)
    moved = [(at, rows[at].id, int(work.flow[at])) for at in np.flatnonzero(work.flow).tolist()]
    return Cleared(
        seed=drawn,
        cancelled={name: amount for at, name, amount in moved if at < len(claims)},
        lent={name: amount for at, name, amount in moved if at >= len(claims)},
        heights=dict(zip(work.names, most.tolist(), strict=True)),
        order=dict(zip(work.names, zip(oldest.tolist(), lots.tolist(), strict=True), strict=True)),
    )


def _by_lot(work: "Work", claims: Sequence[Claim], seed: str) -> tuple[str, Numbers, "Work"]:
    """Let lots decide the rest, drawn anew until they do."""
    rest = work.copy()
    lots = rest.best(rest.lots(seed, claims))
    if is_forest(zip(rest.tails[rest.free].tolist(), rest.heads[rest.free].tolist(), strict=True)):
        return seed, lots, rest
    return _by_lot(work, claims, f"{seed}+")


def fitting(claims: Sequence[Claim], lending: Lending | None) -> Sequence[Claim]:
    """Return all rows of a round, what is lent behind its claims.

    :raises ClaimUnfit, TooMuch: as `clear` says.
    """
    if lending is not None and (unfit := next(filter(is_misnamed, claims), None)):
        raise ClaimUnfit(unfit.id)
    rows = [*claims, *lending.rows()] if lending else claims
    seen: set[str] = set()
    for claim in rows:
        if claim.id in seen or claim.amount < 1 or not 0 <= claim.age <= AGE_MAX or claim.debtor == claim.creditor:
            raise ClaimUnfit(claim.id)
        seen.add(claim.id)
    # Nobody pays or takes more than there are claims, so with what is lent it is no more than four times as much.
    if sum(claim.amount for claim in rows) >= TOTAL_LIMIT:
        raise TooMuch
    return rows


@dataclass(slots=True, kw_only=True)
class Work:
    """The claims as arcs of a graph; what is decided of each (`flow`), and which are still `free`."""

    names: Sequence[str]
    tails: Numbers
    heads: Numbers
    capacity: Numbers
    flow: Numbers
    free: Marks
    #: What a unit on each is worth to the first aim.
    gain: Numbers
    #: Whether an arc lies on any cycle.
    on_cycle: Marks

    @classmethod
    def on(cls, claims: Sequence[Claim], lending: Lending | None) -> "Work":
        """Return rows as a graph of which nothing is decided."""
        number: dict[str, int] = {}
        for claim in claims:
            number.setdefault(claim.debtor, len(number))
            number.setdefault(claim.creditor, len(number))

        def column(values: Iterable[int]) -> Numbers:
            return np.fromiter(values, np.int64, len(claims))

        tails = column(number[claim.debtor] for claim in claims)
        heads = column(number[claim.creditor] for claim in claims)
        capacity = column(claim.amount for claim in claims)
        return cls(
            names=list(number),
            tails=tails,
            heads=heads,
            capacity=capacity,
            flow=np.zeros_like(capacity),
            free=np.ones(len(claims), dtype=np.bool_),
            gain=column(worth(claim, lending) for claim in claims),
            on_cycle=np.zeros(len(claims), dtype=np.bool_),
        )

    def copy(self) -> "Work":
        """Return it as it stands; what one decides later the other does not know."""
        return replace(self, flow=self.flow.copy(), free=self.free.copy())

    def lots(self, seed: str, claims: Sequence[Claim]) -> Numbers:
        """Return the lots of the claims that are free; those of the others decide nothing."""
        drawn = np.zeros_like(self.capacity)
        drawn[self.free] = [tie(seed, claims[at].id) for at in np.flatnonzero(self.free).tolist()]
        return drawn

    def merged(self) -> tuple[Arcs, Marks, Numbers]:
        """Return one arc for all claims of a pair, which of these lie on a cycle, and the arc of each claim."""
        nodes = len(self.names)
        key, first, pair = np.unique(self.tails * nodes + self.heads, return_index=True, return_inverse=True)
        capacity = np.zeros_like(key)
        np.add.at(capacity, pair, self.capacity)
        # Parallel claims are worth the same: what is lent goes between others than claims do.
        arcs = Arcs(key // nodes, key % nodes, capacity, self.gain[first])
        label = components(nodes, arcs.tails, arcs.heads)
        return arcs, label[arcs.tails] == label[arcs.heads], pair

    def most(self) -> Numbers:
        """Decide what the largest results have in common."""
        arcs, on_cycle, pair = self.merged()
        self.on_cycle = on_cycle[pair]
        return self._settle(arcs, on_cycle, pair)

    def best(self, gain: Numbers) -> Numbers:
        """Decide what the results of the greatest gain have in common, among those that are left."""
        at = np.flatnonzero(self.free)
        arcs = Arcs(self.tails[at], self.heads[at], self.capacity[at], gain[at])
        return self._settle(arcs, self.on_cycle[at], np.arange(len(at)))

    def _settle(self, arcs: Arcs, on_cycle: Marks, arc: Numbers) -> Numbers:
        """Decide as much as an aim decides, and return the heights that prove it; `arc` is that of each free claim."""
        flow = np.zeros_like(arcs.capacity)
        flow[on_cycle] = best_flow(arcs.only(on_cycle), self._supply())
        heights = heights_of(len(self.names), arcs, flow)
        slack = (arcs.gain - (heights[arcs.heads] - heights[arcs.tails]))[arc]
        at = np.flatnonzero(self.free)
        # A merged arc that stays free says nothing of its claims yet; the next aim does.
        self.flow[at] = np.where(slack > 0, self.capacity[at], np.where(slack < 0, 0, flow[arc]))
        self.free[at] = slack == 0
        return heights

    def _supply(self) -> Numbers:
        """Return what the decided claims leave at each node for the free ones to carry on."""
        supply = np.zeros(len(self.names), dtype=np.int64)
        done = ~self.free
        np.add.at(supply, self.heads[done], self.flow[done])
        np.subtract.at(supply, self.tails[done], self.flow[done])
        return supply
