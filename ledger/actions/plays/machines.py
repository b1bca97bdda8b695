"""Steps of scenarios: a shared machine, from the first word to the last hour."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ledger.actions import agreements, bookings, machines
from ledger.actions.machines import Price, SharedMachine
from ledger.actions.plays.barter import Handed
from ledger.actions.plays.stage import Act, Play, Stage, day_of
from ledger.core.scenarios import told
from ledger.core.shapes import DAY, HOUR, NAME, NUMBER, RATE, TEXT, many, one_of, rows, within
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.machines import MachineBooking
from network.models.organizations import Organization
from network.models.people import User
from network.models.resolutions import Resolution

#: The hour at which a scenario's people write things down, in minutes after midnight: before work begins.
MORNING = 5 * 60


def at(day: dt.date, minutes: int) -> dt.datetime:
    """Return the hour of a day that is so many minutes after midnight."""
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)


@dataclass(frozen=True, kw_only=True)
class PartOwned:
    """Whose so many parts of a machine are."""

    party: str = told(NAME, "The code of whoever owns them.")
    parts: int = told(within(1, 1_000_000), "How many.")


@dataclass(frozen=True, kw_only=True)
class ShareMachine(Act):
    """Let others use a machine, a room or a vehicle. Written by an officer, it is signed for the holder by that."""

    verb = "agree: machine"
    makes = Agreement
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    holder: str = told(NAME, "The code of whoever it is with.")
    title: str = told(TEXT, "What it is.")
    place: str = told(TEXT, "Where it stands.", default="")
    owners: tuple[PartOwned, ...] = told(rows(PartOwned), "Whose it is, if not the holder's alone.", default=())
    users: tuple[str, ...] = told(many(NAME), "The codes of those who may use it, too.", default=())
    price: Decimal = told(NUMBER, "What an hour costs, without VAT; 0 is for nothing.")
    for_owners: Decimal | None = told(NUMBER, "What it costs owners, if that is another price.", default=None)
    vat: int | None = told(RATE, "The VAT on it, in per cent; without it, none is charged.", default=None)
    bookings: str = told(one_of("asked", "automatic"), "Whether the holder says yes to each booking.", default="asked")
    agreed: dt.date | None = told(DAY, "The day of the agreement, if it was earlier.", default=None)
    resolution: str = told(TEXT, "The act that allows it, as text.", default="")
    signed_by: tuple[str, ...] = told(many(NAME), "Officers of the others, who sign on the same day.", default=())

    def act(self, stage: Stage, by: User) -> None:
        unit = stage.book(self.holder, self).unit
        price = stage.minor(self.price, unit, self)
        owners = price if self.for_owners is None else stage.minor(self.for_owners, unit, self)
        machine = SharedMachine(
            holder=stage.organization(self.holder, self),
            name=self.title,
            place=self.place,
            owners=[(stage.organization(each.party, self), each.parts) for each in self.owners],
            users=[stage.organization(code, self) for code in self.users],
            price=Price(owners=owners, others=price, vat_rate=self.vat),
            is_automatic=self.bookings == "automatic",
            agreed_on=day_of(self.agreed, self),
            resolution=self.resolution,
        )
        agreement = machines.propose(key=stage.key(self), machine=machine, by=by, on=self.on)
        stage.keep(self.name, agreement, self)
        for name in self.signed_by if not stage.is_again else ():
            signer = stage.person(name, self)
            agreements.sign(agreement=agreement, organization=stage.homes[signer.pk], by=signer, on=self.on)


@dataclass(frozen=True, kw_only=True)
class NewPrice(Act):
    """Note what an hour costs from a day on, as the holder's assembly decided."""

    verb = "machine_price"
    subject = "agreement"
    agreement: str = told(NAME, "The agreement, by its name.")
    price: Decimal = told(NUMBER, "What an hour costs, without VAT.")
    for_owners: Decimal | None = told(NUMBER, "What it costs owners, if that is another price.", default=None)
    vat: int | None = told(RATE, "The VAT on it, in per cent.", default=None)
    since: dt.date = told(DAY, "From which day.")
    allowed_by: str = told(NAME, "The resolution, by its name in the scenario.", default="")

    def act(self, stage: Stage, by: User) -> None:
        agreement = stage.get(Agreement, self.agreement, self)
        price = stage.minor(self.price, agreement.unit, self)
        owners = price if self.for_owners is None else stage.minor(self.for_owners, agreement.unit, self)
        machines.set_price(
            agreement=agreement,
            price=Price(owners=owners, others=price, vat_rate=self.vat),
            since=self.since,
            resolution=stage.get(Resolution, self.allowed_by, self) if self.allowed_by else None,
            by=by,
            on=self.on,
        )


@dataclass(frozen=True, kw_only=True)
class Book(Act):
    """Book hours of a machine; it holds once the holder says yes, or at once where that was agreed."""

    verb = "book"
    subject = "agreement"
    makes = MachineBooking
    agreement: str = told(NAME, "The agreement, by its name.")
    name: str = told(NAME, "A name for it: later steps speak of it so.", key="as")
    side: str = told(NAME, "The code of whoever books, if it is not that of the person.", key="for", default="")
    day: dt.date = told(DAY, "On which day.")
    starts: int = told(HOUR, "From which hour.", key="from")
    ends: int = told(HOUR, "To which hour.", key="to")
    what: str = told(TEXT, "What for.", default="")
    agreed_by: str = told(NAME, "Somebody of the holder who says yes on the same day.", default="")

    def act(self, stage: Stage, by: User) -> None:
        booking = bookings.book(
            agreement=stage.get(Agreement, self.agreement, self),
            key=stage.key(self),
            organization=stage.side(self.side, by, self),
            starts=at(self.day, self.starts),
            ends=at(self.day, self.ends),
            what=self.what,
            by=by,
            at=at(self.on, MORNING),
        )
        if self.agreed_by and not stage.is_again:
            booking = bookings.agree(booking=booking, by=stage.person(self.agreed_by, self), on=self.on)
        stage.keep(self.name, booking, self)


@dataclass(frozen=True, kw_only=True)
class Cancel(Act):
    """Cancel a booking before it begins, or refuse it."""

    verb = "cancel"
    subject = "booking"
    booking: str = told(NAME, "The booking, by its name.")
    side: str = told(NAME, "The code of the side, if it is not that of the person.", key="for", default="")
    reason: str = told(TEXT, "What is said about it.")

    def act(self, stage: Stage, by: User) -> None:
        booking = stage.get(MachineBooking, self.booking, self)
        side = stage.side(self.side, by, self)
        bookings.cancel(booking=booking, organization=side, reason=self.reason, by=by, at=at(self.on, MORNING))


@dataclass(frozen=True, kw_only=True)
class Used(Handed):
    """Tell for how long a booked machine was really used; it is owed once the other side confirms it."""

    verb = "used"
    booking: str = told(NAME, "The booking, by its name.")
    minutes: int = told(within(1, 100_000), "For how many minutes.")

    def log(self, stage: Stage, agreement: Agreement, giver: Organization, by: User) -> Delivery:  # noqa: ARG002
        return bookings.tell(
            booking=stage.get(MachineBooking, self.booking, self),
            key=stage.key(self),
            teller=giver,
            minutes=self.minutes,
            papers=self.papers,
            by=by,
            at=at(self.on, 24 * 60 - 1),
        )


STEPS: tuple[type[Play], ...] = (ShareMachine, NewPrice, Book, Cancel, Used)
