"""A map without a map: a tile for each province, about where it lies, drawn by ourselves and loaded from nowhere.

Tiles are all of one size, so that small provinces are read as easily as large ones; it shows where, not how large.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reports.core.svg import INK, PAPER, QUIET, WIDTH, document, rectangle, write

#: (country, letter of ISO 3166-2) → column, row: the north is above.
PLACES: dict[tuple[str, str], tuple[int, int]] = {
    ("BO", "N"): (6, 0), ("BO", "B"): (7, 0),
    ("BO", "L"): (6, 1), ("BO", "C"): (7, 1), ("BO", "S"): (8, 1),
    ("BO", "O"): (6, 2), ("BO", "H"): (7, 2), ("BO", "P"): (6, 3), ("BO", "T"): (7, 3),
    ("AR", "Y"): (1, 0), ("AR", "P"): (3, 0),
    ("AR", "A"): (1, 1), ("AR", "H"): (3, 1), ("AR", "N"): (5, 1),
    ("AR", "K"): (0, 2), ("AR", "T"): (1, 2), ("AR", "G"): (2, 2), ("AR", "W"): (4, 2),
    ("AR", "J"): (0, 3), ("AR", "F"): (1, 3), ("AR", "X"): (2, 3), ("AR", "S"): (3, 3), ("AR", "E"): (4, 3),
    ("AR", "M"): (0, 4), ("AR", "D"): (1, 4), ("AR", "L"): (2, 4), ("AR", "B"): (3, 4), ("AR", "C"): (4, 4),
    ("AR", "Q"): (0, 5), ("AR", "R"): (1, 5),
    ("AR", "U"): (0, 6), ("AR", "Z"): (0, 7), ("AR", "V"): (0, 8),
}  # fmt: skip
#: From few to many: lightness says it, also in black and white.
SHADES = ("#f3e9dc", "#f6d3a5", "#d98b4a", "#8f3d1c")
_HIGH, _GAP = 56, 4
#: So many letters of a tile's name stand side by side in it.
_LETTERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the drawing says, in the reader's language."""

    title: str
    description: str
    #: The short name of a province.
    short: Callable[[str, str], str]


def tiles(counts: Mapping[tuple[str, str], int], *, words: Words, prefix: str) -> str:
    """Draw how many there are in each province; a country without any is left out, but Argentina."""
    countries = {"AR"} | {country for country, _letter in counts}
    shown = {place: at for place, at in PLACES.items() if place[0] in countries}
    most = max(counts.values(), default=1)
    columns, rows = (max(place[side] for place in shown.values()) + 1 for side in (0, 1))
    wide = (WIDTH + _GAP) / columns - _GAP
    size = min(2 * wide / _LETTERS, 17)
    parts = []
    for (country, letter), (column, row) in shown.items():
        count = counts.get((country, letter), 0)
        x, y = column * (wide + _GAP), row * (_HIGH + _GAP)
        at, ink = x + wide / 2, PAPER if shade(count, most) == SHADES[-1] else INK
        name = words.short(country, letter)
        parts += [
            rectangle(x, y, wide, _HIGH, shade(count, most)),
            write(at, y + 21, name, anchor="middle", size=size, color=ink if count else QUIET),
        ]
        if count:
            parts.append(write(at, y + 46, str(count), anchor="middle", size=20, color=ink, is_bold=True))
    height = rows * (_HIGH + _GAP) - _GAP
    return document(parts, height=height, title=words.title, description=words.description, prefix=prefix)


def shade(count: int, most: int) -> str:
    """Return the color of so many, where the most anywhere is `most`: none has its own."""
    return SHADES[0] if count <= 0 else SHADES[min(1 + 3 * (count - 1) // max(most, 1), 3)]
