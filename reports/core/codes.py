"""Codes that a telephone reads from paper."""

import qrcode
from qrcode.image.svg import SvgPathImage


def qr(text: str) -> str:
    """Return a QR code as an SVG picture: the same text gives the same picture. A quarter of it may be worn away."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=2, image_factory=SvgPathImage)
    code.add_data(text)
    svg: str = code.make_image().to_string(encoding="unicode")
    return svg
