"""Solidarity funds: what each act moves in the two books, and how much a levy is of what it is taken from.

A levy is owed until it is paid: a cost of whoever contributes (5402), and from then on of the fund (2301). What is
given is paid at once; what is spent goes out of what all contributed. Whole minor units.
"""

from ledger.core.apportion import percentage

BANK, FUND, CONTRIBUTION, HELP = "1102", "2301", "5402", "4204"
#: A tenth at most, in basis points: what is more is no levy any more.
RATE_MAX = 1000


def levy(base: int, *, basis_points: int) -> int:
    """Return the levy on so much, in minor units, by the rate that the fund's body decided."""
    return percentage(base, basis_points=basis_points)


def lines(kind: str, amount: int) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return the lines of the fund's book and of the other one's, besides what is owed: account, amount, debit above 0.

    A levy is owed from then on, and a payment settles it.
    """
    match kind:
        case "levy":
            return [(FUND, -amount)], [(CONTRIBUTION, amount)]
        case "payment":
            return [(BANK, amount)], [(BANK, -amount)]
        case "gift":
            return [(BANK, amount), (FUND, -amount)], [(CONTRIBUTION, amount), (BANK, -amount)]
        case _:
            return [(FUND, amount), (BANK, -amount)], [(BANK, amount), (HELP, -amount)]
