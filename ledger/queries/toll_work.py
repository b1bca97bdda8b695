"""Read toll work: agreements with what was told under them."""

from django.db.models import QuerySet

from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery


def with_terms(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Return agreements with whose material is worked by whom."""
    return agreements.select_related("toll__principal", "toll__worker", "toll__material__unit")


def deliveries(agreement: Agreement) -> QuerySet[Delivery]:
    """Return what was handed over, delivered and paid, newest first."""
    found = agreement.deliveries.select_related("giver", "receiver", "credit", "reversal_asked_by", "material")
    return found.prefetch_related("items__line__measure__unit", "disputes__raised_for").order_by("-happened_on", "-pk")
