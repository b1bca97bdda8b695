"""Where everybody below a body stood in network credit at the end of a period, and within which limit."""

from dataclasses import dataclass

from django.db.models import Sum

from ledger.models import Account, CreditLimit, Posting, Unit
from ledger.queries.credit import POSITION
from reports.queries.audit_pack.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A position in a credit: minor units of it, above zero is work to get."""

    account: Account
    amount: int
    #: None where none was set: it may not go below zero.
    limit: CreditLimit | None

    @property
    def unit(self) -> Unit:
        """The credit."""
        return self.account.unit

    @property
    def lowest(self) -> int:
        """How far it may go down, zero or below."""
        return -self.limit.amount if self.limit else 0

    @property
    def is_within(self) -> bool:
        """Whether it is not lower than that."""
        return self.amount >= self.lowest

    @property
    def is_of_members(self) -> bool:
        """Whether a cooperative keeps it for its members, who are counted and not named."""
        return self.account.peg is not None and bool(self.account.peg.thing)


def positions(scope: Scope) -> tuple[Position, ...]:
    """Return each position that has a limit or other than zero, by credit and name."""
    accounts = {
        each.pk: each
        for each in Account.objects.filter(
            book__in=[book.pk for book in scope.books], number=POSITION, unit__issuer__isnull=False
        )
        .select_related("book__organization", "unit", "peg")
        .order_by("unit__code", "book__organization__name", "pk")
    }
    told = Posting.objects.filter(scope.cut.told(), account__in=accounts, event__booked_on__lte=scope.ends_on)
    amounts = {row["account"]: int(row["amount"]) for row in told.values("account").annotate(amount=Sum("amount"))}
    limits: dict[int, CreditLimit] = {}
    if scope.recorded_at is not None:
        decided = CreditLimit.objects.filter(
            account__in=accounts, recorded_at__lte=scope.recorded_at, decided_on__lte=scope.ends_on
        )
        limits = {each.account_id: each for each in decided.order_by("pk")}
    return tuple(
        Position(account=account, amount=amounts.get(pk, 0), limit=limits.get(pk))
        for pk, account in accounts.items()
        if amounts.get(pk) or pk in limits
    )
