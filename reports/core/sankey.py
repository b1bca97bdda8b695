"""Who gives, in what, to whom, drawn: three columns, and bands between them as wide as what was given."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.core.svg import INK, PAPER, QUIET, WIDTH, document, rectangle, ribbon, wrap, write

#: So many of each column are drawn by name, unless fewer are asked for; the smaller ones as one, "others".
NAMED = 9
#: Stands for all that are too small to be drawn by name.
REST = -1

#: A band and the bar at its ends: Okabe and Ito's colors and, beyond their eight, three of other lightness.
TONES = (
    *(("#f6d9a0", "#e69f00"), ("#bfe1f5", "#56b4e9"), ("#a6dccb", "#009e73"), ("#f8f2a8", "#b5a900")),
    *(("#a6c9e2", "#0072b2"), ("#f0c4a1", "#d55e00"), ("#eccede", "#cc79a7"), ("#d5d5d5", "#2b211c")),
    *(("#d9b9b0", "#7a2e1d"), ("#cdc7e6", "#4b3b9b"), ("#dbe3bf", "#5f7317")),
)
_LABELS, _BAR, _KIND, _EDGE = 156, 10, 172, 8
_TOP, _GAP, _LINE, _HEIGHT = 40, 10, 14, 300
_FROM, _TO = (WIDTH - _KIND) / 2, (WIDTH + _KIND) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one gave another in something, above zero, in minor units."""

    giver: int
    kind: str
    receiver: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the drawing says, in the reader's language. `kinds` is in the order in which they have their colors."""

    title: str
    description: str
    gives: str
    receives: str
    names: Mapping[int, str]
    kinds: Mapping[str, str]
    others: Callable[[int], str]
    amount: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Node:
    """One of a column: its name, what passes it, and the top of the part of it that is as high as that."""

    name: str
    amount: int
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where everything stands: the three columns by key, the two sets of bands by keys, and where it ends."""

    columns: tuple[Mapping[Hashable, Node], Mapping[Hashable, Node], Mapping[Hashable, Node]]
    bands: tuple[Mapping[tuple[Hashable, Hashable], int], Mapping[tuple[Hashable, Hashable], int]]
    end: float


def layout(flows: Sequence[Given], words: Words, *, named: int = NAMED) -> Drawn:
    """Place what is drawn: the largest of each column from above, the small ones as one below; no sum changes."""
    positive = [flow for flow in flows if flow.amount > 0]
    merged = [
        _merged([(getattr(flow, side), flow.amount) for flow in positive], names, named)
        for side, names in (("giver", words.names), ("kind", words.kinds), ("receiver", words.names))
    ]
    left: defaultdict[tuple[Hashable, Hashable], int] = defaultdict(int)
    right: defaultdict[tuple[Hashable, Hashable], int] = defaultdict(int)
    for flow in positive:
        giver, kind, receiver = (
            each.get(key, REST) for each, key in zip(merged, (flow.giver, flow.kind, flow.receiver), strict=True)
        )
        left[giver, kind] += flow.amount
        right[kind, receiver] += flow.amount
    scale = _HEIGHT / max(sum(left.values()), 1)
    names: list[Mapping[Any, str]] = [words.names, words.kinds, words.names]
    placed = []
    for number, (sums, column) in enumerate(
        ((_sums(left, 0), names[0]), (_sums(left, 1), names[1]), (_sums(right, 1), names[2]))
    ):
        rest = sum(1 for key in merged[number].values() if key == REST)
        placed.append(_stack(sums, {**column, REST: words.others(rest)}, scale))
    columns = placed[0][0], placed[1][0], placed[2][0]
    return Drawn(columns, (dict(left), dict(right)), max(end for _nodes, end in placed))


def sankey(flows: Sequence[Given], *, words: Words, prefix: str, named: int = NAMED) -> str:
    """Draw who gives on the left, in what in the middle, to whom on the right."""
    drawn = layout(flows, words, named=named)
    tones = {kind: TONES[number % len(TONES)] for number, kind in enumerate(words.kinds)}
    givers, kinds, receivers = drawn.columns
    parts = [
        write(0, 16, words.gives, anchor="start", size=13, color=QUIET, is_bold=True),
        write(WIDTH, 16, words.receives, anchor="end", size=13, color=QUIET, is_bold=True),
        *_bands(drawn.bands[0], givers, kinds, (_LABELS + _BAR, _FROM), lambda pair: _tone(tones, pair[1])[0]),
        *_bands(drawn.bands[1], kinds, receivers, (_TO, WIDTH - _LABELS - _BAR), lambda pair: _tone(tones, pair[0])[0]),
    ]
    for node in givers.values():
        parts += _end(node, words.amount(node.amount), is_left=True)
    for node in receivers.values():
        parts += _end(node, words.amount(node.amount), is_left=False)
    for kind, node in kinds.items():
        parts += _middle(node, words.amount(node.amount), _tone(tones, kind)[1])
    height = round(drawn.end + 8)
    return document(parts, height=height, title=words.title, description=words.description, prefix=prefix)


def _tone(tones: Mapping[str, tuple[str, str]], kind: Hashable) -> tuple[str, str]:
    return tones.get(str(kind), ("#e6e0da", QUIET))


def _merged(amounts: Sequence[tuple[Hashable, int]], names: Mapping[Any, str], named: int) -> dict[Hashable, Hashable]:
    """Return key → itself, or `REST` if it is drawn among the others: one alone is no others."""
    sums: defaultdict[Hashable, int] = defaultdict(int)
    for key, amount in amounts:
        sums[key] += amount
    ordered = sorted(sums, key=lambda key: (-sums[key], names.get(key, ""), str(key)))
    kept = ordered if len(ordered) <= named + 1 else ordered[:named]
    return {key: key if key in kept else REST for key in ordered}


def _sums(bands: Mapping[tuple[Hashable, Hashable], int], side: int) -> dict[Hashable, int]:
    sums: defaultdict[Hashable, int] = defaultdict(int)
    for pair, amount in bands.items():
        sums[pair[side]] += amount
    return sums


def _stack(
    sums: Mapping[Hashable, int], names: Mapping[Hashable, str], scale: float
) -> tuple[dict[Hashable, Node], float]:
    """Place a column from above, far enough apart for its labels; return it and where it ends."""
    nodes: dict[Hashable, Node] = {}
    y = float(_TOP)
    for key in sorted(sums, key=lambda key: (key == REST, -sums[key], names[key], str(key))):
        height = sums[key] * scale
        room = max(height, _LINE * (len(_lines(names[key])) + 1.0))
        nodes[key] = Node(names[key], sums[key], y + (room - height) / 2, height)
        y += room + _GAP
    return nodes, y


def _lines(name: str) -> list[str]:
    """Break a name so that it fits beside a bar, and between the two bars of a kind."""
    return wrap(name, 18)


def _bands(
    bands: Mapping[tuple[Hashable, Hashable], int],
    left: Mapping[Hashable, Node],
    right: Mapping[Hashable, Node],
    reach: tuple[float, float],
    color: Callable[[tuple[Hashable, Hashable]], str],
) -> list[str]:
    """Draw the bands between two columns, none crossing another where both leave; the thin ones over the others."""
    at = [{key: node.top for key, node in side.items()} for side in (left, right)]
    places = [list(left), list(right)]
    drawn: list[tuple[float, str]] = []
    for pair in sorted(bands, key=lambda pair: (places[0].index(pair[0]), places[1].index(pair[1]))):
        node = left[pair[0]]
        height = node.height * bands[pair] / node.amount
        band = ribbon(reach[0], at[0][pair[0]], reach[1], at[1][pair[1]], height, color(pair))
        drawn.append((height, band))
        at[0][pair[0]] += height
        at[1][pair[1]] += height
    return [band for _height, band in sorted(drawn, key=lambda each: -each[0])]


def _end(node: Node, amount: str, *, is_left: bool) -> list[str]:
    x = _LABELS if is_left else WIDTH - _LABELS - _BAR
    label = _LABELS - 6 if is_left else WIDTH - _LABELS + 6
    return [
        rectangle(x, node.top, _BAR, max(node.height, 1), INK),
        *_label(node, amount, label, "end" if is_left else "start"),
    ]


def _middle(node: Node, amount: str, color: str) -> list[str]:
    """Draw a bar at each edge, and between them, on plain paper, what it is."""
    return [
        rectangle(_FROM, node.top, _KIND, max(node.height, 1), PAPER),
        rectangle(_FROM, node.top, _EDGE, max(node.height, 1), color),
        rectangle(_TO - _EDGE, node.top, _EDGE, max(node.height, 1), color),
        *_label(node, amount, WIDTH / 2, "middle"),
    ]


def _label(node: Node, amount: str, x: float, anchor: str) -> list[str]:
    lines = _lines(node.name)
    y = node.middle - _LINE * (len(lines) + 1) / 2 + 11
    parts = [write(x, y + _LINE * n, line, anchor=anchor, size=11.5, color=INK) for n, line in enumerate(lines)]
    return [*parts, write(x, y + _LINE * len(lines), amount, anchor=anchor, size=11.5, color=INK, is_bold=True)]
