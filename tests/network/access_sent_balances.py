"""What the test of who may names, and sends, in the addresses of balance confirmations, sign-offs and cash counts."""

from collections.abc import Mapping
from typing import Any

from ledger.queries import cash_counts
from tests.journeys.world import World
from tests.ledger.web.browser import key


def called(world: World) -> Mapping[str, Any]:
    assert world.asked is not None
    return {"pk": world.asked.pk}


def letter(world: World) -> Mapping[str, Any]:
    return {**called(world), "member": "molino"}


def signed(world: World) -> Mapping[str, Any]:
    assert world.signed is not None
    return {"pk": world.signed.pk}


def counted(world: World) -> Mapping[str, Any]:
    """Find five pesos in the box, whatever the book says."""
    return {"key": key(), "expected": cash_counts.held(world.cast.grafica), "rest": "5", "reason": "No se sabe."}


def cash(world: World) -> Mapping[str, Any]:
    assert world.cash is not None
    return {"pk": world.cash.pk}
