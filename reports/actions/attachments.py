"""The files that reports of a book carry inside: what is printed as a table, and everything they say as data."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from ledger.core.written import plain
from ledger.models import Measure
from network.core.delimited import inert
from reports.core.carried import Carried
from reports.core.delimited import csv_bytes, json_bytes
from reports.queries.day_book import DayBook
from reports.queries.journal import JournalEntry, JournalLine, Number, Total
from reports.queries.statement import Statement
from reports.queries.told import Told

#: The number grows when a name or a meaning changes, so that programs that read the file can tell.
STATEMENT, JOURNAL = "trama-statement-2", "trama-journal-1"
COLUMNS = (
    "year",
    "number",
    "booked_on",
    "happened_on",
    "event",
    "kind",
    "memo",
    "papers",
    "agreement",
    "resolution",
    "reverses",
    "line",
    "account",
    "account_name",
    "counterparty",
    "debit",
    "credit",
    "unit",
    "quantity",
    "quantity_unit",
    "thing",
    "peg",
)


def of_statement(statement: Statement) -> list[Carried]:
    """Return `journal.csv` and `statement.json`, whole also where the paper prints only sums."""
    return [
        Carried(name="journal.csv", content=csv_bytes(COLUMNS, _rows(statement.entries)), relationship="Source"),
        Carried(name="statement.json", content=json_bytes(as_data(statement)), relationship="Data"),
    ]


def of_day_book(told: DayBook) -> list[Carried]:
    """Return `journal.csv` and `journal.json`, whole also where the paper prints only sums."""
    data = told_first(told, JOURNAL) | {
        "totals": [_total(total) for total in told.totals],
        "years": [
            {
                "year": year.year,
                "brought_forward": {
                    "debit": plain(year.brought.debit, scale=told.book.unit.scale),
                    "credit": plain(year.brought.credit, scale=told.book.unit.scale),
                },
                "entries": [_entry(entry) for entry in year.entries],
            }
            for year in told.years
        ],
    }
    return [
        Carried(name="journal.csv", content=csv_bytes(COLUMNS, _rows(told.entries)), relationship="Source"),
        Carried(name="journal.json", content=json_bytes(data), relationship="Data"),
    ]


def _rows(entries: Iterable[JournalEntry]) -> Iterator[list[str]]:
    for entry in entries:
        for line in entry.lines:
            yield [*_entry_cells(entry), str(line.position), *_line_cells(line)]


def _entry_cells(entry: JournalEntry) -> list[str]:
    return [
        str(entry.number.year),
        str(entry.number.number),
        entry.booked_on.isoformat(),
        entry.happened_on.isoformat(),
        str(entry.event),
        entry.kind,
        inert(entry.memo),
        inert(entry.papers),
        inert(entry.agreement),
        inert(entry.resolution),
        str(entry.reverses or ""),
    ]


def _line_cells(line: JournalLine) -> list[str]:
    account, measure = line.account, line.measure
    unit = account.unit
    return [
        account.number,
        account.name,
        account.counterparty.organization.code if account.counterparty else "",
        plain(line.debit, scale=unit.scale) if line.debit else "",
        plain(line.credit, scale=unit.scale) if line.credit else "",
        unit.code,
        quantity_of(line),
        measure.unit.code if measure else "",
        inert(measure.thing) if measure else "",
        inert(str(account.peg or "")),
    ]


def quantity_of(line: JournalLine) -> str:
    """Return how much of a thing a line moves, empty where it moves none."""
    measure = line.measure
    return plain(line.quantity, scale=measure.unit.scale) if measure and line.quantity is not None else ""


def told_first(told: Told, form: str) -> dict[str, Any]:
    """Return what every report says first."""
    book, cutoff = told.book, told.cutoff
    return {
        "format": form,
        "organization": {
            "code": book.organization.code,
            "name": book.organization.name,
            "tax_id": book.organization.tax_id,
        },
        "starts_on": iso(told.starts_on),
        "ends_on": iso(told.ends_on),
        "unit": book.unit.code,
        "cutoff": cutoff
        and {
            "event": cutoff.event,
            "entry": number_of(cutoff.number),
            "recorded_at": cutoff.recorded_at.astimezone(dt.UTC).isoformat(),
        },
    }


def as_data(statement: Statement) -> dict[str, Any]:
    """Return everything the statement says; amounts are decimals as text, debit above zero."""
    return told_first(statement, STATEMENT) | {
        "debts": [
            {
                "counterparty": {"code": debt.counterparty_code, "name": debt.counterparty},
                "account": debt.account,
                "unit": debt.unit.code,
                "peg": measure_of(debt.peg),
                "opening": plain(debt.opening, scale=debt.unit.scale),
                "debit": plain(debt.debit, scale=debt.unit.scale),
                "credit": plain(debt.credit, scale=debt.unit.scale),
                "closing": plain(debt.closing, scale=debt.unit.scale),
                "opening_quantity": plain(debt.opening_quantity, scale=debt.peg.unit.scale),
                "closing_quantity": plain(debt.closing_quantity, scale=debt.peg.unit.scale),
            }
            for debt in statement.debts
        ],
        "flows": [
            {
                "counterparty": {"code": each.counterparty_code, "name": each.counterparty},
                "kind": each.kind,
                "unit": each.unit.code,
                "given": plain(each.given, scale=each.unit.scale),
                "received": plain(each.received, scale=each.unit.scale),
            }
            for each in statement.exchanged
        ],
        "open": [
            {
                "counterparty": {"code": item.counterparty_code, "name": item.counterparty},
                "agreement": item.claim.agreement,
                "is_owed_to_us": item.is_owed_to_us,
                "unit": item.claim.unit.code,
                "amount": plain(item.amount, scale=item.claim.unit.scale),
                "peg": measure_of(item.claim.peg),
                "quantity": plain(item.quantity, scale=item.claim.peg.unit.scale) if item.is_in_goods else None,
                "opened_on": iso(item.claim.opened_on),
                "due_on": iso(item.claim.due_on) if item.claim.due_on else None,
            }
            for item in statement.open_items
        ],
        "positions": [
            {"credit": each.account.unit.code, "of_members": bool(each.account.peg and each.account.peg.thing)}
            | {
                name: plain(getattr(each, name), scale=each.account.unit.scale)
                for name in ("opening", "debit", "credit", "closing")
            }
            for each in statement.positions
        ],
        "totals": [_total(total) for total in statement.totals],
        "entries": [_entry(entry) for entry in statement.entries],
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "unit": total.unit.code,
        "entries": total.entries,
        "debit": plain(total.debit, scale=total.unit.scale),
        "credit": plain(total.credit, scale=total.unit.scale),
    }


def _entry(entry: JournalEntry) -> dict[str, Any]:
    return {
        **number_of(entry.number),
        "event": entry.event,
        "booked_on": iso(entry.booked_on),
        "happened_on": iso(entry.happened_on),
        "kind": entry.kind,
        "memo": entry.memo,
        "papers": entry.papers,
        "agreement": entry.agreement,
        "resolution": entry.resolution,
        "reverses": number_of(entry.reverses) if entry.reverses else None,
        "lines": [_line(line) for line in entry.lines],
    }


def _line(line: JournalLine) -> dict[str, Any]:
    account, measure, unit = line.account, line.measure, line.account.unit
    return {
        "account": account.number,
        "counterparty": account.counterparty.organization.code if account.counterparty else None,
        "peg": measure_of(account.peg) if account.peg else None,
        "unit": unit.code,
        "amount": plain(line.amount, scale=unit.scale),
        "quantity": quantity_of(line) or None,
        "measure": measure_of(measure) if measure else None,
    }


def number_of(number: Number) -> dict[str, int]:
    """Return the number of an entry."""
    return {"year": number.year, "number": number.number}


def measure_of(measure: Measure) -> dict[str, str]:
    """Return what a quantity is of."""
    return {"unit": measure.unit.code, "thing": measure.thing}


def iso(on: dt.date) -> str:
    """Return a day as programs read it."""
    return on.isoformat()
