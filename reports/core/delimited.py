"""Write tables as CSV (RFC 4180) and values as JSON: UTF-8, the same bytes for the same content."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula.

    A memo may have been written by another cooperative: `=HYPERLINK(…)` in it must stay a text. The JSON beside
    carries it unaltered.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table with a header row, CRLF at the end of each line, quotes only where they are needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def json_bytes(value: Any) -> bytes:
    """Return a value as JSON in the order it has, readable by people, with a newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
