"""What the database refuses about shared machines, in sentences; `refusals` knows them with all others."""

from django.utils.translation import gettext_lazy as _

from network.errors import DomainError


class MachineOfItsOwners(DomainError):
    """Whoever holds a machine owns a part of it, and at least one more may use it."""

    message = _(
        "A shared machine has a holder, who owns all or a part of it, and at least one more who may use it; each owner"
        " is one of those who agree."
    )


class MachineStays(DomainError):
    """What was agreed and noted stays."""

    message = _("What was agreed of a machine, and what was noted of it, is not changed. Write it down anew.")


class PriceIsDecided(DomainError):
    """New prices are decided by the holder's assembly and hold from a later day."""

    message = _(
        "A new price holds from a day that is not over yet, later than that of the price before, by a resolution of the"
        " holder's own assembly."
    )


class BookedAlready(DomainError):
    """No two bookings of a machine overlap."""

    message = _("Somebody else has booked it for a part of that time. Look at the calendar, and choose another hour.")


class BookingAsAgreed(DomainError):
    """A booking is of one of those who agree, while the agreement runs, and stays as it was."""

    message = _(
        "Only those who agreed book it, while the agreement runs. To change a booking, cancel it and book anew."
    )


class UsedAsBooked(DomainError):
    """A use is of a booking, once, at the price of that day."""

    message = _("The use of a booked machine is told once, after it began, at the price of that day.")


class UsedAsTold(DomainError):
    """The books say what was told."""

    message = _("What goes into the books is not what was told of the machine. Nothing was written.")


class MachineIsOpen(DomainError):
    """It ends with nothing owed."""

    message = _("Something is still owed. It ends once that is paid.")


#: What the database calls each rule → what the user reads.
RULES: dict[str, type[DomainError]] = {
    "machine_of_its_owners": MachineOfItsOwners,
    "machine_stays": MachineStays,
    "machine_price_decided": PriceIsDecided,
    "machine_price_once_a_day": PriceIsDecided,
    "booked_already": BookedAlready,
    "booking_as_agreed": BookingAsAgreed,
    "booking_cancelled_before": BookingAsAgreed,
    "used_as_booked": UsedAsBooked,
    "used_as_told": UsedAsTold,
    "machine_ends_clear": MachineIsOpen,
}
#: Tables on which the program has no right to change what was written → what it then reads.
NO_RIGHT_ON: dict[str, type[DomainError]] = {
    "ledger_machinebooking": BookingAsAgreed,
    "ledger_machineuse": MachineStays,
}
