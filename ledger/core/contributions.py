"""The posting rule of a contribution: out of the results or a fund, or hours of work, which are counted alone."""

from ledger.core.hosting import WORK_HOURS

#: What an assembly set aside: a liability, credit below zero.
FUNDS = ("2201", "2202")


def lines(*, amount: int | None, charged_to: str, paid_from: str, hours: int | None) -> list[tuple[str, int]]:
    """Return account and amount, debit above zero: minor units of money, or hundredths of an hour."""
    if amount is not None:
        return [(charged_to, amount), (paid_from, -amount)]
    number, contra = WORK_HOURS
    return [(number, hours or 0), (contra, -(hours or 0))]


def is_left(*, account: str, balance: int, amount: int) -> bool:
    """Say whether an account holds what is taken from it; a fund holds what stands on its credit side."""
    return amount <= (-balance if account in FUNDS else balance)
