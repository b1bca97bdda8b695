"""One cooperative with its partners around it, drawn: lines as wide as what went to and fro between them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.core.charts import GIVEN, RECEIVED, Given, Words
from reports.core.svg import INK, PAPER, WIDTH, circle, document, line, rectangle, wrap, write

#: So many partners are drawn by name; the smaller ones as one, "others".
NAMED = 11
#: How wide the widest two lines are together.
_WIDEST = 26
_TOP, _ROOM, _LINE, _REACH, _CORE, _DOT = 44, 66, 13, 168, 46, 5


@dataclass(frozen=True, slots=True)
class Node:
    """A partner, what went to and fro, and where it stands."""

    partner: Given
    x: float
    y: float
    is_left: bool


def layout(partners: Sequence[Given], others: Callable[[int], str]) -> tuple[list[Node], float]:
    """Place the partners on an ellipse, the largest above, in turns right and left; return them and the height."""
    ordered = sorted(
        (each for each in partners if each.received + each.given > 0),
        key=lambda each: (-each.received - each.given, each.name),
    )
    if len(ordered) > NAMED + 1:
        rest = ordered[NAMED:]
        merged = Given(
            name=others(len(rest)),
            received=sum(each.received for each in rest),
            given=sum(each.given for each in rest),
        )
        ordered = [*ordered[:NAMED], merged]
    rows = max(-(-len(ordered) // 2), 2)
    height = _TOP + rows * _ROOM
    middle, half = _TOP + rows * _ROOM / 2, rows * _ROOM / 2
    nodes = []
    for number, partner in enumerate(ordered):
        side = ordered[number % 2 :: 2]
        y = middle + (number // 2 - (len(side) - 1) / 2) * _ROOM
        x = _REACH * math.sqrt(max(1 - ((y - middle) / half) ** 2, 0))
        is_left = number % 2 == 1
        nodes.append(Node(partner, WIDTH / 2 + (-x if is_left else x), y, is_left))
    return nodes, height


def ego(partners: Sequence[Given], *, us: str, words: Words, prefix: str) -> str:
    """Draw a cooperative in the middle and its partners around it; of each two lines, what it gave and received."""
    nodes, height = layout(partners, words.others)
    center = (WIDTH / 2, _TOP + (height - _TOP) / 2)
    most = max((node.partner.received + node.partner.given for node in nodes), default=1)
    parts = [
        rectangle(0, 8, 14, 10, RECEIVED.bar),
        write(20, 17, words.received, anchor="start", size=12, color=INK),
        rectangle(WIDTH - 14, 8, 14, 10, GIVEN.bar),
        write(WIDTH - 20, 17, words.given, anchor="end", size=12, color=INK),
    ]
    for node in nodes:
        parts += _lines(node, center, _WIDEST / most)
    for node in nodes:
        parts += _label(node, words, _WIDEST / most)
    lines = wrap(us, 13)
    parts.append(circle(*center, _CORE, INK))
    parts += [
        write(center[0], center[1] + 4 + 14 * (number - (len(lines) - 1) / 2), text, anchor="middle", size=11,
              color=PAPER, is_bold=True)
        for number, text in enumerate(lines)
    ]  # fmt: skip
    return document(parts, height=round(height + 8), title=words.title, description=words.description, prefix=prefix)


def _lines(node: Node, center: tuple[float, float], scale: float) -> list[str]:
    """Draw what was received beside what was given, side by side, the two as wide as both."""
    (x, y), (to_x, to_y) = center, (node.x, node.y)
    length = math.hypot(to_x - x, to_y - y) or 1
    across = (-(to_y - y) / length, (to_x - x) / length)
    widths = [amount * scale for amount in (node.partner.received, node.partner.given)]
    at = -sum(widths) / 2
    drawn = []
    for width, side in zip(widths, (RECEIVED, GIVEN), strict=True):
        if width:
            middle = at + width / 2
            dx, dy = across[0] * middle, across[1] * middle
            drawn.append(line(x + dx, y + dy, to_x + dx, to_y + dy, max(width, 0.8), side.bar))
        at += width
    return drawn


def _label(node: Node, words: Words, scale: float) -> list[str]:
    """Write who it is and both amounts, beyond the end of the lines."""
    names = wrap(node.partner.name, 24)
    away = max(_DOT, (node.partner.received + node.partner.given) * scale / 2) + 5
    anchor, x = ("end", node.x - away) if node.is_left else ("start", node.x + away)
    said = [(text, INK, False) for text in names]
    if node.partner.received:
        said.append((f"← {words.amount(node.partner.received)}", RECEIVED.bar, True))
    if node.partner.given:
        said.append((f"→ {words.amount(node.partner.given)}", GIVEN.bar, True))
    top = node.y - _LINE * (len(said) - 1) / 2 + 4
    return [
        circle(node.x, node.y, _DOT, INK),
        *(
            write(x, top + _LINE * number, text, anchor=anchor, size=11, color=color, is_bold=is_bold)
            for number, (text, color, is_bold) in enumerate(said)
        ),
    ]
