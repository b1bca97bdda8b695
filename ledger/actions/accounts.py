"""Open books and accounts."""

import datetime as dt

from django.db import transaction
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
    for line in CHART:
        if line.role is None:
            Account.objects.create(
                book=book, number=line.number, nature=line.nature, unit=units[line.unit] if line.unit else unit
            )
    return book


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
    return Account.objects.get_or_create(
        book=book,
        number=number,
        unit=unit or book.unit,
        counterparty=None,
        peg=None,
        defaults={"nature": line.nature},
    )[0]


def debt_account(*, book: Book, number: str, unit: Unit, counterparty: Book, peg: Measure) -> Account:
    """Return the book's sub-account for debts with a counterparty in a unit and peg, opened if it is new.

    :raises NotInTheChart: if that number has no side in a debt between two books.
    """
    line = chart_account(number)
    if line.role is None:
        raise NotInTheChart(number=number)
    return Account.objects.get_or_create(
        book=book,
        number=number,
        unit=unit,
        counterparty=counterparty,
        peg=peg,
        defaults={"nature": line.nature, "role": line.role},
    )[0]
