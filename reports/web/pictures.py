"""Drawings by themselves, for pages that show one in short and lead to the page of it: the home of a body."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ledger.core import flows as given
from ledger.queries import flows, owing
from ledger.web.access import Desk, desk
from reports.actions import pictures
from reports.core import owing as drawn
from reports.core import periods
from reports.core.svg import QUIET, WIDTH, document, write
from reports.web.flows import names_of

#: So many who give, kinds and who receive by name.
IN_SHORT = 5
#: So many seconds a browser may show it again without asking.
FRESH = 60


def _answer(drawing: str, *, title: str, nothing: str) -> HttpResponse:
    if not drawing:
        said = [write(WIDTH / 2, 26, nothing, anchor="middle", size=14, color=QUIET)]
        drawing = document(said, height=44, title=title, description=nothing, prefix="nothing")
    headers = {"Cache-Control": f"private, max-age={FRESH}"}
    return HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8", headers=headers)


def _scope(at: Desk) -> set[int]:
    return owing.scope(at.organization, on=at.on, oversees=at.oversees)


@login_required
@require_GET
def flows_picture(request: HttpRequest, code: str) -> HttpResponse:
    """Answer who gave what to whom in the last twelve months, in the most common money."""
    at = desk(request, code)
    organizations, period = _scope(at), periods.last_twelve(at.on)
    title, drawing = _("Who gives what to whom"), ""
    for unit in flows.units(organizations)[:1]:
        found = flows.between(organizations, unit=unit, starts_on=period.starts_on, ends_on=period.ends_on)
        rolled = given.rolled(found, {})
        drawing = pictures.flows(rolled, unit=unit, names=names_of(rolled), title=title, prefix="flows", named=IN_SHORT)
    return _answer(drawing, title=title, nothing=_("Nothing was given yet."))


@login_required
@require_GET
def owing_picture(request: HttpRequest, code: str) -> HttpResponse:
    """Answer who owes whom today, in the unit with the most debts."""
    at = desk(request, code)
    organizations = _scope(at)
    drawing = ""
    for unit in owing.units(organizations)[:1]:
        found = owing.pairs(organizations, unit=unit, day=at.on, today=at.on, peg=None)
        rolled = owing.roll(found, {each: each for pair in found for each in (pair.debtor, pair.creditor)})
        cells = {pair: owed.amount for pair, owed in rolled.between.items() if owed.amount > 0}
        names = owing.names({each for pair in cells for each in pair})
        drawing = drawn.matrix(cells, words=pictures.debts(unit, names, len(cells)), prefix="owing") if cells else ""
    return _answer(drawing, title=_("Who owes whom"), nothing=_("Nothing is owed."))
