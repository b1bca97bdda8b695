"""Write a photo anew: small enough for a page, its colors sRGB, and nothing in it but the picture.

What a camera writes beside a picture (where it was taken, when, with what) says where somebody was: none of it is kept.
"""

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

#: What telephones, screenshots and the web make; nothing else is even looked into.
FORMATS = ("JPEG", "PNG", "WEBP")
#: Above it nothing is decoded: a small file may hold a picture that fills the memory of the machine.
PIXELS_MAX = 40_000_000
#: The longer side, in pixels: sharp on half a page of A4.
SIDE_MAX = 1_600
QUALITY = 85
#: What a decoder says of a file that is none, is cut off, or lies about itself.
_BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, ArithmeticError, struct.error),
    *(NotImplementedError, AttributeError),
)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class NotAPicture(ValueError):
    """It is no JPEG, PNG or WebP, or a broken one."""


class TooManyPixels(ValueError):
    """It has more than `PIXELS_MAX`."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG, and its sides in pixels."""

    content: bytes
    width: int
    height: int


def anew(content: bytes) -> Picture:
    """Return a photo written anew as a baseline JPEG; the same file gives the same bytes.

    :raises NotAPicture: if it cannot be read as a JPEG, PNG or WebP.
    :raises TooManyPixels: if it has more than `PIXELS_MAX`; it is not decoded then.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            if found.width * found.height > PIXELS_MAX:
                raise TooManyPixels
            picture = _plain(found)
    except TooManyPixels:
        raise
    except _BOMB as bomb:
        raise TooManyPixels from bomb
    except _BROKEN as broken:
        raise NotAPicture from broken
    # What is drawn on an empty picture leaves behind what the other one carried.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=False)
    return Picture(content=written.getvalue(), width=clean.width, height=clean.height)


def _plain(found: Image.Image) -> Image.Image:
    """Return it the right way up, on white where one sees through it, in sRGB, no larger than is shown."""
    profile = found.info.get("icc_profile")
    # A JPEG can be read at a half, a quarter, an eighth of its size.
    found.draft("RGB", (SIDE_MAX, SIDE_MAX))
    picture = _deep(found)
    picture.thumbnail((SIDE_MAX, SIDE_MAX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    turned = ImageOps.exif_transpose(picture)
    if turned.mode == "RGBA":
        white = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(white, turned).convert("RGB")
    return _srgb(turned, profile)


def _deep(found: Image.Image) -> Image.Image:
    """Return it with eight bits a channel; one that is seen through keeps that."""
    if found.mode.startswith(("I", "F")):
        # Sixteen bits of gray.
        return found.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if found.has_transparency_data:
        return found.convert("RGBA")
    return found if found.mode in {"RGB", "CMYK"} else found.convert("RGB")


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            moved = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that says nothing: the colors stay as the numbers are.
            moved = None
        if moved is not None:
            return moved
    return picture.convert("RGB")
