"""The barters of an organization: the list, and one of them with all that can be done about it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ledger.models.agreements import AgreementState
from ledger.models.deliveries import Act
from ledger.queries import agreements, barter, thresholds
from ledger.web.access import desk
from ledger.web.actions_open import open_to
from ledger.web.thresholds import SignForm

PAGE = 25
#: Of so many deliveries that wait, the page says what confirming each changes: each is worked out as if it were.
FORETOLD = 5


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    found = agreements.of_organization(at.organization)
    state = request.GET.get("state", "")
    if state in AgreementState.values:
        found = found.filter(state=state)
    context = at.context("barter") | {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "states": AgreementState.choices,
        "state": state,
    }
    fragment = "ledger/barter/_list.html" if request.htmx else "ledger/barter/list.html"  # type: ignore[attr-defined]
    return render(request, fragment, context)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = get_object_or_404(agreements.of_organization(at.organization), pk=pk)
    whole = agreements.whole(agreement=agreement)
    may = open_to(at, whole)
    waiting = [each for each in whole.deliveries if each.state == "logged" and each.receiver == at.organization]
    if may.confirm:
        for delivery in waiting[-FORETOLD:]:
            delivery.effects = barter.effects(delivery=delivery)  # type: ignore[attr-defined]  # for the template
        valued = [each for each in waiting if each.act in {Act.REVALUATION, Act.CHANGE}]
        if valued and thresholds.limit(at.organization) is not None:
            for delivery in valued:
                delivery.decision = SignForm(at=at, auto_id=f"decision-{delivery.pk}-%s")  # type: ignore[attr-defined]
    asks = may.sign and thresholds.exceeded(agreement, at.organization) is not None
    context = at.context("barter") | {
        "agreement": agreement,
        "whole": whole,
        "sides": whole.seen_by(at.organization),
        "may": may,
        "sign_form": SignForm(at=at) if asks else None,
    }
    return render(request, "ledger/barter/detail.html", context)
