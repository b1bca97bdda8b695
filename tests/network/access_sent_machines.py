"""What the test of who may sends to the addresses of shared machines, and the numbers in them: of the print shop."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from ledger.models import Delivery, MachineBooking
from network.models import Resolution
from tests.journeys.world import World
from tests.ledger.web.browser import key, side


def machine(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.machines[state].pk}


def terms(world: World) -> Mapping[str, Any]:
    what = {"key": key(), "name": "Guillotina", "others": "100", "vat_rate": "2100", "agreed_on": "2026-03-02"}
    return what | side("users", {"organization": str(world.cast.molino.organization_id)})


def hours(_world: World) -> Mapping[str, Any]:
    return {"key": key(), "day": "2036-05-05", "starts": "08:00", "ends": "09:30", "what": "Chapas"}


def price(world: World) -> Mapping[str, Any]:
    decided = Resolution.objects.filter(organization=world.cast.grafica.organization).latest("pk")
    since = timezone.localdate().isoformat()
    return {"others": "1", "vat_rate": "2100", "since": since, "resolution": str(decided.pk)}


def used(_world: World) -> Mapping[str, Any]:
    return {"key": key(), "hours": "0", "minutes": "30"}


def asked(world: World) -> Mapping[str, Any]:
    """Name what the mill asked for and has not begun."""
    return {
        "pk": MachineBooking.objects.filter(machine=world.machines["running"].pk, state="asked").latest("starts").pk
    }


def to_tell(world: World) -> Mapping[str, Any]:
    """Name what the mill booked, and nobody has told for how long it used it."""
    return {"pk": MachineBooking.objects.get(machine=world.machines["running"].pk, state="agreed", uses=None).pk}


def waiting(world: World) -> Mapping[str, Any]:
    """Name what the mill told and the print shop has not answered yet."""
    return {"pk": Delivery.objects.get(agreement=world.machines["used"], state="logged").pk}


def to_undo(world: World) -> Mapping[str, Any]:
    """Name what the mill asks to undo."""
    return {"pk": Delivery.objects.get(agreement=world.machines["running"], reversal_asked_by__isnull=False).pk}
