"""The files that a statement carries inside: its journal as a table, and everything it says as data."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from ledger.core.written import plain
from ledger.models import Measure
from network.core.delimited import inert
from reports.core.carried import Carried
from reports.core.delimited import csv_bytes, json_bytes
from reports.queries.journal import JournalEntry, JournalLine, Number
from reports.queries.statement import Statement

#: Grows when a name or a meaning changes, so that programs that read the file can tell.
FORMAT = "trama-statement-1"
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
        Carried(name="journal.csv", content=csv_bytes(COLUMNS, _rows(statement)), relationship="Source"),
        Carried(name="statement.json", content=json_bytes(as_data(statement)), relationship="Data"),
    ]


def _rows(statement: Statement) -> Iterator[list[str]]:
    for entry in statement.entries:
        for at, line in enumerate(entry.lines, start=1):
            yield [*_entry_cells(entry), str(at), *_line_cells(line)]


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
        plain(line.quantity, scale=measure.unit.scale) if measure and line.quantity is not None else "",
        measure.unit.code if measure else "",
        inert(measure.thing) if measure else "",
        inert(str(account.peg or "")),
    ]


def as_data(statement: Statement) -> dict[str, Any]:
    """Return everything the statement says; amounts are decimals as text, debit above zero."""
    book, cutoff = statement.book, statement.cutoff
    return {
        "format": FORMAT,
        "organization": {
            "code": book.organization.code,
            "name": book.organization.name,
            "tax_id": book.organization.tax_id,
        },
        "starts_on": _text(statement.starts_on),
        "ends_on": _text(statement.ends_on),
        "unit": book.unit.code,
        "cutoff": cutoff
        and {
            "event": cutoff.event,
            "entry": _number(cutoff.number),
            "recorded_at": cutoff.recorded_at.astimezone(dt.UTC).isoformat(),
        },
        "debts": [
            {
                "counterparty": {"code": debt.counterparty_code, "name": debt.counterparty},
                "account": debt.account,
                "unit": debt.unit.code,
                "peg": _measure(debt.peg),
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
                "counterparty": {"code": flow.counterparty_code, "name": flow.counterparty},
                "given": plain(flow.given, scale=book.unit.scale),
                "received": plain(flow.received, scale=book.unit.scale),
            }
            for flow in statement.flows
        ],
        "totals": [
            {
                "unit": total.unit.code,
                "entries": total.entries,
                "debit": plain(total.debit, scale=total.unit.scale),
                "credit": plain(total.credit, scale=total.unit.scale),
            }
            for total in statement.totals
        ],
        "entries": [_entry(entry) for entry in statement.entries],
    }


def _entry(entry: JournalEntry) -> dict[str, Any]:
    return {
        **_number(entry.number),
        "event": entry.event,
        "booked_on": _text(entry.booked_on),
        "happened_on": _text(entry.happened_on),
        "kind": entry.kind,
        "memo": entry.memo,
        "papers": entry.papers,
        "agreement": entry.agreement,
        "resolution": entry.resolution,
        "reverses": _number(entry.reverses) if entry.reverses else None,
        "lines": [_line(line) for line in entry.lines],
    }


def _line(line: JournalLine) -> dict[str, Any]:
    account, measure, unit = line.account, line.measure, line.account.unit
    return {
        "account": account.number,
        "counterparty": account.counterparty.organization.code if account.counterparty else None,
        "peg": _measure(account.peg) if account.peg else None,
        "unit": unit.code,
        "amount": plain(line.amount, scale=unit.scale),
        "quantity": plain(line.quantity, scale=measure.unit.scale) if measure and line.quantity is not None else None,
        "measure": _measure(measure) if measure else None,
    }


def _number(number: Number) -> dict[str, int]:
    return {"year": number.year, "number": number.number}


def _measure(measure: Measure) -> dict[str, str]:
    return {"unit": measure.unit.code, "thing": measure.thing}


def _text(on: dt.date) -> str:
    return on.isoformat()
