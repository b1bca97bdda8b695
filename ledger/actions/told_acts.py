"""Answers to an act that one side told of outside an agreement: say no, undo it with the other side, let it stand.

An act of this kind (in network credit, of a solidarity fund) has its state, its event once it counts, why it was said
no to or should be undone, and who asked for that.
"""

import datetime as dt
import uuid
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ledger.actions import journal
from ledger.actions.agreements import ReasonIsMissing, require_confirm, require_log
from ledger.actions.deliveries import DeliveryAlreadyAnswered
from ledger.actions.refusals_disputed import ContestedIsFrozen
from ledger.models.credited import CreditAct
from ledger.models.deliveries import DeliveryState
from ledger.models.funded import FundAct
from ledger.queries import disputes
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

Act = TypeVar("Act", CreditAct, FundAct)


class NotOfYours(DomainError):
    """Only the two sides answer."""

    message = _("%(organization)s has no part in this.")


def answerable(rows: "QuerySet[Act]", act: Act, *states: DeliveryState) -> Act:
    """Return it as it is now, held, if it is in one of these states.

    :raises DeliveryAlreadyAnswered: if it is in another.
    """
    now = rows.select_for_update(of=("self",)).get(pk=act.pk)
    if now.state not in states:
        raise DeliveryAlreadyAnswered(state=now.get_state_display())
    return now


def reject(act: Act, *, answering: Organization, reason: str, by: User, on: dt.date) -> Act:
    """Say for the side that is asked that it was not so; nothing is posted, and it may be written anew.

    :raises NotForYouToDo: if the person is not of that side.
    :raises ReasonIsMissing: if nothing is said.
    """
    require_log(by=by, organization=answering, on=on)
    act.state, act.reason = DeliveryState.REJECTED, _said(reason)
    act.save(update_fields=["state", "reason"])
    return act


def _said(reason: str) -> str:
    if not reason.strip():
        raise ReasonIsMissing
    return reason.strip()[:200]


def undo(
    act: Act,
    *,
    sides: tuple[Organization, ...],
    organization: Organization,
    reason: str,
    by: User,
    on: dt.date,
) -> Act:
    """Undo it: one side asks with a reason, the other agrees by asking for the same; alone, one undoes one's own.

    :raises NotOfYours: if the organization is none of the sides.
    :raises NoMandateToday: if the person cannot bind the organization.
    :raises ReasonIsMissing: if nothing is said by whoever asks.
    :raises DeliveryAlreadyAnswered: if the same side has asked already.
    :raises ContestedIsFrozen: if it is contested.
    """
    require_confirm(by=by, organization=_side(sides, organization), on=on)
    if disputes.is_frozen(act):
        raise ContestedIsFrozen
    asked = act.reversal_asked_by_id
    if asked == organization.pk:
        raise DeliveryAlreadyAnswered(state=_("Reversal asked for"))
    if asked is None:
        act.reason, act.reversal_asked_by = _said(reason), organization
        if len(set(sides)) > 1:
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


def _side(sides: tuple[Organization, ...], organization: Organization) -> Organization:
    if organization not in sides:
        raise NotOfYours(organization=organization.name)
    return organization


def keep(act: Act, *, sides: tuple[Organization, ...], organization: Organization, by: User, on: dt.date) -> Act:
    """Say no to undoing what the other side asked to undo.

    :raises DeliveryAlreadyAnswered: if the other side has not asked.
    """
    if act.reversal_asked_by_id in {None, organization.pk}:
        raise DeliveryAlreadyAnswered(state=act.get_state_display())
    require_confirm(by=by, organization=_side(sides, organization), on=on)
    act.reason, act.reversal_asked_by = "", None
    act.save(update_fields=["reason", "reversal_asked_by"])
    return act
