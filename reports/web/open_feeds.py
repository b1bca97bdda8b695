"""What anybody's programs read of an organization that opened its page: a calendar, a profile, its figures."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ledger.core import hosting
from network.core import icalendar
from network.core.icalendar import Day, Weekly
from network.models import Organization
from network.queries import profiles
from reports.actions.attached_open_factory import measures
from reports.actions.open_factory import CATEGORIES
from reports.queries import openings
from reports.queries.open_pages import Going, Shown
from reports.web.open import KEPT_SECONDS, opened, shown

FORM = "trama-open-2"
#: Directories fetch it from pages of their own.
OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": f"public, max-age={KEPT_SECONDS}"}


@login_not_required
@require_safe
def activities(_request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the hours of the week and the days on which something takes place (RFC 5545)."""
    opening, now = opened(code), timezone.now()
    found = shown(opening, on=timezone.localdate())
    place = opening.organization
    days: list[Day | Weekly] = [*_weekly(place, found), *_days(place, found)]
    text = "".join(icalendar.lines(days, name=_("Open factory: %(name)s") % {"name": place.name}, at=now))
    return HttpResponse(text, headers={"Content-Type": "text/calendar; charset=utf-8"} | OPEN)


def _weekly(place: Organization, found: Shown) -> list[Weekly]:
    return [_returns(place, each) for each in found.going if each.schedule is not None]


def _returns(place: Organization, going: Going) -> Weekly:
    schedule = going.schedule
    assert schedule is not None  # noqa: S101  # asked for by its caller; for the type checker
    days = hosting.days_of(schedule.weekdays)
    first = next(day for day in (schedule.since + dt.timedelta(days=n) for n in range(7)) if day.weekday() in days)
    midnight = dt.datetime.combine(first, dt.time())
    return Weekly(
        uid=f"{going.code}@{place.code}.trama",
        begins=midnight + dt.timedelta(minutes=schedule.starts_at),
        ends=midnight + dt.timedelta(minutes=schedule.ends_at),
        days=days,
        title=going.what or str(CATEGORIES[going.category]),
        text=f"{CATEGORIES[going.category]}: {going.partner}",
        until=schedule.until,
    )


def _days(place: Organization, found: Shown) -> list[Day]:
    return [
        Day(
            uid=f"{deed.activity}@{place.code}.trama",
            on=deed.starts_on,
            title=deed.what or str(CATEGORIES[deed.category]),
            text=str(CATEGORIES[deed.category]),
        )
        for deed in found.once
    ]


@login_not_required
@require_safe
def profile(request: HttpRequest, code: str) -> JsonResponse:
    """Answer with the profile for directories of other networks (Murmurations)."""
    opening = opened(code)
    place = opening.organization

    def address(body: Organization) -> str:
        return request.build_absolute_uri(reverse("network:profile", args=[body.code]))

    said = profiles.profile(place, on=timezone.localdate(), address=address)
    page = request.build_absolute_uri(reverse("open:page", args=[place.code]))
    more = {
        "primary_url": place.website or page,
        "urls": [{"name": _("Open factory"), "url": page}],
        "description": opening.story,
        "full_address": place.address if opening.shows_address else "",
        "locality": place.city,
        "region": place.province_name,
        "country_name": place.get_country_display(),
    }
    return _json(said | {name: value for name, value in more.items() if value})


@login_not_required
@require_safe
def figures(request: HttpRequest, code: str) -> JsonResponse:
    """Answer with what the page says, as data: hours as decimals, and of people what may be told."""
    opening = opened(code)
    place, found = opening.organization, shown(opening, on=timezone.localdate())
    return _json(
        {
            "format": FORM,
            "organization": {"code": place.code, "name": place.name, "fictional": place.is_fictional},
            "since": found.since.isoformat(),
            "until": found.until.isoformat(),
            "given": measures(found.given),
            "by_category": {code: measures(of) for code, of in found.given.by_category},
            "weekly": [
                {
                    "what": each.what,
                    "category": each.category,
                    "partner": each.partner,
                    "runs": each.schedule is not None,
                }
                | measures(each.given)
                for each in found.going
            ],
            "reports": [
                {
                    "starts_on": each.report.starts_on.isoformat(),
                    "ends_on": each.report.ends_on.isoformat(),
                    "language": each.report.language,
                    "sha256": each.report.file_sha256,
                    "url": request.build_absolute_uri(reverse("open:report", args=[place.code, each.report_id])),
                }
                for each in openings.published(place)
            ],
        }
    )


def _json(said: dict[str, Any]) -> JsonResponse:
    return JsonResponse(said, headers=OPEN, json_dumps_params={"ensure_ascii": False, "indent": 1})
