"""Write tables as CSV (RFC 4180) and values as JSON: UTF-8, the same bytes for the same content."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any


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
