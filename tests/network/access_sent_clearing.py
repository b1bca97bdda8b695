"""What the test of who may names in the addresses of clearing rounds."""

from collections.abc import Mapping
from typing import Any

from tests.journeys.world import World


def called(world: World) -> Mapping[str, Any]:
    assert world.round is not None
    return {"pk": world.round.pk}
