"""Read the books as other programs are told of them: accounts by name, entries in the order of their days."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from ledger.core import names, outside
from ledger.core.chart import chart_account
from ledger.core.names import Given
from ledger.core.outside import Balance, Commodity, Line, Quantity
from ledger.models.accounts import Account, Book
from ledger.models.journal import Entry, Event, Posting
from ledger.models.units import Measure, Unit, UnitKind
from ledger.queries import balances
from ledger.queries.scope import Scope, written
from network.models.organizations import Organization

#: How many entries are looked up together.
CHUNK = 500


@dataclass
class Naming:
    """The names of everything, of whichever book: so an account is called alike in every export."""

    books: dict[int, str] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    units: dict[int, Commodity] = field(default_factory=dict)
    measures: dict[int, Commodity] = field(default_factory=dict)
    #: Unit, or measure, → how an account's name says it.
    of_unit: dict[int, str] = field(default_factory=dict)
    of_peg: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give each its name, in the order of the numbers."""
        commodities, in_units, organizations = Given(), Given(), Given()
        for unit in Unit.objects.order_by("pk"):
            name = commodities.commodity(unit.code, number=unit.pk)
            self.units[unit.pk] = Commodity(name, unit.scale, unit.name, unit.code)
            self.of_unit[unit.pk] = in_units.component(unit.code, number=unit.pk)
        things: defaultdict[int, Given] = defaultdict(Given)
        for measure in Measure.objects.select_related("unit").order_by("pk"):
            of = self.units[measure.unit_id]
            self.measures[measure.pk], self.of_peg[measure.pk] = of, (self.of_unit[measure.unit_id],)
            if measure.thing:
                name = commodities.commodity(measure.unit.code, measure.thing, number=measure.pk)
                title = f"{of.title}: {measure.thing}"
                self.measures[measure.pk] = Commodity(name, of.scale, title, of.unit, measure.thing)
                thing = things[measure.unit_id].component(measure.thing, number=measure.pk)
                in_unit = self.of_unit[measure.unit_id]
                # What members hold of a credit stands beside what their cooperative holds, not below it: other
                # programs add what is below to what is above.
                is_beside = measure.unit.kind == UnitKind.CREDIT
                self.of_peg[measure.pk] = (f"{in_unit}-{thing}",) if is_beside else (in_unit, thing)
        for organization in Organization.objects.filter(book__isnull=False).select_related("book").order_by("pk"):
            self.codes[organization.book.pk] = organization.code
            self.books[organization.book.pk] = organizations.component(organization.code, number=organization.pk)

    def account(self, account: Account) -> str:
        """Return the name of an account."""
        return names.account(
            nature=account.nature,
            book=self.books[account.book_id],
            number=account.number,
            unit=self.of_unit[account.unit_id],
            counterparty=self.books[account.counterparty_id] if account.counterparty_id else "",
            peg=self.of_peg[account.peg_id] if account.peg_id else (),
        )


@dataclass
class Reader:
    """Reads what lies in a scope; knows its accounts by their number."""

    scope: Scope
    naming: Naming = field(default_factory=Naming)
    accounts: dict[int, outside.Account] = field(default_factory=dict)
    rows: dict[int, Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the accounts that were ever moved."""
        moved = balances.moved(book=self.scope.book)
        opened = self._opened({account.book_id for account in moved})
        for account in moved:
            self.rows[account.pk] = account
            self.accounts[account.pk] = self._account(account, opened_on=opened[account.book_id])

    def _account(self, account: Account, *, opened_on: dt.date) -> outside.Account:
        try:
            title = chart_account(account.number).es
        except KeyError:
            title = account.number
        peg = self.naming.measures[account.peg_id] if account.peg_id else None
        return outside.Account(
            name=self.naming.account(account),
            commodity=self.naming.units[account.unit_id],
            title=title,
            opened_on=opened_on,
            book=account.book_id,
            number=account.number,
            counterparty=self.naming.codes[account.counterparty_id] if account.counterparty_id else "",
            peg=f"{peg.unit} {peg.thing}".strip() if peg else "",
        )

    def _opened(self, books: set[int]) -> dict[int, dt.date]:
        """Return book → a day before which nothing of it is written."""
        opened = {}
        for book in Book.objects.filter(pk__in=books):
            first = Entry.objects.filter(book=book).order_by("booked_on").values_list("booked_on", flat=True).first()
            opened[book.pk] = min(filter(None, [book.opened_on, first, self.scope.day_before]))
        return opened

    def by_name(self) -> list[outside.Account]:
        """Return the accounts in the order of their names."""
        return sorted(self.accounts.values(), key=lambda account: account.name)

    def commodities(self) -> list[Commodity]:
        """Return what these accounts are kept and counted in, by name."""
        used = {account.commodity for account in self.accounts.values()}
        counted = Posting.objects.exclude(measure=None)
        if self.scope.book is not None:
            counted = counted.filter(account__book=self.scope.book)
        used |= {self.naming.measures[pk] for pk in counted.values_list("measure", flat=True).distinct()}
        return sorted(used, key=lambda commodity: commodity.name)

    def held(self, *, day: dt.date | None) -> list[Balance]:
        """Return what every account holds now, or held at the end of a day, in the order of their names."""
        found = balances.held(book=self.scope.book, day=day)
        held = []
        for pk, account in self.accounts.items():
            each = found.get(pk, balances.Held(0, 0))
            peg = self.rows[pk].peg_id
            counted = Quantity(each.quantity, self.naming.measures[peg]) if peg and each.quantity else None
            held.append(Balance(account, each.amount, counted))
        return sorted(held, key=lambda balance: balance.account.name)

    def opening(self) -> Iterator[outside.Entry]:
        """Yield one entry a book with what its accounts held when the scope begins."""
        if (day := self.scope.day_before) is None:
            return
        of_book: defaultdict[int, list[Line]] = defaultdict(list)
        for balance in self.held(day=day):
            if balance.amount:
                line = Line(balance.account, balance.amount, balance.quantity)
                of_book[balance.account.book].append(line)
        for book, lines in sorted(of_book.items()):
            yield outside.Entry(day, self.naming.codes[book], "", _("Opening balances"), lines)

    def entries(self) -> Iterator[outside.Entry]:
        """Yield the entries of the scope in the order of their days, each with its lines, debits first."""
        found = written(self.scope).values_list("event", "book", "year", "number", "booked_on")
        stream = found.iterator(chunk_size=2000)
        while chunk := list(islice(stream, CHUNK)):
            numbers = {row[0] for row in chunk}
            events = {event.pk: event for event in Event.objects.filter(pk__in=numbers)}
            lines = self._lines(numbers)
            for event, book, year, number, day in chunk:
                yield outside.Entry(
                    day=day,
                    book=self.naming.codes[book],
                    number=f"{year}/{number}",
                    memo=events[event].memo,
                    lines=sorted(lines[event, book], key=lambda line: line.amount < 0),
                    notes=notes(events[event]),
                )

    def _lines(self, events: set[int]) -> dict[tuple[int, int], list[Line]]:
        found = Posting.objects.filter(event__in=events)
        if self.scope.book is not None:
            found = found.filter(account__book=self.scope.book)
        rows = found.order_by("event", "line").values_list("event", "account", "amount", "quantity", "measure", "claim")
        lines: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
        for event, pk, amount, quantity, measure, claim in rows:
            account = self.accounts[pk]
            counted = Quantity(quantity or 0, self.naming.measures[measure]) if measure else None
            lines[event, account.book].append(Line(account, amount, counted, claim))
        return lines


def notes(event: Event) -> dict[str, Any]:
    """Return what else an event says, without what is empty; people are left out."""
    said = {
        "event": event.pk,
        "kind": event.kind,
        "happened": event.happened_on if event.is_late else "",
        "agreement": event.agreement,
        "papers": event.papers,
        "resolution": event.resolution,
        "reverses": event.reverses_id or "",
    }
    return {name: value for name, value in said.items() if value != ""}
