"""Write the books in beancount's language, as version 3 reads it.

The amount is in the account's unit, so that beancount's own balance is ours; what was counted in kind stands beside it
as an amount of its own commodity, in the metadata of the line.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from ledger.core.outside import Account, Balance, Commodity, Entry, one_line


def head(*, title: str, commodities: Iterable[Commodity], accounts: Iterable[Account]) -> Iterator[str]:
    """Yield the title, and what is counted, and the accounts."""
    opened = list(accounts)
    first = min((account.opened_on for account in opened), default=dt.date(2000, 1, 1))
    yield f'option "title" {_text(title)}\n\n'
    for each in commodities:
        yield f"{first} commodity {each.name}\n  name: {_text(each.title)}\n"
    yield "\n"
    for account in opened:
        yield f"{account.opened_on} open {account.name} {account.commodity.name}\n  name: {_text(account.title)}\n"


def entry(entry: Entry) -> str:
    """Return one entry."""
    notes = {"book": entry.book, **({"entry": entry.number} if entry.number else {}), **entry.notes}
    lines = [f"\n{entry.day} * {_text(entry.memo)}"]
    lines += [f"  {name}: {_value(value)}" for name, value in notes.items()]
    for line in entry.lines:
        lines.append(f"  {line.account.name}  {_amount(line.account, line.amount)}")
        if line.quantity is not None:
            lines.append(f"    quantity: {line.quantity}")
        if line.claim is not None:
            lines.append(f"    claim: {line.claim}")
    return "\n".join(lines) + "\n"


def tail(*, day: dt.date, title: str, balances: Iterable[Balance]) -> Iterator[str]:
    """Yield what every account holds at the end of a day, to the last minor unit: bean-check compares."""
    morning_after = day + dt.timedelta(days=1)
    yield f"\n; {one_line(title)}\n"
    for each in balances:
        # Without `~ 0` beancount would be content with a centavo more or less.
        number, commodity = _amount(each.account, each.amount).split(" ")
        yield f"{morning_after} balance {each.account.name}  {number} ~ 0 {commodity}\n"


def _amount(account: Account, amount: int) -> str:
    return f"{account.commodity.number(amount)} {account.commodity.name}"


def _value(value: str | int | dt.date) -> str:
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    escaped = one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
