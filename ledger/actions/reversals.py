"""Undo what was confirmed under an agreement: one side asks, the other agrees or keeps it as it is."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ledger.actions import journal, refusals
from ledger.actions.agreements import NotAtThisPoint, ReasonIsMissing, remember, require_confirm
from ledger.actions.deliveries import DeliveryAlreadyAnswered, answerable
from ledger.models.agreements import AgreementState
from ledger.models.coproductions import SharedPart
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
    if organization not in _concerned(delivery):
        raise NotAtThisPoint(state=delivery.agreement.get_state_display())
    require_confirm(by=by, organization=organization, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    if delivery.reversal_asked_by_id is not None:
        raise DeliveryAlreadyAnswered(state=_("Reversal asked for"))
    delivery.reversal_asked_by = organization
    delivery.reversal_reason = reason.strip()[:200]
    delivery.save()
    _parts(delivery).update(undone_by=None)
    _parts(delivery).filter(organization=organization).update(undone_by=by)
    _remember(delivery, Verb.ASKED_REVERSAL, organization, by=by, on=on, note=reason.strip())
    return delivery


def _parts(delivery: Delivery) -> QuerySet[SharedPart]:
    """Return who is concerned by what several share; nobody where an act has two sides."""
    return SharedPart.objects.filter(act=delivery.pk)


def _concerned(delivery: Delivery) -> list[Organization]:
    shared = [part.organization for part in _parts(delivery).select_related("organization")]
    return shared or [delivery.giver, delivery.receiver]


def _answering(delivery: Delivery, organization: Organization | None) -> Organization:
    """Return who answers: the other side, or of several the one that is named.

    :raises DeliveryAlreadyAnswered: if nobody asked, or it was they who did.
    """
    asked, concerned = delivery.reversal_asked_by, _concerned(delivery)
    if asked is None:
        raise DeliveryAlreadyAnswered(state=delivery.get_state_display())
    others = [each for each in concerned if each != asked and organization in {None, each}]
    if not others:
        raise DeliveryAlreadyAnswered(state=_("Reversal asked for"))
    return others[0]


@transaction.atomic
def keep(*, delivery: Delivery, by: User, on: dt.date, organization: Organization | None = None) -> Delivery:
    """Say no to a reversal that another side asked for: the delivery stands."""
    delivery = answerable(delivery, DeliveryState.CONFIRMED)
    answering = _answering(delivery, organization)
    require_confirm(by=by, organization=answering, on=on)
    delivery.reversal_asked_by = None
    delivery.reversal_reason = ""
    delivery.save()
    _remember(delivery, Verb.KEPT, answering, by=by, on=on)
    return delivery


@transaction.atomic
def agree(*, delivery: Delivery, by: User, on: dt.date, organization: Organization | None = None) -> Delivery:
    """Undo a delivery that another side asked to undo: a reversal in all books, dated today.

    Of what several share each of them says so, for `organization`; the last one undoes it.

    :raises NoMandateToday: if the person cannot bind the side that answers.
    :raises MoreThanInvoiced: if the customer has paid what would be undone.
    :raises ClaimWouldGoBelowZero: if what it left owed was settled since: undo the later delivery first.
    """
    delivery = answerable(delivery, DeliveryState.CONFIRMED)
    agreement, answering = delivery.agreement, _answering(delivery, organization)
    require_confirm(by=by, organization=answering, on=on)
    _parts(delivery).filter(organization=answering).update(undone_by=by)
    if _parts(delivery).filter(undone_by=None).exists():
        _remember(delivery, Verb.SAID_SO, answering, by=by, on=on)
        return delivery
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
    with refusals.from_database():
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
