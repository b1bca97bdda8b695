"""What the test of who may sends to the addresses of own records, and the numbers in them: of the print shop's book."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ledger.models import OwnRecord, RecordMatch
from tests.journeys.world import World
from tests.own_records import HEADER, exchanged, matched


def _matched(world: World) -> OwnRecord:
    """Return a record of today with one line, which is surely what the book has."""
    on, paper = timezone.localdate(), f"A 0003-{OwnRecord.objects.count() + 9_000:08d}"
    exchanged(world.cast.grafica, world.cast.molino, 123_45, on=on, papers=paper)
    return matched(world.cast, f"{HEADER}\n{on};Molino;{paper};Afiches;123,45\n")


def numbers(world: World) -> Mapping[str, Any]:
    return {"pk": _matched(world).pk}


def of_match(world: World) -> Mapping[str, Any]:
    return {"pk": RecordMatch.objects.get(record=_matched(world), is_sure=True).pk}


def file(_world: World) -> Mapping[str, Any]:
    content = f"{HEADER}\n04/05/2026;Molino;;Afiches;10,00\n"
    return {"key": uuid.uuid4(), "file": SimpleUploadedFile("mayo.csv", content.encode())}
