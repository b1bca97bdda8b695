"""Acts in network credit besides the payment of what is owed: tell of one, and post it.

A cooperative pays its members a plus in credit; a shop sells for credit, to another cooperative or to the members of
one; whoever leaves hands its position over to another member, for money. Members are counted and never named: what they
hold together their cooperative keeps for them, and answers for (`credit_answers`).
"""

import datetime as dt
import uuid
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import claims, journal, positions, refusals
from ledger.actions.accounts import Place
from ledger.actions.agreements import require_confirm, require_log
from ledger.actions.claims import Planned
from ledger.actions.deliveries import AmountAboveZero, DeliveredInTheFuture
from ledger.actions.facts import Fact
from ledger.actions.positions import Holder
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.terms import PartnerKeepsNoBook
from ledger.core import credit as core
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.credited import CreditAct, CreditKind
from ledger.models.deliveries import DeliveryState
from ledger.models.units import Unit
from ledger.queries import credit
from network.actions import admissions
from network.actions.refusals import AnotherBodyDecided, DecidedLater
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

PEOPLE_MAX = 9999


class PeopleAreMissing(DomainError):
    """A plus goes to so many people."""

    message = _("Write how many members it went to, above zero. Their names stay on your own list.")


class PlusByResolution(DomainError):
    """A plus is decided on."""

    message = _("Choose the resolution by which your own body decided on the plus.")


class SoldToYourself(DomainError):
    """One sells to another, or to members."""

    message = _("Choose another cooperative, or write that its members bought: nobody sells to itself.")


class MembersHoldLess(DomainError):
    """Members spend what they hold."""

    message = _("The members of %(organization)s hold %(amount)s in all. No more can be spent.")


class NothingToHandOver(DomainError):
    """A position that is not zero is handed over whole."""

    message = _("The position of %(organization)s is zero: there is nothing to hand over.")


class PositionHasMoved(DomainError):
    """What is handed over is where it stands."""

    message = _("The position of %(organization)s has moved since this was written. Say no to it, and write it anew.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was done: minor units of the credit, VAT included; of a position that is handed over, all of it."""

    kind: CreditKind
    credit: Unit
    other: Organization
    amount: int
    happened_on: dt.date
    of_members: bool = False
    vat: int | None = None
    people: int | None = None
    papers: str = ""
    resolution: Resolution | None = None

    def row(self) -> dict[str, object]:
        """Return it as the table holds it."""
        row = {field.name: getattr(self, field.name) for field in fields(self)}
        return row | {"papers": " ".join(self.papers.split())[:40]}


@transaction.atomic
def log(*, key: uuid.UUID, teller: Organization, told: Told, by: User, on: dt.date) -> CreditAct:
    """Write down what was done in credit; where nobody else has to say so, it is posted at once.

    The same key with the same content returns the first one.

    :raises NotForYouToDo, NoMandateToday: if the person may not: a sale is written by any of its people.
    :raises PartnerKeepsNoBook, MayNotTrade, NoPosition, NotAtPar: if one of the two cannot.
    :raises AmountAboveZero, DeliveredInTheFuture, PeopleAreMissing, SoldToYourself, NothingToHandOver: as named.
    :raises PlusByResolution, AnotherBodyDecided, DecidedLater: if its own body has not decided on a plus.
    :raises BeyondItsLimit, MembersHoldLess: if whoever pays has less.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    is_alone = told.other == teller
    needs_officer = is_alone or told.kind == CreditKind.HANDOVER
    (require_confirm if needs_officer else require_log)(by=by, organization=teller, on=on)
    # Held, so that the same form sent twice at once is answered one after the other. Not its book: whoever posts takes
    # those of an event in one order.
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=teller.pk)
    row = {"teller": teller, **told.row()}
    if (earlier := CreditAct.objects.filter(key=key).first()) is not None:
        if any(getattr(earlier, name) != value for name, value in row.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    _check(teller, told, on=on)
    standing = positions.position_of(teller, told.credit)
    act = CreditAct(key=key, logged_by=by, is_debt=told.kind == CreditKind.HANDOVER and standing.amount < 0, **row)
    require_able(act, on=on)
    with refusals.from_database():
        act.save()
    return post(act, by=by, on=on) if is_alone else act


def _check(teller: Organization, told: Told, *, on: dt.date) -> None:
    if told.kind == CreditKind.HANDOVER and not told.amount:
        raise NothingToHandOver(organization=teller.name)
    if not 0 < told.amount <= INT64_MAX:
        raise AmountAboveZero
    if told.happened_on > on:
        raise DeliveredInTheFuture
    if told.other == teller and not told.of_members:
        raise SoldToYourself
    if told.kind == CreditKind.PLUS:
        _check_plus(teller, told)


def _check_plus(teller: Organization, told: Told) -> None:
    if not 0 < (told.people or 0) <= PEOPLE_MAX:
        raise PeopleAreMissing
    if told.resolution is None:
        raise PlusByResolution
    if told.resolution.organization_id != teller.pk:
        raise AnotherBodyDecided
    if told.resolution.resolved_on > told.happened_on:
        raise DecidedLater(day=told.resolution.resolved_on)


def require_able(act: CreditAct, *, on: dt.date) -> None:
    """Refuse what the positions do not allow now."""
    payer, payee = _sides(act)
    unit, books = act.credit, _books(act)
    if act.kind == CreditKind.SALE:
        admissions.require_trade(*{act.teller, act.other}, on=on)
    for book in books.values():
        positions.require_par(unit, book.unit)
    if act.kind == CreditKind.HANDOVER:
        standing = positions.position_of(act.teller, unit).amount
        if (abs(standing), standing < 0) != (act.amount, act.is_debt):
            raise PositionHasMoved(organization=act.teller.name)
    if act.kind == CreditKind.SALE and act.of_members:
        held = credit.held_for_members(book=books[act.other_id]).filter(unit=unit).first()
        if act.amount > (held.balance.amount if held else 0):
            amount = positions.shown(held.balance.amount if held else 0, unit)
            raise MembersHoldLess(organization=act.other.name, amount=amount)
        positions.position_of(act.teller, unit)
    else:
        money = books[act.teller_id].unit
        positions.require_room(unit=unit, money=money, payer=payer, payee=payee, amount=act.amount)


def _sides(act: CreditAct) -> tuple[Organization, Organization]:
    """Return from whose position to whose; of a plus, both are one's own."""
    return (act.other, act.teller) if act.teller_receives else (act.teller, act.other)


def _books(act: CreditAct) -> dict[int, Book]:
    found = Book.objects.filter(organization__in={act.teller_id, act.other_id}).select_related("unit")
    books = {each.organization_id: each for each in found}
    for side in (act.teller, act.other):
        if side.pk not in books:
            raise PartnerKeepsNoBook(organization=side.name)
    return books


def post(act: CreditAct, *, by: User, on: dt.date) -> CreditAct:
    """Write it in all books: one event, an entry in each, the network's between them."""
    act.event = journal.post(
        key=act.key,
        fact=Fact(
            kind=f"credit_{act.kind}",
            happened_on=act.happened_on,
            memo=f"{act.get_kind_display()} ({act.other.name})"[:200],
            papers=act.papers,
            agreement=act.code,
            resolution=act.resolution.cited if act.resolution else "",
        ),
        lines=claims.with_accounts(_lines(act)),
        on=on,
        # Of a person the journal writes the number.
        by=User(pk=act.logged_by_id),
        confirmed_by=by,
    )
    act.state = DeliveryState.CONFIRMED
    with refusals.from_database():
        act.save(update_fields=["event", "state", "stock"])
    return act


def _lines(act: CreditAct) -> list[Planned]:
    books = _books(act)
    payer, payee = (books[side.pk] for side in _sides(act))
    holders = {
        "payer": Holder(book=payer.pk, of_members=act.of_members and act.kind == CreditKind.SALE),
        "payee": Holder(book=payee.pk, of_members=act.of_members and act.kind == CreditKind.PLUS),
    }
    others = core.others(kind=act.kind, amount=act.amount, vat=act.vat or 0, stock=act.stock)
    return [
        *positions.moved(unit=act.credit, money=payer.unit_id, amount=act.amount, **holders),
        *(
            Planned(place=Place((payer if is_payer else payee).pk, number, payer.unit_id), amount=amount)
            for is_payer, number, amount in others
        ),
    ]
