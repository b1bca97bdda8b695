"""Read network credit: the credits of a network, where each member stands, and how far it may go."""

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery

from ledger.models.accounts import Book, CreditLimit
from ledger.models.units import Unit
from network.models.organizations import Organization
from network.queries import admissions


def credits_of(issuer: Book) -> QuerySet[Unit]:
    """Return the credits that a network issues, oldest first."""
    return Unit.objects.filter(issuer=issuer).select_related("decided_in").order_by("pk")


def limits_of(issuer: Book) -> QuerySet[CreditLimit]:
    """Return the limit that holds for each member of each credit of a network, with where it stands, by name.

    A position below zero is work promised, above zero work to get; minor units of the credit.
    """
    newest = CreditLimit.objects.filter(account=OuterRef("account")).order_by("-pk").values("pk")[:1]
    return (
        CreditLimit.objects.filter(account__counterparty=issuer, pk=Subquery(newest))
        .select_related("account__book__organization", "account__unit", "account__balance", "decided_in")
        .order_by("account__unit", "account__book__organization__name")
    )


def could_be_members(issuer: Book, *, on: dt.date) -> QuerySet[Organization]:
    """Return who may trade in the network and keeps a book, but for the network itself."""
    return admissions.traders(on=on).filter(book__isnull=False).exclude(pk=issuer.organization_id)
