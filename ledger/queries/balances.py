"""Balances of accounts, now and at the end of a past day: a look-up an account, never a sum."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from ledger.models.accounts import Account, Book, DayBalance
from ledger.models.units import Unit


@dataclass(frozen=True, slots=True)
class Held:
    """What an account holds: minor units of its unit, and of its peg's unit."""

    amount: int
    quantity: int


def moved(*, book: Book | None = None) -> list[Account]:
    """Return the accounts that were ever moved, of one book or of all, in the order of their numbers."""
    found = Account.objects.filter(balance__postings__gt=0)
    if book is not None:
        found = found.filter(book=book)
    return list(found.order_by("pk"))


def with_held(accounts: QuerySet[Account], *, day: dt.date | None = None) -> QuerySet[Any]:
    """Return accounts with `held` and `held_quantity`: what they hold now, or held at the end of a day.

    Days are those of the journals. An account that has not moved since that day holds what it held then; else the
    last day before on which it moved has left its balance (`DayBalance`).
    """
    if day is None:
        return accounts.annotate(held=F("balance__amount"), held_quantity=F("balance__quantity"))
    past = DayBalance.objects.filter(account=OuterRef("pk"), day__lte=day).order_by("-day")

    def held(name: str) -> Case:
        then = Coalesce(Subquery(past.values(name)[:1]), Value(0), output_field=BigIntegerField())
        return Case(When(balance__day__lte=day, then=F(f"balance__{name}")), default=then)

    return accounts.annotate(held=held("amount"), held_quantity=held("quantity"))


def held(*, book: Book | None = None, day: dt.date | None = None) -> dict[int, Held]:
    """Return account → what it holds now, or held at the end of a day."""
    accounts = Account.objects.filter(balance__postings__gt=0)
    if book is not None:
        accounts = accounts.filter(book=book)
    rows = with_held(accounts, day=day).values_list("pk", "held", "held_quantity")
    return {pk: Held(amount, quantity) for pk, amount, quantity in rows.iterator()}


def trial_balance(*, book: Book, day: dt.date | None = None) -> QuerySet[Any]:
    """Return the accounts of a book that were ever moved, with what they hold: sumas y saldos, now or on a day."""
    accounts = with_held(Account.objects.filter(book=book, balance__postings__gt=0), day=day)
    if day is not None:
        accounts = accounts.exclude(held=0, held_quantity=0)
    return accounts.select_related("balance", "unit", "counterparty__organization", "peg__unit").order_by(
        "number", "counterparty__organization__name", "pk"
    )


@dataclass(frozen=True, slots=True)
class Total:
    """Debit and credit balances of a book in one unit: equal, or the books are wrong."""

    unit: Unit
    debit: int
    credit: int


def totals(*, book: Book, day: dt.date | None = None) -> list[Total]:
    """Return the totals of the trial balance by unit."""
    rows = (
        with_held(Account.objects.filter(book=book, balance__postings__gt=0), day=day)
        .exclude(held=0)
        .order_by("unit")
        .values("unit")
        .annotate(
            debit=Sum("held", filter=Q(held__gt=0), default=0), credit=Sum("held", filter=Q(held__lt=0), default=0)
        )
    )
    units = {unit.pk: unit for unit in Unit.objects.all()}
    return [Total(units[row["unit"]], row["debit"], -row["credit"]) for row in rows]
