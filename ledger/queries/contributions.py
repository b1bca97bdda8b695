"""Read what was given once: of a giver or a receiver, and what waits for somebody's word."""

import datetime as dt

from django.db.models import Q, QuerySet

from ledger.models.contributions import Contribution, ContributionKind
from ledger.models.deliveries import DeliveryState
from network.models.councils import Mandate
from network.models.organizations import Organization

#: A home page shows the first of them; the list shows all.
SHOWN = 20
#: So many are offered to be passed on.
LATEST = 50


def of_organization(organization: Organization) -> QuerySet[Contribution]:
    """Return what an organization gave or was given, the latest first."""
    found = Contribution.objects.filter(Q(giver=organization) | Q(receiver=organization))
    related = ("giver__book__unit", "receiver", "resolution", "logged_by", "reversal_asked_by", "passes_on__giver")
    return found.select_related(*related).order_by("-happened_on", "-pk")


def mentored(organization: Organization) -> QuerySet[Contribution]:
    """Return the latest mentorings that an organization received and counter-signed."""
    found = Contribution.objects.filter(receiver=organization, kind=ContributionKind.MENTORING)
    kept = found.filter(state=DeliveryState.CONFIRMED).order_by("-happened_on", "-pk").values("pk")[:LATEST]
    return Contribution.objects.filter(pk__in=kept).select_related("giver").order_by("-happened_on", "-pk")


def waiting_for(organization: Organization) -> list[Contribution]:
    """Return what waits for the organization's word: to counter-sign, or to undo as the other side asks."""
    asked = Q(state=DeliveryState.CONFIRMED, reversal_asked_by__isnull=False) & ~Q(reversal_asked_by=organization)
    to_sign = Q(state=DeliveryState.LOGGED, receiver=organization)
    return list(of_organization(organization).filter(to_sign | asked)[:SHOWN])


def speaks_for_itself(contribution: Contribution, *, on: dt.date) -> bool:
    """Say whether somebody binds the receiver on that day, and so counter-signs."""
    if contribution.receiver_id is None:
        return False
    return Mandate.objects.in_force(on).binding().filter(organization=contribution.receiver_id).exists()
