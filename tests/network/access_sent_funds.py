"""What the test of who may names in the addresses of solidarity funds: of the world's print shop."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.journeys.world import World


def fund(world: World) -> Mapping[str, Any]:
    assert world.fund is not None
    return {"pk": world.fund.pk}


def act(state: str) -> Callable[[World], Mapping[str, Any]]:
    return lambda world: {"pk": world.funded[state].pk}
