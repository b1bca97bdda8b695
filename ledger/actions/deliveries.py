"""Deliveries and payments under an agreement: log one, say that it was not received, ask to undo it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from ledger.actions.agreements import (
    NotAtThisPoint,
    ReasonIsMissing,
    held,
    remember,
    require_confirm,
    require_log,
    require_state,
)
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.core.units import INT64_MAX
from ledger.models.agreements import (
    Agreement,
    AgreementLine,
    AgreementState,
    Delivery,
    DeliveryItem,
    DeliveryState,
    Verb,
)
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User


class NothingDelivered(DomainError):
    """A delivery has at least one quantity."""

    message = _("Write how much of at least one thing was delivered.")


class MoreThanIsLeft(DomainError):
    """No more is delivered than was agreed."""

    message = _(
        "More of “%(thing)s” than is left to deliver. Log what was agreed, and make a new agreement for the rest."
    )


class NotInTheAgreement(DomainError):
    """Only agreed things are delivered, by whoever promised them."""

    message = _("That is not among the things that %(organization)s gives in this agreement.")


class DeliveredBeforeAgreed(DomainError):
    """A delivery is not earlier than its agreement."""

    message = _("The delivery is earlier than the agreement. Check the day.")


class DeliveredInTheFuture(DomainError):
    """Only what was delivered is logged."""

    message = _("That day has not come yet. Log the delivery once it has happened.")


class AmountAboveZero(DomainError):
    """A payment has an amount."""

    message = _("Write an amount above zero.")


class DeliveryAlreadyAnswered(DomainError):
    """A delivery is answered once."""

    message = _("This delivery is “%(state)s”. Open the agreement again to see what has happened.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The numbers of the papers that travel with a delivery: remito and factura."""

    delivery_note: str = ""
    invoice: str = ""


@transaction.atomic
def log(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    giver: Organization,
    quantities: Mapping[int, int],
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
    note: str = "",
) -> Delivery:
    """Write down what was handed over, by agreed line (minor units); it counts once the receiver confirms it.

    :raises NotForYouToDo: if the person is not of the giver.
    :raises NothingDelivered, NotInTheAgreement, MoreThanIsLeft: if the quantities are not right.
    :raises DeliveredBeforeAgreed, DeliveredInTheFuture: if the day is not.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_log(by=by, organization=giver, on=on)
    agreement = held(agreement)
    told = {"agreement": agreement, "giver": giver, "money": None, "happened_on": happened_on, **_numbers(papers)}
    if (earlier := _logged_before(key, told, quantities)) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    _check_day(agreement, happened_on, on=on)
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    write_items(delivery, quantities)
    remember(agreement=agreement, verb=Verb.DELIVERED, by=by, organization=giver, on=on, delivery=delivery, note=note)
    return delivery


def _logged_before(key: uuid.UUID, told: Mapping[str, Any], quantities: Mapping[int, int]) -> Delivery | None:
    """Return what the same form with the same content made the first time that it was sent."""
    earlier = Delivery.objects.filter(key=key).first()
    if earlier is None:
        return None
    items = dict(earlier.items.values_list("line", "quantity"))
    wanted = {line: quantity for line, quantity in quantities.items() if quantity}
    if items != wanted or any(getattr(earlier, name) != value for name, value in told.items()):
        raise KeyWasUsedForSomethingElse
    return earlier


def note(
    *,
    agreement: Agreement,
    giver: Organization,
    quantities: Mapping[int, int],
    happened_on: dt.date,
    papers: Papers,
    noted_for: Organization,
    by: User,
    on: dt.date,
) -> Delivery:
    """Write down a delivery that lies behind when its agreement is written down, whoever gave.

    It waits as any other: the partner accepts the agreement with the deliveries that it tells of, and each receiver
    then confirms.
    """
    delivery = Delivery.objects.create(
        key=uuid.uuid4(), agreement=agreement, giver=giver, happened_on=happened_on, logged_by=by, **_numbers(papers)
    )
    write_items(delivery, quantities)
    remember(agreement=agreement, verb=Verb.DELIVERED, by=by, organization=noted_for, on=on, delivery=delivery)
    return delivery


def write_items(delivery: Delivery, quantities: Mapping[int, int]) -> None:
    """Write the delivered lines, none of them beyond what is left of what was agreed."""
    wanted = {line: quantity for line, quantity in quantities.items() if quantity}
    if not wanted:
        raise NothingDelivered
    lines = {line.pk: line for line in AgreementLine.objects.filter(agreement=delivery.agreement_id)}
    for number, quantity in wanted.items():
        line = lines.get(number)
        if line is None or line.giver_id != delivery.giver_id:
            raise NotInTheAgreement(organization=delivery.giver.name)
        if not 0 < quantity <= line.quantity - _spoken_for(line):
            raise MoreThanIsLeft(thing=line.thing)
        DeliveryItem.objects.create(delivery=delivery, line=line, quantity=quantity)


def _spoken_for(line: AgreementLine) -> int:
    """Return how much of a line was delivered or waits for its confirmation."""
    counted = [DeliveryState.LOGGED, DeliveryState.CONFIRMED]
    return line.items.filter(delivery__state__in=counted).aggregate(all=Sum("quantity"))["all"] or 0


@transaction.atomic
def log_payment(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    giver: Organization,
    amount: int,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
) -> Delivery:
    """Write down money that was paid under the agreement; it counts once the receiver confirms it.

    :raises AmountAboveZero: if it is not.
    """
    require_log(by=by, organization=giver, on=on)
    agreement = held(agreement)
    told = {"agreement": agreement, "giver": giver, "money": amount, "happened_on": happened_on, **_numbers(papers)}
    if (earlier := _logged_before(key, told, {})) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    if not 0 < amount <= INT64_MAX:
        raise AmountAboveZero
    _check_day(agreement, happened_on, on=on)
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    remember(agreement=agreement, verb=Verb.PAID, by=by, organization=giver, on=on, delivery=delivery)
    return delivery


def _check_day(agreement: Agreement, happened_on: dt.date, *, on: dt.date) -> None:
    if happened_on > on:
        raise DeliveredInTheFuture
    if happened_on < agreement.agreed_on:
        raise DeliveredBeforeAgreed


def _numbers(papers: Papers) -> dict[str, str]:
    return {"delivery_note": papers.delivery_note.strip()[:40], "invoice": papers.invoice.strip()[:40]}


def answerable(delivery: Delivery, *states: DeliveryState) -> Delivery:
    """Return the delivery as it is now, with its agreement held, if it is in one of these states.

    :raises DeliveryAlreadyAnswered: if it is in another.
    """
    # The agreement first, as everywhere: nobody who holds a delivery waits for its agreement.
    rows = Delivery.objects.select_for_update(of=("agreement", "self"))
    now = rows.select_related("agreement__proposer", "agreement__partner").get(pk=delivery.pk)
    require_state(now.agreement, AgreementState.ACCEPTED, AgreementState.SETTLED)
    if now.state not in states:
        raise DeliveryAlreadyAnswered(state=now.get_state_display())
    return now


@transaction.atomic
def reject(*, delivery: Delivery, reason: str, by: User, on: dt.date) -> Delivery:
    """Say for the receiver that it was not received so; nothing is posted, and the giver may log it anew.

    :raises ReasonIsMissing: if nothing is said.
    :raises DeliveryAlreadyAnswered: if it was confirmed meanwhile.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED)
    receiver = delivery.agreement.other(delivery.giver)
    require_log(by=by, organization=receiver, on=on)
    if not reason.strip():
        raise ReasonIsMissing
    delivery.state = DeliveryState.REJECTED
    delivery.save()
    _remember(delivery, Verb.REJECTED, receiver, by=by, on=on, note=reason.strip())
    return delivery


def _remember(
    delivery: Delivery, verb: Verb, organization: Organization, *, by: User, on: dt.date, note: str = ""
) -> None:
    agreement = delivery.agreement
    remember(agreement=agreement, verb=verb, by=by, organization=organization, on=on, delivery=delivery, note=note)


@transaction.atomic
def ask_reversal(*, delivery: Delivery, organization: Organization, reason: str, by: User, on: dt.date) -> Delivery:
    """Ask the other side to undo a confirmed delivery: as nothing is owed until both say so, nothing is undone either.

    :raises NoMandateToday: if the person cannot bind the organization.
    :raises ReasonIsMissing: if nothing is said.
    """
    delivery = answerable(delivery, DeliveryState.CONFIRMED)
    if organization.pk not in {delivery.agreement.proposer_id, delivery.agreement.partner_id}:
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
    answering = delivery.agreement.other(asked)
    require_confirm(by=by, organization=answering, on=on)
    delivery.reversal_asked_by = None
    delivery.reversal_reason = ""
    delivery.save()
    _remember(delivery, Verb.KEPT, answering, by=by, on=on)
    return delivery
