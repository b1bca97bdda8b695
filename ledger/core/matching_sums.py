"""Which few amounts add up to another one near in time: what one side split or put together.

Finding every such sum takes time without bound, so it is bounded: of each amount, the nearest `NEAR` that are smaller
are looked at, and no more than `MOST` of them together.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np

#: So many amounts at most make one sum.
MOST = 4
#: So many of those nearest in time are tried.
NEAR = 12

#: Which, day (ordinal), amount in minor units above zero.
Dated = tuple[int, int, int]


@dataclass(frozen=True, slots=True, order=True)
class Sum:
    """That some amounts add up to another; in order, the nearest and shortest first."""

    days: int
    size: int
    whole: int
    parts: tuple[int, ...]


def sums(wholes: Sequence[Dated], parts: Sequence[Dated], *, window: int) -> Iterator[Sum]:
    """Yield the sums of two parts or more within so many days of the whole. Both in the order of their days."""
    days = [day for _at, day, _amount in parts]
    for at, day, amount in wholes:
        near = _nearest(parts, days, day, amount, window=window)
        if len(near) < 2:
            continue
        amounts = np.array([part[2] for part in near] + [0], dtype=np.int64)
        chosen = _choices(len(near))
        for row in np.flatnonzero(amounts[chosen].sum(axis=1) == amount):
            some = [near[each] for each in chosen[row] if each < len(near)]
            apart = max(abs(part[1] - day) for part in some)
            yield Sum(apart, len(some), at, tuple(sorted(part[0] for part in some)))


def _nearest(parts: Sequence[Dated], days: Sequence[int], day: int, amount: int, *, window: int) -> list[Dated]:
    """Return the nearest smaller ones, the earlier first of two equally near."""
    after = bisect_left(days, day)
    before = after - 1
    near: list[Dated] = []
    while len(near) < NEAR:
        back = day - days[before] if before >= 0 else window + 1
        ahead = days[after] - day if after < len(days) else window + 1
        if min(back, ahead) > window:
            break
        if back <= ahead:
            each, before = parts[before], before - 1
        else:
            each, after = parts[after], after + 1
        if each[2] < amount:
            near.append(each)
    return near


@cache
def _choices(size: int) -> "np.ndarray[tuple[int, int], np.dtype[np.intp]]":
    """Return all choices of two to `MOST` of so many, a row each, filled up with `size`."""
    rows = [
        (*some, *[size] * (MOST - count))
        for count in range(2, min(MOST, size) + 1)
        for some in combinations(range(size), count)
    ]
    return np.array(rows, dtype=np.intp)
