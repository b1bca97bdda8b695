"""Charts as SVG text: the same string stands on the page and on paper.

What every reader of SVG draws alike: presentation attributes and flat colors only, no style sheet, no gradient, no
transparency. Sides are told apart by place, heading and arrow, and by two colors (Okabe and Ito's) of different
lightness, so that nothing is lost to a color-blind eye or a black and white printer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.core.svg import INK, QUIET, WIDTH, document, rectangle, ribbon, wrap, write

BRICK, GOLD, STRAW = "#7a2e1d", "#f3b14b", "#f0dcc0"
#: More bands than this a side are drawn as one, "others".
BANDS_MAX = 9
_NAME_X, _NODE, _CENTER = 214, 10, 34
_TOP, _LINE, _GAP = 74, 15, 12
_FLOW_HEIGHT = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One color in its two strengths: the band, and the bar at its end."""

    band: str
    bar: str


RECEIVED = Side(band="#f6d3a5", bar="#b34700")
GIVEN = Side(band="#86b4d6", bar="#1c4f7c")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What passed between us and somebody; both are zero or above, in minor units."""

    name: str
    received: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the chart says, in the reader's language."""

    title: str
    description: str
    received: str
    given: str
    others: Callable[[int], str]
    amount: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class _Band:
    """A name, its amount, and where its label and its bar stand."""

    name: str
    amount: int
    top: float
    height: float


def give_and_receive(flows: Sequence[Given], *, us: str, words: Words, prefix: str) -> str:
    """Draw who gives to us on the left and who receives from us on the right, bands as wide as the amounts."""
    received = _largest([(flow.name, flow.received) for flow in flows], words.others)
    given = _largest([(flow.name, flow.given) for flow in flows], words.others)
    most = max(_sum(received), _sum(given), 1)
    left, left_end = _stack(received, _FLOW_HEIGHT / most)
    right, right_end = _stack(given, _FLOW_HEIGHT / most)
    height = max(left_end, right_end, _TOP + 120)
    middle = (_TOP + height) / 2
    parts = [
        _heading(0, "start", words.received, words.amount(_sum(received)), RECEIVED),
        _heading(WIDTH, "end", words.given, words.amount(_sum(given)), GIVEN),
        *_side(left, words, middle, is_left=True),
        *_side(right, words, middle, is_left=False),
        *_center(us, middle, max(_sum(received), _sum(given)) * _FLOW_HEIGHT / most),
    ]
    return document(parts, height=round(height + 8), title=words.title, description=words.description, prefix=prefix)


def weave() -> str:
    """Draw the cloth that the papers bear at their head: the weft (trama) goes over and under the warp."""
    pitch, thick = 12, 9
    rows = (BRICK, BRICK, BRICK)
    columns = WIDTH // pitch
    threads = [
        rectangle(x * pitch + 1.5, 0, thick, len(rows) * pitch, STRAW if x % 3 else GOLD) for x in range(columns)
    ]
    for row, color in enumerate(rows):
        y = row * pitch + 1.5
        for x in range(columns):
            # Plain weave: over one thread, under the next; the row below does the opposite.
            is_over = (x + row) % 2 == 0
            threads += [
                rectangle(x * pitch, y, pitch, thick, color)
                if is_over
                else rectangle(x * pitch + 1.5 + thick, y, pitch - thick, thick, color)
            ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {len(rows) * pitch}" width="{WIDTH}" '
        f'height="{len(rows) * pitch}"><title>Trama</title>{"".join(threads)}</svg>'
    )


def _sum(rows: Sequence[tuple[str, int]]) -> int:
    return sum(amount for _, amount in rows)


def _largest(rows: Sequence[tuple[str, int]], others: Callable[[int], str]) -> list[tuple[str, int]]:
    """Return the largest first, the small ones as one; the sum stays the same."""
    ordered = sorted(((name, amount) for name, amount in rows if amount > 0), key=lambda row: (-row[1], row[0]))
    if len(ordered) <= BANDS_MAX:
        return ordered
    rest = ordered[BANDS_MAX - 1 :]
    return [*ordered[: BANDS_MAX - 1], (others(len(rest)), _sum(rest))]


def _stack(rows: Sequence[tuple[str, int]], scale: float) -> tuple[list[_Band], float]:
    """Place the bars one under the other, far enough apart for their labels; return them and where they end."""
    bands, y = [], float(_TOP)
    for name, amount in rows:
        height = max(amount * scale, 1.5)
        room = max(height, _LINE * (len(wrap(name, 32)) + 1))
        bands.append(_Band(name, amount, y + (room - height) / 2, height))
        y += room + _GAP
    return bands, y - _GAP if bands else y


def _side(bands: Sequence[_Band], words: Words, middle: float, *, is_left: bool) -> list[str]:
    """Draw a side: each band from its bar to its place at the center, and its label."""
    side = RECEIVED if is_left else GIVEN
    bar = _NAME_X if is_left else WIDTH - _NAME_X - _NODE
    outer = bar + _NODE if is_left else bar
    inner = (WIDTH - _CENTER) / 2 if is_left else (WIDTH + _CENTER) / 2
    at = middle - sum(band.height for band in bands) / 2
    parts = []
    for band in bands:
        parts += [
            ribbon(outer, band.top, inner, at, band.height, side.band),
            rectangle(bar, band.top, _NODE, band.height, side.bar),
            *_label(band, words.amount(band.amount), bar - 8 if is_left else bar + _NODE + 8, is_left=is_left),
        ]
        at += band.height
    return parts


def _label(band: _Band, amount: str, x: float, *, is_left: bool) -> list[str]:
    lines = wrap(band.name, 32)
    anchor = "end" if is_left else "start"
    y = band.top + band.height / 2 - _LINE * (len(lines) + 1) / 2 + 11
    parts = [write(x, y + _LINE * i, line, anchor=anchor, size=12, color=INK) for i, line in enumerate(lines)]
    return [*parts, write(x, y + _LINE * len(lines), amount, anchor=anchor, size=12, color=INK, is_bold=True)]


def _heading(x: float, anchor: str, text: str, amount: str, side: Side) -> str:
    return (
        write(x, 16, text, anchor=anchor, size=13, color=QUIET)
        + write(x, 38, amount, anchor=anchor, size=19, color=side.bar, is_bold=True)
        + rectangle(0 if anchor == "start" else WIDTH - _NAME_X - _NODE, 48, _NAME_X + _NODE, 2, side.bar)
    )


def _center(us: str, middle: float, height: float) -> list[str]:
    """Draw our own bar, and our name at the head, where no band passes."""
    lines = wrap(us, 26)
    tall = max(height, 30)
    x = WIDTH / 2
    reach = WIDTH / 2 - _NAME_X - _NODE - 14
    return [
        rectangle(x - _CENTER / 2, middle - tall / 2, _CENTER, tall, INK),
        rectangle(x - reach, 48, 2 * reach, 2, INK),
        *(
            write(x, 38 - _LINE * (len(lines) - 1 - i), line, anchor="middle", size=12.5, color=INK, is_bold=True)
            for i, line in enumerate(lines)
        ),
    ]
