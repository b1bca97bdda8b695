"""Write tables as CSV that no spreadsheet takes for a program."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

#: What a spreadsheet takes for the beginning of a formula, also in the wide letters of East Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula.

    A memo may have been written by another cooperative: `=HYPERLINK(…)` in it must stay a text.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table line by line, its header first, quotes only where they are needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in chain([columns], rows):
        writer.writerow(row)
        yield text.getvalue()
        text.seek(0)
        text.truncate()
