"""A bar for each name, one under the other, as long as its number: the same on the page and on paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.core.svg import INK, QUIET, WIDTH, document, rectangle, wrap, write

BLUE = "#1c4f7c"
#: More bars than this are drawn as one, "others".
BARS_MAX = 10
_LABELS, _NUMBERS, _ROW, _TOP, _BAR = 216, 150, 38, 6, 20
#: About how many letters stand beside a bar on a line.
_LETTERS = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the drawing says, in the reader's language."""

    title: str
    description: str
    others: Callable[[int], str]
    number: Callable[[int], str]


def bars(rows: Sequence[tuple[str, int]], *, words: Words, prefix: str, color: str = BLUE) -> str:
    """Draw name → number, the largest first, by one scale; what is not above zero has no bar."""
    shown = largest(rows, others=words.others)
    most = max((number for _name, number in shown), default=1)
    reach = WIDTH - _LABELS - _NUMBERS
    parts = []
    for at, (name, number) in enumerate(shown):
        middle = _TOP + at * _ROW + _ROW / 2
        lines = wrap(name, _LETTERS)
        long = max(number * reach / most, 1)
        parts += [
            write(_LABELS - 10, middle + 4 + 14 * (n - (len(lines) - 1) / 2), line, anchor="end", size=12, color=INK)
            for n, line in enumerate(lines)
        ]
        parts += [
            rectangle(_LABELS, middle - _BAR / 2, long, _BAR, color),
            write(
                _LABELS + long + 8, middle + 4, words.number(number), anchor="start", size=12, color=INK, is_bold=True
            ),
        ]
    foot = _TOP + len(shown) * _ROW
    parts.append(rectangle(_LABELS - 1, _TOP, 1, max(foot - _TOP, 1), QUIET))
    return document(parts, height=foot + 6, title=words.title, description=words.description, prefix=prefix)


def largest(rows: Sequence[tuple[str, int]], *, others: Callable[[int], str]) -> list[tuple[str, int]]:
    """Return the largest first, the small ones as one; the sum of what is above zero stays the same."""
    ordered = sorted(((name, number) for name, number in rows if number > 0), key=lambda row: (-row[1], row[0]))
    if len(ordered) <= BARS_MAX:
        return ordered
    rest = ordered[BARS_MAX - 1 :]
    return [*ordered[: BARS_MAX - 1], (others(len(rest)), sum(number for _name, number in rest))]
