"""The files that a ledger and a trial balance carry inside: their rows as a table, and what each account comes to."""

from collections.abc import Iterable
from typing import Any

from ledger.core.written import plain
from network.core.delimited import inert
from reports.actions import attachments
from reports.core.carried import Carried
from reports.core.delimited import csv_bytes, json_bytes
from reports.queries.general_ledger import GeneralLedger
from reports.queries.moved import Moved, Sums
from reports.queries.told import Told
from reports.queries.trial_balance import TrialBalance

#: The number grows when a name or a meaning changes.
LEDGER, TRIAL_BALANCE = "trama-ledger-1", "trama-trial-balance-1"
ACCOUNT = ("account", "account_name", "counterparty", "peg", "unit")
LEDGER_COLUMNS = (*ACCOUNT, "year", "number", "booked_on", "memo", "line", "debit", "credit", "balance", "quantity")
BALANCE_COLUMNS = (*ACCOUNT, "opening", "debit", "credit", "closing", "opening_quantity", "closing_quantity")


def of_general_ledger(told: GeneralLedger) -> list[Carried]:
    """Return `ledger.csv`, a row a line in the order of the chart, and `ledger.json`: what each account comes to."""
    rows = (
        [
            *_account_cells(page.moved),
            *map(str, attachments.number_of(each.entry.number).values()),
            attachments.iso(each.entry.booked_on),
            inert(each.entry.memo),
            str(each.line.position),
            plain(each.line.debit, scale=each.line.account.unit.scale) if each.line.debit else "",
            plain(each.line.credit, scale=each.line.account.unit.scale) if each.line.credit else "",
            plain(each.balance, scale=each.line.account.unit.scale),
            attachments.quantity_of(each.line),
        ]
        for page in told.pages
        for each in page.lines
    )
    data = _balances(told, LEDGER, told.sums, [page.moved for page in told.pages])
    return [
        Carried(name="ledger.csv", content=csv_bytes(LEDGER_COLUMNS, rows), relationship="Source"),
        Carried(name="ledger.json", content=json_bytes(data), relationship="Data"),
    ]


def of_trial_balance(told: TrialBalance) -> list[Carried]:
    """Return `trial-balance.csv` and `trial-balance.json`, a row an account in the order of the chart."""
    rows = (
        [
            *_account_cells(row),
            *(plain(n, scale=row.account.unit.scale) for n in (row.opening, row.debit, row.credit, row.closing)),
            *(_in_peg(row, quantity) or "" for quantity in (row.opening_quantity, row.closing_quantity)),
        ]
        for row in told.rows
    )
    data = _balances(told, TRIAL_BALANCE, [total for total, _rows in told.tables], told.rows)
    return [
        Carried(name="trial-balance.csv", content=csv_bytes(BALANCE_COLUMNS, rows), relationship="Source"),
        Carried(name="trial-balance.json", content=json_bytes(data), relationship="Data"),
    ]


def _balances(told: Told, form: str, sums: Iterable[Sums], rows: Iterable[Moved]) -> dict[str, Any]:
    return attachments.told_first(told, form) | {
        "totals": [
            {"unit": total.unit.code}
            | {
                name: plain(getattr(total, name), scale=total.unit.scale)
                for name in ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")
            }
            for total in sums
        ],
        "accounts": [
            {
                "account": row.account.number,
                "counterparty": row.account.counterparty.organization.code if row.account.counterparty else None,
                "peg": attachments.measure_of(row.account.peg) if row.account.peg else None,
                "unit": row.account.unit.code,
            }
            | {
                name: plain(getattr(row, name), scale=row.account.unit.scale)
                for name in ("opening", "debit", "credit", "closing")
            }
            | {name: _in_peg(row, getattr(row, name)) for name in ("opening_quantity", "closing_quantity")}
            for row in rows
        ],
    }


def _account_cells(row: Moved) -> list[str]:
    account = row.account
    return [
        account.number,
        account.name,
        account.counterparty.organization.code if account.counterparty else "",
        inert(str(account.peg or "")),
        account.unit.code,
    ]


def _in_peg(row: Moved, quantity: int) -> str | None:
    peg = row.account.peg
    return plain(quantity, scale=peg.unit.scale) if peg is not None and row.is_in_goods else None
