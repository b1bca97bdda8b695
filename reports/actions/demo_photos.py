"""Pictures for the demo's pages: drawn here of flat shapes, so that they show nobody and are nobody's."""

import datetime as dt
import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from network.models import Organization, User
from reports.actions import photos
from reports.models import Photo
from reports.queries import photo_subjects

SIDES = (960, 640)
#: Code of the cooperative → wall, board, floor; what one sees.
ROOMS = {
    "grafica-barracas": (
        ("#f1e3cf", "#2f5d50", "#b07a4a"),
        "Dibujo del aula de arriba: un pizarrón verde, cuatro bancos y una ventana con la noche afuera",
    ),
    "molino-los-andes": (
        ("#dfeaf0", "#ffffff", "#8aa4b3"),
        "Dibujo de la sala de salud: un cartel blanco, cuatro sillas y una ventana con la noche afuera",
    ),
}


def add(organization: Organization, *, by: User, on: dt.date, clock: Callable[[], dt.datetime]) -> Photo | None:
    """Add a picture of the last thing that goes on week by week in a cooperative; None where nothing does."""
    colors, caption = ROOMS[organization.code]
    standing = [deed for deed in photo_subjects.subjects(organization.book, on=on) if deed.is_standing]
    if not standing:
        return None
    return photos.add(
        organization=organization,
        content=_room(*colors),
        activity=standing[0].activity,
        taken_on=standing[0].ends_on,
        caption=caption,
        is_agreed=True,
        by=by,
        on=on,
        at=clock(),
    )


def _room(wall: str, board: str, floor: str) -> bytes:
    width, height = SIDES
    room = Image.new("RGB", SIDES, wall)
    draw = ImageDraw.Draw(room)
    draw.rectangle((0, 440, width, height), fill=floor)
    draw.rectangle((90, 120, 560, 340), fill=board, outline="#5b4636", width=10)
    draw.rectangle((660, 110, 870, 330), fill="#1d2b45", outline="#ffffff", width=12)
    draw.ellipse((790, 140, 840, 190), fill="#f4e9b8")
    for left in range(110, 900, 200):
        draw.rectangle((left, 430, left + 130, 452), fill="#7a2e1d")
        for leg in (left + 8, left + 108):
            draw.rectangle((leg, 452, leg + 14, 560), fill="#5b4636")
    written = io.BytesIO()
    room.save(written, "PNG")
    return written.getvalue()
