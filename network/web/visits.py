"""Who has looked at our books; and, for those who look, what they looked at."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from network import permissions
from network.actions import visits as write
from network.models.organizations import Organization
from network.models.people import User
from network.models.visits import Visit
from network.queries import visits

PAGE = 50

#: The part of the address after the organization's code → what a person calls it. One without a name shows itself.
SECTIONS: dict[str, str | Promise] = {
    "coop": _("Start page"),
    "barter": _("Barters"),
    "delivery": _("Deliveries"),
    "customers": _("Customers"),
    "coproductions": _("Made together"),
    "toll": _("Toll work"),
    "loans": _("Loans"),
    "machines": _("Shared machines"),
    "purchases": _("Joint purchases"),
    "fund": _("Fund"),
    "credit": _("Network credit"),
    "clearing": _("Clearing rounds"),
    "balances": _("Balance confirmations"),
    "signoffs": _("Signed-off periods"),
    "cash": _("Cash counts"),
    "vouchers": _("Paper vouchers"),
    "disputes": _("Disputes"),
    "community": _("Community"),
    "journal": _("Journal"),
    "accounts": _("Accounts"),
    "threshold": _("When an agreement needs a resolution"),
    "years": _("Months and years"),
    "reconciliation": _("Whether the books add up"),
    "own-records": _("Own records"),
    "reports": _("Reports"),
    "assemblies": _("Assemblies"),
    "resolutions": _("Book of resolutions"),
    "council": _("Council"),
    "duties": _("Calendar of duties"),
    "certificates": _("Papers that lapse"),
}


def section_of(route: str) -> str:
    """Return the section that an address belongs to: `coop/<slug:code>/journal/…` is of `journal`."""
    before, _code, after = route.partition("<slug:code>/")
    place = before.split("/")[0]
    return (after.split("/")[0] or place) if place == "coop" else place


def let_in(request: HttpRequest, organization: Organization) -> None:
    """Let a person read the organization's book, or answer 404; whoever comes from a body above leaves a trace."""
    user, on = cast(User, request.user), timezone.localdate()
    if permissions.is_own(user, organization, on=on):
        return
    mandate = visits.mandate_to_read(user, organization, on=on)
    if mandate is None or request.resolver_match is None:
        raise Http404
    section = section_of(request.resolver_match.route)
    write.note(user=user, organization=organization, mandate=mandate, section=section, on=on, at=timezone.now())


@login_required
@require_GET
def of_organization(request: HttpRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(Organization, code=code)
    if not permissions.is_own(cast(User, request.user), shown, on=timezone.localdate()):
        raise Http404
    page = Paginator(visits.of_organization(shown), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/visits/of_organization.html", {"shown": shown, "page": page, "rows": _rows(page)})


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    page = Paginator(visits.of_user(cast(User, request.user)), PAGE).get_page(request.GET.get("page"))
    return render(request, "network/visits/mine.html", {"page": page, "rows": _rows(page)})


def _rows(page: Page[Visit]) -> list[tuple[Visit, str | Promise]]:
    return [(visit, SECTIONS.get(visit.section, visit.section)) for visit in page]
