"""Read customers that are shared: agreements with what was invoiced, and who gave whom how much work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from ledger.core import referrals as core
from ledger.core.referrals import Fee
from ledger.models.accounts import Account, Book
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.referrals import REFERRAL, ReferralShare, ReferralTerms, ReferredWork
from ledger.models.units import Unit
from ledger.queries import agreements
from network.models.organizations import Organization


def of_organization(organization: Organization) -> QuerySet[Agreement]:
    """Return the referrals that an organization gave or took, newest first, each with its terms."""
    return agreements.of_organization(organization, kind=REFERRAL).select_related("referral")


def deliveries(agreement: Agreement) -> QuerySet[Delivery]:
    """Return what was invoiced and paid under a referral, newest first."""
    found = agreement.deliveries.select_related("work", "giver", "receiver", "credit", "reversal_asked_by")
    found = found.prefetch_related("disputes__raised_for")
    return found.order_by("-happened_on", "-pk")


def told(organization: Organization) -> QuerySet[Delivery]:
    """Return everything that was invoiced or paid under the referrals that an organization gave or took."""
    found = Delivery.objects.filter(agreement__in=of_organization(organization).order_by().values("pk"))
    return found.select_related("work", "giver", "receiver", "agreement")


def invoiced(agreement: Agreement, taker: Organization) -> int:
    """Return what was confirmed of a taker's invoices under a referral: minor units, without VAT."""
    found = ReferredWork.objects.filter(
        delivery__agreement=agreement, delivery__giver=taker, delivery__state=DeliveryState.CONFIRMED
    )
    return int(found.aggregate(all=Sum("amount", default=0))["all"])


@dataclass(frozen=True, slots=True)
class Progress:
    """A taker's share, and what was confirmed of it: minor units, without VAT."""

    share: ReferralShare
    invoiced: int
    fee: int
    #: With VAT, of what is expected.
    owed: int

    @property
    def percent(self) -> int:
        """How much of what was expected, 0 to 100."""
        return min(100, 100 * self.invoiced // self.share.expected)


def progress(agreement: Agreement) -> list[Progress]:
    """Return how far each taker is, in the order of the terms."""
    confirmed = ReferredWork.objects.filter(
        delivery__agreement=agreement, delivery__state=DeliveryState.CONFIRMED
    ).order_by()
    sums = confirmed.values_list("delivery__giver").annotate(Sum("amount"), Sum("fee"))
    done = {giver: (int(amount), int(fee)) for giver, amount, fee in sums}
    terms, found = agreement.referral, []
    for share in terms.shares.select_related("taker"):
        whole = core.fee(before=0, amount=share.expected, fee_rate=terms.fee_rate, vat_rate=terms.vat_rate)
        found.append(Progress(share, *done.get(share.taker_id, (0, 0)), whole.owed))
    return found


def fee(work: ReferredWork, *, terms: ReferralTerms, before: int) -> Fee:
    """Return the fee of a piece of work once so much was confirmed of its taker's invoices."""
    return core.fee(before=before, amount=work.amount, fee_rate=terms.fee_rate, vat_rate=terms.vat_rate)


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """What one cooperative and another passed on to each other, in minor units of a money: a balance, and no debt."""

    other: str
    unit: Unit
    given: int
    received: int

    @property
    def difference(self) -> int:
        """How much more was given than received; below zero where it is less."""
        return self.given - self.received

    @property
    def size(self) -> int:
        """The difference without its sign."""
        return abs(self.difference)

    @property
    def most(self) -> int:
        """The greater of the two."""
        return max(self.given, self.received)


def reciprocity(*, book: Book) -> "QuerySet[Any, Any]":
    """Return the pairs of a book by name, a row for each other cooperative and money: kept balances, looked up."""
    return _given_and_received(book, "counterparty__organization__name", "counterparty", "unit")


def totals(*, book: Book) -> list[Reciprocity]:
    """Return what was given and received in all, a row for each money: as many balances as there are others."""
    return pairs(_given_and_received(book, "unit"))


def _given_and_received(book: Book, *by: str) -> "QuerySet[Any, Any]":
    given, received = core.GIVEN[0], core.RECEIVED[0]
    kept = Account.objects.filter(book=book, number__in=[given, received], counterparty__isnull=False)
    found: QuerySet[Any, Any] = (
        kept.values(*by)
        .annotate(
            given=Sum("balance__amount", filter=Q(number=given), default=0),
            received=-Sum("balance__amount", filter=Q(number=received), default=0),
        )
        .exclude(given=0, received=0)
        .order_by(*by)
    )
    return found


def pairs(found: Iterable[Mapping[str, Any]]) -> list[Reciprocity]:
    """Return rows of `reciprocity` as they are shown, each with its money."""
    rows = list(found)
    units = Unit.objects.in_bulk({row["unit"] for row in rows})
    return [
        Reciprocity(
            row.get("counterparty__organization__name", ""),
            units[row["unit"]],
            int(row["given"]),
            int(row["received"]),
        )
        for row in rows
    ]
