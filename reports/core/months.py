"""What was given month by month, drawn: a row of bars for each kind, all by one scale."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reports.core.svg import INK, QUIET, WIDTH, document, rectangle, wrap, write

_LABELS, _ROW, _TOP, _FOOT, _GAP = 196, 38, 10, 26, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the drawing says, in the reader's language."""

    title: str
    description: str
    months: Sequence[str]
    kinds: Mapping[str, str]
    amount: Callable[[int], str]


def months(rows: Mapping[str, Sequence[int]], *, words: Words, colors: Mapping[str, str], prefix: str) -> str:
    """Draw kind → what was given in it each month, in minor units; what is below zero hangs from the line."""
    shown = [kind for kind in words.kinds if any(rows.get(kind, ()))]
    most = max((amount for kind in shown for amount in rows[kind]), default=0)
    least = min((amount for kind in shown for amount in rows[kind]), default=0)
    scale = _ROW / max(max(most, 0) - min(least, 0), 1)
    up = max(most, 0) * scale
    step = (WIDTH - _LABELS) / max(len(words.months), 1)
    parts = []
    for number, kind in enumerate(shown):
        zero = _TOP + number * (_ROW + _GAP) + up
        lines = [*wrap(words.kinds[kind], 30), words.amount(sum(rows[kind]))]
        parts += [
            write(0, zero - 4 - 14 * (len(lines) - 1 - n), line, anchor="start", size=11.5, color=INK,
                  is_bold=n == len(lines) - 1)
            for n, line in enumerate(lines)
        ]  # fmt: skip
        for at, amount in enumerate(rows[kind]):
            if amount:
                top = zero - max(amount, 0) * scale
                bar = max(abs(amount) * scale, 1)
                parts.append(rectangle(_LABELS + at * step + 2, top, step - 4, bar, colors.get(kind, QUIET)))
        parts.append(rectangle(_LABELS, zero, WIDTH - _LABELS, 0.7, QUIET))
    end = _TOP + len(shown) * (_ROW + _GAP)
    every = -(-len(words.months) // 12)
    parts += [
        write(_LABELS + (at + 0.5) * step, end + 12, month, anchor="middle", size=10.5, color=QUIET)
        for at, month in enumerate(words.months)
        if at % every == 0
    ]
    return document(parts, height=end + _FOOT, title=words.title, description=words.description, prefix=prefix)
