"""Read what was done with solidarity funds: of one side, what waits for its word, what is still to be paid."""

import datetime as dt

from django.db.models import Q, QuerySet, Sum

from ledger.models.accounts import Book
from ledger.models.claims import Claim
from ledger.models.deliveries import DeliveryState
from ledger.models.funded import FundAct
from ledger.models.funds import Fund, FundDecision
from network.models.councils import Mandate
from network.models.organizations import Organization

#: A home page shows the first of them; the list shows all.
SHOWN = 20
LIVE = [DeliveryState.LOGGED, DeliveryState.CONFIRMED]


def of_organization(organization: Organization) -> QuerySet[FundAct]:
    """Return what an organization did with a fund, or others with its own fund, the latest first."""
    found = FundAct.objects.filter(Q(fund__book__organization=organization) | Q(other=organization))
    related = ("fund__book__organization", "fund__book__unit", "other", "teller", "asked", "levy", "event")
    decided = ("decision__resolution", "reversal_asked_by")
    return found.select_related(*related, *decided).order_by("-happened_on", "-pk")


def waiting_for(organization: Organization) -> list[FundAct]:
    """Return what waits for the organization's word: to say that it was so, or to undo as the other side asks."""
    asked = Q(state=DeliveryState.CONFIRMED, reversal_asked_by__isnull=False) & ~Q(reversal_asked_by=organization)
    to_say = Q(state=DeliveryState.LOGGED, asked=organization)
    return list(of_organization(organization).filter(to_say | asked)[:SHOWN])


def answers_here(organization: Organization, *, on: dt.date) -> bool:
    """Say whether the organization itself says what was so: it keeps a book, or somebody binds it on that day."""
    if Book.objects.filter(organization=organization).exists():
        return True
    return Mandate.objects.in_force(on).binding().filter(organization=organization).exists()


def claim_of(levy: FundAct) -> Claim:
    """Return what is owed by a levy that counts."""
    return Claim.objects.select_related("balance", "peg").get(agreement=levy.code)


def unpaid(levy: FundAct) -> int:
    """Return what of a levy is still open, in minor units; nothing of one that does not count."""
    found = Claim.objects.filter(agreement=levy.code).values_list("balance__amount", flat=True).first()
    return found or 0


def being_paid(levy: FundAct) -> int:
    """Return what of a levy is told as paid and waits for its answer."""
    waiting = levy.payments.filter(state=DeliveryState.LOGGED)
    paid: int = waiting.aggregate(all=Sum("amount", default=0))["all"]
    return paid


def to_pay(fund: Fund, organization: Organization) -> list[tuple[FundAct, int]]:
    """Return the levies that an organization owes a fund, with what is open of each, the oldest first."""
    claims = Claim.objects.filter(
        creditor=fund.book,
        debtor__organization=organization,
        agreement__startswith=FundAct.CODE,
        balance__amount__gt=0,
    )
    owed = dict(claims.order_by("opened_on", "pk").values_list("agreement", "balance__amount")[:SHOWN])
    # Of books that came from elsewhere the acts stayed there.
    numbers = [code.removeprefix(FundAct.CODE) for code in owed]
    levies = FundAct.objects.in_bulk([int(number) for number in numbers if number.isdecimal()])
    found = sorted(levies.values(), key=lambda levy: list(owed).index(levy.code))
    return [(levy, owed[levy.code]) for levy in found]


def left_of(decision: FundDecision) -> int:
    """Return how much may still be spent by a decision, what waits for its answer counted as spent."""
    drawn: int = decision.spendings.filter(state__in=LIVE).aggregate(all=Sum("amount", default=0))["all"]
    return decision.amount - drawn
