"""What the test of who may sends to the addresses of paper vouchers: of the world's print shop."""

from collections.abc import Mapping
from typing import Any

from tests.journeys.world import World
from tests.ledger.web.browser import key


def one(world: World) -> Mapping[str, Any]:
    return {"voucher": world.vouchers[0].code}


def sheet(world: World) -> Mapping[str, Any]:
    return {"sheet": world.vouchers[0].sheet}


def rows(world: World) -> Mapping[str, Any]:
    """Pay the mill with one of them."""
    code = world.vouchers[0].code
    written = {"what": f"pay:{world.cast.molino.organization_id}", "amount": "1", "happened_on": "2023-11-27"}
    return {"voucher": code} | {f"v-{code}-{name}": text for name, text in written.items()}


def to_print(_world: World) -> Mapping[str, Any]:
    return {"key": key(), "count": "2"}
