"""Read a cooperative's own record of what it exchanged: a spreadsheet, or a journal of beancount or hledger.

Bytes become rows, each with its day, partner, paper, text, amount and unit; what is wrong is returned by row and
column, by names that are told in words elsewhere. Who a partner is and what a unit is, it does not know.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ledger.core.numbers import NotANumber, parse
from ledger.core.own_journal import JournalIsNotUnderstood, Transaction, transactions
from ledger.core.spreadsheet import writes_decimal_comma
from network.core import delimited, workbook
from network.core.delimited import CannotBeRead, Problems, day, plain

ROWS_MAX = 20_000

#: Column → the headings that name it, without accents, in small letters.
HEADINGS: dict[str, tuple[str, ...]] = {
    "day": ("fecha", "dia", "date", "day"),
    "partner": ("cooperativa", "con", "contraparte", "proveedor", "cliente", "partner"),
    "paper": ("comprobante", "papel", "factura", "remito", "paper", "invoice"),
    "text": ("detalle", "concepto", "descripcion", "text", "description"),
    "amount": ("importe", "monto", "valor", "amount"),
    "debit": ("debe", "dimos", "entregamos", "ingreso", "debit", "given"),
    "credit": ("haber", "recibimos", "egreso", "credit", "received"),
    "unit": ("unidad", "moneda", "unit", "currency"),
}
#: The accounts of what cooperatives owe each other. Network credit moves beside them: it would say the same once more.
DEBTS = ("1202", "2102")
AMOUNTS = ("amount", "debit", "credit")
#: What accounts of debts begin with: income and expenses may name partners, too, and say the same once more.
ROOTS = {"assets", "liabilities", "activo", "pasivo", "activos", "pasivos"}


class Kind(StrEnum):
    """What a record came as."""

    CSV = "csv"
    XLSX = "xlsx"
    BEANCOUNT = "beancount"
    HLEDGER = "hledger"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a record: what was given (above zero) or received (below), as it was written.

    `entry` is the number that it has in the book itself (`2026/12`), where a journal that we wrote comes back.
    """

    number: int
    day: dt.date
    partner: str
    paper: str
    text: str
    amount: Decimal
    unit: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of a journal are of the record: those of accounts that name a partner, or of one account.

    `partners` are names as `plain` has them; `book` is the code of whose record it is.
    """

    book: str
    partners: frozenset[str] = frozenset()
    #: Number and name of one account, if the record is of that.
    account: tuple[str, str] | None = None


#: The number of a row and what is wrong in it.
Wrong = tuple[int, Problems]


def kind_of(content: bytes, file_name: str) -> Kind:
    """Return what a file is, by what stands in it; its name decides between two languages that look alike."""
    if content.startswith(workbook.MAGIC):
        return Kind.XLSX
    name = file_name.lower()
    if name.endswith((".beancount", ".bean")):
        return Kind.BEANCOUNT
    if name.endswith((".journal", ".hledger", ".ledger", ".j")):
        return Kind.HLEDGER
    begins = content[:20_000]
    if re.search(rb'^\d{4}-\d\d-\d\d (?:[*!]|txn) "', begins, re.MULTILINE):
        return Kind.BEANCOUNT
    return Kind.HLEDGER if re.search(rb"^\d{4}[-/.]\d\d?[-/.]\d\d? [*!(]", begins, re.MULTILINE) else Kind.CSV


def read(content: bytes, *, kind: Kind, wanted: Wanted) -> tuple[list[Row], list[Wrong]]:
    """Return the rows of a file, and what is wrong in those that cannot be read.

    :raises CannotBeRead: if the file as a whole is no such record.
    """
    if kind in {Kind.BEANCOUNT, Kind.HLEDGER}:
        return _of_journal(content, wanted)
    required = ("day",) if wanted.account else ("day", "partner")
    if kind is Kind.XLSX:
        found = list(delimited.by_column(workbook.rows(content), HEADINGS, required, ROWS_MAX))
        if not found:
            raise CannotBeRead("no_rows")
        separator = ";"
    else:
        found, separator = delimited.read(content, headings=HEADINGS, required=required, rows_max=ROWS_MAX)
    comma = writes_decimal_comma(found, separator, AMOUNTS)
    rows, wrong = [], []
    for number, cells in found:
        row, problems = _of_cells(number, cells, decimal_comma=comma, needs_partner="partner" in required)
        if row is not None:
            rows.append(row)
        else:
            wrong.append((number, problems))
    return rows, wrong


def _of_cells(
    number: int, cells: Mapping[str, str], *, decimal_comma: bool, needs_partner: bool
) -> tuple[Row | None, Problems]:
    problems: Problems = {}
    if needs_partner and not cells["partner"]:
        problems["partner"] = "missing"
    on = None
    try:
        on = day(cells["day"])
    except ValueError:
        problems["day"] = "not_a_day" if cells["day"] else "missing"
    amounts = {}
    for column in AMOUNTS:
        try:
            amounts[column] = parse(cells[column], decimal_comma=decimal_comma) if cells[column] else Decimal(0)
        except NotANumber:
            problems[column] = "not_a_number"
    amount = sum(amounts.get(column, 0) * sign for column, sign in zip(AMOUNTS, (1, 1, -1), strict=True))
    if not amount and not problems.keys() & set(AMOUNTS):
        problems["amount"] = "missing"
    if problems or on is None:
        return None, problems
    told = {column: " ".join(cells[column].split()) for column in ("partner", "paper", "text")}
    return Row(number, on, amount=Decimal(amount), unit=cells["unit"], **told), {}


def _of_journal(content: bytes, wanted: Wanted) -> tuple[list[Row], list[Wrong]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotBeRead("not_text") from None
    rows: list[Row] = []
    wrong: list[Wrong] = []
    try:
        for each in transactions(text):
            rows += _of_transaction(each, wanted, wrong)
            if len(rows) > ROWS_MAX:
                raise CannotBeRead("too_long", most=ROWS_MAX)
    except JournalIsNotUnderstood as why:
        wrong.append((why.number, {"amount": "not_a_number"}))
    if not rows and not wrong:
        raise CannotBeRead("no_partner_lines")
    return rows, wrong


def _of_transaction(made: Transaction, wanted: Wanted, wrong: list[Wrong]) -> list[Row]:
    told = {line: partner for line in made.lines if (partner := _partner(line.account, wanted)) is not None}
    try:
        on = day(made.notes.get("happened") or made.day)
    except ValueError:
        wrong.extend([(made.number, {"day": "not_a_day"})] if told else [])
        return []
    paper = made.notes.get("papers", made.notes.get("paper", made.notes.get("invoice", "")))
    entry = _entry(made, wanted)
    return [
        Row(line.number, on, partner, paper, made.text, line.amount, line.unit, entry)
        for line, partner in told.items()
        if line.amount
    ]


def _partner(account: str, wanted: Wanted) -> str | None:
    """Return who a line is with, by a part of its account's name; None if it is not of the record."""
    parts = account.split(":")
    if wanted.account is not None:
        number, name = wanted.account
        is_it = any(part == number or part.startswith(f"{number}-") or plain(part) == plain(name) for part in parts)
        return "" if is_it else None
    numbers = {found[0] for part in parts if (found := re.match(r"\d{4}(?=-)", part))}
    if plain(parts[0]) not in ROOTS or not numbers <= set(DEBTS):
        return None
    names = (each for part in parts for each in (part, part.replace("-", " ")))
    return next((name for name in names if plain(name) in wanted.partners), None)


def _entry(made: Transaction, wanted: Wanted) -> str:
    """Return the number in the book, where the journal is our own of that book."""
    code: Sequence[str] = made.notes.get("code", "").split(" ")
    book, number = code if len(code) == 2 else (made.notes.get("book", ""), made.notes.get("entry", ""))
    return number if book == wanted.book and re.fullmatch(r"\d{4}/\d+", number) else ""
