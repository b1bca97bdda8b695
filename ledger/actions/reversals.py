"""Undo what was confirmed under an agreement: one side asks, the other agrees or keeps it as it is."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import journal
from ledger.actions.agreements import NotAtThisPoint, ReasonIsMissing, remember, require_confirm
from ledger.actions.deliveries import DeliveryAlreadyAnswered, answerable
from ledger.models.agreements import AgreementState
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.history import Verb
from network.models.organizations import Organization
from network.models.people import User


@transaction.atomic
def ask(*, delivery: Delivery, organization: Organization, reason: str, by: User, on: dt.date) -> Delivery:
    """Ask the other side to undo a confirmed delivery: as nothing is owed until both say so, nothing is undone either.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises ReasonIsMissing: if nothing is said.
    """
    delivery = answerable(delivery, DeliveryState.CONFIRMED)
    if organization.pk not in {delivery.giver_id, delivery.receiver_id}:
        raise NotAtThisPoint(state=delivery.agreement.get_state_display())
    require_confirm(by=by, organization=organization, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    if delivery.reversal_asked_by_id is not None:
        raise DeliveryAlreadyAnswered(state=_("Reversal asked for"))
    delivery.reversal_asked_by = organization
    delivery.reversal_reason = reason.strip()[:200]
    delivery.save()
    _remember(delivery, Verb.ASKED_REVERSAL, organization, by=by, on=on, note=reason.strip())
    return delivery


@transaction.atomic
def keep(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Say no to a reversal that the other side asked for: the delivery stands."""
    delivery = answerable(delivery, DeliveryState.CONFIRMED)
    asked = delivery.reversal_asked_by
    if asked is None:
        raise DeliveryAlreadyAnswered(state=delivery.get_state_display())
    answering = delivery.other(asked)
    require_confirm(by=by, organization=answering, on=on)
    delivery.reversal_asked_by = None
    delivery.reversal_reason = ""
    delivery.save()
    _remember(delivery, Verb.KEPT, answering, by=by, on=on)
    return delivery


@transaction.atomic
def agree(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Undo a delivery that the other side asked to undo: a reversal in both books, dated today.

    :raises NoMandateToday: if the person cannot bind the side that answers.
    :raises ClaimWouldGoBelowZero: if what it left owed was settled since: undo the later delivery first.
    """
    delivery = answerable(delivery, DeliveryState.CONFIRMED)
    agreement, asked = delivery.agreement, delivery.reversal_asked_by
    if asked is None:
        raise DeliveryAlreadyAnswered(state=delivery.get_state_display())
    answering = delivery.other(asked)
    require_confirm(by=by, organization=answering, on=on)
    if delivery.event is not None:
        journal.reverse(
            event=delivery.event,
            key=uuid.uuid5(delivery.key, "reversal"),
            reason=delivery.reversal_reason,
            on=on,
            by=by,
            confirmed_by=by,
        )
    delivery.state = DeliveryState.REVERSED
    delivery.save()
    agreement.state = AgreementState.ACCEPTED
    agreement.settled_on = None
    agreement.save()
    _remember(delivery, Verb.REVERSED, answering, by=by, on=on)
    return delivery


def _remember(
    delivery: Delivery, verb: Verb, organization: Organization, *, by: User, on: dt.date, note: str = ""
) -> None:
    agreement = delivery.agreement
    remember(agreement=agreement, verb=verb, by=by, organization=organization, on=on, delivery=delivery, note=note)
