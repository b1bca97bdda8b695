"""What the test of who may names, and sends, in the addresses of the page that anybody reads."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import pictures
from tests.journeys.world import World


def published(world: World) -> Mapping[str, Any]:
    assert world.published is not None
    return {"pk": world.published.report_id}


def photographed(world: World) -> Mapping[str, Any]:
    assert world.photo is not None
    return {"sha256": world.photo.sha256}


def another_photo(world: World) -> Mapping[str, Any]:
    assert world.photo is not None
    file = SimpleUploadedFile("otra.png", pictures.file("PNG", of=pictures.picture(color="green")))
    told = {"activity": world.photo.activity, "taken_on": world.photo.taken_on.isoformat(), "is_agreed": "on"}
    return {"file": file, "caption": "El aula, otra noche", **told}


def photo_to_withdraw(world: World) -> Mapping[str, Any]:
    assert world.photo is not None
    return {"photo": str(world.photo.pk), "reason": "Lo pidió alguien de la foto."}


def told_anew(_world: World) -> Mapping[str, Any]:
    return {"story": "La recuperamos en 2003, y la escuela vino en 2010."}


def to_publish(world: World) -> Mapping[str, Any]:
    assert world.publishable is not None
    return {"report": str(world.publishable.pk)}


def to_withdraw(world: World) -> Mapping[str, Any]:
    assert world.published is not None
    return {"publication": str(world.published.pk)}
