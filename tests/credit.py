"""A network that issues a credit, the MIA, and its members who pay each other in it."""

from ledger.actions import accounts
from ledger.actions.facts import Line
from ledger.models import Account, Book, CreditLimit, Event, Unit
from network.models import User
from tests import make


def network() -> Book:
    """Make the network that issues the credit, with its book."""
    book = make.book("red", kind="federation")
    Unit.objects.create(code="MIA", kind="credit", scale=2, symbol="MIA", name_es="mía", name_en="mía", issuer=book)
    return book


def position(book: Book, red: Book) -> Account:
    """Return the member's own account of the credit."""
    mia = Unit.objects.get(code="MIA")
    return accounts.debt_account(book=book, number="1103", unit=mia, counterparty=red, peg=make.measure("MIA"))


def pay(payer: Book, payee: Book, red: Book, amount: int) -> Event:
    """Pay in the credit: both members' books, and the network's book in between."""
    mia = Unit.objects.get(code="MIA")
    lines = []
    for member, sign, other in ((payer, -1, "5101"), (payee, 1, "4101")):
        theirs = accounts.debt_account(book=red, number="2302", unit=mia, counterparty=member, peg=make.measure("MIA"))
        lines += [
            Line(account=position(member, red), amount=sign * amount),
            Line(account=accounts.account(book=member, number=other, unit=mia), amount=-sign * amount),
            Line(account=theirs, amount=-sign * amount),
        ]
    return make.event(lines)


def limit(book: Book, red: Book, amount: int, by: User) -> CreditLimit:
    """Let a member go so far below zero."""
    return CreditLimit.objects.create(
        account=position(book, red), amount=amount, resolution="Acta 4", decided_on=make.DAY, recorded_by=by
    )
