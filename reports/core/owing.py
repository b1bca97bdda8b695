"""Who owes whom, drawn: a matrix of numbered rows and columns, and bands from those who owe to those who are owed."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reports.core.svg import INK, PAPER, QUIET, WIDTH, document, rectangle, ribbon, wrap, write

#: So many are drawn by name; the smaller ones as one, "others".
NAMED = 10
#: From little to much: tones of one color, each darker than the one before, also in black and white.
TONES = ("#f7e6d6", "#f0c9a4", "#dd9a63", "#b5632f", "#7a2e1d")
#: The tones on which white is read better than ink.
DARK = TONES[3:]
BAND, OWES, OWED = "#f0dcc0", "#b34700", "#1c4f7c"
_LABELS, _ROW, _HEAD = 196, 30, 58
_BAR, _SIDE, _TOP, _GAP, _LINE, _HEIGHT = 10, 206, 58, 12, 15, 320

Cells = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the drawing says, in the reader's language."""

    title: str
    description: str
    owes: str
    is_owed: str
    names: Mapping[int, str]
    others: Callable[[int], str]
    amount: Callable[[int], str]
    short: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Shown:
    """Who is drawn, the largest first, each with a name; and the cells between them, above zero."""

    names: Mapping[int, str]
    cells: Cells


#: Stands for all that are too small to be drawn by name.
REST = -1


def shown(cells: Cells, words: Words) -> Shown:
    """Return what is drawn of all cells: those with the largest debts on either side by name, the others as one."""
    weights: defaultdict[int, int] = defaultdict(int)
    for pair, amount in cells.items():
        for each in pair:
            weights[each] += amount
    ordered = sorted(weights, key=lambda each: (-weights[each], words.names.get(each, ""), each))
    if len(ordered) <= NAMED + 1:
        return Shown({each: words.names[each] for each in ordered}, cells)
    named = ordered[:NAMED]
    merged: defaultdict[tuple[int, int], int] = defaultdict(int)
    for (debtor, creditor), amount in cells.items():
        merged[debtor if debtor in named else REST, creditor if creditor in named else REST] += amount
    names = {each: words.names[each] for each in named} | {REST: words.others(len(ordered) - NAMED)}
    return Shown(names, dict(merged))


def matrix(cells: Cells, *, words: Words, prefix: str) -> str:
    """Draw a row for each who owes and a column for each who is owed, under the number that stands by its name."""
    drawn = shown(cells, words)
    order = list(drawn.names)
    width = (WIDTH - _LABELS) / max(len(order), 6)
    most = max(drawn.cells.values(), default=1)
    parts = [
        write(0, 16, words.owes, anchor="start", size=12, color=QUIET),
        write(WIDTH, 16, words.is_owed, anchor="end", size=12, color=QUIET),
    ]
    for number, each in enumerate(order, start=1):
        x, y = _LABELS + (number - 1) * width, _HEAD + (number - 1) * _ROW
        label = f"{number} {wrap(drawn.names[each], 28)[0]}"
        parts += [
            write(x + width / 2, _HEAD - 10, str(number), anchor="middle", size=12, color=INK, is_bold=True),
            write(0, y + 20, label, anchor="start", size=12, color=INK),
            rectangle(0, y + _ROW - 0.5, WIDTH, 0.5, TONES[1]),
        ]
    for (debtor, creditor), amount in sorted(drawn.cells.items()):
        x, y = _LABELS + order.index(creditor) * width, _HEAD + order.index(debtor) * _ROW
        tone = TONES[min(len(TONES) - 1, len(TONES) * amount // (most + 1))]
        ink = PAPER if tone in DARK else INK
        parts += [
            rectangle(x + 1, y + 1, width - 2, _ROW - 2, tone),
            write(x + width / 2, y + 19, words.short(amount), anchor="middle", size=10.5, color=ink),
        ]
    height = _HEAD + len(order) * _ROW + 8
    return document(parts, height=height, title=words.title, description=words.description, prefix=prefix)


def bands(cells: Cells, *, words: Words, prefix: str) -> str:
    """Draw who owes on the left, who is owed on the right, and between them bands as wide as what is owed."""
    drawn = shown(cells, words)
    total = max(sum(drawn.cells.values()), 1)
    scale = _HEIGHT / total
    left, end = _stack(drawn, 0, scale)
    right, right_end = _stack(drawn, 1, scale)
    inner, outer = _SIDE + _BAR, WIDTH - _SIDE - _BAR
    parts = [
        write(0, 16, words.owes, anchor="start", size=13, color=OWES, is_bold=True),
        write(WIDTH, 16, words.is_owed, anchor="end", size=13, color=OWED, is_bold=True),
    ]
    at = {0: dict(left), 1: dict(right)}
    for debtor, creditor in sorted(drawn.cells, key=lambda pair: (left[pair[0]], right[pair[1]])):
        height = drawn.cells[debtor, creditor] * scale
        parts.append(ribbon(inner, at[0][debtor], outer, at[1][creditor], height, BAND))
        at[0][debtor] += height
        at[1][creditor] += height
    for side, stack in ((0, left), (1, right)):
        for each, top in stack.items():
            amount = sum(owed for pair, owed in drawn.cells.items() if pair[side] == each)
            parts += _end(drawn.names[each], words.amount(amount), top, amount * scale, is_left=side == 0)
    height = round(max(end, right_end) + 8)
    return document(parts, height=height, title=words.title, description=words.description, prefix=prefix)


def _stack(drawn: Shown, side: int, scale: float) -> tuple[dict[int, float], float]:
    """Place the bars of a side one under the other, far enough apart for their labels; return them and their end."""
    tops: dict[int, float] = {}
    y = float(_TOP)
    for each in drawn.names:
        amount = sum(owed for pair, owed in drawn.cells.items() if pair[side] == each)
        if amount:
            room = max(amount * scale, 2.0 * _LINE)
            tops[each] = y + (room - amount * scale) / 2
            y += room + _GAP
    return tops, y


def _end(name: str, amount: str, top: float, height: float, *, is_left: bool) -> Sequence[str]:
    x = _SIDE if is_left else WIDTH - _SIDE - _BAR
    label = _SIDE - 8 if is_left else WIDTH - _SIDE + 8
    anchor, middle = ("end" if is_left else "start"), top + height / 2
    return [
        rectangle(x, top, _BAR, max(height, 1.5), OWES if is_left else OWED),
        write(label, middle - 2, wrap(name, 30)[0], anchor=anchor, size=12, color=INK),
        write(label, middle + _LINE - 2, amount, anchor=anchor, size=12, color=INK, is_bold=True),
    ]
