"""Write the books as a table: one row a line of an entry, for spreadsheets."""

from collections.abc import Iterator

from ledger.core.outside import Account, Entry, Line, one_line
from network.core.delimited import inert

COLUMNS = (
    *("book", "year", "number", "booked_on", "happened_on", "event", "kind"),
    *("memo", "papers", "agreement", "resolution", "reverses"),
    *("account", "account_number", "account_name", "counterparty", "peg"),
    *("debit", "credit", "unit", "quantity", "quantity_unit", "thing", "claim"),
)


def rows(entry: Entry) -> Iterator[list[str]]:
    """Yield the rows of one entry."""
    year, _slash, number = entry.number.partition("/")
    notes = {name: str(value) for name, value in entry.notes.items()}
    of_entry = [
        *(entry.book, year, number, str(entry.day), notes.get("happened", str(entry.day))),
        *(notes["event"], notes["kind"], _cell(entry.memo)),
        *(_cell(notes.get(name, "")) for name in ("papers", "agreement", "resolution", "reverses")),
    ]
    for line in entry.lines:
        yield [*of_entry, *_of_account(line.account), *_of_line(line)]


def _of_account(account: Account) -> list[str]:
    return [account.name, account.number, account.title, account.counterparty, _cell(account.peg)]


def _of_line(line: Line) -> list[str]:
    unit, counted = line.account.commodity, line.quantity
    return [
        unit.number(line.amount) if line.amount > 0 else "",
        unit.number(-line.amount) if line.amount < 0 else "",
        unit.name,
        *([counted.commodity.number(counted.minor), counted.commodity.unit] if counted else ["", ""]),
        _cell(counted.commodity.thing) if counted else "",
        str(line.claim or ""),
    ]


def _cell(text: str) -> str:
    return inert(one_line(text))
