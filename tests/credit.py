"""A network that issues a credit, the MIA, and its members who pay each other in it."""

import datetime as dt

from ledger.actions import accounts, claims, positions
from ledger.actions.accounts import Place
from ledger.actions.claims import Planned
from ledger.actions.positions import Holder
from ledger.core.units import from_minor
from ledger.models import Account, AccountBalance, Book, CreditLimit, Event, Posting, Unit
from network.models import User
from tests import make


def network(code: str = "red", *, unit: str = "MIA", money: str = "ARS") -> Book:
    """Make the network that issues the credit, with its book."""
    body = make.organization(code, kind="federation")
    book = accounts.open_book(organization=body, unit=make.unit(money), on=dt.date(2020, 1, 1))
    Unit.objects.create(code=unit, kind="credit", scale=2, symbol=unit, name_es="mía", name_en="mía", issuer=book)
    return book


def position(book: Book, red: Book) -> Account:
    """Return the member's own account of the credit."""
    unit = Unit.objects.get(issuer=red)
    return accounts.debt_account(book=book, number="1103", unit=unit, counterparty=red, peg=make.measure(unit.code))


def stands(*books: Book) -> list[int]:
    """Return where books stand in the credit, in minor units."""
    own = AccountBalance.objects.filter(account__number="1103", account__peg__thing="")
    return [own.get(account__book=each).amount for each in books]


def held(book: Book) -> int:
    """Return what a cooperative keeps of the credit for its members."""
    found = AccountBalance.objects.filter(account__book=book, account__number="1103").exclude(account__peg__thing="")
    return sum(each.amount for each in found)


def pay(payer: Book, payee: Book, red: Book, amount: int, *, on: dt.date = make.DAY) -> Event:
    """Pay in the credit for something sold at once: both members' books, and the network's book in between."""
    mia = Unit.objects.get(code="MIA")
    holders = {"payer": Holder(book=payer.pk), "payee": Holder(book=payee.pk)}
    planned = positions.moved(unit=mia, money=red.unit_id, amount=amount, **holders)
    planned += [
        Planned(place=Place(payer.pk, "5101", red.unit_id), amount=amount),
        Planned(place=Place(payee.pk, "4101", red.unit_id), amount=-amount),
    ]
    return make.event(claims.with_accounts(planned), on=on)


def limit(book: Book, red: Book, amount: int, by: User) -> CreditLimit:
    """Let a member go so far below zero."""
    return CreditLimit.objects.create(
        account=position(book, red), amount=amount, resolution="Acta 4", decided_on=make.DAY, recorded_by=by
    )


def entry(event: Event, book: Book) -> list[str]:
    """Return the entry of an event in one book, as a bookkeeper writes it, by account."""
    lines = Posting.objects.filter(event=event, account__book=book).select_related("account__unit", "account__peg")
    return sorted(
        f"{each.account.number} {from_minor(each.amount, scale=2)} {each.account.peg or each.account.unit}"
        for each in lines
    )
