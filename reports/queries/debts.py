"""What one book is owed and owes, by counterparty, unit and peg, at both ends of a period."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from ledger.core.chart import Nature, Role
from ledger.core.credit import POSITIONS
from ledger.models import Account, Book, Measure, Unit
from reports.queries import journal


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
    """Sum the book's debts from their beginning: by a worker, once a statement, from the entries themselves.

    The kept balances are of today; a statement of a past period must not depend on them.
    """
    before = Q(event__booked_on__lt=starts_on)
    of_peg = Q(measure=F("account__peg"))
    sums = {
        row["account"]: row
        for row in journal.postings(book=book, ends_on=ends_on, until=until)
        .filter(account__counterparty__isnull=False)
        # Work that was passed on is counted, and owed by nobody.
        .exclude(account__nature=Nature.MEMO)
        # Nor is where one stands in a network's credit a debt of the network's: it is among the balances.
        .exclude(account__number__in=POSITIONS)
        .values("account")
        .annotate(
            opening=Coalesce(Sum("amount", filter=before), 0),
            debits=Coalesce(Sum("amount", filter=~before & Q(amount__gt=0)), 0),
            credits=Coalesce(Sum("amount", filter=~before & Q(amount__lt=0)), 0),
            opening_quantity=Coalesce(Sum("quantity", filter=before & of_peg), 0),
            closing_quantity=Coalesce(Sum("quantity", filter=of_peg), 0),
        )
    }
    accounts = Account.objects.filter(pk__in=sums).select_related("counterparty__organization", "unit", "peg__unit")
    found = [_debt(account, sums[account.pk]) for account in accounts]
    shown = [d for d in found if any((d.opening, d.debit, d.credit, d.opening_quantity, d.closing_quantity))]
    return tuple(
        sorted(shown, key=lambda d: (not d.is_owed_to_us, d.counterparty, d.counterparty_code, d.account, str(d.peg)))
    )


def _debt(account: Account, sums: Mapping[str, Any]) -> Debt:
    # PostgreSQL sums big integers to decimals.
    if account.counterparty is None or account.peg is None:
        raise ValueError(f"account {account.pk} is no debt")
    return Debt(
        counterparty=account.counterparty.organization.name,
        counterparty_code=account.counterparty.organization.code,
        account=account.number,
        role=account.role,
        unit=account.unit,
        peg=account.peg,
        opening=int(sums["opening"]),
        debit=int(sums["debits"]),
        credit=-int(sums["credits"]),
        opening_quantity=int(sums["opening_quantity"]),
        closing_quantity=int(sums["closing_quantity"]),
    )
