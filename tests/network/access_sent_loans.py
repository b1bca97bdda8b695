"""What the test of who may sends to the addresses of loans, and the numbers in them: of the world's print shop."""

from collections.abc import Callable, Mapping
from typing import Any

from ledger.models import Delivery
from network.models import Resolution
from tests import make
from tests.journeys.world import World
from tests.ledger.web.browser import key
from tests.network.access_sent import on_day


def loan(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.loans[state].pk}


def terms(world: World) -> Mapping[str, Any]:
    who = {"whose": "ours", "partner": world.cast.molino.organization_id, "title": "Para papel"}
    days = {"agreed_on": "2026-03-02", "due_on": "2026-04-02"}
    pieces = str(make.unit("UN").pk)
    return {"key": key(), "money": "100", "thing_unit": pieces, "back_unit": pieces} | who | days


def forgiven(world: World) -> Mapping[str, Any]:
    decided = Resolution.objects.filter(organization=world.cast.grafica.organization).latest("pk")
    return on_day(quantity="1", resolution=str(decided.pk))(world)


def fewer(world: World) -> Mapping[str, Any]:
    line = world.loans["running"].lines.get()
    return on_day(act="in_money", line=str(line.pk), quantity="1", reason="No alcanza.")(world)


def waiting(world: World) -> Mapping[str, Any]:
    """Name what the mill forgives and the print shop has not answered yet."""
    return {"pk": Delivery.objects.get(agreement=world.loans["owing"], act="forgiven").pk}


def to_undo(world: World) -> Mapping[str, Any]:
    """Name what the mill gave back and asks to undo."""
    return {"pk": Delivery.objects.get(agreement=world.loans["running"], reversal_asked_by__isnull=False).pk}
