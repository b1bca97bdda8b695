"""Read shared machines: whose they are, who booked them, a month of the calendar, and hours used in a year."""

import calendar
import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from ledger.core import machines as core
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery, DeliveryState
from ledger.models.machines import MACHINE, BookingState, Machine, MachineBooking, MachinePrice, MachineUse
from ledger.queries import agreements
from network.models.organizations import Organization

#: A booking that takes its time from others.
HOLDING = (BookingState.ASKED, BookingState.AGREED)
LIVE = (DeliveryState.LOGGED, DeliveryState.CONFIRMED)
#: So many bookings a page names; the calendar has all of them.
SHOWN = 20

_TOLD = Exists(MachineUse.objects.filter(booking=OuterRef("pk"), delivery__state__in=LIVE))


def of_organization(organization: Organization) -> QuerySet[Agreement]:
    """Return the machines that it may use, newest first, each with its holder."""
    return agreements.of_organization(organization, kind=MACHINE).select_related("machine__holder")


def overlapping(machine: Machine, *, starts: int, ends: int) -> QuerySet[MachineBooking]:
    """Return what is booked of a stretch of time."""
    return MachineBooking.objects.filter(machine=machine, state__in=HOLDING, starts__lt=ends, ends__gt=starts)


def price_on(machine: Machine, day: dt.date) -> MachinePrice:
    """Return the price in force on a day: the newest that has begun, or the first."""
    begun = machine.prices.filter(since__lte=day).order_by("-since").first()
    return begun or machine.prices.order_by("since")[0]


def is_owner(machine: Machine, organization: Organization) -> bool:
    """Whether a part of it is the organization's."""
    return machine.owners.filter(organization=organization).exists()


def is_told(booking: MachineBooking) -> bool:
    """Whether it was told how long it was used, and nobody said no to it."""
    return booking.uses.filter(delivery__state__in=LIVE).exists()


@dataclass(frozen=True, slots=True)
class Slot:
    """A booking as the pages show it."""

    booking: MachineBooking
    #: Whether it has begun, and whether it was told how long it was used.
    has_begun: bool = False
    is_told: bool = False

    @property
    def starts(self) -> dt.datetime:
        """When it begins."""
        return core.moment(self.booking.starts)

    @property
    def ends(self) -> dt.datetime:
        """When it ends."""
        return core.moment(self.booking.ends)


def open_bookings(machine: Machine, *, at: dt.datetime) -> list[Slot]:
    """Return what is booked and not over, or over and not told yet, in the order of time; the first of them."""
    now = core.minute(at)
    # The holder's own hours are not told.
    waits = Q(ends__gt=now) | (Q(state=BookingState.AGREED) & ~Q(organization=machine.holder_id))
    found = machine.bookings.filter(~_TOLD, waits, state__in=HOLDING)
    return [
        Slot(each, has_begun=each.starts <= now)
        for each in found.select_related("organization").order_by("starts")[:SHOWN]
    ]


def to_tell(machine: Machine, organization: Organization) -> list[MachineBooking]:
    """Return what one side can tell, or will: bookings that hold, of which nobody told how long; the first of them."""
    found = machine.bookings.filter(~_TOLD, ~Q(organization=machine.holder_id), state=BookingState.AGREED)
    if organization.pk != machine.holder_id:
        found = found.filter(organization=organization)
    return list(found.select_related("organization").order_by("starts")[:SHOWN])


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar with what is booked of it."""

    day: dt.date
    slots: list[Slot]


def month(machine: Machine, *, year: int, month: int) -> list[Day]:
    """Return the days of a month, each with what is booked, in two queries."""
    days = [dt.date(year, month, number + 1) for number in range(calendar.monthrange(year, month)[1])]
    first = core.minute(dt.datetime.combine(days[0], dt.time()))
    last = core.minute(dt.datetime.combine(days[-1], dt.time())) + core.DAY
    found = overlapping(machine, starts=first, ends=last).select_related("organization").order_by("starts")
    slots = [Slot(each) for each in found]
    return [Day(day, [each for each in slots if _touches(each.booking, first + number * core.DAY)])
            for number, day in enumerate(days)]  # fmt: skip


def _touches(booking: MachineBooking, begins: int) -> bool:
    return core.overlap(booking.starts, booking.ends, begins, begins + core.DAY)


@dataclass(frozen=True, slots=True)
class Hours:
    """How long one used a machine in a year, and what that came to without VAT."""

    organization: Organization
    minutes: int
    amount: int


def hours(machine: Machine, *, year: int) -> list[Hours]:
    """Return who used it for how long in a year, as both confirmed, the longest first; in two queries."""
    of_year = Q(delivery__happened_on__gte=dt.date(year, 1, 1), delivery__happened_on__lte=dt.date(year, 12, 31))
    told = MachineUse.objects.filter(
        of_year, delivery__agreement=machine.pk, delivery__state=DeliveryState.CONFIRMED
    ).order_by()
    sums = told.values_list("booking__organization").annotate(Sum("minutes"), Sum("amount"))
    found = {organization: (minutes, amount) for organization, minutes, amount in sums}
    named = Organization.objects.in_bulk(found)
    return sorted((Hours(named[pk], *sums) for pk, sums in found.items()), key=lambda each: -each.minutes)


def deliveries(agreement: Agreement) -> QuerySet[Delivery]:
    """Return uses and payments, newest first."""
    found = agreement.deliveries.select_related(
        *("giver", "receiver", "reversal_asked_by", "giver_resolution", "credit", "use__booking__organization"),
        "use__price",
    )
    return found.prefetch_related("disputes__raised_for").order_by("-happened_on", "-pk")
