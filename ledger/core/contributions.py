"""The posting rule of a contribution: out of the results or a fund, or hours of work, which are counted alone."""

from ledger.core.hosting import WORK_HOURS

#: Hours of mentoring, each with its contra account: in the giver's book, and in the receiver's.
MENTORING_GIVEN, MENTORING_RECEIVED = ("9207", "9208"), ("9209", "9210")
#: What an assembly set aside: a liability, credit below zero.
FUNDS = ("2201", "2202")


def lines(*, amount: int, charged_to: str, paid_from: str) -> list[tuple[str, int]]:
    """Return account and amount in minor units of money, debit above zero, of what was given."""
    return [(charged_to, amount), (paid_from, -amount)]


def hours_given(hours: int, *, counted_in: tuple[str, str] = WORK_HOURS) -> list[tuple[str, int]]:
    """Return account and amount in hundredths of an hour, debit above zero, in a memo account and its contra."""
    number, contra = counted_in
    return [(number, hours), (contra, -hours)]


def is_left(*, account: str, balance: int, amount: int) -> bool:
    """Say whether an account holds what is taken from it; a fund holds what stands on its credit side."""
    return amount <= (-balance if account in FUNDS else balance)
