"""Who belongs to whom, as plain pairs: trees, and sums that count nobody twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class BelongsToItself(ValueError):
    """A body would belong, through others, to itself."""


@dataclass(frozen=True, slots=True)
class Tiers:
    """Affiliations of one day: body → what belongs to it directly."""

    below: Mapping[int, frozenset[int]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> "Tiers":
        """Read (member, body) pairs."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for member, body in pairs:
            found[body].add(member)
        return cls({body: frozenset(members) for body, members in found.items()})

    def all_below(self, body: int) -> frozenset[int]:
        """Return everybody who belongs to it, directly or through others: once each, whatever the ways."""
        found: set[int] = set()
        edge = {body}
        while edge:
            edge = {member for each in edge for member in self.below.get(each, ())} - found
            found |= edge
        return frozenset(found)

    def roots(self) -> frozenset[int]:
        """Return the bodies that belong to none."""
        members = {member for below in self.below.values() for member in below}
        return frozenset(self.below) - members

    def total(self, body: int, worth: Mapping[int, int]) -> int:
        """Return the sum over everybody below it, each counted once."""
        return sum(worth.get(member, 0) for member in self.all_below(body))

    def check(self, member: int, body: int) -> None:
        """Say whether the member may belong to the body.

        :raises BelongsToItself: if the body belongs to the member already, or is the member.
        """
        if member == body or body in self.all_below(member):
            raise BelongsToItself
