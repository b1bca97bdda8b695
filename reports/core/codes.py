"""Codes that a telephone reads from paper."""

import re

import qrcode
from qrcode.image.svg import SvgPathImage


def qr(text: str, *, side: str = "") -> str:
    """Return a QR code as an SVG picture: the same text gives the same picture. A quarter of it may be worn away.

    :param side: its width and height, as `13mm`, where the page does not say it.
    """
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=2, image_factory=SvgPathImage)
    code.add_data(text)
    svg: str = code.make_image().to_string(encoding="unicode")
    return re.sub(r'(width|height)="[^"]*"', rf'\1="{side}"', svg, count=2) if side else svg
