"""Pay in network credit: from one position to another, in the books of both and in that of the network between them.

An entry balances in each unit, so pesos and credit meet in an account that is kept in both, one for one, and that comes
to zero over the two (docs/decisions/0015-network-credit.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ledger.actions import units
from ledger.actions.accounts import Place
from ledger.actions.claims import Planned
from ledger.actions.refusals import CreditBeyondLimit
from ledger.core import written
from ledger.models.accounts import Book
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.units import Measure, Unit
from ledger.queries import claims, credit
from ledger.queries.credit import Position
from network.errors import DomainError
from network.models.organizations import Organization

BANK = "1102"
POSITION, AT_PAR, POSITIONS, HELD = "1103", "1104", "2302", "2303"


class NoPosition(DomainError):
    """Credit goes from one member of its network to another."""

    message = _("%(organization)s has no position in %(credit)s: the assembly of its network sets a limit first.")


class NotAtPar(DomainError):
    """A credit is worth as much as the money of its network's book."""

    message = _("%(credit)s is at par with another money than that of these books. Pay in money.")


class BeyondItsLimit(CreditBeyondLimit):
    """Nobody goes below the limit that the network's assembly set."""

    message = _(
        "%(organization)s can still pay %(amount)s: further below zero it may not go. Pay the rest in money, or ask the"
        " assembly of the network for another limit."
    )


class MoreThanIsOwed(DomainError):
    """Credit pays a debt; it does not make one."""

    message = _("In credit one pays what is owed: %(organization)s owes %(amount)s in money under this agreement.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose position it is: a cooperative's own, or that of its members, which its book keeps for them."""

    book: int
    of_members: bool = False


def moved(*, unit: Unit, money: int, payer: Holder, payee: Holder, amount: int) -> list[Planned]:
    """Return the lines by which credit goes from one position to another, `amount` in its minor units.

    Each cooperative's own side shows the same in `money`, the number of the unit of its book; what that stands
    against there is the caller's.
    """
    own, members = units.measure(unit=unit), None
    lines: list[Planned] = []
    for holder, sign in ((payer, -1), (payee, 1)):
        if holder.of_members:
            members = members or units.held_by_members(credit=unit)
        lines += side(holder, members if holder.of_members and members else own, unit, money, sign * amount)
    return lines


def side(holder: Holder, peg: Measure, unit: Unit, money: int, amount: int) -> list[Planned]:
    """Return the lines by which one position rises by an amount, or falls; what others do has to come to the same.

    :raises NotAtPar: if it is no credit of a network.
    """
    if unit.issuer_id is None:
        raise NotAtPar(credit=unit.code)
    contra = HELD if holder.of_members else AT_PAR
    lines = [
        Planned(place=Place(holder.book, POSITION, unit.pk, unit.issuer_id, peg.pk), amount=amount),
        Planned(place=Place(holder.book, contra, unit.pk), amount=-amount),
        Planned(place=Place(unit.issuer_id, POSITIONS, unit.pk, holder.book, peg.pk), amount=-amount),
    ]
    if not holder.of_members:
        lines.append(Planned(place=Place(holder.book, AT_PAR, money), amount=amount))
    return lines


def handed_over(delivery: Delivery, books: Mapping[int, int]) -> list[Planned]:
    """Return the money of a payment in both books: by the bank, or in credit. `books`: organization → its book.

    :raises NoPosition, NotAtPar, BeyondItsLimit, MoreThanIsOwed: if it was in credit, and may not be.
    """
    amount, money = delivery.money or 0, delivery.agreement.unit_id
    giver, receiver = books[delivery.giver_id], books[delivery.receiver_id]
    if delivery.credit is None:
        return [
            Planned(place=Place(giver, BANK, money), amount=-amount),
            Planned(place=Place(receiver, BANK, money), amount=amount),
        ]
    require_payable(
        unit=delivery.credit,
        agreement=delivery.agreement,
        giver=delivery.giver,
        receiver=delivery.receiver,
        amount=amount,
    )
    return moved(
        unit=delivery.credit, money=money, payer=Holder(book=giver), payee=Holder(book=receiver), amount=amount
    )


def require_payable(
    *, unit: Unit, agreement: Agreement, giver: Organization, receiver: Organization, amount: int
) -> None:
    """Refuse a payment in credit that nobody owes, or that the payer may not make.

    :raises NoPosition, NotAtPar, BeyondItsLimit: if the credit is not theirs, or goes no further.
    :raises MoreThanIsOwed: if less is owed in money under the agreement.
    """
    require_room(unit=unit, money=agreement.unit, payer=giver, payee=receiver, amount=amount)
    owed = claims.owed_in_money(agreement=agreement.code, debtor=giver, creditor=receiver, unit=agreement.unit)
    if amount > owed:
        raise MoreThanIsOwed(organization=giver.name, amount=shown(owed, agreement.unit))


def require_room(*, unit: Unit, money: Unit, payer: Organization, payee: Organization, amount: int) -> None:
    """Refuse what goes beyond the payer's limit, or to whom the credit is not set.

    :raises NoPosition, NotAtPar, BeyondItsLimit: as named.
    """
    paying = position_of(payer, unit)
    position_of(payee, unit)
    require_par(unit, money)
    if amount > paying.room:
        raise BeyondItsLimit(organization=payer.name, amount=shown(paying.room, unit))


def position_of(organization: Organization, unit: Unit) -> Position:
    """Return where an organization stands in a credit.

    :raises NoPosition: if no limit was ever set for it.
    """
    books = Book.objects.filter(organization=organization).values_list("pk", flat=True)
    found = credit.positions(books=list(books), credit=unit)
    if not found:
        raise NoPosition(organization=organization.name, credit=unit.code)
    return found[0]


def require_par(unit: Unit, money: Unit) -> None:
    """Refuse another money than the one that the credit is at par with.

    :raises NotAtPar: as named.
    """
    if unit.issuer is None or unit.issuer.unit_id != money.pk or unit.scale != money.scale:
        raise NotAtPar(credit=unit.code)


def shown(amount: int, unit: Unit) -> str:
    """Return an amount as people read it in a sentence."""
    text = written.number(amount, scale=unit.scale, language=get_language() or "")
    return written.with_unit(text, symbol=unit.symbol, is_money=unit.kind == "money")
