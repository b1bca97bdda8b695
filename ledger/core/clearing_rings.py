"""The circles of a clearing round, by name: A owes B, B owes C, C owes A.

What is cancelled falls apart into circles in more than one way. This is one of them, for people to see why their claim
goes away; what is proven is the round as a whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.core.clearing_round import Claim


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle: of each of its claims the same amount is cancelled; the creditor of one is the debtor of the next."""

    amount: int
    claims: tuple[Claim, ...]

    @property
    def total(self) -> int:
        """How much it cancels in all."""
        return self.amount * len(self.claims)


def rings(claims: Sequence[Claim], cancelled: Mapping[str, int], *, limit: int) -> list[Ring]:
    """Return the circles that cancel most, so many at most; what is cancelled has to balance.

    One walks from the largest amount on, always along the largest that is left, and cuts off a circle wherever the walk
    comes back to itself. Names and order of claims make no difference.
    """
    whole = [claim for claim in claims if cancelled.get(claim.id)]
    whole.sort(key=lambda claim: (-cancelled[claim.id], claim.id))
    walk = _Walk(whole, {claim.id: cancelled[claim.id] for claim in whole})
    found = [ring for claim in whole for ring in walk.from_(claim.debtor)]
    found.sort(key=lambda ring: (-ring.total, min(claim.id for claim in ring.claims)))
    return found[:limit]


class _Walk:
    def __init__(self, claims: Sequence[Claim], left: dict[str, int]) -> None:
        self._left = left
        #: What each owes, the largest at the end.
        self._owes: dict[str, list[Claim]] = {}
        for claim in reversed(claims):
            self._owes.setdefault(claim.debtor, []).append(claim)

    def from_(self, start: str) -> list[Ring]:
        """Take all circles away that a walk from here comes through, until nothing leads on."""
        found: list[Ring] = []
        path: list[Claim] = []
        place = {start: 0}
        node = start
        while claim := self._next(node):
            path.append(claim)
            node = claim.creditor
            if node in place:
                found.append(self._cut(path, place, place[node]))
            else:
                place[node] = len(path)
        return found

    def _next(self, node: str) -> Claim | None:
        owes = self._owes.get(node, [])
        while owes and not self._left[owes[-1].id]:
            owes.pop()
        return owes[-1] if owes else None

    def _cut(self, path: list[Claim], place: dict[str, int], at: int) -> Ring:
        ring = path[at:]
        amount = min(self._left[claim.id] for claim in ring)
        for claim in ring:
            self._left[claim.id] -= amount
            del place[claim.creditor]
        place[ring[0].debtor] = at
        del path[at:]
        return Ring(amount, tuple(ring))
