"""What one book is owed and owes, by counterparty, unit and peg, at both ends of a period."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from ledger.core.chart import Nature, Role
from ledger.core.credit import POSITIONS
from ledger.models import Book, Measure, Unit
from reports.queries import journal, moved
from reports.queries.moved import Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A debt account: amounts in minor units, debit (owed to us) above zero; quantities in the peg's minor units."""

    counterparty: str
    counterparty_code: str
    account: str
    role: str
    unit: Unit
    peg: Measure
    opening: int
    debit: int
    credit: int
    opening_quantity: int
    closing_quantity: int

    @property
    def closing(self) -> int:
        """What is owed at the end of the period."""
        return self.opening + self.debit - self.credit

    @property
    def owed_before(self) -> int:
        """What was owed when the period began, seen from this side of the debt: above zero."""
        return self.opening if self.is_owed_to_us else -self.opening

    @property
    def added(self) -> int:
        """What came to be owed in the period."""
        return self.debit if self.is_owed_to_us else self.credit

    @property
    def settled(self) -> int:
        """What was settled in the period."""
        return self.credit if self.is_owed_to_us else self.debit

    @property
    def owed(self) -> int:
        """What is owed when the period ends."""
        return self.owed_before + self.added - self.settled

    @property
    def quantity_before(self) -> int:
        """How much of the peg was owed when the period began."""
        return self.opening_quantity if self.is_owed_to_us else -self.opening_quantity

    @property
    def quantity_owed(self) -> int:
        """How much of the peg is owed when the period ends."""
        return self.closing_quantity if self.is_owed_to_us else -self.closing_quantity

    @property
    def is_in_goods(self) -> bool:
        """Whether it keeps its value in something other than the money that it is written in."""
        return self.peg.unit_id != self.unit.pk

    @property
    def is_owed_to_us(self) -> bool:
        """Whether the book is the creditor's side."""
        return self.role == Role.RECEIVABLE


def debts(*, book: Book, starts_on: dt.date, ends_on: dt.date, until: journal.Cutoff) -> tuple[Debt, ...]:
    """Return the debts that the book is owed or owes, the ones owed to it first (`reports/queries/moved.py`)."""
    # Work that was passed on is counted, and owed by nobody. Nor is where one stands in a network's credit a debt of
    # the network's: it is among the balances.
    owed = Q(account__counterparty__isnull=False) & ~Q(account__nature=Nature.MEMO) & ~Q(account__number__in=POSITIONS)
    shown = [
        _debt(each) for each in moved.moved(book=book, starts_on=starts_on, ends_on=ends_on, until=until, only=owed)
    ]
    return tuple(
        sorted(shown, key=lambda d: (not d.is_owed_to_us, d.counterparty, d.counterparty_code, d.account, str(d.peg)))
    )


def _debt(each: Moved) -> Debt:
    account = each.account
    if account.counterparty is None or account.peg is None:
        raise ValueError(f"account {account.pk} is no debt")
    return Debt(
        counterparty=account.counterparty.organization.name,
        counterparty_code=account.counterparty.organization.code,
        account=account.number,
        role=account.role,
        unit=account.unit,
        peg=account.peg,
        opening=each.opening,
        debit=each.debit,
        credit=each.credit,
        opening_quantity=each.opening_quantity,
        closing_quantity=each.closing_quantity,
    )
