"""Write tables as CSV (RFC 4180) and values as JSON: UTF-8, the same bytes for the same content."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table with a header row, CRLF at the end of each line, quotes only where they are needed."""

    def write(text: io.TextIOBase) -> None:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows(rows)

    return _written(write)


def json_bytes(value: Any) -> bytes:
    """Return a value as JSON in the order it has, readable by people, with a newline at the end."""

    def write(text: io.TextIOBase) -> None:
        text.writelines(json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(value))
        text.write("\n")

    return _written(write)


def _written(write: Callable[[io.TextIOBase], None]) -> bytes:
    """Return as UTF-8 what is written: bytes from the beginning, for a long file need not stand there twice."""
    kept = io.BytesIO()
    text = io.TextIOWrapper(kept, encoding="utf-8", newline="", write_through=False)
    write(text)
    text.flush()
    return kept.getvalue()
