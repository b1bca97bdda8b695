"""Claims among cooperatives that look like a network's: few large ones, neighbourhoods, chains of supply."""

import numpy as np
from numpy.typing import NDArray

from ledger.core.clearing_round import Claim

#: Cooperatives that deal mostly with each other.
NEIGHBOURHOOD = 400
SEED = 20_260_504


def network(claims: int, *, cooperatives: int, downstream: float, seed: int = SEED) -> list[Claim]:
    """Return so many claims: the same for the same numbers.

    `downstream` is the share that runs down the chain of supply and so closes no cycle: with much of it little clears.
    Who trades much is drawn from a Pareto distribution, amounts from a log-normal one; four in a hundred claims have
    one the other way round, and twelve repeat a pair.
    """
    chance = np.random.default_rng(seed)
    busy = np.cumsum(chance.pareto(1.3, cooperatives) + 0.1)
    tier = chance.random(cooperatives)

    def drawn(many: int) -> NDArray[np.intp]:
        found: NDArray[np.intp] = np.searchsorted(busy, chance.random(many) * busy[-1], side="right")
        return found

    debtors = drawn(claims)
    near = (debtors + chance.integers(1, NEIGHBOURHOOD, claims)) % cooperatives
    creditors = np.where(chance.random(claims) < 0.6, near, drawn(claims))
    creditors = np.where(creditors == debtors, (debtors + 1) % cooperatives, creditors)
    turned = (chance.random(claims) < downstream) & (tier[debtors] > tier[creditors])
    debtors, creditors = np.where(turned, creditors, debtors), np.where(turned, debtors, creditors)
    again, back = (np.flatnonzero(chance.random(claims) < share) for share in (0.12, 0.04))
    like = chance.integers(0, claims, len(again))
    debtors[again], creditors[again] = debtors[like], creditors[like]
    like = chance.integers(0, claims, len(back))
    debtors[back], creditors[back] = creditors[like], debtors[like]
    amounts = np.exp(chance.normal(11.5, 1.6, claims)).astype(np.int64) + 1
    ages = np.minimum(chance.exponential(60, claims), 1_000).astype(np.int64)
    columns = debtors.tolist(), creditors.tolist(), amounts.tolist(), ages.tolist()
    return [
        Claim(f"claim-{at}", f"coop-{debtor}", f"coop-{creditor}", amount, age)
        for at, (debtor, creditor, amount, age) in enumerate(zip(*columns, strict=True))
    ]
