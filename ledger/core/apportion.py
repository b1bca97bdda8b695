"""Split whole numbers with nothing lost: no cent, no gram."""

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` in proportion to `weights` by largest remainder; the parts sum to exactly `total`.

    Where remainders are equal the earlier part gets the unit, so the result does not depend on chance.

    :raises ValueError: if no weight is above zero, or one is below.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be below zero, and one must be above")
    sign = -1 if total < 0 else 1
    parts = [abs(total) * weight // whole for weight in weights]
    remainders = [abs(total) * weight % whole for weight in weights]
    left = abs(total) - sum(parts)
    for index in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:left]:
        parts[index] += 1
    return [sign * part for part in parts]


def next_parts(amount: int, weights: Sequence[int], before: Sequence[int]) -> list[int]:
    """Split what comes next so that, with what each had before, all keep in proportion to `weights`, to the cent.

    The first is split by largest remainder; what one got too much of before it gets less of now, and no part is below
    zero. Where the weights are the parts of a whole, nobody ever gets more than theirs, and once the whole is split
    each has exactly that, whatever came in which pieces.

    :raises ValueError: if no weight is above zero.
    """
    total, whole = sum(before) + amount, sum(weights)
    missing = [max(0, total * weight - had * whole) for weight, had in zip(weights, before, strict=True)]
    return apportion(amount, missing if any(missing) else weights)


def part_of(total: int, *, before: int, more: int, whole: int) -> int:
    """Return what `more` of `whole` is worth of `total` when `before` was taken already.

    The parts of any way of taking the whole sum to exactly `total`: 1/3, 1/3, 1/3 of 100 is 33, 34, 33.

    :raises ValueError: if more is taken than there is.
    """
    if whole <= 0 or before < 0 or more < 0 or before + more > whole:
        raise ValueError("cannot take more than the whole")
    return _rounded(total * (before + more), whole) - _rounded(total * before, whole)


def _rounded(numerator: int, denominator: int) -> int:
    """Return the nearest whole number, halves away from zero (as prices are rounded in trade)."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def percentage(amount: int, *, basis_points: int) -> int:
    """Return a share of an amount in minor units, 2100 basis points being 21 %; halves away from zero."""
    return _rounded(amount * basis_points, 10_000)


def percentage_of_more(*, before: int, more: int, basis_points: int) -> int:
    """Return a share of `more` when the share of `before` was taken already: of many parts it is that of the whole."""
    return percentage(before + more, basis_points=basis_points) - percentage(before, basis_points=basis_points)
