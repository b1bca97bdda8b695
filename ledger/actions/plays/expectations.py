"""Steps of scenarios that do nothing and look: what differs is told at the end."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ledger.actions.plays.stage import Play, Stage
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, NAME, NUMBER, PEG, QUANTITY, Kept, Measured, ShapeIsWrong, many, rows
from ledger.core.written import plain
from ledger.models.accounts import Account, Book
from ledger.models.claims import Claim
from ledger.models.journal import Posting
from ledger.models.units import Measure, Unit
from ledger.queries import claims, journal
from network.models.organizations import Organization


@dataclass(frozen=True, kw_only=True)
class Expectation(Play):
    """What should be so after the step before."""

    def differ(self, stage: Stage, what: str, expected: str, found: str) -> None:
        """Note a difference; nothing, if there is none."""
        if expected != found:
            words = {"line": self.line, "what": what, "expected": expected, "found": found}
            stage.differences.append(_("Line %(line)s: %(what)s: expected %(expected)s, found %(found)s.") % words)

    def quantity_of(self, stage: Stage, told_quantity: Measured) -> str:
        """Return what is told with all decimals of its unit."""
        unit = stage.unit(told_quantity.unit, self)
        return f"{plain(stage.minor(told_quantity.number, unit, self), scale=unit.scale)} {unit.code}"

    def amount_of(self, stage: Stage, number: Decimal, unit: Unit) -> str:
        """Return what is told with all decimals of its unit."""
        return f"{plain(stage.minor(number, unit, self), scale=unit.scale)} {unit.code}"


@dataclass(frozen=True, kw_only=True)
class ExpectBalance(Expectation):
    """What an account comes to now. Of debts with several, and in several things, it is the sum of what is named."""

    verb = "expect: balance"
    book: str = told(NAME, "The code of the organization.")
    account: str = told(NAME, "The number of the account.")
    counterparty: str = told(NAME, "Of a debt: the code of the other side.", key="with", default="")
    peg: Kept | None = told(PEG, "Of a debt: in what it keeps its value.", default=None)
    unit: str = told(NAME, "The unit of the account, if it is not the money of the book.", default="")
    amount: Decimal = told(NUMBER, "Debit above zero, credit below.")
    quantity: Measured | None = told(QUANTITY, "Of a debt in kind: how much of it.", default=None)

    def play(self, stage: Stage) -> None:
        book = stage.book(self.book, self)
        unit = stage.unit(self.unit, self) if self.unit else book.unit
        accounts = Account.objects.filter(book=book, number=self.account, unit=unit)
        if self.counterparty:
            accounts = accounts.filter(counterparty=stage.book(self.counterparty, self))
        if self.peg is not None:
            accounts = accounts.filter(peg=stage.measure(self.peg, self))
        held = list(accounts.values_list("balance__amount", "balance__quantity"))
        what = " ".join(filter(None, (self.book, self.account, self.counterparty)))
        found = plain(sum(amount for amount, _quantity in held), scale=unit.scale)
        self.differ(stage, what, self.amount_of(stage, self.amount, unit), f"{found} {unit.code}")
        if self.quantity is not None:
            counted = stage.unit(self.quantity.unit, self)
            found = plain(sum(quantity for _amount, quantity in held), scale=counted.scale)
            self.differ(stage, what, self.quantity_of(stage, self.quantity), f"{found} {counted.code}")


@dataclass(frozen=True, kw_only=True)
class ExpectClaim(Expectation):
    """What one side has open against another now, in one peg."""

    verb = "expect: claim"
    creditor: str = told(NAME, "The code of whoever is owed.")
    debtor: str = told(NAME, "The code of whoever owes.")
    peg: Kept = told(PEG, "In what it keeps its value.")
    amount: Decimal = told(NUMBER, "What it is worth now in the creditor's books; 0 where nothing is open.")
    quantity: Measured | None = told(QUANTITY, "In kind: how much of it.", default=None)

    def play(self, stage: Stage) -> None:
        creditor, debtor = stage.book(self.creditor, self), stage.book(self.debtor, self)
        peg = stage.measure(self.peg, self)
        found = Claim.objects.filter(creditor=creditor, debtor=debtor, peg=peg) if peg else Claim.objects.none()
        held = list(found.values_list("balance__amount", "balance__quantity"))
        unit = creditor.unit
        what = f"{self.debtor} → {self.creditor}"
        worth = plain(sum(amount for amount, _quantity in held), scale=unit.scale)
        self.differ(stage, what, self.amount_of(stage, self.amount, unit), f"{worth} {unit.code}")
        if self.quantity is not None:
            counted = stage.unit(self.quantity.unit, self)
            open_ = plain(sum(quantity for _amount, quantity in held), scale=counted.scale)
            self.differ(stage, what, self.quantity_of(stage, self.quantity), f"{open_} {counted.code}")


@dataclass(frozen=True, kw_only=True)
class ExpectedLine:
    """One account, debited or credited; lines of one account, counterparty, peg and side are added up."""

    debit: str = told(NAME, "The number of the account that is debited; else `credit`.", default="")
    credit: str = told(NAME, "The number of the account that is credited.", default="")
    counterparty: str = told(NAME, "Of a debt: the code of the other side.", key="with", default="")
    peg: Kept | None = told(PEG, "Of a debt: in what it keeps its value.", default=None)
    amount: Decimal = told(NUMBER, "How much, above zero.")
    quantity: Measured | None = told(QUANTITY, "How much was counted beside it, if that is looked at.", default=None)

    def __post_init__(self) -> None:
        if bool(self.debit) == bool(self.credit):
            raise ShapeIsWrong


@dataclass(frozen=True, kw_only=True)
class ExpectEntry(Expectation):
    """One entry of a book stands under a day with exactly these lines."""

    verb = "expect: entry"
    book: str = told(NAME, "The code of the organization.")
    day: dt.date | None = told(DAY, "The day in the journal, if it is not that of the step.", default=None)
    lines: tuple[ExpectedLine, ...] = told(rows(ExpectedLine), "All lines of the entry.")

    def play(self, stage: Stage) -> None:
        book = stage.book(self.book, self)
        day = self.day or self.on
        entries = list(journal.entries(book=book, starts_on=day, ends_on=day))
        written = [each.postings for each in journal.written(entries, book=book)]
        counts = {_name(line) for line in self.lines if line.quantity is not None}
        expected = self._expected(stage, book)
        found = [_added_up(postings, counts) for postings in written]
        if expected not in found:
            nearest = min(found, key=lambda each: _distance(each, expected), default=[])
            self.differ(stage, f"{self.book} {day}", _told(expected), _told(nearest) or _("no entry"))

    def _expected(self, stage: Stage, book: Book) -> list[str]:
        return sorted(
            f"{_name(line)} {self.amount_of(stage, line.amount, _unit(line, book)).split()[0]}"
            + (f" [{self.quantity_of(stage, line.quantity)}]" if line.quantity else "")
            for line in self.lines
        )


def _name(line: ExpectedLine) -> str:
    peg = f"{line.peg.unit} {line.peg.thing.lower()}".strip() if line.peg else ""
    side = "debit" if line.debit else "credit"
    return " ".join(filter(None, (side, line.debit or line.credit, line.counterparty, peg)))


def _unit(line: ExpectedLine, book: Book) -> Unit:
    """Return the unit of the account; that of the book where the account was never opened."""
    found = Account.objects.filter(book=book, number=line.debit or line.credit).select_related("unit").first()
    return found.unit if found else book.unit


def _added_up(postings: list[Posting], counts: set[str]) -> list[str]:
    """Return an entry's lines as texts to compare; quantities of those accounts only whose quantities are told."""
    amounts: Counter[str] = Counter()
    quantities: Counter[str] = Counter()
    units: dict[str, Unit] = {}
    measures: dict[str, Measure] = {}
    for posting in postings:
        account = posting.account
        parts = ["debit" if posting.amount > 0 else "credit", account.number]
        if account.counterparty is not None:
            parts += [account.counterparty.organization.code, str(account.peg)]
        name = " ".join(parts)
        amounts[name] += abs(posting.amount)
        units[name] = account.unit
        if posting.measure is not None and posting.quantity is not None:
            quantities[name] += abs(posting.quantity)
            measures[name] = posting.measure
    return sorted(
        f"{name} {plain(amount, scale=units[name].scale)}"
        + (f" [{_counted(quantities[name], measures[name])}]" if name in counts and name in measures else "")
        for name, amount in amounts.items()
    )


def _counted(quantity: int, measure: Measure) -> str:
    return f"{plain(quantity, scale=measure.unit.scale)} {measure.unit.code}"


def _told(lines: list[str]) -> str:
    return "; ".join(lines)


def _distance(found: list[str], expected: list[str]) -> int:
    """Return in how many lines two entries differ."""
    return len(set(found) ^ set(expected))


@dataclass(frozen=True, kw_only=True)
class ExpectNothingOwed(Expectation):
    """Nobody of those named owes anything to another of them."""

    verb = "expect: nothing_owed"
    between: tuple[str, ...] = told(many(NAME), "Their codes; without it, everybody of the scenario.", default=())

    def play(self, stage: Stage) -> None:
        names = self.between or tuple(stage.all_of(Organization))
        organizations = [stage.organization(name, self) for name in names]
        owed = claims.open_between(organizations=organizations)
        found = [
            f"{claim.debtor.organization.code} → {claim.creditor.organization.code}"
            f" {plain(claim.balance.amount, scale=claim.unit.scale)} {claim.peg}"
            for claim in owed
        ]
        self.differ(stage, ", ".join(names), _("nothing owed"), _told(found) or _("nothing owed"))


STEPS: tuple[type[Play], ...] = (ExpectBalance, ExpectClaim, ExpectEntry, ExpectNothingOwed)
