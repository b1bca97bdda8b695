"""Read who may trade, and how it came about."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from network.models.admissions import Admission, Leaving
from network.models.organizations import Organization
from network.models.resolutions import Resolution


@dataclass(frozen=True, slots=True)
class Standing:
    """What an organization is in the network on a day."""

    #: `admitted`, `suspended`, `left`, or `listed`: in the register, never admitted.
    code: str
    #: What made it so; none for one that is only listed.
    since: dt.date | None = None
    resolution: Resolution | None = None

    @property
    def may_trade(self) -> bool:
        """Whether it may agree on anything new."""
        return self.code == "admitted"


def of(organization: Organization) -> QuerySet[Admission]:
    """Return its admissions with what decided them, the latest first."""
    acts = ("resolution__organization", "end_resolution__organization")
    return Admission.objects.filter(organization=organization).select_related(*acts).order_by("-starts_on", "-pk")


def standing(organization: Organization, *, on: dt.date) -> Standing:
    """Return what it is on a day."""
    return standing_of(of(organization).filter(starts_on__lte=on)[:1], on=on)


def standing_of(admissions: Iterable[Admission], *, on: dt.date) -> Standing:
    """Return what an organization with these admissions, the latest first, is on a day."""
    last = next((each for each in admissions if each.starts_on <= on), None)
    if last is None:
        return Standing("listed")
    if last.until is None or last.until > on:
        return Standing("admitted", last.starts_on, last.resolution)
    return Standing("left" if last.ending == Leaving.LEFT else "suspended", last.until, last.end_resolution)


def admitted(organizations: Iterable[int], *, on: dt.date) -> set[int]:
    """Return which of these may trade on a day."""
    held = Admission.objects.in_force(on).filter(organization__in=list(organizations))
    return set(held.values_list("organization", flat=True))


def traders(*, on: dt.date) -> QuerySet[Organization]:
    """Return those who may trade on a day, by name."""
    return Organization.objects.filter(pk__in=Admission.objects.in_force(on).values("organization")).order_by("name")
