"""Who gave what to whom among all below a body in a period: by kind, sector, pair and month, and what is eliminated."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from ledger.core import flows as core
from ledger.core.flows import Flow, Rolled
from ledger.models import Unit
from ledger.queries import flows
from reports.queries.audit_pack.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What was given in one unit: minor units of it."""

    unit: Unit
    #: By its month (its first day), giver, kind and receiver.
    by_month: tuple[tuple[dt.date, Flow], ...]

    @property
    def pairs(self) -> Rolled:
        """By giver, kind and receiver, the largest first."""
        return core.rolled((flow for _month, flow in self.by_month), {})

    @property
    def all(self) -> int:
        """Each exchange once."""
        return sum(flow.amount for _month, flow in self.by_month)

    @property
    def count(self) -> int:
        """How many exchanges."""
        return sum(flow.count for _month, flow in self.by_month)

    @property
    def kinds(self) -> tuple[tuple[str, int, int], ...]:
        """Kind, how much, in how many exchanges; in the order of kinds."""
        sums: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for _month, flow in self.by_month:
            amount, count = sums[flow.kind]
            sums[flow.kind] = amount + flow.amount, count + flow.count
        return tuple((kind.value, *sums[kind.value]) for kind in core.FlowKind if kind.value in sums)

    @property
    def cells(self) -> dict[tuple[int, int], int]:
        """Giver and receiver → how much, above zero, in whatever kind."""
        sums: defaultdict[tuple[int, int], int] = defaultdict(int)
        for flow in self.pairs.between:
            sums[flow.giver, flow.receiver] += flow.amount
        return {pair: amount for pair, amount in sums.items() if amount > 0}

    def grouped(self, groups: dict[int, int]) -> Rolled:
        """Return them by group, what is given inside one apart."""
        return core.rolled((flow for _month, flow in self.by_month), groups)

    def sides(self, members: frozenset[int]) -> "Sides":
        """Return what is given inside a set of organizations, by it to others, and by others to it."""
        sums = [0, 0, 0]
        for _month, flow in self.by_month:
            gives, receives = flow.giver in members, flow.receiver in members
            if gives or receives:
                sums[0 if gives and receives else 1 if gives else 2] += flow.amount
        return Sides(*sums)


@dataclass(frozen=True, slots=True)
class Sides:
    """What passes inside a set of organizations, out of it, and into it; minor units."""

    inside: int
    out: int
    into: int


def all_flows(scope: Scope) -> tuple[Flows, ...]:
    """Return the flows of a period up to the cut, the money of most books first; nothing of units without any."""
    found = [
        Flows(
            unit=unit,
            by_month=tuple(
                flows.by_month(
                    scope.everybody,
                    unit=unit,
                    starts_on=scope.starts_on,
                    ends_on=scope.ends_on,
                    cut=scope.cut,
                )
            ),
        )
        for unit in flows.units(scope.everybody)
    ]
    return tuple(each for each in found if each.by_month)
