"""What the test of who may names, and sends, in the addresses of the page that anybody reads."""

from collections.abc import Mapping
from typing import Any

from tests.journeys.world import World


def published(world: World) -> Mapping[str, Any]:
    assert world.published is not None
    return {"pk": world.published.report_id}


def told_anew(_world: World) -> Mapping[str, Any]:
    return {"story": "La recuperamos en 2003, y la escuela vino en 2010."}


def to_publish(world: World) -> Mapping[str, Any]:
    assert world.publishable is not None
    return {"report": str(world.publishable.pk)}


def to_withdraw(world: World) -> Mapping[str, Any]:
    assert world.published is not None
    return {"publication": str(world.published.pk)}
