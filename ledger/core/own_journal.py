"""Read postings out of a journal of beancount or hledger: enough of both languages to know who exchanged what, when.

Nothing is computed but an amount that was left out, as both let one do. What is neither a transaction nor part of one
is passed over: prices, balances, commands.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ledger.core.numbers import NotANumber, parse

#: Day, a flag or none, and the rest.
_HEAD = re.compile(r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:=\S+)?(?:\s+(?:txn|[*!]))?(?:\s+(.*))?$")
#: What begins a line of beancount after its day, and is no transaction.
_DIRECTIVE = re.compile(
    r"^(?:open|close|commodity|balance|pad|note|document|price|event|query|custom)\b(?!\s*$)", re.IGNORECASE
)
#: Metadata of beancount; in hledger an account may begin in small letters too, but nothing is blank after its colon.
_META = re.compile(r"^([a-z][\w-]*):(?:\s+(.*))?$")
_TAG = re.compile(r"(?:^|,)\s*([a-z][\w-]*):([^,]*)")
_AMOUNT = re.compile(r'^([A-Za-z$][^\s\d"-]*|"[^"]+")?\s*(-?[\d.,]+(?<=\d))\s*([A-Za-z$][^\s"]*|"[^"]+")?')


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transaction: the account as it is called there, the amount with its sign, debit above zero."""

    number: int
    account: str
    amount: Decimal
    unit: str


@dataclass
class Transaction:
    """A day, what was written beside it, and its lines; `notes` are metadata or tags, by their names."""

    number: int
    day: str
    text: str
    notes: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    #: Lines whose amount follows from the others: number and account.
    open: list[tuple[int, str]] = field(default_factory=list)


class JournalIsNotUnderstood(ValueError):
    """A line of a transaction is none."""

    def __init__(self, number: int) -> None:
        """Keep the number of the line."""
        super().__init__(str(number))
        self.number = number


def transactions(text: str) -> Iterator[Transaction]:
    """Yield the transactions of a journal.

    :raises JournalIsNotUnderstood: if a line of one cannot be read.
    """
    current: Transaction | None = None
    # `1.000 ARS` is a thousand only where the journal says so.
    comma = bool(re.search(r"^decimal-mark\s+,", text, re.MULTILINE))
    for number, written in enumerate(text.splitlines(), start=1):
        is_inside = written[:1] in {" ", "\t"} and written.strip()
        if current is not None and not is_inside:
            yield _whole(current)
            current = None
        if not is_inside:
            found = _HEAD.match(written)
            rest = found[2] or "" if found else ""
            if found and not _DIRECTIVE.match(rest):
                current = _begun(number, found[1], rest)
        elif current is not None:
            _add(current, number, written.strip(), decimal_comma=comma)
    if current is not None:
        yield _whole(current)


def _begun(number: int, day: str, rest: str) -> Transaction:
    on = "-".join(part.zfill(2) for part in re.split("[-/.]", day))
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', rest) if rest.startswith('"') else []
    if quoted:
        return Transaction(number, on, " ".join(re.sub(r"\\(.)", r"\1", each) for each in quoted))
    code, comment = re.match(r"\(([^)]*)\)", rest), rest.partition(";")[2]
    text = rest.partition(";")[0].removeprefix(code[0] if code else "").strip()
    made = Transaction(number, on, text, {"code": code[1]} if code else {})
    made.notes |= _tags(comment)
    return made


def _tags(comment: str) -> dict[str, str]:
    return {name: value.strip() for name, value in _TAG.findall(comment)}


def _add(current: Transaction, number: int, written: str, *, decimal_comma: bool) -> None:
    """Add a line, a note, or nothing, to a transaction."""
    if written.startswith(";"):
        current.notes |= _tags(written[1:]) if not current.lines else {}
        return
    if (meta := _META.match(written)) is not None:
        # What stands below a line is of that line.
        if not current.lines and not current.open:
            current.notes[meta[1]] = (meta[2] or "").strip().strip('"')
        return
    plain = re.sub(r"^[*!]\s+", "", written.partition(";")[0].strip())
    account, _space, rest = re.sub(r"\t+| {2,}", "\0", plain).partition("\0")
    if not rest and " " in account and _AMOUNT.match(account.split(" ", 1)[1]):
        # Beancount lets one space stand between an account and its amount: no account has spaces there.
        account, rest = account.split(" ", 1)
    if not rest.strip() or rest.strip().startswith("="):
        current.open.append((number, account))
        return
    amount = _AMOUNT.match(rest.replace("\0", " ").strip())
    try:
        value = parse(amount[2] if amount else "", decimal_comma=decimal_comma)
    except NotANumber:
        raise JournalIsNotUnderstood(number) from None
    unit = ((amount[1] or amount[3] or "") if amount else "").strip('"')
    current.lines.append(Line(number, account, value, unit))


def _whole(made: Transaction) -> Transaction:
    """Give the one line without an amount what the others leave."""
    if len(made.open) == 1:
        ((number, account),) = made.open
        left = _left(made.lines)
        made.lines += [Line(number, account, -value, unit) for unit, value in left.items() if value]
        made.lines.sort(key=lambda line: line.number)
    return made


def _left(lines: Iterable[Line]) -> dict[str, Decimal]:
    left: dict[str, Decimal] = {}
    for line in lines:
        left[line.unit] = left.get(line.unit, Decimal(0)) + line.amount
    return left
