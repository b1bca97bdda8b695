"""Read what is handed over: an organization's list, and the claims of its own that somebody else could take over."""

from django.db.models import F, Q, QuerySet

from ledger.models.accounts import Book
from ledger.models.agreements import Agreement
from ledger.models.assignments import ASSIGNMENT
from ledger.models.claims import Claim
from ledger.models.deliveries import Delivery
from ledger.queries import agreements
from network.models.organizations import Organization


def of_organization(organization: Organization) -> QuerySet[Agreement]:
    """Return what it hands over, takes over, or is the other side of, newest first."""
    found = agreements.of_organization(organization, kind=ASSIGNMENT)
    return found.select_related("proposer", "unit", "assignment__taker", "assignment__other")


def in_money(book: Book) -> QuerySet[Claim]:
    """Return its open claims and debts in money, oldest first: what somebody else could take over."""
    return (
        Claim.objects.filter(Q(creditor=book) | Q(debtor=book), balance__amount__gt=0, peg__unit=F("unit"))
        .select_related("balance", "unit", "peg__unit", "creditor__organization", "debtor__organization")
        .order_by("opened_on", "pk")
    )


def payments(agreement: Agreement) -> QuerySet[Delivery]:
    """Return what was paid of what was handed over, newest first."""
    found = agreement.deliveries.select_related("giver", "receiver", "credit", "reversal_asked_by")
    return found.order_by("-happened_on", "-pk")
