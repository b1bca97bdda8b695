"""Open books and accounts."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.core.chart import CHART, chart_account
from ledger.models.accounts import Account, Book
from ledger.models.units import Measure, Unit
from network.errors import DomainError
from network.models.organizations import Organization


class BookAlreadyOpen(DomainError):
    """An organization keeps one book."""

    message = _("%(organization)s already keeps a book.")


class NotInTheChart(DomainError):
    """An account number must be one of the chart of accounts."""

    message = _("The chart of accounts has no account %(number)s.")


@transaction.atomic
def open_book(*, organization: Organization, unit: Unit, on: dt.date, year_starts_month: int = 1) -> Book:
    """Open the organization's book with the chart of accounts, kept in `unit`, and return it.

    Debts between cooperatives get their accounts when they arise: one per counterparty, unit and peg.

    :raises BookAlreadyOpen: if it has one.
    """
    if Book.objects.filter(organization=organization).exists():
        raise BookAlreadyOpen(organization=organization.name)
    book = Book.objects.create(organization=organization, unit=unit, opened_on=on, year_starts_month=year_starts_month)
    units = {u.code: u for u in Unit.objects.filter(code__in={line.unit for line in CHART if line.unit})}
    Account.objects.bulk_create(
        Account(book=book, number=line.number, nature=line.nature, unit=units[line.unit] if line.unit else unit)
        for line in CHART
        if line.role is None
    )
    return book


class Place(NamedTuple):
    """Which account is meant, by numbers of rows: with a counterparty and a peg it is that of a debt."""

    book: int
    number: str
    unit: int
    counterparty: int | None = None
    peg: int | None = None


def look_up(places: Iterable[Place]) -> dict[Place, Account]:
    """Return the accounts at these places in one query; those that are new are opened."""
    wanted = set(places)
    found = _kept(wanted)
    if missing := wanted - found.keys():
        found |= _opened(missing)
    return found


@transaction.atomic
def _opened(places: set[Place]) -> dict[Place, Account]:
    """Open accounts that another may open at this moment: the first stands, and both get it.

    On PostgreSQL the second waits at the first that both want, all in one order; on SQLite it waited to begin, so it
    looks again.
    """
    new = [_new(place) for place in sorted(places - _kept(places).keys(), key=str)]
    Account.objects.bulk_create(new, ignore_conflicts=True)
    return _kept(places)


def _kept(wanted: set[Place]) -> dict[Place, Account]:
    # A little more than is wanted, by the columns of the indexes.
    books, numbers, units, counterparties, pegs = map(set, zip(*wanted, strict=True))
    own = Q(counterparty=None)
    debts = Q(counterparty__in=counterparties - {None}, peg__in=pegs - {None})
    rows = Account.objects.filter(
        own | debts if counterparties - {None} else own, book__in=books, number__in=numbers, unit__in=units
    )
    kept = {Place(row.book_id, row.number, row.unit_id, row.counterparty_id, row.peg_id): row for row in rows}
    return {place: kept[place] for place in wanted & kept.keys()}


def _new(place: Place) -> Account:
    line = chart_account(place.number)
    return Account(
        book_id=place.book,
        number=place.number,
        nature=line.nature,
        unit_id=place.unit,
        role=line.role or "",
        counterparty_id=place.counterparty,
        peg_id=place.peg,
    )


def account(*, book: Book, number: str, unit: Unit | None = None) -> Account:
    """Return the book's account of that number, opened if it is not yet kept in this unit.

    :raises NotInTheChart: if the chart has no such number, or the number belongs to debts between cooperatives.
    """
    try:
        line = chart_account(number)
    except KeyError:
        raise NotInTheChart(number=number) from None
    if line.role is not None:
        raise NotInTheChart(number=number)
    place = Place(book.pk, number, unit.pk if unit else book.unit_id)
    return look_up([place])[place]


def debt_account(*, book: Book, number: str, unit: Unit, counterparty: Book, peg: Measure) -> Account:
    """Return the book's sub-account for debts with a counterparty in a unit and peg, opened if it is new.

    :raises NotInTheChart: if that number has no side in a debt between two books.
    """
    if chart_account(number).role is None:
        raise NotInTheChart(number=number)
    place = Place(book.pk, number, unit.pk, counterparty.pk, peg.pk)
    return look_up([place])[place]
