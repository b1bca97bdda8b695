"""What all organizations that opened a page gave together: rows of a year, asked for all of them at once.

A total is made of what the page of each says, so that no small count of people can be worked out of it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger.core import hosting
from ledger.models import Contribution, HostedPeriod
from ledger.models.contributions import ChargedTo
from ledger.models.deliveries import DeliveryState
from reports.core.counts import NOBODY, Count, told
from reports.models import Opening
from reports.queries.community import MENTORING
from reports.queries.open_pages import since


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What was given, hours in hundredths; the same measures as `Given`, without its rows."""

    activities: int = 0
    sessions: int = 0
    room_hours: int = 0
    work_hours: int = 0
    mentoring_hours: int = 0
    visits: Count = NOBODY
    learners: Count = NOBODY

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An organization on the front page."""

    code: str
    name: str
    city: str
    country: str
    province: str
    province_name: str
    sector: str
    is_fictional: bool
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All that opened a page, by name, and what they gave together since a day."""

    since: dt.date
    until: dt.date
    places: tuple[Place, ...]

    @property
    def sums(self) -> Sums:
        """What all gave together."""
        return sum((place.sums for place in self.places), start=Sums())

    @property
    def by_province(self) -> dict[tuple[str, str], int]:
        """(country, letter of the province) → how many open factories are there; where no province is told, none."""
        return dict(Counter((place.country, place.province) for place in self.places if place.province))


def network(opened: Iterable[Opening], *, on: dt.date) -> Network:
    """Return the front page's figures: two questions, however many opened a page."""
    organizations = [opening.organization for opening in opened]
    of: dict[int, Sums] = {}
    activities: dict[int, set[str]] = {}
    for giver, activity, sums in _rows([each.pk for each in organizations], since(on), on):
        of[giver] = of.get(giver, Sums()) + sums
        activities.setdefault(giver, set()).add(activity)
    places = tuple(
        Place(
            code=each.code,
            name=each.name,
            city=each.city,
            country=each.country,
            province=each.province,
            province_name=each.province_name,
            sector=each.sector,
            is_fictional=each.is_fictional,
            sums=of.get(each.pk, Sums()) + Sums(activities=len(activities.get(each.pk, ()))),
        )
        for each in organizations
    )
    return Network(since=since(on), until=on, places=places)


def _rows(givers: list[int], first: dt.date, last: dt.date) -> Iterator[tuple[int, str, Sums]]:
    """Yield giver, which activity, and what one row of it came to."""
    hosted = HostedPeriod.objects.filter(
        delivery__giver__in=givers,
        delivery__state=DeliveryState.CONFIRMED,
        delivery__event__booked_on__gte=first,
        delivery__event__booked_on__lte=last,
    )
    of_period = ("delivery__giver", "delivery__agreement", "sessions", "minutes", "rooms", "attendances")
    for giver, agreement, sessions, minutes, rooms, people in hosted.values_list(*of_period):
        room_hours = hosting.room_hours(sessions=sessions, minutes=minutes, rooms=rooms)
        yield giver, f"hosting {agreement}", Sums(sessions=sessions, room_hours=room_hours, visits=told(people))
    given = Contribution.objects.filter(
        giver__in=givers,
        state=DeliveryState.CONFIRMED,
        event__booked_on__gte=first,
        event__booked_on__lte=last,
    ).exclude(charged_to=ChargedTo.SPONSORSHIP)
    of_gift = ("pk", "giver", "kind", "hours", "trainees", "attendances")
    for pk, giver, kind, hours, learners, visits in given.values_list(*of_gift):
        is_taught = kind == MENTORING
        yield (
            giver,
            f"gift {pk}",
            Sums(
                work_hours=0 if is_taught else hours or 0,
                mentoring_hours=hours or 0 if is_taught else 0,
                visits=told(visits or 0),
                learners=told(learners or 0),
            ),
        )
