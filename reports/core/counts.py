"""Counts of people as they may be shown to anybody: one that is small enough to point at somebody is not told.

What is told of several is made only of what is told of each, so that nobody subtracts what they read from a total and
is left with the small one. *Counted, estimated, declared* and *visits, people* never meet in one sum: whoever adds
chooses what is alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Below so many people, and above none, it is only said that there were few.
LEAST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Count:
    """How many people are told of, and beside them how many small counts are not told."""

    number: int = 0
    few: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.number + other.number, self.few + other.few)

    @property
    def is_anything(self) -> bool:
        """Whether anybody was there."""
        return bool(self.number or self.few)


NOBODY = Count()


def told(people: int) -> Count:
    """Return what is told of so many people."""
    return Count(few=1) if 0 < people < LEAST_TOLD else Count(people)


def total(counts: Iterable[Count]) -> Count:
    """Return what is told of several counts of the same sort together."""
    return sum(counts, start=NOBODY)
