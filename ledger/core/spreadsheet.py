"""Read the spreadsheet in which a cooperative keeps its barters: bytes become rows, a row becomes plain facts.

Knows of encodings, separators, Spanish and English headings, days and numbers as people write them; of organizations
and accounts it knows nothing. What is wrong is returned by name, column by column, and told in words elsewhere.
"""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ledger.core.numbers import NotANumber, parse

ROWS_MAX = 20_000

#: Column → the headings that name it, without accents, in small letters.
HEADINGS: dict[str, tuple[str, ...]] = {
    "barter": ("permuta", "trueque", "barter", "referencia", "ref"),
    "agreed_on": ("fecha", "acordado", "agreed", "date"),
    "partner": ("cooperativa", "con", "partner", "contraparte"),
    "direction": ("sentido", "direction", "dimos/recibimos"),
    "thing": ("cosa", "producto", "detalle", "thing"),
    "quantity": ("cantidad", "quantity"),
    "unit": ("unidad", "unit"),
    "value": ("valor", "importe", "value"),
    "vat": ("iva", "vat"),
    "delivered_on": ("entregado", "entrega", "delivered"),
    "delivery_note": ("remito", "delivery note"),
    "invoice": ("factura", "invoice"),
    "resolution": ("acta", "resolucion", "resolution"),
    "peg": ("ajuste", "peg"),
}
REQUIRED = ("barter", "agreed_on", "partner", "direction", "thing", "quantity", "unit", "value")

GAVE = {"dimos", "damos", "entregamos", "dado", "gave", "give", "given"}
RECEIVED = {"recibimos", "recibido", "received", "receive"}
TO_MONEY = {"pesos", "ars", "$", "money"}
NO_VAT = {"", "no", "c", "exento", "sin iva", "none"}
VAT_RATES = {Decimal(21): 2100, Decimal("10.5"): 1050, Decimal(27): 2700, Decimal(0): 0}

UNIT_NAMES: dict[str, str] = {
    "kg": "KG", "kilo": "KG", "kilos": "KG", "kilogramos": "KG", "kilograms": "KG",
    "l": "L", "lt": "L", "lts": "L", "litro": "L", "litros": "L", "litres": "L",
    "m": "M", "mt": "M", "mts": "M", "metro": "M", "metros": "M", "metres": "M",
    "m2": "M2", "m²": "M2", "m3": "M3", "m³": "M3",
    "un": "UN", "u": "UN", "unidad": "UN", "unidades": "UN", "units": "UN", "unit": "UN",
    "h": "HORA", "hs": "HORA", "hora": "HORA", "horas": "HORA", "hours": "HORA", "hour": "HORA",
    "jornal": "JORNAL", "jornales": "JORNAL",
}  # fmt: skip


class CannotBeRead(ValueError):
    """The file as a whole is not such a spreadsheet; `name` says why, `values` what it is about."""

    def __init__(self, name: str, **values: object) -> None:
        """Keep the name and the values."""
        super().__init__(name)
        self.name, self.values = name, values


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file as they were written, by column, with the row's number in the file."""

    rows: list[tuple[int, dict[str, str]]]
    decimal_comma: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says, once it is right. `quantity` and `value` are as written; no VAT is None."""

    barter: str
    agreed_on: dt.date
    partner: str
    is_given: bool
    thing: str
    quantity: Decimal
    unit: str
    value: Decimal
    vat_rate: int | None
    delivered_on: dt.date | None
    delivery_note: str
    invoice: str
    resolution: str
    pegged_to_goods: bool


Problems = dict[str, str]


def read(content: bytes) -> Table:
    """Return the rows of a file.

    :raises CannotBeRead: if it is empty, no text, too long, or lacks a column that every row needs.
    """
    text = _decoded(content)
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    if not first_line:
        raise CannotBeRead("empty")
    separator = max(";\t,", key=first_line.count)
    try:
        rows = _rows(text, separator)
    except csv.Error:
        raise CannotBeRead("not_text") from None
    if not rows:
        raise CannotBeRead("no_rows")
    return Table(rows, decimal_comma=_writes_decimal_comma(rows, separator))


def _rows(text: str, separator: str) -> list[tuple[int, dict[str, str]]]:
    """Return each row below the headings with its number in the file."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    columns: list[str | None] | None = None
    rows: list[tuple[int, dict[str, str]]] = []
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells)
            continue
        if len(rows) >= ROWS_MAX:
            raise CannotBeRead("too_long", most=ROWS_MAX)
        written = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
        rows.append((lines.line_num, {column: written.get(column, "") for column in HEADINGS}))
    return rows


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise CannotBeRead("not_text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CannotBeRead("not_text")


def plain(text: str) -> str:
    """Return a text without accents, in small letters, with single spaces: as headings and names are compared."""
    bare = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).lower().split())


def _columns(cells: Iterable[str]) -> list[str | None]:
    named = {heading: column for column, headings in HEADINGS.items() for heading in headings}
    columns = [named.get(plain(cell)) for cell in cells]
    missing = [HEADINGS[column][0] for column in REQUIRED if column not in columns]
    if missing:
        raise CannotBeRead("missing_columns", columns=", ".join(missing))
    return columns


def _writes_decimal_comma(rows: Iterable[tuple[int, Mapping[str, str]]], separator: str) -> bool:
    """Say how the file writes decimals: by the first number that leaves no doubt, else as its separator suggests."""
    for _number, cells in rows:
        for column in ("value", "quantity", "vat"):
            found = re.search(r"([.,])(\d{1,2}|\d{4,})$", cells[column])
            if found:
                return found[1] == ","
    return separator != ","


def day(text: str) -> dt.date:
    """Return a day written as 31/12/2026, 31-12-2026 or 2026-12-31.

    :raises ValueError: if it is none.
    """
    if found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    return dt.date.fromisoformat(text)


def read_row(cells: Mapping[str, str], *, decimal_comma: bool) -> tuple[Row | None, Problems]:
    """Return what a row says, or what is wrong with it by column."""
    problems: Problems = {column: "missing" for column in REQUIRED if not cells.get(column)}
    agreed_on = _day(cells, "agreed_on", problems)
    delivered_on = _day(cells, "delivered_on", problems)
    if agreed_on and delivered_on and delivered_on < agreed_on:
        problems["delivered_on"] = "before_agreed"
    quantity = _number(cells, "quantity", problems, decimal_comma=decimal_comma)
    value = _number(cells, "value", problems, decimal_comma=decimal_comma)
    direction = plain(cells.get("direction", ""))
    if direction and direction not in GAVE | RECEIVED:
        problems["direction"] = "gave_or_received"
    unit = UNIT_NAMES.get(plain(cells.get("unit", "")).rstrip("."))
    if unit is None:
        problems.setdefault("unit", "unknown_unit")
    vat_rate = _vat(cells, problems)
    if problems or agreed_on is None or quantity is None or value is None or unit is None:
        return None, problems
    row = Row(
        barter=cells["barter"][:40],
        agreed_on=agreed_on,
        partner=cells["partner"],
        is_given=direction in GAVE,
        thing=" ".join(cells["thing"].split())[:80],
        quantity=quantity,
        unit=unit,
        value=value,
        vat_rate=vat_rate,
        delivered_on=delivered_on,
        delivery_note=cells.get("delivery_note", "")[:40],
        invoice=cells.get("invoice", "")[:40],
        resolution=cells.get("resolution", "")[:80],
        pegged_to_goods=plain(cells.get("peg", "")) not in TO_MONEY,
    )
    return row, {}


def _day(cells: Mapping[str, str], column: str, problems: Problems) -> dt.date | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        return day(text)
    except ValueError:
        problems[column] = "not_a_day"
        return None


def _number(cells: Mapping[str, str], column: str, problems: Problems, *, decimal_comma: bool) -> Decimal | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        number = parse(text, decimal_comma=decimal_comma)
    except NotANumber:
        problems[column] = "not_a_number"
        return None
    if number <= 0:
        problems[column] = "not_above_zero"
        return None
    return number


def _vat(cells: Mapping[str, str], problems: Problems) -> int | None:
    text = plain(cells.get("vat", "")).removesuffix("%").strip()
    if text in NO_VAT:
        return None
    try:
        rate = VAT_RATES[parse(text, decimal_comma=True)]
    except (NotANumber, KeyError):
        problems["vat"] = "unknown_vat"
        return None
    return rate or None
