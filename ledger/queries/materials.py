"""Read where material is that one works for another, and what it had cost its owner."""

from django.db.models import Q, Sum

from ledger.core.toll_work import Custody
from ledger.models.agreements import Agreement
from ledger.models.deliveries import DeliveryState
from ledger.models.toll_work import MaterialCost, MaterialMove, StockAccount, TollTerms

_CONFIRMED = Q(delivery__state=DeliveryState.CONFIRMED)


def custody(agreement: Agreement, *, with_cost: bool = False, with_told: bool = False) -> Custody:
    """Return where the material of an agreement is, as far as it was confirmed; its cost is read by its owner alone.

    `with_told`: what was told to have left the hands of whoever works it has left, confirmed or not.
    """
    moves = MaterialMove.objects.filter(delivery__agreement=agreement)
    left = _CONFIRMED | Q(delivery__state=DeliveryState.LOGGED) if with_told else _CONFIRMED
    told = moves.aggregate(
        received=Sum("handed", filter=_CONFIRMED, default=0),
        worked=Sum("worked", filter=left, default=0),
        waste=Sum("waste", filter=left, default=0),
        returned=Sum("returned", filter=left, default=0),
    )
    terms = TollTerms.objects.only("allowed_waste").get(agreement=agreement)
    cost = _cost(agreement) if with_cost else 0
    return Custody(allowed_waste=terms.allowed_waste, cost=cost, **{name: int(sum_) for name, sum_ in told.items()})


def _cost(agreement: Agreement) -> int:
    """Return what is on hand had cost its owner, in minor units of its money."""
    costs = MaterialCost.objects.filter(
        move__delivery__agreement=agreement, move__delivery__state=DeliveryState.CONFIRMED
    )
    sums = costs.aggregate(
        handed=Sum("amount", filter=Q(move__handed__gt=0), default=0),
        made=Sum("amount", filter=Q(move__handed=0), default=0),
        returned=Sum("returned", default=0),
    )
    return int(sums["handed"] - sums["made"] - sums["returned"])


def source(agreement: Agreement) -> str:
    """Return the account that the material was last taken from, and comes back to."""
    handed = MaterialCost.objects.filter(
        move__delivery__agreement=agreement, move__delivery__state=DeliveryState.CONFIRMED, move__handed__gt=0
    )
    found: str | None = handed.order_by("-move__delivery__event").values_list("account", flat=True).first()
    return found or StockAccount.INPUTS


def handed_over(agreement: Agreement) -> int:
    """Return how much was handed over, confirmed or not: minor units of the material."""
    live = [DeliveryState.LOGGED, DeliveryState.CONFIRMED]
    moves = MaterialMove.objects.filter(delivery__agreement=agreement, delivery__state__in=live)
    return int(moves.aggregate(all=Sum("handed", default=0))["all"])
