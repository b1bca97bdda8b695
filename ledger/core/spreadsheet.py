"""Read the spreadsheet in which a cooperative keeps its barters: bytes become rows, a row becomes plain facts.

Knows of Spanish and English headings, days and numbers as people write them; of organizations and accounts it knows
nothing. What is wrong is returned by name, column by column, and told in words elsewhere.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ledger.core.numbers import NotANumber, parse
from network.core.delimited import Numbered, Problems, day, plain

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


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file as they were written, by column, with the row's number in the file."""

    rows: list[Numbered]
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


def table(rows: list[Numbered], separator: str) -> Table:
    """Return the rows of a file, and how its numbers are written."""
    return Table(rows, decimal_comma=writes_decimal_comma(rows, separator, ("value", "quantity", "vat")))


def writes_decimal_comma(rows: Iterable[tuple[int, Mapping[str, str]]], separator: str, columns: Iterable[str]) -> bool:
    """Say how the file writes decimals: by the first number that leaves no doubt, else as its separator suggests."""
    for _number, cells in rows:
        for column in columns:
            found = re.search(r"([.,])(\d{1,2}|\d{4,})$", cells[column])
            if found:
                return found[1] == ","
    return separator != ","


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
