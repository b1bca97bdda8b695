"""Hours of a shared machine: booked, agreed, cancelled before they begin; what was really used, told and confirmed.

Rules: `ledger/core/machines.py`. No two bookings overlap. Either of the two tells how long the machine was used, the
other confirms it: then it is charged at the price of that day. Hours are counted in memo accounts, also where they cost
nothing.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import agreements, debts, payments, refusals
from ledger.actions.accounts import Place
from ledger.actions.agreements import held, party, remember, require_log, require_state
from ledger.actions.claims import Planned
from ledger.actions.deliveries import AmountAboveZero, Papers, check_day, numbers
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_machines import BookedAlready, UsedAsBooked
from ledger.core import machines as core
from ledger.core.debts import Move
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Act, Delivery
from ledger.models.history import Verb
from ledger.models.machines import BookingState, Machine, MachineBooking, MachineUse
from ledger.models.units import Unit
from ledger.queries import machines
from ledger.queries.barter import Standing
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

#: What the journal calls each act.
KINDS = {Act.USED: "machine_use", Act.MONEY: "machine_payment"}


class HoursAreNotRight(DomainError):
    """A booking begins later than now, and ends after that."""

    message = _("Write a day and an hour that have not passed, and an end after them: at most two weeks.")


class BookingHasBegun(DomainError):
    """What has begun is not cancelled: how long it was used is told."""

    message = _("This booking has begun. Tell how long the machine was used.")


class BookingIsAnswered(DomainError):
    """A booking is answered once."""

    message = _("This booking is “%(state)s”. Open the machine again to see what has happened.")


class OwnUseIsNotTold(DomainError):
    """The holder owes itself nothing."""

    message = _("The machine is with you: your own hours are not told, and cost nothing.")


@transaction.atomic
def book(
    *,
    agreement: Agreement,
    key: uuid.UUID,
    organization: Organization,
    starts: dt.datetime,
    ends: dt.datetime,
    what: str = "",
    by: User,
    at: dt.datetime,
) -> MachineBooking:
    """Book a machine from one hour to another, on the clock of the wall (`at` is now); the same key returns the first.

    It holds at once where the agreement says so, or where the holder's own people book it.

    :raises NotForYouToDo: if the person is not of the organization.
    :raises NotAParty, NotAtThisPoint: if the organization did not agree on it, or it does not run.
    :raises HoursAreNotRight: if the hours have passed, or do not follow each other.
    :raises BookedAlready: if somebody has booked a part of that time.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_log(by=by, organization=organization, on=at.date())
    agreement = held(agreement)
    first, last = core.minute(starts), core.minute(ends)
    row = {"organization": organization, "starts": first, "ends": last, "what": " ".join(what.split())[:80]}
    if (earlier := MachineBooking.objects.filter(key=key).first()) is not None:
        if earlier.machine_id != agreement.pk or any(getattr(earlier, name) != value for name, value in row.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    require_state(agreement, AgreementState.ACCEPTED)
    party(agreement, organization)
    if not core.minute(at) <= first < last <= first + core.BOOKING_MAX:
        raise HoursAreNotRight
    machine = Machine.objects.get(agreement=agreement)
    if machines.overlapping(machine, starts=first, ends=last).exists():
        raise BookedAlready
    is_agreed = machine.is_automatic or machine.holder_id == organization.pk
    state = BookingState.AGREED if is_agreed else BookingState.ASKED
    with refusals.from_database():
        return MachineBooking.objects.create(key=key, machine=machine, state=state, booked_by=by, **row)


def _held(booking: MachineBooking, *states: BookingState) -> MachineBooking:
    """Return a booking as it is now, with its agreement held, if it is in one of these states."""
    agreement = held(Agreement.objects.get(pk=booking.machine_id))
    require_state(agreement, AgreementState.ACCEPTED)
    rows = MachineBooking.objects.select_for_update(of=("self",)).select_related("machine__holder", "organization")
    now = rows.get(pk=booking.pk)
    if now.state not in states:
        raise BookingIsAnswered(state=now.get_state_display())
    return now


@transaction.atomic
def agree(*, booking: MachineBooking, by: User, on: dt.date) -> MachineBooking:
    """Say yes to a booking for the holder.

    :raises NotForYouToDo: if the person is not of the holder.
    :raises BookingIsAnswered: if it was refused or cancelled; one that holds is returned as it is.
    """
    booking = _held(booking, BookingState.ASKED, BookingState.AGREED)
    require_log(by=by, organization=booking.machine.holder, on=on)
    booking.state = BookingState.AGREED
    with refusals.from_database():
        booking.save(update_fields=["state"])
    return booking


@transaction.atomic
def cancel(
    *, booking: MachineBooking, organization: Organization, reason: str, by: User, at: dt.datetime
) -> MachineBooking:
    """Cancel a booking before it begins: whoever booked it, or the holder, who refuses by that what it has not agreed.

    :raises NotForYouToDo: if the person is of neither.
    :raises ReasonIsMissing: if nothing is said.
    :raises BookingHasBegun, BookingIsAnswered: if it has begun, or is no more.
    """
    booking = _held(booking, BookingState.ASKED, BookingState.AGREED)
    if organization not in {booking.organization, booking.machine.holder}:
        raise agreements.NotAParty(organization=organization.name)
    require_log(by=by, organization=organization, on=at.date())
    if not reason.strip():
        raise agreements.ReasonIsMissing
    if booking.starts <= core.minute(at):
        raise BookingHasBegun
    is_refused = booking.state == BookingState.ASKED and organization != booking.organization
    booking.state = BookingState.REFUSED if is_refused else BookingState.CANCELLED
    booking.reason, booking.ended_at = reason.strip()[:200], core.minute(at)
    with refusals.from_database():
        booking.save(update_fields=["state", "reason", "ended_at"])
    return booking


@transaction.atomic
def tell(
    *,
    booking: MachineBooking,
    key: uuid.UUID,
    teller: Organization,
    minutes: int,
    papers: Papers,
    by: User,
    at: dt.datetime,
) -> Delivery:
    """Tell how long a booked machine was really used, for one of the two; it counts once the other confirms it.

    :raises NotForYouToDo: if the person is not of the teller.
    :raises NotAParty: if the teller is neither the holder nor whoever booked it.
    :raises OwnUseIsNotTold: if the holder booked its own machine.
    :raises UsedAsBooked: if it was told before, or has not begun.
    :raises BookingAsAgreed, BookingIsAnswered: if the booking never held.
    :raises AmountAboveZero: if it was used for no time, or longer than anything is booked.
    """
    day = at.date()
    require_log(by=by, organization=teller, on=day)
    agreement = held(Agreement.objects.get(pk=booking.machine_id))
    sides = [booking.machine.holder, booking.organization]
    if teller not in sides:
        raise agreements.NotAParty(organization=teller.name)
    if sides[0] == sides[1]:
        raise OwnUseIsNotTold
    receiver = sides[1] if teller == sides[0] else sides[0]
    happened_on = core.moment(booking.starts).date()
    told = {"agreement": agreement, "act": Act.USED, "giver": teller, "receiver": receiver}
    told |= {"happened_on": happened_on, **numbers(papers)}
    if (earlier := Delivery.objects.filter(key=key).select_related("use").first()) is not None:
        is_other = any(getattr(earlier, name) != value for name, value in told.items())
        if is_other or (earlier.use.booking_id, earlier.use.minutes) != (booking.pk, minutes):
            raise KeyWasUsedForSomethingElse
        return earlier
    booking = _held(booking, BookingState.AGREED)
    check_day(agreement, happened_on, on=day)
    if not 0 < minutes <= core.BOOKING_MAX:
        raise AmountAboveZero
    if booking.starts > core.minute(at) or machines.is_told(booking):
        raise UsedAsBooked
    price = machines.price_on(booking.machine, happened_on)
    hourly = price.owners if machines.is_owner(booking.machine, booking.organization) else price.others
    amount, vat = core.cost(price=hourly, minutes=minutes, vat_rate=price.vat_rate)
    delivery = Delivery.objects.create(key=key, logged_by=by, **told)
    with refusals.from_database():
        MachineUse.objects.create(
            delivery=delivery, booking=booking, price=price, minutes=minutes, amount=amount, vat=vat
        )
    remember(agreement=agreement, verb=Verb.USED, by=by, organization=teller, on=day, delivery=delivery)
    return delivery


@transaction.atomic
def confirm(*, delivery: Delivery, by: User, on: dt.date) -> Delivery:
    """Confirm for its receiver how long the machine was used, or a payment: one event, an entry in each book.

    :raises NoMandateToday: if the person cannot bind the receiver today.
    :raises DeliveryAlreadyAnswered: if it was rejected or reversed; a confirmed one is returned as it is.
    """
    post = debts.paid if delivery.act == Act.MONEY else _used
    return payments.confirm(delivery=delivery, kind=KINDS[Act(delivery.act)], by=by, on=on, post=post)


def _used(delivery: Delivery, stands: Standing) -> tuple[list[Move], list[Planned]]:
    """Return what is owed for a use, and the other lines of all books: cost, income of each owner, VAT, hours."""
    use, machine = delivery.use, Machine.objects.get(agreement=delivery.agreement_id)
    user = use.booking.organization_id
    owners = dict(machine.owners.values_list("organization", "parts"))
    lines = core.used(
        stands.position.debts,
        core.Use(holder=machine.holder_id, user=user, amount=use.amount, vat=use.vat, owners=owners),
    )
    unit, hours = delivery.agreement.unit_id, Unit.objects.get(code="HORA").pk
    planned = [Planned(place=Place(stands.books[who], number, unit), amount=amount) for who, number, amount in lines]
    counted = core.hundredths(use.minutes)
    for who, (number, contra) in ((machine.holder_id, core.GIVEN), (user, core.RECEIVED)):
        planned += [
            Planned(place=Place(stands.books[who], number, hours), amount=counted),
            Planned(place=Place(stands.books[who], contra, hours), amount=-counted),
        ]
    return stands.position.debts.moved(), planned
