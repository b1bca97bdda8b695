"""Barter of inputs (permuta): confirm what was delivered, paid, returned or priced anew, which posts it in the books.

Rules: `ledger/core/barter.py`. Accounts: what is given is a barter sale, what is received is stock at the same agreed
price; VAT is a line and a claim of its own, always in money (Ley de IVA art. 2). What a debt in goods rises by while it
is owed is a result of having held it, in both books.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, claims, debts, journal
from ledger.actions.accounts import Place
from ledger.actions.agreements import remember, require_confirm
from ledger.actions.claims import Planned
from ledger.actions.debts import Held
from ledger.actions.deliveries import MoreThanIsLeft, answerable
from ledger.actions.facts import Fact
from ledger.core.barter import Done, MoreThanAgreed, OwedIsAnother
from ledger.core.debts import Move
from ledger.models.deliveries import Act, Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.models.journal import Event
from ledger.queries import barter, thresholds
from ledger.queries.barter import Agreed, Standing
from network.errors import DomainError
from network.models.people import User

BANK, STOCK, SALES, HOLDING, VAT_INPUT, VAT_OUTPUT = "1102", "1301", "4103", "4901", "1203", "2103"


class OwedHasChanged(DomainError):
    """A price is set for what is owed on that day."""

    message = _("What is owed of “%(thing)s” has changed since this was written. Say no, and write today's price anew.")


class ChangeNeedsResolution(DomainError):
    """Beyond the amount that its assembly set, a party agrees with a resolution of its own."""

    message = _(
        "With this change %(organization)s would give more than its officers may agree on by themselves. Agree on the"
        " rest in a new agreement, with the resolution that allows it."
    )


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm for the receiver that it was received: one event, one entry in each book, the claims moved.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    :raises MoreThanIsLeft: if less than that is left of what was agreed.
    :raises OwedHasChanged: if a price was set for another quantity than is owed.
    :raises ChangeNeedsResolution: if somebody would give more than their assembly lets their officers agree on.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement, receiver = delivery.agreement, delivery.receiver
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    stands = barter.standing(delivery=delivery)
    post = _of_money if delivery.act == Act.MONEY else _of_goods
    moves, others = post(delivery, stands)
    lines = [*_debt_lines(delivery, stands, moves), *others]
    if lines or delivery.act not in {Act.SHORTFALL, Act.CHANGE}:
        delivery.event = _posted(delivery, stands, lines, by=by, on=on)
    delivery.state = DeliveryState.CONFIRMED
    delivery.save(update_fields=["event", "state"])
    remember(agreement=agreement, verb=Verb.CONFIRMED, by=by, organization=receiver, on=on, delivery=delivery)
    agreements.close(agreement, is_settled=stands.position.is_settled(), by=by, organization=receiver, on=on)
    return delivery


def _posted(delivery: Delivery, stands: Standing, lines: list[Planned], *, by: User, on: dt.date) -> Event:
    agreement = delivery.agreement
    return journal.post(
        key=delivery.key,
        fact=Fact(
            kind=KINDS[Act(delivery.act)],
            happened_on=delivery.happened_on,
            memo=", ".join(line.thing for line in stands.lines if line.handed)[:200] or agreement.title,
            papers=" · ".join(filter(None, (delivery.delivery_note, delivery.invoice))),
            agreement=agreement.code,
            resolution=agreement.resolution,
        ),
        lines=claims.with_accounts(lines),
        on=on,
        # Of a person the journal writes the number.
        by=User(pk=delivery.logged_by_id),
        confirmed_by=by,
    )


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


def _of_goods(delivery: Delivery, stands: Standing) -> tuple[list[Move], list[Planned]]:
    """Return the debts that move, and the other lines of both books: sale and stock, VAT, the result of holding."""
    moves: list[Move] = []
    lines: list[Planned] = []
    for agreed in [line for line in stands.lines if line.handed]:
        try:
            done = stands.done(Act(delivery.act), agreed)
        except MoreThanAgreed:
            raise MoreThanIsLeft(thing=agreed.thing) from None
        except OwedIsAnother:
            raise OwedHasChanged(thing=agreed.thing) from None
        is_priced_anew = delivery.act in {Act.REVALUATION, Act.CHANGE}
        delivery.items.filter(line=agreed.line).update(
            value=done.value if is_priced_anew else abs(done.value),
            worth=agreed.worth if is_priced_anew else abs(done.worth) or None,
            vat=abs(done.vat),
            difference=done.difference or None,
        )
        if delivery.act == Act.CHANGE and done.value > 0:
            _require_limit(delivery, stands, agreed.giver)
        moves += done.moves
        lines += _both_books(agreed, done, stands, unit=delivery.agreement.unit_id)
    return moves, lines


def _require_limit(delivery: Delivery, stands: Standing, giver: int) -> None:
    """Refuse a change by which somebody gives more than their assembly lets their officers agree on."""
    organization = next(each for each in delivery.sides if each.pk == giver)
    most = thresholds.limit(organization)
    given = sum(promise.value for promise in stands.position.promises.values() if promise.giver == giver)
    if most is not None and given > most:
        raise ChangeNeedsResolution(organization=organization.name)


def _both_books(agreed: Agreed, done: Done, stands: Standing, *, unit: int) -> list[Planned]:
    """Return the lines besides the debts: what the giver's book loses the receiver's gains."""
    giver, receiver = agreed.book, stands.books[agreed.receiver]
    counted = {1: agreed.handed, 0: None, -1: -agreed.handed}[(done.value > 0) - (done.value < 0)]
    return [
        Planned(place=Place(book, number, unit), amount=amount, quantity=quantity, measure=measure)
        for book, number, amount, quantity, measure in (
            (giver, SALES, -done.worth, None, None),
            (receiver, STOCK, done.worth, counted, agreed.measure if counted else None),
            (giver, VAT_OUTPUT, -done.vat, None, None),
            (receiver, VAT_INPUT, done.vat, None, None),
            (giver, HOLDING, done.held, None, None),
            (receiver, HOLDING, -done.held, None, None),
        )
        if amount
    ]


def _of_money(delivery: Delivery, stands: Standing) -> tuple[list[Move], list[Planned]]:
    """Return the debts that a payment moves, and the money in both books."""
    amount, unit = delivery.money or 0, delivery.agreement.unit_id
    done = stands.position.pay(giver=delivery.giver_id, receiver=delivery.receiver_id, amount=amount)
    return done.moves, [
        Planned(place=Place(stands.books[delivery.giver_id], BANK, unit), amount=-amount),
        Planned(place=Place(stands.books[delivery.receiver_id], BANK, unit), amount=amount),
    ]


def _debt_lines(delivery: Delivery, stands: Standing, moves: list[Move]) -> list[Planned]:
    held = Held(
        agreement=delivery.agreement,
        debts=stands.position.debts,
        books=stands.books,
        claims=stands.claims,
        money=stands.money,
        goods={line.line: line.measure for line in stands.lines},
    )
    return debts.lines(held, moves, happened_on=delivery.happened_on)
