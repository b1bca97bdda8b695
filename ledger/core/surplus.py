"""The distribution of a year's surplus (Ley 20.337, art. 42), in whole minor units.

Of what came from operations with members a part goes to the legal reserve, one to the welfare fund and one to the fund
of cooperative education; the rest goes back to the members by the work that each did (retornos). What came from others
goes to a special reserve, whole: nobody gets any of it.
"""

from collections.abc import Mapping
from enum import StrEnum

from ledger.core.apportion import percentage


class Share(StrEnum):
    """What the law takes out of a surplus before it goes back to the members."""

    LEGAL_RESERVE = "legal_reserve"
    WELFARE_FUND = "welfare_fund"
    EDUCATION_FUND = "education_fund"


SURPLUS, SPECIAL_RESERVE, REFUNDS = "3901", "3202", "2203"
#: Where each share goes.
ACCOUNTS = {Share.LEGAL_RESERVE: "3201", Share.WELFARE_FUND: "2201", Share.EDUCATION_FUND: "2202"}
#: What the law says, since when, and where; rows of a table from the first migration on, so that a change is a new row.
SOURCE = "Ley 20.337, art. 42"
BASIS_POINTS = {Share.LEGAL_RESERVE: 500, Share.WELFARE_FUND: 500, Share.EDUCATION_FUND: 500}


def distribute(*, with_members: int, others: int, rates: Mapping[Share, int]) -> dict[str, int]:
    """Return account → how much goes there, of a surplus from operations with members and one from others.

    `rates` in basis points. The parts sum to exactly both: what is rounded is left to the members.

    :raises ValueError: if a surplus is below zero, or the rates take more than all of it.
    """
    if min(with_members, others) < 0 or sum(rates.values()) > 10_000:
        raise ValueError("no surplus to distribute")
    parts = {ACCOUNTS[share]: percentage(with_members, basis_points=rates[share]) for share in Share}
    # Three roundings up can take a cent too many of a handful of cents.
    left = with_members - sum(parts.values())
    for number in reversed(list(parts)):
        if left < 0 and parts[number]:
            parts[number] -= 1
            left += 1
    return {SPECIAL_RESERVE: others, **parts, REFUNDS: left}
