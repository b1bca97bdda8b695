"""Write the books as an hledger journal, as version 1.25 and later read it.

The amount is in the account's unit, so that hledger's own balance is ours; what was counted in kind stands beside it
as a tag.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from ledger.core.outside import Account, Balance, Commodity, Entry, one_line

#: Signs that begin a comment, end a tag, or make hledger look for a day.
_PLAIN = str.maketrans({";": ",", "[": "(", "]": ")"})
_PLAIN_TAG = str.maketrans({",": " ", ";": " ", "[": "(", "]": ")", ":": " "})


def head(*, title: str, commodities: Iterable[Commodity], accounts: Iterable[Account]) -> Iterator[str]:
    """Yield the title, and what is counted, and the accounts: `hledger check --strict` wants all of them declared."""
    yield f"; {one_line(title)}\n\ndecimal-mark .\n\n"
    for each in commodities:
        sample = "1000." + "0" * each.scale
        yield f"commodity {sample} {_commodity(each)}  ; {_plain(each.title)}\n"
    yield "\n"
    for account in accounts:
        yield f"account {account.name}  ; {_plain(account.title)}\n"


def entry(entry: Entry) -> str:
    """Return one entry."""
    code = f"{entry.book} {entry.number}".strip()
    lines = [f"\n{entry.day} * ({code}) {_plain(entry.memo)}".rstrip()]
    lines += [f"    ; {name}:{_tag(str(value))}" for name, value in entry.notes.items()]
    for line in entry.lines:
        tags = [f"quantity:{_tag(str(line.quantity))}"] if line.quantity is not None else []
        tags += [f"claim:{line.claim}"] if line.claim is not None else []
        comment = f"  ; {', '.join(tags)}" if tags else ""
        lines.append(f"    {line.account.name}  {_amount(line.account, line.amount)}{comment}")
    return "\n".join(lines) + "\n"


def tail(*, day: dt.date, title: str, balances: Iterable[Balance]) -> Iterator[str]:
    """Yield what every account holds at the end of a day, as assertions: hledger compares whenever it reads."""
    for number, each in enumerate(balances):
        if not number:
            yield f"\n{day} * {_plain(title)}\n"
        yield f"    {each.account.name}  {_amount(each.account, 0)} = {_amount(each.account, each.amount)}\n"


def _amount(account: Account, amount: int) -> str:
    return f"{account.commodity.number(amount)} {_commodity(account.commodity)}"


def _commodity(each: Commodity) -> str:
    return each.name if each.name.isalpha() else f'"{each.name}"'


def _plain(text: str) -> str:
    return one_line(text).translate(_PLAIN)


def _tag(text: str) -> str:
    return one_line(one_line(text).translate(_PLAIN_TAG))
