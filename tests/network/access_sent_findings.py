"""What the test of who may sends to the addresses of findings, and the numbers in them: of the print shop's book."""

from collections.abc import Mapping
from typing import Any

from tests import findings
from tests.journeys.world import World


def numbers(world: World) -> Mapping[str, Any]:
    return {"pk": findings.found(world.cast.grafica).pk}


def explained(_world: World) -> Mapping[str, Any]:
    return {"answer": "explain", "note": "Falta la hoja 12 del libro."}
