"""Shared machines: minutes on the wall, whether two bookings overlap, what hours cost and whose the income is.

A moment is a whole number of minutes since 1970 began, as the clock on the wall says: two bookings are compared as
numbers. Whole minor units, no Django.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.core.apportion import apportion, part_of, percentage
from ledger.core.coproduction import Line
from ledger.core.debts import Debts

HOUR, DAY = 60, 24 * 60
#: The longest booking: two weeks.
BOOKING_MAX = 14 * DAY
_FIRST = dt.datetime(1970, 1, 1)  # noqa: DTZ001  # of the wall, in no zone

INCOME, COST, VAT_INPUT, VAT_OUTPUT = "4102", "5101", "1203", "2103"
#: Hours given and received, each with its contra.
GIVEN, RECEIVED = ("9211", "9212"), ("9213", "9214")


def minute(moment: dt.datetime) -> int:
    """Return the minute that a clock on the wall shows."""
    return (moment.replace(tzinfo=None) - _FIRST) // dt.timedelta(minutes=1)


def moment(minute: int) -> dt.datetime:
    """Return the day and the hour of a minute."""
    return _FIRST + dt.timedelta(minutes=minute)


def overlap(starts: int, ends: int, other_starts: int, other_ends: int) -> bool:
    """Whether two stretches of time share a minute; one may begin when the other ends."""
    return starts < other_ends and other_starts < ends


def cost(*, price: int, minutes: int, vat_rate: int | None) -> tuple[int, int]:
    """Return what so many minutes cost at a price an hour, and the VAT on that."""
    amount = part_of(price * minutes, before=0, more=1, whole=HOUR)
    return amount, percentage(amount, basis_points=vat_rate or 0)


def hundredths(minutes: int) -> int:
    """Return minutes as hundredths of an hour, in which hours are counted in the books; a use is one at least."""
    return max(1, part_of(100 * minutes, before=0, more=1, whole=HOUR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A use to be posted: who, of whom, for how much; and the parts of the owners."""

    holder: int
    user: int
    amount: int
    vat: int
    #: Owner → its parts of the whole.
    owners: Mapping[int, int]


def used(debts: Debts, use: Use) -> list[Line]:
    """Return the lines of a use besides the debts, which move: the user owes the holder, the holder the other owners.

    The holder invoices, and hands over the VAT; the income is each owner's by its parts, to the cent.
    """
    lines: list[Line] = [(use.user, COST, use.amount), (use.user, VAT_INPUT, use.vat)]
    lines += [(use.holder, VAT_OUTPUT, -use.vat)]
    incomes = dict(zip(use.owners, apportion(use.amount, list(use.owners.values())), strict=True))
    # An owner who uses it owes what is left after its own part.
    if owed := use.amount + use.vat - incomes.get(use.user, 0):
        debts.money(use.holder, use.user, owed)
    for owner, income in incomes.items():
        lines.append((owner, INCOME, -income))
        if income and owner not in {use.holder, use.user}:
            debts.money(owner, use.holder, income)
    return [line for line in lines if line[2]]
