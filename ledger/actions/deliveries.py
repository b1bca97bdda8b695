"""Deliveries and payments under an agreement: log one, say that it was not received, ask to undo it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from ledger.actions import positions
from ledger.actions.agreements import ReasonIsMissing, held, party, remember, require_log, require_state
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.core.papers import full_number
from ledger.core.units import INT64_MAX
from ledger.models.agreements import Agreement, AgreementLine, AgreementState
from ledger.models.deliveries import Act, Delivery, DeliveryItem, DeliveryState
from ledger.models.history import Verb
from ledger.models.units import Unit
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


class OneReceiverAtATime(DomainError):
    """Each receiver confirms what it received."""

    message = _("These things go to different cooperatives. Log a delivery for each of them.")


class PaidToNobody(DomainError):
    """Money goes from one of those who agree to another."""

    message = _("Choose which of the other cooperatives was paid.")


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
    worths: Mapping[int, int] | None = None,
) -> Delivery:
    """Write down what was handed over, by agreed line (minor units); it counts once the receiver confirms it.

    `worths` says, by line, what it is worth today without VAT, where that is another price than the agreed one.

    :raises NotForYouToDo: if the person is not of the giver.
    :raises NothingDelivered, NotInTheAgreement, MoreThanIsLeft: if the quantities are not right.
    :raises DeliveredBeforeAgreed, DeliveredInTheFuture: if the day is not.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_log(by=by, organization=giver, on=on)
    agreement = held(agreement)
    told = {"agreement": agreement, "giver": giver, "money": None, "happened_on": happened_on, **numbers(papers)}
    if (earlier := logged_before(key, told, quantities, worths)) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    told["receiver"] = _receiver(agreement, giver, quantities)
    check_day(agreement, happened_on, on=on)
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    write_items(delivery, quantities, worths or {})
    remember(agreement=agreement, verb=Verb.DELIVERED, by=by, organization=giver, on=on, delivery=delivery, note=note)
    return delivery


def logged_before(
    key: uuid.UUID, told: Mapping[str, Any], quantities: Mapping[int, int], worths: Mapping[int, int] | None = None
) -> Delivery | None:
    """Return what the same form with the same content made the first time that it was sent."""
    if (earlier := Delivery.objects.filter(key=key).first()) is None:
        return None
    items = dict(earlier.items.values_list("line", "quantity"))
    wanted = {line: quantity for line, quantity in quantities.items() if quantity}
    # Once it is confirmed every item has its worth: those that were named are compared.
    priced = {item.line_id: item.worth for item in earlier.items.all() if item.line_id in (worths or {})}
    is_other = any(getattr(earlier, name) != value for name, value in told.items())
    if is_other or items != wanted or priced != (worths or {}):
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
        key=uuid.uuid4(),
        agreement=agreement,
        giver=giver,
        receiver=_receiver(agreement, giver, quantities),
        happened_on=happened_on,
        logged_by=by,
        **numbers(papers),
    )
    write_items(delivery, quantities)
    remember(agreement=agreement, verb=Verb.DELIVERED, by=by, organization=noted_for, on=on, delivery=delivery)
    return delivery


def _receiver(agreement: Agreement, giver: Organization, quantities: Mapping[int, int]) -> Organization:
    """Return who receives these lines: one delivery goes to one of the others."""
    numbers = [line for line, quantity in quantities.items() if quantity]
    if not numbers:
        raise NothingDelivered
    found = AgreementLine.objects.filter(agreement=agreement, giver=giver, pk__in=numbers).select_related("receiver")
    receivers = {line.receiver for line in found}
    if len(found) < len(numbers):
        raise NotInTheAgreement(organization=giver.name)
    if len(receivers) > 1:
        raise OneReceiverAtATime
    return receivers.pop()


def write_items(delivery: Delivery, quantities: Mapping[int, int], worths: Mapping[int, int] | None = None) -> None:
    """Write the delivered lines, none of them beyond what is left of what was agreed."""
    wanted = {line: quantity for line, quantity in quantities.items() if quantity}
    lines = {line.pk: line for line in AgreementLine.objects.filter(agreement=delivery.agreement_id)}
    for number, quantity in wanted.items():
        line = lines.get(number)
        if line is None or line.giver_id != delivery.giver_id:
            raise NotInTheAgreement(organization=delivery.giver.name)
        if not 0 < quantity <= line.quantity - _spoken_for(line):
            raise MoreThanIsLeft(thing=line.thing)
        worth = (worths or {}).get(number)
        if worth is not None and not 0 < worth <= INT64_MAX:
            raise AmountAboveZero
        DeliveryItem.objects.create(delivery=delivery, line=line, quantity=quantity, worth=worth)


def _spoken_for(line: AgreementLine) -> int:
    """Return how much of a line was delivered, will not be, or waits for its confirmation."""

    def told(act: Act, *states: DeliveryState, what: str = "quantity") -> int:
        found = line.items.filter(delivery__act=act, delivery__state__in=states)
        return found.aggregate(all=Sum(what))["all"] or 0

    confirmed, waiting = DeliveryState.CONFIRMED, (DeliveryState.LOGGED, DeliveryState.CONFIRMED)
    less = told(Act.RETURN, confirmed) + told(Act.CHANGE, confirmed, what="difference")
    return told(Act.GOODS, *waiting) + told(Act.SHORTFALL, *waiting) - less


@transaction.atomic
def log_payment(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    giver: Organization,
    receiver: Organization,
    amount: int,
    happened_on: dt.date,
    papers: Papers,
    by: User,
    on: dt.date,
    credit: Unit | None = None,
) -> Delivery:
    """Write down money, or `credit` at par with it, that was paid; it counts once the receiver confirms it.

    :raises AmountAboveZero, PaidToNobody: if it is not, or its receiver is not one of the others who agree.
    :raises NoPosition, NotAtPar, BeyondItsLimit, MoreThanIsOwed: if it is in credit, and cannot be.
    """
    require_log(by=by, organization=giver, on=on)
    agreement = held(agreement)
    party(agreement, giver)
    told = {"agreement": agreement, "giver": giver, "receiver": receiver, "act": Act.MONEY, "money": amount}
    told |= {"happened_on": happened_on, "credit": credit, **numbers(papers)}
    if (earlier := logged_before(key, told, {})) is not None:
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    if giver == receiver or not agreement.parties.filter(organization=receiver).exists():
        raise PaidToNobody
    if not 0 < amount <= INT64_MAX:
        raise AmountAboveZero
    check_day(agreement, happened_on, on=on)
    if credit is not None:
        positions.require_payable(unit=credit, agreement=agreement, giver=giver, receiver=receiver, amount=amount)
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    remember(agreement=agreement, verb=Verb.PAID, by=by, organization=giver, on=on, delivery=delivery)
    return delivery


def check_day(agreement: Agreement, happened_on: dt.date, *, on: dt.date) -> None:
    """Refuse a day that has not come yet, or on which nothing was agreed.

    :raises DeliveredInTheFuture, DeliveredBeforeAgreed: as named.
    """
    if happened_on > on:
        raise DeliveredInTheFuture
    if happened_on < agreement.agreed_on:
        raise DeliveredBeforeAgreed


def numbers(papers: Papers) -> dict[str, str]:
    """Return the numbers of papers as the table holds them."""
    note, invoice = papers.delivery_note.strip()[:40], papers.invoice.strip()[:40]
    return {"delivery_note": note, "invoice": invoice, "invoice_number": full_number(invoice)}


def answerable(delivery: Delivery, *states: DeliveryState) -> Delivery:
    """Return the delivery as it is now, with its agreement held, if it is in one of these states.

    :raises DeliveryAlreadyAnswered: if it is in another.
    """
    # The agreement first, as everywhere: nobody who holds a delivery waits for its agreement.
    rows = Delivery.objects.select_for_update(of=("agreement", "self"))
    now = rows.select_related("agreement", "giver", "receiver").get(pk=delivery.pk)
    require_state(now.agreement, AgreementState.ACCEPTED, AgreementState.SETTLED)
    if now.state not in states:
        raise DeliveryAlreadyAnswered(state=now.get_state_display())
    return now


@transaction.atomic
def reject(*, delivery: Delivery, reason: str, by: User, on: dt.date) -> Delivery:
    """Say for the receiver that it was not received so; nothing is posted, and the giver may log it anew.

    :raises ReasonIsMissing, DeliveryAlreadyAnswered: if nothing is said, or it was confirmed meanwhile.
    """
    delivery = answerable(delivery, DeliveryState.LOGGED)
    said: dict[str, Any] = {"by": by, "organization": delivery.receiver, "on": on}
    require_log(**said)
    if not reason.strip():
        raise ReasonIsMissing
    delivery.state = DeliveryState.REJECTED
    delivery.save()
    remember(agreement=delivery.agreement, verb=Verb.REJECTED, delivery=delivery, note=reason.strip(), **said)
    return delivery
