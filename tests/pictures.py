"""Pictures as people bring them: drawn here, so that nobody is on them."""

import io
from typing import Any

from PIL import Image, ImageDraw

#: Of EXIF: how the camera was held, who made it, and where it stood.
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def picture(width: int = 60, height: int = 40, color: str = "#b34700", mode: str = "RGB") -> Image.Image:
    """Return a room: a wall in a color, a window at its left."""
    drawn = Image.new("RGB", (width, height), color)
    ImageDraw.Draw(drawn).rectangle((0, 0, width // 4, height // 4), fill="#1c4f7c")
    return drawn.convert(mode)


def file(form: str = "JPEG", *, of: Image.Image | None = None, **options: Any) -> bytes:
    """Return a picture as a file."""
    written = io.BytesIO()
    (of or picture()).save(written, form, **options)
    return written.getvalue()


def from_a_telephone(orientation: int = 1) -> bytes:
    """Return a photo that says which telephone made it, and where it stood."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Teléfono"
    exif.get_ifd(GPS).update({1: "S", 2: (34.0, 38.0, 12.0), 3: "W", 4: (58.0, 22.0, 3.0)})
    return file("JPEG", exif=exif, comment=b"de Beto", dpi=(300, 300), quality=95)


def read(content: bytes) -> Image.Image:
    """Return what a file shows."""
    found = Image.open(io.BytesIO(content))
    found.load()
    return found
