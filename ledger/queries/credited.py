"""Read what was done in network credit: of one side, and what waits for its word."""

from django.db.models import Q, QuerySet

from ledger.models.credited import CreditAct
from ledger.models.deliveries import DeliveryState
from network.models.organizations import Organization

#: A home page shows the first of them; the list shows all.
SHOWN = 20


def of_organization(organization: Organization) -> QuerySet[CreditAct]:
    """Return what an organization did in credit, or others with it, the latest first."""
    found = CreditAct.objects.filter(Q(teller=organization) | Q(other=organization))
    related = ("teller", "other", "credit", "resolution", "reversal_asked_by")
    return found.select_related(*related).order_by("-happened_on", "-pk")


def waiting_for(organization: Organization) -> list[CreditAct]:
    """Return what waits for the organization's word: to say that it was so, or to undo as the other side asks."""
    asked = Q(state=DeliveryState.CONFIRMED, reversal_asked_by__isnull=False) & ~Q(reversal_asked_by=organization)
    to_say = Q(state=DeliveryState.LOGGED, other=organization)
    return list(of_organization(organization).filter(to_say | asked)[:SHOWN])
