"""Who owes whom, rolled up: debts between groups, and apart from them what is owed inside each, counted once.

Figures are minor units of one unit. A debt is debtor's → creditor's; a group is a set of books that count as one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

#: A debt is older than so many days from the second, third and fourth bracket on; auditors read them so.
BRACKETS = (30, 60, 90)
AGES = len(BRACKETS) + 1
#: The group of whoever belongs to none.
OTHERS = 0


def bracket(days: int) -> int:
    """Return the bracket of an age: 0 for up to 30 days, 3 for more than 90."""
    return sum(days > limit for limit in BRACKETS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """How much is owed, how many debts that is, and how much of it stands in each bracket of age."""

    amount: int = 0
    count: int = 0
    ages: tuple[int, ...] = (0,) * AGES

    def __add__(self, other: Self) -> "Owed":
        return Owed(
            amount=self.amount + other.amount,
            count=self.count + other.count,
            ages=tuple(a + b for a, b in zip(self.ages, other.ages, strict=True)),
        )


@dataclass(frozen=True, slots=True)
class Rolled:
    """Debts by group: between two of them, and inside one. Every debt stands in one of both, once."""

    between: Mapping[tuple[int, int], Owed]
    inside: Mapping[int, Owed]

    @property
    def between_all(self) -> Owed:
        """All that groups owe one another."""
        return sum(self.between.values(), Owed())

    @property
    def inside_all(self) -> Owed:
        """All that is owed inside a group: none of it is owed by the group."""
        return sum(self.inside.values(), Owed())

    def owes(self) -> dict[int, int]:
        """Return group → what it owes the other groups."""
        return self._by(0)

    def is_owed(self) -> dict[int, int]:
        """Return group → what the other groups owe it."""
        return self._by(1)

    def _by(self, side: int) -> dict[int, int]:
        found: defaultdict[int, int] = defaultdict(int)
        for pair, owed in self.between.items():
            found[pair[side]] += owed.amount
        return dict(found)


def rolled(debts: Iterable[tuple[int, int, Owed]], groups: Mapping[int, int]) -> Rolled:
    """Roll up (debtor, creditor, owed) by the group of each; a book that is in none counts among the others.

    What is owed among the others is nobody's business here, and in no figure.
    """
    between: defaultdict[tuple[int, int], Owed] = defaultdict(Owed)
    inside: defaultdict[int, Owed] = defaultdict(Owed)
    for debtor, creditor, owed in debts:
        pair = groups.get(debtor, OTHERS), groups.get(creditor, OTHERS)
        if pair == (OTHERS, OTHERS):
            continue
        if pair[0] == pair[1]:
            inside[pair[0]] += owed
        else:
            between[pair] += owed
    return Rolled(dict(between), dict(inside))


def group_by(members: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """Return book → the group that it counts in: of groups with their books, the one that has it.

    A book of several groups counts in none of them, but for itself: so no debt is counted twice.
    """
    found: dict[int, int] = {}
    for group, books in members.items():
        for book in books:
            found[book] = book if book in found else group
    return found
