"""A shared press as steps that tests take: the print shop holds it, half of it is the mill's, the textile shop uses it.

The print shop (Ana, Beto) holds it; the mill (Mario, Nora) owns a part; the textile cooperative (Carla) only uses it.
"""

import datetime as dt
import uuid
from typing import Any

from ledger.actions import agreements, bookings, deliveries, machines, reversals
from ledger.actions.deliveries import Papers
from ledger.actions.machines import Price, SharedMachine
from ledger.models import Agreement, Delivery, MachineBooking
from network.models import Organization
from tests.cast import Cast

AGREED = dt.date(2026, 4, 1)
#: A Monday, and its morning.
DAY = dt.date(2026, 4, 6)
#: After everything else that the world of the journeys does.
STATES = dt.date(2026, 6, 15)
PAPERS = Papers(invoice="A 501")
#: An hour for those who own a part of it, and for others.
PRICE = Price(owners=6_000_00, others=9_000_00, vat_rate=2100)


def hour(at: int, *, minute: int = 0, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(at, minute))


def press(cast: Cast, **changes: Any) -> SharedMachine:
    """Return the terms: two parts are the print shop's, one the mill's."""
    told = {
        "holder": cast.grafica.organization,
        "name": "Prensa de preimpresión",
        "place": "Nave 2",
        "owners": [(cast.grafica.organization, 2), (cast.molino.organization, 1)],
        "users": [cast.textil.organization],
        "price": PRICE,
        "agreed_on": AGREED,
    }
    return SharedMachine(**(told | changes))


def propose(cast: Cast, machine: SharedMachine | None = None, *, by=None, key=None) -> Agreement:
    told = {"key": key or uuid.uuid4(), "machine": machine or press(cast), "by": by or cast.ana, "on": AGREED}
    return machines.propose(**told)


def accepted(cast: Cast, machine: SharedMachine | None = None) -> Agreement:
    agreement = propose(cast, machine)
    for who, by in ((cast.molino.organization, cast.mario), (cast.textil.organization, cast.carla)):
        if agreement.parties.filter(organization=who).exists():
            agreement = agreements.sign(agreement=agreement, organization=who, by=by, on=AGREED)
    return agreement


def book(
    agreement: Agreement, cast: Cast, of: Organization, starts: dt.datetime, ends: dt.datetime, **how: Any
) -> MachineBooking:
    by = {
        cast.grafica.organization: cast.beto,
        cast.molino.organization: cast.nora,
        cast.textil.organization: cast.carla,
    }[of]
    told = {"key": uuid.uuid4(), "by": by, "at": hour(6, day=AGREED)} | how
    return bookings.book(agreement=agreement, organization=of, starts=starts, ends=ends, **told)


def booked(agreement: Agreement, cast: Cast, of: Organization, starts: int = 8, ends: int = 12, **how: Any):
    """Book hours of the day, and let the holder agree."""
    day = how.pop("day", DAY)
    booking = book(agreement, cast, of, hour(starts, day=day), hour(ends, day=day), **how)
    return bookings.agree(booking=booking, by=cast.beto, on=AGREED)


def tell(booking: MachineBooking, cast: Cast, minutes: int, **how: Any) -> Delivery:
    day = dt.date(1970, 1, 1) + dt.timedelta(minutes=booking.starts)
    told = {"key": uuid.uuid4(), "teller": cast.grafica.organization, "papers": PAPERS, "by": cast.beto}
    return bookings.tell(booking=booking, minutes=minutes, **(told | {"at": hour(20, day=day)} | how))


def confirm(delivery: Delivery, cast: Cast, *, on: dt.date | None = None) -> Delivery:
    officers = {
        cast.grafica.organization: cast.ana,
        cast.molino.organization: cast.mario,
        cast.textil.organization: cast.carla,
    }
    return bookings.confirm(delivery=delivery, by=officers[delivery.receiver], on=on or delivery.happened_on)


def used(agreement: Agreement, cast: Cast, of: Organization, minutes: int, **how: Any) -> Delivery:
    return confirm(tell(booked(agreement, cast, of, **how), cast, minutes), cast)


def pay(agreement: Agreement, cast: Cast, giver: Organization, receiver: Organization, amount: int) -> Delivery:
    by = {cast.grafica.organization: cast.ana, cast.molino.organization: cast.mario}.get(giver, cast.carla)
    told = {"key": uuid.uuid4(), "happened_on": DAY, "papers": PAPERS, "on": DAY, "amount": amount, "by": by}
    return confirm(deliveries.log_payment(agreement=agreement, giver=giver, receiver=receiver, **told), cast)


def every_state(cast: Cast) -> dict[str, Agreement]:
    """Have the print shop (and, in `used`, the mill) hold a machine that the other books, in each state."""
    grafica, molino = cast.grafica.organization, cast.molino.organization

    def proposed(holder: Organization, by: Any) -> Agreement:
        other = molino if holder == grafica else grafica
        return propose(cast, press(cast, holder=holder, owners=(), users=[other]), by=by)

    def running(holder: Organization) -> Agreement:
        by, other, signer = (cast.ana, molino, cast.mario) if holder == grafica else (cast.mario, grafica, cast.ana)
        return agreements.sign(agreement=proposed(holder, by), organization=other, by=signer, on=AGREED)

    found = {"draft": proposed(grafica, cast.beto), "proposed": proposed(molino, cast.mario)}
    found["idle"] = running(grafica)
    found["running"] = shop = running(grafica)
    for starts in (6, 8, 10):
        book(shop, cast, molino, hour(starts, day=STATES), hour(starts + 1, day=STATES))
    first, second = shop.machine.bookings.order_by("starts")[:2]
    bookings.agree(booking=first, by=cast.beto, on=STATES)
    told = confirm(tell(first, cast, 50), cast)
    reversals.ask(delivery=told, organization=molino, reason="Eran 40.", by=cast.mario, on=STATES)
    bookings.agree(booking=second, by=cast.beto, on=STATES)
    book(shop, cast, molino, hour(8, day=dt.date(2037, 3, 2)), hour(12, day=dt.date(2037, 3, 2)))
    found["used"] = mill = running(molino)
    for starts in (8, 10):
        slot = book(mill, cast, grafica, hour(starts, day=STATES), hour(starts + 1, day=STATES))
        bookings.agree(booking=slot, by=cast.nora, on=STATES)
        use = tell(slot, cast, 60, teller=molino, by=cast.nora)
        if starts == 8:
            confirm(use, cast)
    return found
