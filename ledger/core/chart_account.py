"""What a line of the chart says: its number, names, nature, and whose sub-accounts mirror those of another book."""

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """What an account is; memo accounts never enter the balance sheet."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"
    MEMO = "memo"


class Role(StrEnum):
    """Which side of what stands between two books an account is: a debt mostly, or (memo) work passed on."""

    RECEIVABLE = "receivable"
    PAYABLE = "payable"


@dataclass(frozen=True, slots=True)
class ChartAccount:
    """One line of the chart. `unit` is None where the account is kept in the book's own money."""

    number: str
    code: str
    es: str
    en: str
    nature: Nature
    #: Whose sub-accounts, one per counterparty and peg, mirror those of another book; None elsewhere.
    role: Role | None = None
    unit: str | None = None
    #: What the counterparty calls the same debt.
    mirror: str | None = None
    #: The account with a role that it is the contra of.
    contra_of: str | None = None

    @property
    def takes_two(self) -> bool:
        """Whether only what two books agree on moves it."""
        return self.role is not None or self.contra_of is not None

    def name_in(self, language: str) -> str:
        """Return the name in a language: English where it is asked for, else Spanish."""
        return self.en if language.startswith("en") else self.es
