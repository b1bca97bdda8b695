"""Answer what was told in network credit: say that it was so, or not; undo it, both agreeing."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import credited, told_acts
from ledger.actions.agreements import require_confirm
from ledger.models.credited import CreditAct, CreditKind, StockOfBuyer
from ledger.models.deliveries import DeliveryState
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class StockIsMissing(DomainError):
    """What was bought stands somewhere."""

    message = _("Say whether you bought it to work with or to sell on.")


def answerable(act: CreditAct, *states: DeliveryState) -> CreditAct:
    """Return it as it is now, held, if it is in one of these states.

    :raises DeliveryAlreadyAnswered: if it is in another.
    """
    rows = CreditAct.objects.select_related("teller", "other", "credit__issuer__unit", "resolution")
    return told_acts.answerable(rows, act, *states)


@transaction.atomic
def confirm(*, act: CreditAct, by: User, on: dt.date, stock: str = "") -> CreditAct:
    """Say for the other side that it was so: one event, an entry in each book, the network's between them.

    `stock` is where a buyer's book counts what it bought, as `StockOfBuyer`.

    :raises NoMandateToday: if the person cannot bind the other side.
    :raises DeliveryAlreadyAnswered: if it was said no to or undone; a confirmed one is returned as it is.
    :raises StockIsMissing: if a buyer does not say where it stands.
    :raises BeyondItsLimit, MembersHoldLess, PositionHasMoved, NoPosition, MayNotTrade: if it cannot be any more.
    """
    act = answerable(act, DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    require_confirm(by=by, organization=act.other, on=on)
    if act.state == DeliveryState.CONFIRMED:
        return act
    if act.kind == CreditKind.SALE and not act.of_members:
        if stock not in StockOfBuyer.values:
            raise StockIsMissing
        act.stock = stock
    credited.require_able(act, on=on)
    return credited.post(act, by=by, on=on)


@transaction.atomic
def reject(*, act: CreditAct, reason: str, by: User, on: dt.date) -> CreditAct:
    """Say for the other side that it was not so, as `told_acts.reject`."""
    act = answerable(act, DeliveryState.LOGGED)
    return told_acts.reject(act, answering=act.other, reason=reason, by=by, on=on)


@transaction.atomic
def undo(*, act: CreditAct, organization: Organization, reason: str, by: User, on: dt.date) -> CreditAct:
    """Undo it, both agreeing, as `told_acts.undo`.

    :raises CreditBeyondLimit: if what it brought was spent since.
    """
    act = answerable(act, DeliveryState.CONFIRMED)
    return told_acts.undo(act, sides=(act.teller, act.other), organization=organization, reason=reason, by=by, on=on)


@transaction.atomic
def keep(*, act: CreditAct, organization: Organization, by: User, on: dt.date) -> CreditAct:
    """Say no to undoing what the other side asked to undo."""
    act = answerable(act, DeliveryState.CONFIRMED)
    return told_acts.keep(act, sides=(act.teller, act.other), organization=organization, by=by, on=on)
