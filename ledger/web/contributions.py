"""What was given once: the list, writing one down, its page, and what each side says to it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import contributions as actions
from ledger.actions import countersignatures
from ledger.models.contributions import Contribution
from ledger.models.deliveries import DeliveryState
from ledger.queries import contributions
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.gift_forms import FORMS
from ledger.web.voucher_key import key_for
from network.errors import DomainError

PAGE = 25


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    found = contributions.of_organization(at.organization)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "ledger/contributions/list.html", at.context("community") | {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str, form: str) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log or at.book is None:  # a 404 of its own where there is no book
        raise Http404
    made, title, lead = FORMS[form]
    written = made(request.POST or None, at=at, initial={"key": key_for(request), "happened_on": at.on})
    if written.is_valid():
        try:
            saved = actions.log(
                key=written.cleaned_data["key"], giver=at.organization, gift=written.gift(), by=at.user, on=at.on
            )
        except DomainError as refusal:
            written.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. It counts once it is counter-signed."))
            return redirect("ledger:gift", code, saved.pk)
    context = at.context("community") | {"form": written, "title": title, "lead": lead}
    return render(request, "ledger/contributions/form.html", context, status=422 if written.errors else 200)


def _contribution(at: Desk, pk: int) -> Contribution:
    return get_object_or_404(contributions.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    given = _contribution(at, pk)
    speaks = contributions.speaks_for_itself(given, on=at.on)
    is_giver = given.giver_id == at.organization.pk
    waits, counts = given.state == DeliveryState.LOGGED, given.state == DeliveryState.CONFIRMED
    may_end = counts and at.can_confirm and not given.is_contested
    context = at.context("community") | {
        "given": given,
        "is_giver": is_giver,
        "unit": given.giver.book.unit,
        "speaks": speaks,
        "may_confirm": waits and not is_giver and at.can_confirm,
        "may_reject": waits and (at.can_log if not is_giver else at.can_log and not speaks),
        "may_acknowledge": waits and is_giver and not speaks and at.can_confirm,
        "may_undo": may_end and given.reversal_asked_by_id != at.organization.pk,
        "may_contest": may_end and given.receiver is not None and given.reversal_asked_by_id is None,
    }
    return render(request, "ledger/contributions/detail.html", context)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    given: dict[str, Any] = {"contribution": _contribution(at, pk), "by": at.user, "on": at.on}
    try:
        match request.POST.get("answer"):
            case "confirm":
                countersignatures.confirm(**given)
                messages.success(request, _("Counter-signed. Thank you."))
            case "acknowledge":
                countersignatures.acknowledge(receipt=said(request, "receipt"), **given)
                messages.success(request, _("Noted. It is in your book now."))
            case "reject":
                countersignatures.reject(reason=said(request), **given)
                messages.success(request, _("Noted. The other side can read why, and write it anew."))
            case "undo":
                undone = countersignatures.undo(organization=at.organization, reason=said(request), **given)
                is_done = undone.state == DeliveryState.REVERSED
                asked = _("Asked. It is undone once the other side agrees.")
                messages.success(request, _("Reversed.") if is_done else asked)
            case "keep":
                countersignatures.keep(organization=at.organization, **given)
                messages.success(request, _("It stands as it was."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:gift", code, pk)
