"""The roll-up by tier: each body with all below it as one; what passes inside it is eliminated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.models import Unit
from network.models import Organization
from reports.queries.audit_pack.debts import Debts
from reports.queries.audit_pack.flows import Flows, Sides
from reports.queries.audit_pack.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A body, how deep below the first, how many below it are no bodies, and what passes inside, out and in."""

    body: Organization
    depth: int
    members: int
    given: Sides
    owed: Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledUp:
    """The bodies in one unit, from above; what a body holds is in every body above it, too."""

    unit: Unit
    tiers: tuple[Tier, ...]

    @property
    def is_given(self) -> bool:
        """Whether anything is given in the unit."""
        return any(tier.given != Sides(0, 0, 0) for tier in self.tiers)

    @property
    def is_owed(self) -> bool:
        """Whether anything is owed in it."""
        return any(tier.owed != Sides(0, 0, 0) for tier in self.tiers)


def rolled_up(scope: Scope, flows: Sequence[Flows], debts: Sequence[Debts]) -> tuple[RolledUp, ...]:
    """Return the roll-up in each unit; nothing where no body is below the first."""
    bodies = list(_bodies(scope))
    if len(bodies) < 2:
        return ()
    units = {unit.pk: unit for unit in (*(each.unit for each in flows), *(each.unit for each in debts))}
    given, owed = {each.unit.pk: each for each in flows}, {each.unit.pk: each for each in debts}
    return tuple(
        RolledUp(
            unit=unit,
            tiers=tuple(
                Tier(
                    body=body,
                    depth=depth,
                    members=members,
                    given=given[pk].sides(everybody) if pk in given else Sides(0, 0, 0),
                    owed=owed[pk].sides(everybody) if pk in owed else Sides(0, 0, 0),
                )
                for body, depth, members, everybody in bodies
            ),
        )
        for pk, unit in units.items()
    )


def _bodies(scope: Scope) -> Iterator[tuple[Organization, int, int, frozenset[int]]]:
    """Yield the body and those below it, each once, at the place where one comes to it first."""
    known = {each.pk: each for each in scope.organizations}
    order = {pk: place for place, pk in enumerate(known)}
    seen: set[int] = set()
    waiting = [(scope.body.pk, 0)]
    while waiting:
        pk, depth = waiting.pop()
        if pk in seen:
            continue
        seen.add(pk)
        everybody = frozenset({pk, *scope.tiers.all_below(pk)})
        members = sum(1 for each in everybody if not known[each].is_of_members)
        yield known[pk], depth, members, everybody
        below = [each for each in scope.tiers.below.get(pk, ()) if known[each].is_of_members]
        waiting += [(each, depth + 1) for each in sorted(below, key=lambda each: -order[each])]
