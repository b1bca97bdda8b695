"""Who of all below a body owes whom at the end of a period, how old it is, and what is eliminated."""

from dataclasses import dataclass

from ledger.core.owing import Owed, Rolled
from ledger.models import Measure, Unit
from ledger.queries import owing
from ledger.queries.owing import Pair
from reports.queries.audit_pack.flows import Sides
from reports.queries.audit_pack.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Debts:
    """What is owed in one unit: minor units of it; each debt once."""

    unit: Unit
    #: By debtor, creditor and peg, the largest first.
    pairs: tuple[Pair, ...]
    pegs: dict[int, Measure]

    @property
    def all(self) -> Owed:
        """All of it."""
        return sum((pair.owed for pair in self.pairs), Owed())

    @property
    def cells(self) -> dict[tuple[int, int], int]:
        """Debtor and creditor → how much, above zero, whatever it keeps its value in."""
        sums: dict[tuple[int, int], int] = {}
        for pair in self.pairs:
            sums[pair.debtor, pair.creditor] = sums.get((pair.debtor, pair.creditor), 0) + pair.owed.amount
        return {pair: amount for pair, amount in sums.items() if amount > 0}

    def grouped(self, groups: dict[int, int]) -> Rolled:
        """Return them by group, what is owed inside one apart."""
        return owing.roll(list(self.pairs), groups)

    def sides(self, members: frozenset[int]) -> Sides:
        """Return what is owed inside a set of organizations, by it to others, and by others to it."""
        sums = [0, 0, 0]
        for pair in self.pairs:
            owes, is_owed = pair.debtor in members, pair.creditor in members
            if owes or is_owed:
                sums[0 if owes and is_owed else 1 if owes else 2] += pair.owed.amount
        return Sides(*sums)


def all_debts(scope: Scope) -> tuple[Debts, ...]:
    """Return what was owed at the end of the last day, up to the cut; the unit with most debts first."""
    found = []
    for unit in owing.units(scope.everybody):
        pairs = owing.pairs(scope.everybody, unit=unit, day=scope.ends_on, today=scope.ends_on, peg=None, cut=scope.cut)
        if pairs:
            pairs.sort(key=lambda pair: (-pair.owed.amount, pair.debtor, pair.creditor, pair.peg))
            found.append(Debts(unit=unit, pairs=tuple(pairs), pegs={each.pk: each for each in owing.pegs(pairs)}))
    # How often a unit is used may grow after the cut: its order is that of what is told.
    return tuple(sorted(found, key=lambda each: (-each.all.count, each.unit.code)))
