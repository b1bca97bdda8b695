"""Drawing in SVG: words, bars and the frame, as text that stands on the page and on paper alike.

What every reader of SVG draws alike: presentation attributes and flat colors only, no style sheet, no gradient, no
transparency.
"""

from collections.abc import Sequence
from html import escape

FONT = "Lato, DejaVu Sans, sans-serif"
INK, QUIET, PAPER = "#2b211c", "#655850", "#ffffff"
WIDTH = 720
#: A band that is no higher has no white edge.
THIN = 2


def wrap(name: str, width: int) -> list[str]:
    """Break a name into two lines at most, as even as its blanks allow; what does not fit ends in an ellipsis."""
    if len(name) <= width:
        return [name]
    cuts = [at for at, letter in enumerate(name) if letter == " " and 0 < at <= width]
    even = sorted((abs(len(name) - 2 * at), at) for at in cuts if len(name) - at - 1 <= width)
    cut = even[0][1] if even else max(cuts, default=width)
    first, rest = name[:cut].rstrip(), name[cut:].strip()
    return [first, rest if len(rest) <= width else rest[: width - 1].rstrip() + "…"]


def write(x: float, y: float, text: str, *, anchor: str, size: float, color: str, is_bold: bool = False) -> str:
    """Write a line of words at a place: `anchor` is start, middle or end."""
    weight = ' font-weight="bold"' if is_bold else ""
    at = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
    return f'<text {at} font-size="{number(size)}" fill="{color}"{weight}>{clean(text)}</text>'


def rectangle(x: float, y: float, width: float, height: float, color: str) -> str:
    """Draw a bar."""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" fill="{color}"/>'


def ribbon(x0: float, y0: float, x1: float, y1: float, height: float, color: str) -> str:
    """Draw a band from one place to another, as high all the way."""
    half = number((x0 + x1) / 2)
    left, right = number(x0), number(x1)
    (top, low), (end, end_low) = ((number(y), number(y + height)) for y in (y0, y1))
    path = (
        f"M{left},{top} C{half},{top} {half},{end} {right},{end} "
        f"L{right},{end_low} C{half},{end_low} {half},{low} {left},{low} Z"
    )
    # The white edge keeps bands apart where they meet, also in black and white; of a thin one it would leave nothing.
    edge = PAPER if height >= THIN else color
    return f'<path d="{path}" fill="{color}" stroke="{edge}" stroke-width="0.8"/>'


def line(x0: float, y0: float, x1: float, y1: float, width: float, color: str) -> str:
    """Draw a straight line from one place to another."""
    ends = f'x1="{number(x0)}" y1="{number(y0)}" x2="{number(x1)}" y2="{number(y1)}"'
    return f'<line {ends} stroke="{color}" stroke-width="{number(width)}"/>'


def circle(x: float, y: float, radius: float, color: str) -> str:
    """Draw a disc with a white edge, which keeps it apart from what it lies on."""
    at = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    return f'<circle {at} fill="{color}" stroke="{PAPER}" stroke-width="2"/>'


def clean(text: str) -> str:
    """Return a text that is safe in XML: escaped, without the control characters that XML forbids."""
    return escape("".join(c for c in text if c.isprintable() or c == "\N{NO-BREAK SPACE}"))


def number(value: float) -> str:
    """Return a coordinate: a hundredth is finer than ink."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def document(parts: Sequence[str], *, height: int, title: str, description: str, prefix: str) -> str:
    """Frame a drawing, with what is read aloud of it; `prefix` keeps its names apart from another's on the page."""
    titled, described = f"{prefix}-title", f"{prefix}-desc"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{titled} {described}" font-family="{FONT}">'
        f'<title id="{titled}">{clean(title)}</title><desc id="{described}">{clean(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )
