"""Read tables that people save as CSV, and write ones that no spreadsheet takes for a program."""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

#: What a spreadsheet takes for the beginning of a formula, also in the wide letters of East Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: Column → the headings that name it, without accents, in small letters.
Headings = Mapping[str, tuple[str, ...]]
#: A row's number in the file, and what stands in it by column.
Numbered = tuple[int, dict[str, str]]
#: Column → name of what is wrong there; told in words elsewhere.
Problems = dict[str, str]


class CannotBeRead(ValueError):
    """The file as a whole is not such a table; `name` says why, `values` what it is about."""

    def __init__(self, name: str, **values: object) -> None:
        """Keep the name and the values."""
        super().__init__(name)
        self.name, self.values = name, values


def read(content: bytes, *, headings: Headings, required: Sequence[str], rows_max: int) -> tuple[list[Numbered], str]:
    """Return the rows of a file by column, and the separator that it uses.

    :raises CannotBeRead: if it is empty, no text, too long, or lacks a column that every row needs.
    """
    text = _decoded(content)
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    if not first_line:
        raise CannotBeRead("empty")
    separator = max(";\t,", key=first_line.count)
    try:
        rows = list(_rows(text, separator, headings, required, rows_max))
    except csv.Error:
        raise CannotBeRead("not_text") from None
    if not rows:
        raise CannotBeRead("no_rows")
    return rows, separator


def _rows(text: str, separator: str, headings: Headings, required: Sequence[str], rows_max: int) -> Iterator[Numbered]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return by_column(((lines.line_num, cells) for cells in lines), headings, required, rows_max)


def by_column(
    lines: Iterable[tuple[int, Sequence[str]]], headings: Headings, required: Sequence[str], rows_max: int
) -> Iterator[Numbered]:
    """Yield each row below the headings with its number in the file.

    :raises CannotBeRead: if it is too long, or lacks a column that every row needs.
    """
    columns: list[str | None] | None = None
    found = 0
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells, headings, required)
            continue
        found += 1
        if found > rows_max:
            raise CannotBeRead("too_long", most=rows_max)
        written = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
        yield number, {column: written.get(column, "") for column in headings}


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise CannotBeRead("not_text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CannotBeRead("not_text")


def _columns(cells: Iterable[str], headings: Headings, required: Sequence[str]) -> list[str | None]:
    named = {heading: column for column, names in headings.items() for heading in names}
    columns = [named.get(plain(cell)) for cell in cells]
    missing = [headings[column][0] for column in required if column not in columns]
    if missing:
        raise CannotBeRead("missing_columns", columns=", ".join(missing))
    return columns


def plain(text: str) -> str:
    """Return a text without accents, in small letters, with single spaces: as headings and names are compared."""
    bare = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).lower().split())


def day(text: str) -> dt.date:
    """Return a day written as 31/12/2026, 31-12-2026 or 2026-12-31.

    :raises ValueError: if it is none.
    """
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    return dt.date.fromisoformat(text)


def inert(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula.

    A memo may have been written by another cooperative: `=HYPERLINK(…)` in it must stay a text.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def bare(text: str) -> str:
    """Return what `inert` was given: a telephone number begins with + and comes back so."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table line by line, its header first, quotes only where they are needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in chain([columns], rows):
        writer.writerow(row)
        yield text.getvalue()
        text.seek(0)
        text.truncate()
