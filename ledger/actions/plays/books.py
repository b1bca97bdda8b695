"""Steps of scenarios: a book's own entries, and its months and years."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import own_entries, surplus, years
from ledger.actions.own_entries import Counted, OwnLine
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, GOODS, NAME, NUMBER, TEXT, Measured, ShapeIsWrong, rows, within
from ledger.models.accounts import Book
from ledger.models.journal import Event
from ledger.queries.accounts import own_units
from network.models.people import User
from network.models.resolutions import Resolution


@dataclass(frozen=True, kw_only=True)
class BookLine:
    """One account, debited or credited."""

    debit: str = told(NAME, "The number of the account that is debited; else `credit`.", default="")
    credit: str = told(NAME, "The number of the account that is credited.", default="")
    amount: Decimal = told(NUMBER, "How much, above zero, in the unit of the account.")
    quantity: Measured | None = told(GOODS, "How much of what was counted beside it.", default=None)

    def __post_init__(self) -> None:
        if bool(self.debit) == bool(self.credit) or self.amount <= 0:
            raise ShapeIsWrong

    @property
    def account(self) -> str:
        """The number of the account."""
        return self.debit or self.credit


@dataclass(frozen=True, kw_only=True)
class OwnEntry(Act):
    """An entry of one book alone: the cost of what was sold, goods to members, a supplier's invoice."""

    verb = "own_entry"
    subject = "book"
    makes = Event
    book: str = told(NAME, "The code of the organization.")
    name: str = told(NAME, "A name, if a later step reverses it.", key="as", default="")
    memo: str = told(TEXT, "What happened.")
    lines: tuple[BookLine, ...] = told(rows(BookLine), "Accounts and amounts; debits equal credits in each unit.")
    papers: str = told(TEXT, "Kind and number of the papers.", default="")
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    happened: dt.date | None = told(DAY, "The day of the fact, if it was earlier.", default=None)

    def act(self, stage: Stage, by: User) -> None:
        book = stage.book(self.book, self)
        event = own_entries.write(
            book=book,
            key=stage.key(self),
            happened_on=day_of(self.happened, self),
            memo=self.memo,
            lines=list(self._lines(stage, book)),
            papers=self.papers,
            resolution=self.resolution,
            by=by,
            on=self.on,
        )
        stage.keep(self.name, event, self)

    def _lines(self, stage: Stage, book: Book) -> Iterator[OwnLine]:
        kept_in = own_units(book=book)
        for line in self.lines:
            amount = stage.minor(line.amount, kept_in.get(line.account, book.unit), self)
            counted = None
            if line.quantity is not None:
                unit = stage.unit(line.quantity.unit, self)
                quantity = stage.minor(line.quantity.number, unit, self)
                counted = Counted(quantity=quantity, unit=unit, thing=line.quantity.thing)
            yield OwnLine(number=line.account, amount=amount if line.debit else -amount, counted=counted)


@dataclass(frozen=True, kw_only=True)
class Reverse(Act):
    """Undo an entry of one book alone by a new one, dated today."""

    verb = "reverse"
    subject = "entry"
    entry: str = told(NAME, "The entry, by the name that it was given (`as`).")
    reason: str = told(TEXT, "Why.")

    def act(self, stage: Stage, by: User) -> None:
        event = stage.get(Event, self.entry, self)
        own_entries.reverse(event=event, reason=self.reason, by=by, on=self.on)


@dataclass(frozen=True, kw_only=True)
class CloseMonth(Act):
    """Close a book up to a day: it takes entries of later days only."""

    verb = "close_month"
    subject = "book"
    book: str = told(NAME, "The code of the organization.")
    through: dt.date = told(DAY, "The last day that is closed.")

    def act(self, stage: Stage, by: User) -> None:
        years.close_period(book=stage.book(self.book, self), through=self.through, on=self.on, by=by)


@dataclass(frozen=True, kw_only=True)
class CloseYear(Act):
    """Close a book's years up to and including one: their results go to the surplus."""

    verb = "close_year"
    subject = "book"
    book: str = told(NAME, "The code of the organization.")
    year: int = told(within(1900, 2999), "The year, by the one in which it begins.")
    resolution: str = told(TEXT, "The act of the assembly that approved it, as text.")

    def act(self, stage: Stage, by: User) -> None:
        book = stage.book(self.book, self)
        years.close_years(book=book, through_year=self.year, resolution=self.resolution, on=self.on, by=by)


@dataclass(frozen=True, kw_only=True)
class DistributeSurplus(Act):
    """Distribute what a closed year left, as the assembly decided and the law says (Ley 20.337, art. 42)."""

    verb = "distribute_surplus"
    subject = "book"
    book: str = told(NAME, "The code of the organization.")
    year: int = told(within(1900, 2999), "The year, by the one in which it begins.")
    with_members: Decimal = told(NUMBER, "What came from operations with members.")
    others: Decimal = told(NUMBER, "What came from others: it goes to the special reserve.", default=Decimal(0))
    hours: Decimal = told(NUMBER, "Hours that all members worked in that year.")
    allowed_by: str = told(NAME, "The resolution, by its name in the scenario.")

    def act(self, stage: Stage, by: User) -> None:
        book = stage.book(self.book, self)
        surplus.distribute(
            book=book,
            year=self.year,
            with_members=stage.minor(self.with_members, book.unit, self),
            others=stage.minor(self.others, book.unit, self),
            hours=stage.minor(self.hours, stage.unit("HORA", self), self),
            resolution=stage.get(Resolution, self.allowed_by, self),
            by=by,
            on=self.on,
            at=dt.datetime.combine(self.on, dt.time(12), tzinfo=dt.UTC),
        )


STEPS: tuple[type[Play], ...] = (OwnEntry, Reverse, CloseMonth, CloseYear, DistributeSurplus)
