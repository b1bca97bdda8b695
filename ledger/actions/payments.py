"""Confirm a payment, or whatever else moves what is owed, under an agreement by which only money is owed."""

import datetime as dt
from collections.abc import Callable

from ledger.actions import debts, refusals
from ledger.actions.agreements import remember, require_confirm
from ledger.actions.claims import Planned
from ledger.actions.deliveries import answerable
from ledger.core.debts import Move
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.history import Verb
from ledger.queries.barter import Standing, in_money
from network.models.people import User

#: What an act does: the debts that move, and the other lines of the books.
Post = Callable[[Delivery, Standing], tuple[list[Move], list[Planned]]]


def confirm(*, delivery: Delivery, kind: str, by: User, on: dt.date, post: Post = debts.paid) -> Delivery:
    """Confirm an act for its receiver, in its caller's transaction: one event, an entry in both books.

    `kind` is what the journal calls it.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    agreement, receiver = delivery.agreement, delivery.receiver
    require_confirm(by=by, organization=receiver, on=on)
    if delivery.state == DeliveryState.CONFIRMED:
        return delivery
    stands = in_money(agreement=agreement)
    moves, others = post(delivery, stands)
    lines = [*debts.moved(delivery, stands, moves), *others]
    delivery.event = debts.posted(delivery, lines, kind=kind, memo=agreement.title, by=by, on=on)
    delivery.state = DeliveryState.CONFIRMED
    with refusals.from_database():
        delivery.save(update_fields=["event", "state"])
    remember(agreement=agreement, verb=Verb.CONFIRMED, by=by, organization=receiver, on=on, delivery=delivery)
    return delivery
