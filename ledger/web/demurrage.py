"""Demurrage of a network's credit: the rate, what this month takes before it is noted, and what was taken."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.actions import demurrage as actions
from ledger.core.credit import IDLE_MAX, IDLE_MIN
from ledger.models.units import Unit
from ledger.queries import credit, demurrage
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import TenthField
from ledger.web.thresholds import SignForm
from network.errors import DomainError
from network.web.access import with_minute
from network.web.fields import CountField, whole_number

PAGE = 50


class RateForm(SignForm):
    """How much a month, of what stands still for how long."""

    percent = TenthField(
        label=_("Per cent a month"),
        required=False,
        help_text=_("At most 10. Empty: no more demurrage is taken."),
    )
    idle_days = CountField(
        label=_("Of positions that have not moved for so many days"), min_value=IDLE_MIN, max_value=IDLE_MAX, initial=90
    )
    field_order = ("percent", "idle_days", "resolution")


def _credit(at: Desk, pk: int) -> Unit:
    return get_object_or_404(credit.credits_of(at.book), pk=pk)


@login_required
@require_GET
def index(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = with_minute(desk(request, code))
    return _page(request, at, _credit(at, pk))


@login_required
@only_sent
def set_rate(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = with_minute(desk(request, code))
    unit, form = _credit(at, pk), RateForm(request.POST, at=at)
    if form.is_valid():
        data = form.cleaned_data
        rate = {"basis_points": data["percent"], "idle_days": data["idle_days"], "resolution": data["resolution"]}
        try:
            actions.set_rate(issuer=at.book, unit=unit, by=at.user, on=at.on, **rate)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rate holds from now on."))
            return redirect("ledger:demurrage", code, pk)
    return _page(request, at, unit, form=form)


@login_required
@only_sent
def note(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = with_minute(desk(request, code))
    unit, total = _credit(at, pk), whole_number(request.POST.get("total"))
    try:
        actions.note(issuer=at.book, unit=unit, total=total, by=at.user, on=at.on)
        messages.success(request, _("Noted, with an entry for each position. It is in the common fund now."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:demurrage", code, pk)


@login_required
@only_sent
def take_back(request: HttpRequest, code: str, pk: int, charge: int) -> HttpResponse:
    at = with_minute(desk(request, code))
    found = get_object_or_404(demurrage.charges(credit=_credit(at, pk)), pk=charge)
    try:
        actions.take_back(issuer=at.book, charge=found, reason=said(request), by=at.user, on=at.on)
        messages.success(request, _("Taken back, with an entry in both books."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:demurrage", code, pk)


def _page(request: HttpRequest, at: Desk, unit: Unit, *, form: RateForm | None = None) -> HttpResponse:
    rate = demurrage.rate(credit=unit)
    due = demurrage.due(rate=rate, on=at.on) if rate is not None else []
    context: dict[str, Any] = at.context("credit") | {
        "credit": unit,
        "rate": rate,
        "due": due,
        "total": sum(each.amount for each in due),
        "page": Paginator(demurrage.charges(credit=unit), PAGE).get_page(request.GET.get("page")),
        "form": form or RateForm(at=at),
    }
    return render(
        request, "ledger/credit/demurrage.html", context, status=422 if form is not None and form.errors else 200
    )
