"""Read councils: each seat with whoever holds it, what is vacant, what ends soon."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from network.models.bylaws import Office, Seat
from network.models.councils import Mandate, MandateQuerySet
from network.models.organizations import Organization

#: What ends within so many days is said beforehand: the time that an assembly takes to be called.
WARNING_DAYS = 60
#: What every administrative council has, where the statute sets up nothing else (Ley 20.337, arts. 63 and 76).
USUAL = ((Office.PRESIDENT, 1), (Office.SECRETARY, 1), (Office.TREASURER, 1), (Office.INTERNAL_AUDITOR, 1))


@dataclass(frozen=True, slots=True)
class Place:
    """One seat on a day: who holds it, if anybody."""

    office: str
    number: int
    title: str
    mandate: Mandate | None
    on: dt.date
    #: Whether there are several of this office.
    is_one_of_several: bool
    #: Whether the statute sets it up, or it is only what every council has.
    is_set_up: bool
    #: Whether it is a rotating office that the statute lets speak for the body.
    speaks: bool

    @property
    def name(self) -> str:
        """What the seat is called."""
        office = self.title or str(Office(self.office).label)
        return f"{office} {self.number}" if self.is_one_of_several else office

    @property
    def ends_soon(self) -> bool:
        """Whether its mandate ends within the time of warning."""
        return self.mandate is not None and self.mandate.until <= self.on + dt.timedelta(days=WARNING_DAYS)


def places(organization: Organization, *, on: dt.date) -> list[Place]:
    """Return the seats of its council on a day: those that the statute sets up, and whatever else is held."""
    held = {(mandate.office, mandate.seat): mandate for mandate in in_force(organization, on=on)}
    seats = {(seat.office, seat.number): seat for seat in Seat.objects.filter(organization=organization)}
    keys = set(held) | (set(seats) or {(str(office), number) for office, number in USUAL})
    several = _several(keys)
    order = {office: place for place, office in enumerate(Office.values)}
    return [
        Place(
            office=office,
            number=number,
            title=seats[office, number].title if (office, number) in seats else "",
            mandate=held.get((office, number)),
            on=on,
            is_one_of_several=office in several,
            is_set_up=(office, number) in seats,
            speaks=(office, number) in seats and seats[office, number].speaks,
        )
        for office, number in sorted(keys, key=lambda key: (order[key[0]], key[1]))
    ]


def warnings(organization: Organization, *, on: dt.date) -> list[Place]:
    """Return the seats whose mandate ends soon, and the vacant ones of a council that the statute has set up."""
    return [
        place for place in places(organization, on=on) if place.ends_soon or (place.is_set_up and place.mandate is None)
    ]


def past(organization: Organization, *, on: dt.date) -> QuerySet[Mandate]:
    """Return the mandates that are over, or of which nothing came, the latest first."""
    over = Mandate.objects.filter(organization=organization).exclude(pk__in=in_force(organization, on=on).values("pk"))
    wanted = ("user", "resolution", "end_resolution", "delegate_of")
    over = over.filter(Q(starts_on__lte=on) | Q(ended_on__lt=F("starts_on")))
    return over.select_related(*wanted).order_by("-starts_on", "-pk")


def in_force(organization: Organization, *, on: dt.date) -> MandateQuerySet:
    """Return the mandates that hold on a day, with whose they are."""
    mandates = Mandate.objects.in_force(on).filter(organization=organization)
    return mandates.select_related("organization", "user", "resolution", "delegate_of")


def upcoming(organization: Organization, *, on: dt.date) -> MandateQuerySet:
    """Return the mandates that have not begun, the next first: of the coming year only, for nobody elects further."""
    mandates = Mandate.objects.filter(organization=organization, starts_on__gt=on, ended_on=None)
    return mandates.select_related("organization", "user", "resolution", "delegate_of").order_by("starts_on", "pk")


def replaceable(organization: Organization, *, on: dt.date) -> MandateQuerySet:
    """Return the mandates whose seat an alternate can take: in force, or ended before their day and not followed."""
    mandates = Mandate.objects.filter(organization=organization, starts_on__lte=on, until__gt=on)
    followed = Mandate.objects.filter(
        organization=organization, office=OuterRef("office"), seat=OuterRef("seat"), until__gt=on
    )
    later = followed.filter(Q(ended_on=None) | Q(ended_on__gt=on)).exclude(pk=OuterRef("pk"))
    return mandates.exclude(office=Office.ALTERNATE).filter(~Exists(later)).select_related("organization", "user")


def _several(keys: Iterable[tuple[str, int]]) -> set[str]:
    counted: dict[str, int] = {}
    for office, number in keys:
        counted[office] = max(counted.get(office, 0), number)
    return {office for office, most in counted.items() if most > 1}
