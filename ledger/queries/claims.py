"""Read claims: what is open of an agreement, and who owes whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from ledger.models.accounts import Account, Book
from ledger.models.claims import Claim
from ledger.models.units import Measure, Unit
from network.models.organizations import Organization


def open_of(*, agreement: str) -> QuerySet[Claim]:
    """Return the claims of an agreement that are still open, oldest first."""
    return (
        Claim.objects.filter(agreement=agreement, balance__amount__gt=0)
        .select_related("balance", "creditor__organization", "debtor__organization", "unit", "peg__unit")
        .order_by("opened_on", "pk")
    )


def owed_in_money(*, agreement: str, debtor: Organization, creditor: Organization, unit: Unit) -> int:
    """Return what one owes another in money under an agreement, in minor units."""
    found = Claim.objects.filter(
        agreement=agreement,
        debtor__organization=debtor,
        creditor__organization=creditor,
        unit=unit,
        peg__unit=F("unit"),
    )
    owed: int = found.aggregate(all=Sum("balance__amount", default=0))["all"]
    return owed


def open_between(*, organizations: Sequence[Organization]) -> QuerySet[Claim]:
    """Return the open claims that some organizations have against each other, oldest first."""
    return (
        Claim.objects.filter(
            Q(balance__amount__gt=0) | Q(balance__quantity__gt=0),
            creditor__organization__in=organizations,
            debtor__organization__in=organizations,
        )
        .select_related("balance", "creditor__organization", "debtor__organization", "unit", "peg__unit")
        .order_by("opened_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """What one book has against another in a unit and peg: amount and quantity in minor units, above zero."""

    counterparty: Book
    unit: Unit
    peg: Measure
    amount: int
    quantity: int
    account: Account


def owed_to(*, book: Book) -> list[Owed]:
    """Return what others owe the book, a look-up of its kept balances."""
    return _owed(book, number="1202", sign=1)


def owed_by(*, book: Book) -> list[Owed]:
    """Return what the book owes others."""
    return _owed(book, number="2102", sign=-1)


def _owed(book: Book, *, number: str, sign: int) -> list[Owed]:
    found = (
        Account.objects.filter(book=book, number=number, counterparty__isnull=False)
        .exclude(balance__amount=0, balance__quantity=0)
        .select_related("balance", "counterparty__organization", "unit", "peg__unit")
        .order_by("counterparty__organization__name", "peg__thing", "pk")
    )
    return [
        Owed(
            counterparty=account.counterparty,
            unit=account.unit,
            peg=account.peg,
            amount=sign * account.balance.amount,
            quantity=sign * account.balance.quantity,
            account=account,
        )
        for account in found
        if account.counterparty is not None and account.peg is not None
    ]
