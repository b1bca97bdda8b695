"""What the test of who may names in the addresses of balance confirmations and sign-offs."""

from collections.abc import Mapping
from typing import Any

from tests.journeys.world import World


def called(world: World) -> Mapping[str, Any]:
    assert world.asked is not None
    return {"pk": world.asked.pk}


def letter(world: World) -> Mapping[str, Any]:
    return {**called(world), "member": "molino"}


def signed(world: World) -> Mapping[str, Any]:
    assert world.signed is not None
    return {"pk": world.signed.pk}
