"""What the test of who may sends to the addresses of joint purchases, and the numbers in them: of the print shop."""

from collections.abc import Callable, Mapping
from typing import Any

from ledger.models import Delivery, Purchase, PurchasePart
from tests import make
from tests.journeys.world import World
from tests.ledger.web.browser import key, side
from tests.network.access_sent import on_day


def purchase(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.purchases[state].pk}


def terms(world: World) -> Mapping[str, Any]:
    both = (world.cast.grafica.organization_id, world.cast.molino.organization_id)
    rows = [{"organization": str(each), "quantity": "5", "most": "10"} for each in both]
    what = {"key": key(), "title": "Papel", "thing": "Papel", "unit": str(make.unit("KG").pk), "buyer": str(both[0])}
    return what | {"agreed_on": "2026-03-02"} | side("requests", *rows)


def invoice(world: World) -> Mapping[str, Any]:
    return on_day(supplier="Acería", quantity="1", net="10", vat_rate="2100", costs_vat_rate="2100")(world)


def to_enter(world: World) -> Mapping[str, Any]:
    return {"pk": Purchase.objects.get(agreement=world.purchases["running"], state="logged").pk}


def to_hand_over(world: World) -> Mapping[str, Any]:
    parts = PurchasePart.objects.filter(purchase__agreement=world.purchases["running"], purchase__state="confirmed")
    other = world.cast.molino.organization
    return {"pk": parts.get(request__organization=other, handovers=None).pk}


def waiting(world: World) -> Mapping[str, Any]:
    """Name the part that the mill handed over and the print shop has not answered yet."""
    return {"pk": Delivery.objects.get(agreement=world.purchases["bought"], state="logged").pk}


def to_undo(world: World) -> Mapping[str, Any]:
    """Name what the mill received and asks to undo."""
    return {"pk": Delivery.objects.get(agreement=world.purchases["running"], reversal_asked_by__isnull=False).pk}
