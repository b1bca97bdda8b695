"""The books as other programs are told of them: entries of one book each, with whole minor units."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ledger.core.written import plain


@dataclass(frozen=True, slots=True)
class Commodity:
    """Something that is counted: a unit, or a unit of a thing."""

    name: str
    scale: int
    title: str
    #: The unit by its code, and the thing as it was written.
    unit: str
    thing: str = ""

    def number(self, minor: int) -> str:
        """Return minor units with all decimals and a point."""
        return plain(minor, scale=self.scale)


@dataclass(frozen=True, slots=True)
class Account:
    """An account: a name that no other has, and the one commodity that it holds."""

    name: str
    commodity: Commodity
    title: str
    opened_on: dt.date
    book: int
    #: In the chart.
    number: str
    #: Of a debt: the code of whom it is with, and in what it keeps its value.
    counterparty: str = ""
    peg: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of a thing."""

    minor: int
    commodity: Commodity

    def __str__(self) -> str:
        return f"{self.commodity.number(self.minor)} {self.commodity.name}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an amount in the account's commodity, debit above zero, and what was counted beside it."""

    account: Account
    amount: int
    quantity: Quantity | None = None
    claim: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened in one book: `notes` say the rest, by plain names."""

    day: dt.date
    book: str
    number: str
    memo: str
    lines: Sequence[Line]
    notes: Mapping[str, str | int | dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account holds at the end of a day."""

    account: Account
    amount: int
    quantity: Quantity | None = None


def one_line(text: str) -> str:
    """Return a text without line breaks and other signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
