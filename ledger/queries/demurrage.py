"""Read demurrage: the rate that holds in a credit, and what it takes of each position this month."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ledger.core import credit as core
from ledger.models.accounts import Account
from ledger.models.demurrage import DemurrageCharge, DemurrageRate
from ledger.models.units import Unit
from network.models.organizations import Organization

POSITIONS = "2302"


def rate(*, credit: Unit) -> DemurrageRate | None:
    """Return the rate that holds now; none where none was ever set, or the last one ended it."""
    newest = DemurrageRate.objects.filter(credit=credit).select_related("resolution").order_by("-pk").first()
    return newest if newest is not None and newest.basis_points else None


@dataclass(frozen=True, slots=True)
class Due:
    """What this month takes of one position: minor units of the credit."""

    #: The member's position in the network's book, whose it is, and the member's own book.
    account: Account
    member: Organization
    book: int
    balance: int
    idle_since: dt.date
    amount: int


def due(*, rate: DemurrageRate, on: dt.date) -> list[Due]:
    """Return what this month takes of each position that stands idle and was not charged yet, by name.

    Neither a charge nor taking it back is a move: a position stays idle since the day on which it last paid or was
    paid. What members hold together is left alone.
    """
    month = on.replace(day=1)
    charged = DemurrageCharge.objects.filter(account=OuterRef("pk"))
    found: QuerySet[Account] = (
        Account.objects.filter(unit=rate.credit_id, number=POSITIONS, peg__thing="", balance__amount__lt=0)
        .filter(~Exists(charged.filter(month=month)))
        .annotate(
            since=Coalesce(
                Subquery(charged.filter(event=OuterRef("balance__last_event")).values("idle_since")[:1]),
                Subquery(charged.filter(event__reversed_by=OuterRef("balance__last_event")).values("idle_since")[:1]),
                F("balance__day"),
            )
        )
        .select_related("balance", "counterparty__organization", "book__unit")
        .order_by("counterparty__organization__name")
    )
    rows = []
    for account in found:
        since: dt.date = account.since  # type: ignore[attr-defined]  # annotated above
        amount = core.demurrage(-account.balance.amount, basis_points=rate.basis_points)
        if amount and core.is_idle(since=since, days=rate.idle_days, on=on) and account.counterparty is not None:
            member = account.counterparty
            rows.append(Due(account, member.organization, member.pk, -account.balance.amount, since, amount))
    return rows


def charges(*, credit: Unit) -> QuerySet[DemurrageCharge]:
    """Return what was taken in a credit, the latest first."""
    found = DemurrageCharge.objects.filter(account__unit=credit)
    return found.select_related("account__counterparty__organization", "rate", "event__reversed_by").order_by(
        "-month", "-pk"
    )
