"""Balances of accounts, now and at the end of a past day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, F, Sum, When

from ledger.models.accounts import Account, AccountBalance, Book
from ledger.models.journal import Posting


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


def held(*, book: Book | None = None, day: dt.date | None = None) -> dict[int, Held]:
    """Return account → what it holds now, or held at the end of a day by the days of the journals."""
    if day is None:
        kept = AccountBalance.objects.filter(postings__gt=0)
        if book is not None:
            kept = kept.filter(account__book=book)
        return {each.account_id: Held(each.amount, each.quantity) for each in kept.iterator()}
    written = Posting.objects.filter(event__booked_on__lte=day)
    if book is not None:
        written = written.filter(account__book=book)
    of_peg = Case(When(measure=F("account__peg"), then=F("quantity")), default=0)
    sums = written.values("account").annotate(of_amount=Sum("amount"), of_quantity=Sum(of_peg))
    return {row["account"]: Held(int(row["of_amount"]), int(row["of_quantity"])) for row in sums}
