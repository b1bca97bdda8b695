"""Photos of what an organization gives: all of them, those of its page, those of a report."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from network.models import Organization
from reports.models import Photo

#: In a report: so many, and so many of one activity; on the page.
IN_A_REPORT, OF_AN_ACTIVITY, ON_A_PAGE = 12, 2, 6


def noted(organization: Organization) -> QuerySet[Photo]:
    """Return every photo that was added, also those that were taken away, the last added first."""
    found = Photo.objects.filter(organization=organization)
    return found.select_related("noted_by", "withdrawn_by").order_by("-pk")


def standing(organization: Organization) -> QuerySet[Photo]:
    """Return the photos of an organization that nobody took away, the latest day first."""
    return Photo.objects.filter(organization=organization, withdrawn_at=None).order_by("-taken_on", "-pk")


def last_said(*, organization: Organization, starts_on: dt.date, ends_on: dt.date) -> int:  # noqa: ARG001  # every kind is asked alike
    """Return how often a photo of these or earlier days was added or taken away: then a report is another."""
    said = Photo.objects.filter(organization=organization, taken_on__lte=ends_on)
    counted = said.aggregate(added=Count("pk"), away=Count("withdrawn_at"))
    return int(counted["added"]) + int(counted["away"])


def of_page(organization: Organization, activities: Iterable[str]) -> list[Photo]:
    """Return the photos of a page that tells of these activities."""
    return list(standing(organization).filter(activity__in=set(activities))[:ON_A_PAGE])


def of_report(
    organization: Organization, told: Iterable[tuple[str, dt.date]], *, starts_on: dt.date, ends_on: dt.date
) -> tuple[Photo, ...]:
    """Return the photos of a report, as they stand now.

    Each was taken in its period; or before it, since what is told in it began: a month that is told late is a month of
    the report, and so are its photos.

    :param told: each thing that the report tells: its activity, and the day on which it began.
    """
    began: dict[str, dt.date] = {}
    for activity, day in told:
        began[activity] = min(day, began.get(activity, starts_on))
    if not began:
        return ()
    found: list[Photo] = []
    of: Counter[str] = Counter()
    days = (min(began.values()), ends_on)
    for photo in standing(organization).filter(activity__in=began, taken_on__range=days):
        if photo.taken_on >= began[photo.activity] and of[photo.activity] < OF_AN_ACTIVITY:
            of[photo.activity] += 1
            found.append(photo)
    return tuple(found[:IN_A_REPORT])
