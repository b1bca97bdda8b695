"""Answer what was told in network credit: say that it was so, or not; undo it, both agreeing."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import credited, journal
from ledger.actions.agreements import ReasonIsMissing, require_confirm, require_log
from ledger.actions.deliveries import DeliveryAlreadyAnswered
from ledger.models.credited import CreditAct, CreditKind, StockOfBuyer
from ledger.models.deliveries import DeliveryState
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class StockIsMissing(DomainError):
    """What was bought stands somewhere."""

    message = _("Say whether you bought it to work with or to sell on.")


class NotOfYours(DomainError):
    """Only the two sides answer."""

    message = _("%(organization)s has no part in this.")


def answerable(act: CreditAct, *states: DeliveryState) -> CreditAct:
    """Return it as it is now, held, if it is in one of these states.

    :raises DeliveryAlreadyAnswered: if it is in another.
    """
    rows = CreditAct.objects.select_for_update(of=("self",))
    now = rows.select_related("teller", "other", "credit__issuer__unit", "resolution").get(pk=act.pk)
    if now.state not in states:
        raise DeliveryAlreadyAnswered(state=now.get_state_display())
    return now


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
    """Say for the other side that it was not so; nothing is posted, and it may be written anew.

    :raises ReasonIsMissing: if nothing is said.
    """
    act = answerable(act, DeliveryState.LOGGED)
    require_log(by=by, organization=act.other, on=on)
    act.state, act.reason = DeliveryState.REJECTED, _said(reason)
    act.save(update_fields=["state", "reason"])
    return act


def _said(reason: str) -> str:
    if not reason.strip():
        raise ReasonIsMissing
    return reason.strip()[:200]


@transaction.atomic
def undo(*, act: CreditAct, organization: Organization, reason: str, by: User, on: dt.date) -> CreditAct:
    """Undo it: one side asks with a reason, the other agrees by asking for the same; alone, one undoes one's own.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises ReasonIsMissing: if nothing is said by whoever asks.
    :raises DeliveryAlreadyAnswered: if the same side has asked already.
    :raises CreditBeyondLimit: if what it brought was spent since.
    """
    act = answerable(act, DeliveryState.CONFIRMED)
    require_confirm(by=by, organization=_side(act, organization), on=on)
    asked = act.reversal_asked_by_id
    if asked == organization.pk:
        raise DeliveryAlreadyAnswered(state=_("Reversal asked for"))
    if asked is None:
        act.reason, act.reversal_asked_by = _said(reason), organization
        if act.of_two:
            act.save(update_fields=["reason", "reversal_asked_by"])
            return act
    journal.reverse(
        event=act.event,  # type: ignore[arg-type]  # a confirmed one has its event
        key=uuid.uuid5(act.key, "reversal"),
        reason=act.reason,
        on=on,
        by=by,
        confirmed_by=by,
    )
    act.state = DeliveryState.REVERSED
    act.save(update_fields=["reason", "reversal_asked_by", "state"])
    return act


def _side(act: CreditAct, organization: Organization) -> Organization:
    if organization not in (act.teller, act.other):
        raise NotOfYours(organization=organization.name)
    return organization


@transaction.atomic
def keep(*, act: CreditAct, organization: Organization, by: User, on: dt.date) -> CreditAct:
    """Say no to undoing what the other side asked to undo."""
    act = answerable(act, DeliveryState.CONFIRMED)
    if act.reversal_asked_by_id in {None, organization.pk}:
        raise DeliveryAlreadyAnswered(state=act.get_state_display())
    require_confirm(by=by, organization=_side(act, organization), on=on)
    act.reason, act.reversal_asked_by = "", None
    act.save(update_fields=["reason", "reversal_asked_by"])
    return act
