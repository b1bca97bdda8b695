"""Barter of inputs (permuta): confirm what was delivered, paid, returned or priced anew, which posts it in the books.

Rules: `ledger/core/barter.py`. Accounts: what is given is a barter sale, what is received is stock at the same agreed
price; VAT is a line and a claim of its own, always in money (Ley de IVA art. 2). What a debt in goods rises by while it
is owed is a result of having held it, in both books.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, debts
from ledger.actions.accounts import Place
from ledger.actions.agreements import remember, require_confirm, require_decision
from ledger.actions.claims import Planned
from ledger.actions.deliveries import MoreThanIsLeft, answerable
from ledger.core.barter import Done, MoreThanAgreed, OwedIsAnother
from ledger.core.debts import Move, WorthNothing
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.queries import barter, thresholds
from ledger.queries.barter import Agreed, Standing
from network.errors import DomainError
from network.models.people import User
from network.models.resolutions import Resolution

STOCK, SALES, HOLDING, VAT_INPUT, VAT_OUTPUT = "1301", "4103", "4901", "1203", "2103"


@dataclass(frozen=True, slots=True)
class Accounts:
    """Where what is given stands: as income of whoever gives, and with whoever receives, counted or not."""

    sales: str = SALES
    stock: str = STOCK
    is_counted: bool = True


class OwedHasChanged(DomainError):
    """A price is set for what is owed on that day."""

    message = _("What is owed of “%(thing)s” has changed since this was written. Say no, and write today's price anew.")


class TooLittleToPrice(DomainError):
    """What the books hold is worth a cent at least, and so is what is left to hand over."""

    message = _(
        "That part of “%(thing)s”, or what it would leave, is worth less than a cent. Say no, and have it written "
        "together with the rest."
    )


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date, resolution: Resolution | None = None) -> Delivery:
    """Confirm for the receiver that it was received: one event, one entry in each book, the claims moved.

    Beyond what its assembly lets its officers agree on, a valuation is confirmed with a `resolution` of its own.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    :raises MoreThanIsLeft: if less than that is left of what was agreed.
    :raises TooLittleToPrice: if a part, or what it leaves, is worth less than a cent.
    :raises OwedHasChanged: if a price was set for another quantity than is owed.
    :raises ResolutionIsMissing: if a side values, or would give, more than its assembly lets its officers agree on.
    :raises AnotherBodyDecided, DecidedLater: if the resolution is another's, or of a later day.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement, receiver = delivery.agreement, delivery.receiver
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    stands = barter.standing(delivery=delivery)
    delivery.receiver_resolution = resolution
    require_decisions(delivery, stands, on=on)
    moves, others = debts.paid(delivery, stands) if delivery.act == Act.MONEY else of_goods(delivery, stands, on=on)
    lines = [*debts.moved(delivery, stands, moves), *others]
    if lines or delivery.act not in {Act.SHORTFALL, Act.CHANGE}:
        memo = ", ".join(line.thing for line in stands.lines if line.handed)[:200] or agreement.title
        delivery.event = debts.posted(delivery, lines, kind=KINDS[Act(delivery.act)], memo=memo, by=by, on=on)
    delivery.state = DeliveryState.CONFIRMED
    delivery.save(update_fields=["event", "state", "receiver_resolution"])
    remember(agreement=agreement, verb=Verb.CONFIRMED, by=by, organization=receiver, on=on, delivery=delivery)
    agreements.close(agreement, is_settled=stands.position.is_settled(), by=by, organization=receiver, on=on)
    return delivery


#: What the journal calls each act.
KINDS = {
    Act.GOODS: "barter_delivery",
    Act.MONEY: "barter_payment",
    Act.RETURN: "barter_return",
    Act.SHORTFALL: "barter_shortfall",
    Act.ALLOWANCE: "barter_allowance",
    Act.REVALUATION: "barter_revaluation",
    Act.CHANGE: "barter_change",
}


def of_goods(
    delivery: Delivery, stands: Standing, *, on: dt.date, accounts: Accounts | None = None
) -> tuple[list[Move], list[Planned]]:
    """Return the debts that move, and the other lines of both books: sale and stock, VAT, the result of holding.

    :raises MoreThanIsLeft: if less than that is left of what was agreed.
    :raises TooLittleToPrice: if a part, or what it leaves, is worth less than a cent.
    :raises OwedHasChanged: if a price was set for another quantity than is owed.
    """
    moves: list[Move] = []
    lines: list[Planned] = []
    for agreed in [line for line in stands.lines if line.handed]:
        try:
            done = stands.done(Act(delivery.act), agreed)
        except MoreThanAgreed:
            raise MoreThanIsLeft(thing=agreed.thing) from None
        except OwedIsAnother:
            raise OwedHasChanged(thing=agreed.thing) from None
        except WorthNothing:
            raise TooLittleToPrice(thing=agreed.thing) from None
        is_priced_anew = delivery.act in {Act.REVALUATION, Act.CHANGE}
        delivery.items.filter(line=agreed.line).update(
            value=done.value if is_priced_anew else abs(done.value),
            worth=agreed.worth if is_priced_anew else abs(done.worth) or None,
            vat=abs(done.vat),
            difference=done.difference or None,
        )
        if delivery.act == Act.CHANGE and done.value > 0:
            _require_limit(delivery, stands, agreed.giver, on=on)
        moves += done.moves
        lines += _both_books(agreed, done, stands, accounts or Accounts(), unit=delivery.agreement.unit_id)
    return moves, lines


def require_decisions(delivery: Delivery, stands: Standing, *, on: dt.date) -> None:
    """Refuse today's price beyond what a side's assembly lets its officers agree on, without what it decided."""
    worth = sum(line.worth or 0 for line in stands.lines if line.handed) if delivery.act == Act.REVALUATION else 0
    for side in delivery.sides:
        decision = delivery.decision_of(side.pk)
        is_beyond = decision is None and worth > 0 and thresholds.is_beyond(side, worth)
        require_decision(side, decision, is_needed=is_beyond, on=on)


def _require_limit(delivery: Delivery, stands: Standing, giver: int, *, on: dt.date) -> None:
    """Refuse a change by which somebody gives more than their assembly lets their officers agree on."""
    organization = next(each for each in delivery.sides if each.pk == giver)
    given = sum(promise.value for promise in stands.position.promises.values() if promise.giver == giver)
    decision = delivery.decision_of(giver)
    is_beyond = decision is None and thresholds.is_beyond(organization, given)
    require_decision(organization, decision, is_needed=is_beyond, on=on)


def _both_books(agreed: Agreed, done: Done, stands: Standing, accounts: Accounts, *, unit: int) -> list[Planned]:
    """Return the lines besides the debts: what the giver's book loses the receiver's gains."""
    giver, receiver = agreed.book, stands.books[agreed.receiver]
    counted = {1: agreed.handed, 0: None, -1: -agreed.handed}[(done.value > 0) - (done.value < 0)]
    counted = counted if accounts.is_counted else None
    return [
        Planned(place=Place(book, number, unit), amount=amount, quantity=quantity, measure=measure)
        for book, number, amount, quantity, measure in (
            (giver, accounts.sales, -done.worth, None, None),
            (receiver, accounts.stock, done.worth, counted, agreed.measure if counted else None),
            (giver, VAT_OUTPUT, -done.vat, None, None),
            (receiver, VAT_INPUT, done.vat, None, None),
            (giver, HOLDING, done.held, None, None),
            (receiver, HOLDING, -done.held, None, None),
        )
        if amount
    ]
