"""Read the tiers as of a day: the tree of bodies with what belongs to each, counted once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from network.core.tiers import Tiers
from network.models.organizations import Affiliation, Organization
from network.queries import history

#: So many names of members stand under a body; the others on its own page.
NAMES = 30


@dataclass(frozen=True, slots=True)
class Node:
    """A body in the tree."""

    organization: Organization
    #: Bodies that belong to it.
    bodies: "list[Node]"
    #: What belongs to it directly and is no body itself: the first names, and how many more.
    members: list[Organization]
    more: int
    #: Everybody below it who is no body, once each; and how many work there, as last counted by that day. What a body
    #: counts are its own employees: they are in no sum of its members' workers.
    total: int
    workers: int


def on_day(on: dt.date) -> Tiers:
    """Return all affiliations in force on a day."""
    return Tiers.of(Affiliation.objects.in_force(on).values_list("member_id", "body_id"))


def tree(*, on: dt.date) -> list[Node]:
    """Return the bodies that belong to none, by name, each with all that belongs to it on that day.

    What belongs to two bodies stands under both and is counted once in whatever holds both.
    """
    tiers = on_day(on)
    wanted = set(tiers.below) | {member for below in tiers.below.values() for member in below}
    counted = history.with_latest_count(Organization.objects.filter(pk__in=wanted), on=on)
    known = {each.pk: each for each in counted}
    workers = {pk: getattr(each, "workers", None) or 0 for pk, each in known.items() if not each.is_of_members}
    return list(_nodes(tiers, tiers.roots(), known, workers))


def _nodes(
    tiers: Tiers, bodies: frozenset[int], known: dict[int, Organization], workers: dict[int, int]
) -> Iterator[Node]:
    for body in sorted(bodies, key=lambda pk: known[pk].name):
        below = tiers.below.get(body, frozenset())
        inner = frozenset(member for member in below if member in tiers.below)
        members = sorted((known[member] for member in below - inner), key=lambda each: each.name)
        yield Node(
            organization=known[body],
            bodies=list(_nodes(tiers, inner, known, workers)),
            members=members[:NAMES],
            more=max(0, len(members) - NAMES),
            total=len(tiers.all_below(body) - set(tiers.below)),
            workers=tiers.total(body, workers),
        )
