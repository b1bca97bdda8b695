"""Read network credit: the credits of a network, where each member stands, and how far it may go."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ledger.core import credit as core
from ledger.core.credit import Spread
from ledger.models.accounts import Account, AccountBalance, Book, CreditLimit, DayBalance
from ledger.models.holds import Hold
from ledger.models.units import Unit
from network.models.organizations import Organization
from network.queries import admissions

POSITION, POSITIONS, FUND = "1103", "2302", "2301"
#: How far back what was paid is looked at, and after how long a position above zero counts as standing still.
LATELY, STILL = dt.timedelta(days=90), 60


def credits_of(issuer: Book) -> QuerySet[Unit]:
    """Return the credits that a network issues, oldest first."""
    return Unit.objects.filter(issuer=issuer).select_related("decided_in").order_by("pk")


def _newest() -> QuerySet[CreditLimit]:
    newest = CreditLimit.objects.filter(account=OuterRef("account")).order_by("-pk").values("pk")[:1]
    return CreditLimit.objects.filter(pk=Subquery(newest))


def limits_of(issuer: Book) -> QuerySet[CreditLimit]:
    """Return the limit that holds for each member of each credit of a network, with where it stands, by name.

    A position below zero is work promised, above zero work to get; minor units of the credit.
    """
    return (
        _newest()
        .filter(account__counterparty=issuer)
        .select_related("account__book__organization", "account__unit", "account__balance", "decided_in")
        .order_by("account__unit", "account__book__organization__name")
    )


def could_be_members(issuer: Book, *, on: dt.date) -> QuerySet[Organization]:
    """Return who may trade in the network and keeps a book, but for the network itself."""
    return admissions.traders(on=on).filter(book__isnull=False).exclude(pk=issuer.organization_id)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a member stands in a credit, and how far below zero it may go; minor units of the credit."""

    book: int
    credit: Unit
    amount: int
    limit: int
    #: Kept aside for what it has accepted.
    held: int

    @property
    def room(self) -> int:
        """How much it can still pay; nothing where a limit was lowered under it."""
        return max(self.amount + self.limit - self.held, 0)


def positions(*, books: Iterable[int], credit: Unit | None = None) -> list[Position]:
    """Return the positions of books in the credits, or in one, in which a limit was set for them."""
    held = Hold.objects.filter(account=OuterRef("account"), released_at=None).order_by().values("account")
    found = (
        _newest()
        .filter(account__book__in=books)
        .select_related("account__unit__issuer__organization", "account__unit__issuer__unit", "account__balance")
        .annotate(
            held=Coalesce(
                Subquery(held.annotate(all=Sum("amount")).values("all")), Value(0), output_field=BigIntegerField()
            )
        )
        .order_by("account__unit", "account__book")
    )
    if credit is not None:
        found = found.filter(account__unit=credit)
    return [
        Position(
            book=each.account.book_id,
            credit=each.account.unit,
            amount=each.account.balance.amount,
            limit=each.amount,
            held=each.held,
        )
        for each in found
    ]


def at_par(*, book: Book, money: Unit) -> list[Position]:
    """Return the positions of a book in credits that are at par with a money."""
    found = positions(books=[book.pk])
    return [each for each in found if each.credit.issuer is not None and each.credit.issuer.unit_id == money.pk]


def held_for_members(*, book: Book) -> QuerySet[Account]:
    """Return what a cooperative keeps of each credit for its members, who are counted and not named."""
    found = Account.objects.filter(book=book, number=POSITION).exclude(peg__thing="")
    return found.select_related("unit", "balance").order_by("unit")


def not_at_zero(*, book: Book) -> QuerySet[Account, str]:
    """Return the short names of the credits in which a book, or its members, stand at other than zero."""
    found = Account.objects.filter(book=book, number=POSITION).exclude(balance__amount=0)
    return found.order_by("unit__code").values_list("unit__code", flat=True).distinct()


@dataclass(frozen=True, slots=True)
class Overview:
    """How a credit goes, from kept balances: minor units of it."""

    credit: Unit
    spread: Spread
    #: What the network's common fund holds of it.
    fund: int
    #: What was paid in it lately, at least.
    paid: int

    @property
    def times(self) -> float:
        """How often what circulates has changed hands lately, at least."""
        return round(self.paid / self.spread.circulating, 1) if self.spread.circulating else 0.0

    @property
    def largest(self) -> int:
        """What the three largest positions hold of all, in per cent."""
        return self.spread.percent(self.spread.largest)


def overview(*, credit: Unit, on: dt.date) -> Overview:
    """Return how a credit goes today; its cost is that of the positions, however much was ever paid."""
    # The network's own book holds the other side of each position, and its common fund.
    found = list(Account.objects.filter(book=credit.issuer, unit=credit).select_related("balance").order_by("pk"))
    held = [each.balance for each in found if each.number == POSITIONS]
    return Overview(
        credit=credit,
        spread=core.spread((-each.amount, _is_still(each, on)) for each in held),
        fund=-sum(each.balance.amount for each in found if each.number == FUND),
        paid=_paid(held, since=on - LATELY),
    )


def _is_still(balance: AccountBalance, on: dt.date) -> bool:
    return balance.day is not None and core.is_idle(since=balance.day, days=STILL, on=on)


def _paid(held: Iterable[AccountBalance], *, since: dt.date) -> int:
    """Return by how much positions fell from day to day since then, as their balances were kept."""
    moved = [each for each in held if each.day is not None and each.day >= since]
    days = DayBalance.objects.filter(account__in=[each.pk for each in moved])
    earlier = days.filter(account=OuterRef("account"), day__lt=since).order_by("-day").values("day")[:1]
    from_then = Coalesce(Subquery(earlier), Value(since))
    balances: dict[int, list[int]] = {each.pk: [] for each in moved}
    for account, amount, is_first in (
        days.filter(day__gte=from_then)
        .annotate(is_first=Q(day__lt=since))
        .order_by("account", "day")
        .values_list("account", "amount", "is_first")
    ):
        # Whoever has no earlier day began at zero.
        balances[account] += [-amount] if is_first or balances[account] else [0, -amount]
    return sum(core.fallen([*(balances[each.pk] or [0]), -each.amount]) for each in moved)
