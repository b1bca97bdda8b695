"""Play a shared machine of the demo network: a press for plates, of two owners, that a third books, too."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ledger.actions import agreements, bookings, machines
from ledger.actions.deliveries import Papers
from ledger.actions.demo_barters import NAMESPACE, Member
from ledger.actions.machines import Price, SharedMachine
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.machines import MachineBooking

HOLDER, OWNER, USER = "grafica-barracas", "imprenta-el-puente", "cartones-parana"


class Press:
    """The press and the print shop of the bridge own it; the makers of cardboard use it by the hour."""

    def __init__(self, members: Mapping[str, Member], *, until: dt.date) -> None:
        self.members, self.until = members, until
        self.agreement: Agreement
        self.told: Delivery

    def steps(self) -> Iterator[tuple[dt.date, Callable[[], object]]]:
        """Yield what happens, each with its day; the last use waits for its answer, and a booking for its yes."""
        for ago, act, told in (
            (40, self.propose, {}),
            (39, self.sign, {"by": OWNER}),
            (38, self.sign, {"by": USER}),
            (22, self.use, {"by": OWNER, "minutes": 190}),
            (21, self.confirm, {"by": OWNER}),
            (15, self.use, {"by": USER, "minutes": 120}),
            (14, self.confirm, {"by": USER}),
            (2, self.use, {"by": USER, "minutes": 95}),
            (1, self.book, {"by": OWNER, "ahead": 4}),
        ):
            yield self.until - dt.timedelta(days=ago), partial(act, on=self.until - dt.timedelta(days=ago), **told)

    def propose(self, *, on: dt.date) -> None:
        """Write down whose it is, and what an hour costs."""
        us = self.members[HOLDER]
        self.agreement = machines.propose(
            key=uuid.uuid5(NAMESPACE, "shared press"),
            machine=SharedMachine(
                holder=us.organization,
                name="Filmadora de chapas",
                place="Planta baja, sala de preimpresión",
                owners=[(us.organization, 2), (self.members[OWNER].organization, 1)],
                users=[self.members[USER].organization],
                price=Price(owners=7_000_00, others=11_000_00, vat_rate=2100),
                agreed_on=on,
                resolution="Acta de asamblea 19",
            ),
            by=us.treasurer,
            on=on,
        )

    def sign(self, *, by: str, on: dt.date) -> None:
        """Say yes for another."""
        us = self.members[by]
        agreements.sign(agreement=self.agreement, organization=us.organization, by=us.treasurer, on=on)

    def book(self, *, by: str, on: dt.date, ahead: int = 0) -> MachineBooking:
        """Book the morning of a day."""
        us, day = self.members[by], on + dt.timedelta(days=ahead)
        return bookings.book(
            agreement=self.agreement,
            key=uuid.uuid5(NAMESPACE, f"press booked {(self.until - day).days}"),
            organization=us.organization,
            starts=dt.datetime.combine(day, dt.time(8)),
            ends=dt.datetime.combine(day, dt.time(12)),
            what="Chapas para tapas",
            by=us.treasurer,
            at=dt.datetime.combine(on, dt.time(7)),
        )

    def use(self, *, by: str, minutes: int, on: dt.date) -> None:
        """Book it for today, and tell in the evening for how long it was used."""
        us = self.members[HOLDER]
        self.told = bookings.tell(
            booking=bookings.agree(booking=self.book(by=by, on=on), by=us.treasurer, on=on),
            key=uuid.uuid5(NAMESPACE, f"press used {(self.until - on).days}"),
            teller=us.organization,
            minutes=minutes,
            papers=Papers(invoice=f"A 0004-0000{on:%m%d}"),
            by=us.treasurer,
            at=dt.datetime.combine(on, dt.time(18)),
        )

    def confirm(self, *, by: str, on: dt.date) -> None:
        """Confirm what was told last."""
        bookings.confirm(delivery=self.told, by=self.members[by].treasurer, on=on)
