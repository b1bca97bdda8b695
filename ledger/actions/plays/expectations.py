"""Steps of scenarios that do nothing and look: what differs is told at the end."""

import datetime as dt
from collections.abc import Iterable
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
from ledger.models.units import Unit
from ledger.queries import claims, journal
from ledger.queries.accounts import own_units
from network.models.organizations import Organization


@dataclass(frozen=True, kw_only=True)
class Expectation(Play):
    """What should be so after the step before."""

    def differ(self, stage: Stage, what: str, expected: str, found: str) -> None:
        """Note a difference; nothing, if there is none."""
        if expected != found:
            words = {"line": self.line, "what": what, "expected": expected, "found": found}
            stage.differences.append(_("Line %(line)s: %(what)s: expected %(expected)s, found %(found)s.") % words)

    def unit_of(self, stage: Stage, told_unit: str, account: str, book: Book) -> Unit:
        """Return the unit that is told, else the one in which the chart keeps the account."""
        return stage.unit(told_unit, self) if told_unit else own_units(book=book).get(account, book.unit)

    def amount_of(self, stage: Stage, number: Decimal, unit: Unit) -> str:
        """Return what is told with all decimals of its unit."""
        return _told(stage.minor(number, unit, self), unit)


@dataclass(frozen=True, kw_only=True)
class ExpectHeld(Expectation):
    """What balances and claims have in common: an amount and, in kind, a quantity."""

    amount: Decimal = told(NUMBER, "Debit above zero, credit below; of a claim, what it is worth now.")
    quantity: Measured | None = told(QUANTITY, "Of a debt in kind: how much of it.", default=None)

    def compare(self, stage: Stage, what: str, held: list[tuple[int, int, str, str]], unit: Unit) -> None:
        """Compare the sum of (amount, quantity, unit of the peg, thing) with what is told."""
        self.differ(stage, what, self.amount_of(stage, self.amount, unit), _told(sum(each[0] for each in held), unit))
        if self.quantity is not None:
            counted = stage.unit(self.quantity.unit, self)
            thing = self.quantity.thing.lower()
            found = sum(each[1] for each in held if each[2] == counted.code and thing in {"", each[3]})
            self.differ(stage, what, self.amount_of(stage, self.quantity.number, counted), _told(found, counted))


def _told(minor: int, unit: Unit) -> str:
    return f"{plain(minor, scale=unit.scale)} {unit.code}"


@dataclass(frozen=True, kw_only=True)
class ExpectBalance(ExpectHeld):
    """What an account comes to now. Of debts with several, and in several things, it is the sum of what is named."""

    verb = "expect: balance"
    book: str = told(NAME, "The code of the organization.")
    account: str = told(NAME, "The number of the account.")
    counterparty: str = told(NAME, "Of a debt: the code of the other side.", key="with", default="")
    peg: Kept | None = told(PEG, "Of a debt: in what it keeps its value.", default=None)
    unit: str = told(NAME, "The unit, if it is not the one in which the chart keeps the account.", default="")

    def play(self, stage: Stage) -> None:
        book = stage.book(self.book, self)
        unit = self.unit_of(stage, self.unit, self.account, book)
        accounts = Account.objects.filter(book=book, number=self.account, unit=unit)
        if self.counterparty:
            accounts = accounts.filter(counterparty=stage.book(self.counterparty, self))
        if self.peg is not None:
            accounts = accounts.filter(peg=stage.measure(self.peg, self))
        held = accounts.values_list("balance__amount", "balance__quantity", "peg__unit__code", "peg__thing")
        what = " ".join(filter(None, (self.book, self.account, self.counterparty)))
        self.compare(stage, what, list(held), unit)


@dataclass(frozen=True, kw_only=True)
class ExpectClaim(ExpectHeld):
    """What one side has open against another now, in one peg."""

    verb = "expect: claim"
    creditor: str = told(NAME, "The code of whoever is owed.")
    debtor: str = told(NAME, "The code of whoever owes.")
    peg: Kept = told(PEG, "In what it keeps its value.")

    def play(self, stage: Stage) -> None:
        creditor, debtor = stage.book(self.creditor, self), stage.book(self.debtor, self)
        peg = stage.measure(self.peg, self)
        found = Claim.objects.filter(creditor=creditor, debtor=debtor, peg=peg) if peg else Claim.objects.none()
        held = found.values_list("balance__amount", "balance__quantity", "peg__unit__code", "peg__thing")
        self.compare(stage, f"{self.debtor} → {self.creditor}", list(held), creditor.unit)


@dataclass(frozen=True, kw_only=True)
class ExpectedLine:
    """One account, debited or credited; lines of one account, counterparty, peg and side are added up."""

    debit: str = told(NAME, "The number of the account that is debited; else `credit`.", default="")
    credit: str = told(NAME, "The number of the account that is credited.", default="")
    counterparty: str = told(NAME, "Of a debt: the code of the other side.", key="with", default="")
    peg: Kept | None = told(PEG, "Of a debt: in what it keeps its value.", default=None)
    amount: Decimal = told(NUMBER, "How much, above zero.")
    unit: str = told(NAME, "The unit, if it is not the one in which the chart keeps the account.", default="")
    quantity: Measured | None = told(QUANTITY, "How much was counted beside it, if that is looked at.", default=None)

    def __post_init__(self) -> None:
        if bool(self.debit) == bool(self.credit) or self.amount <= 0:
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
        counted = {_name(line) for line in self.lines if line.quantity is not None}
        expected = _added_up([self._line(stage, line, book) for line in self.lines], counted)
        found = [_added_up(map(_posted, each.postings), counted) for each in journal.written(entries, book=book)]
        if expected not in found:
            nearest = min(found, key=lambda each: len({*each} ^ {*expected}), default=[_("no entry")])
            self.differ(stage, f"{self.book} {day}", "; ".join(expected), "; ".join(nearest))

    def _line(self, stage: Stage, line: ExpectedLine, book: Book) -> "_Line":
        unit = self.unit_of(stage, line.unit, line.debit or line.credit, book)
        amount = stage.minor(line.amount, unit, self)
        if line.quantity is None:
            return _Line(_name(line), amount, unit)
        measured_in = stage.unit(line.quantity.unit, self)
        return _Line(_name(line), amount, unit, stage.minor(line.quantity.number, measured_in, self), measured_in)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to compare: side, account, counterparty and peg; minor units."""

    name: str
    amount: int
    unit: Unit
    quantity: int = 0
    counted_in: Unit | None = None


def _name(line: ExpectedLine) -> str:
    peg = f"{line.peg.unit} {line.peg.thing.lower()}".strip() if line.peg else ""
    side = "debit" if line.debit else "credit"
    return " ".join(filter(None, (side, line.debit or line.credit, line.counterparty, peg)))


def _posted(posting: Posting) -> _Line:
    account = posting.account
    parts = ["debit" if posting.amount > 0 else "credit", account.number]
    if account.counterparty is not None:
        parts += [account.counterparty.organization.code, str(account.peg)]
    measured_in = posting.measure.unit if posting.measure else None
    return _Line(" ".join(parts), abs(posting.amount), account.unit, abs(posting.quantity or 0), measured_in)


def _added_up(lines: Iterable[_Line], counted: set[str]) -> list[str]:
    """Return lines as texts to compare, those of one name and unit together; quantities only where they are told."""
    sums: dict[tuple[str, Unit, Unit | None], list[int]] = {}
    for line in lines:
        counted_in = line.counted_in if line.name in counted else None
        held = sums.setdefault((line.name, line.unit, counted_in), [0, 0])
        held[0] += line.amount
        held[1] += line.quantity
    return sorted(
        f"{name} {_told(amount, unit)}" + (f" [{_told(quantity, counted_in)}]" if counted_in else "")
        for (name, unit, counted_in), (amount, quantity) in sums.items()
    )


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
        self.differ(stage, ", ".join(names), _("nothing owed"), "; ".join(found) or _("nothing owed"))


STEPS: tuple[type[Play], ...] = (ExpectBalance, ExpectClaim, ExpectEntry, ExpectNothingOwed)
