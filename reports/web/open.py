"""Pages that anybody reads: where open factories are, what each does for its neighborhood, the reports it put there."""

import datetime as dt
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ledger.core import hosting
from network.core.countries import PROVINCES
from network.models.organizations import Sector
from network.queries import wall
from reports.actions import files
from reports.actions import open_factory as paper
from reports.core import tiles
from reports.models import Opening
from reports.queries import open_network, open_pages, openings, photos
from reports.queries.open_network import Network
from reports.queries.open_pages import Going, Shown
from reports.web.photos import handed_out

#: What is counter-signed stands on the page ten minutes later at the latest: that happens a few times a month, and a
#: page that many open at once asks the books once. That a page is closed, its words and its reports are always asked.
KEPT_SECONDS = 600
#: The number grows when what is kept gets another shape: an older program's figures are not read by a newer one.
KEPT = "open-2"
#: The newest reports; each older one is in the book of its organization.
REPORTS_MAX = 24


def opened(code: str) -> Opening:
    """Return what is open of an organization, and let this request read of it what the page tells; 404 to all else."""
    opening = get_object_or_404(openings.standing(), organization__code=code)
    # Nobody reads any book (`network/web/wall.py`): of this organization the page tells, as it decided.
    wall.read_of([opening.organization_id])
    return opening


def shown(opening: Opening, *, on: dt.date) -> Shown:
    """Return what the page tells, asked of the books at most every ten minutes."""
    found = cache.get_or_set(
        f"{KEPT}:{opening.pk}:{on}", lambda: open_pages.shown(opening, on=on), timeout=KEPT_SECONDS
    )
    return cast(Shown, found)


def _network(*, on: dt.date) -> Network:
    standing = list(openings.standing())
    wall.read_of([each.organization_id for each in standing])
    # Another page, or one fewer, is another key: whoever closed theirs is gone at once.
    key = f"{KEPT}:all:{on}:{max((each.pk for each in standing), default=0)}:{len(standing)}"
    found = cache.get_or_set(key, lambda: open_network.network(standing, on=on), timeout=KEPT_SECONDS)
    return cast(Network, found)


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = _network(on=timezone.localdate())
    provinces = sorted((PROVINCES[country][letter], count) for (country, letter), count in found.by_province.items())
    context = {
        "network": found,
        "sums": found.sums,
        "rows": [(place, Sector(place.sector).label if place.sector else "") for place in found.places],
        "provinces": provinces,
        "map": _map(found),
    }
    return render(request, "reports/open/index.html", context)


def _map(found: Network) -> str:
    return tiles.tiles(
        found.by_province,
        words=tiles.Words(
            title=_("Open factories by province"),
            description=ngettext(
                "%(n)d open factory; the table beside it has every number.",
                "%(n)d open factories; the table beside it has every number.",
                len(found.places),
            )
            % {"n": len(found.places)},
            short=_short,
        ),
        prefix="provinces",
    )


#: Names that are too long for a tile.
_SHORT = {"AR-C": "CABA", "AR-B": "Bs. Aires", "AR-G": "Sgo. Estero", "AR-V": "T. d. Fuego"}


def _short(country: str, letter: str) -> str:
    return _SHORT.get(f"{country}-{letter}", PROVINCES[country][letter])


@login_not_required
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    opening, on = opened(code), timezone.localdate()
    found = shown(opening, on=on)
    given = found.given
    visited = [of for _code, of in given.by_category if of.visits.number]
    context = {
        "opening": opening,
        "shown": opening.organization,
        "found": found,
        "given": given,
        "going": [(each, paper.CATEGORIES[each.category], _week(each)) for each in found.going],
        "once": [(deed, paper.CATEGORIES[deed.category]) for deed in found.once],
        # A bar alone says nothing that its number does not.
        "chart": paper.visits_chart(given, prefix="visits") if len(visited) > 1 else "",
        "categories": [(paper.CATEGORIES[code], of) for code, of in given.by_category],
        "photos": photos.of_page(opening.organization, found.activities),
        "published": openings.published(opening.organization)[:REPORTS_MAX],
    }
    return render(request, "reports/open/page.html", context)


def _week(going: Going) -> dict[str, Any] | None:
    """Return the days and hours on which it takes place, for people."""
    schedule = going.schedule
    if schedule is None:
        return None
    return {
        "days": [WEEKDAYS[day] for day in hosting.days_of(schedule.weekdays)],
        "opens": dt.time(schedule.starts_at // 60, schedule.starts_at % 60),
        "closes": dt.time(schedule.ends_at // 60 % 24, schedule.ends_at % 60),
        "since": schedule.since,
        "until": schedule.until,
    }


@login_not_required
@require_safe
def report(_request: HttpRequest, code: str, pk: int) -> FileResponse:
    """Hand out a report while it is on the page, and the page open."""
    opening = opened(code)
    found = get_object_or_404(openings.published(opening.organization), report=pk).report
    try:
        path = files.file_of(found)
    except files.FileIsGone as gone:
        raise Http404 from gone
    name = slugify(f"{_('Open factory')} {code} {found.starts_on} {found.ends_on}")
    return FileResponse(path.open("rb"), filename=f"{name}.pdf", content_type="application/pdf")


@login_not_required
@require_safe
def photo(_request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """Show a photo until it is taken away, or the page closed."""
    opening = opened(code)
    return handed_out(get_object_or_404(photos.standing(opening.organization), sha256=sha256), to="public")
