"""Acts of a solidarity fund: the list, writing one down, its page, and what each side says to it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import fund_answers
from ledger.actions import funded as actions
from ledger.models.deliveries import DeliveryState
from ledger.models.funded import FundAct, FundKind
from ledger.models.funds import Fund
from ledger.queries import funded
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.fields import editable
from ledger.web.fund_forms import FORMS
from ledger.web.funds import fund_of
from ledger.web.voucher_key import key_for
from network.errors import DomainError

PAGE = 25


@login_required
@require_GET
def index(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    fund = fund_of(at, pk)
    page = Paginator(funded.of_organization(at.organization).filter(fund=fund), PAGE).get_page(request.GET.get("page"))
    return render(request, "ledger/funds/acts.html", at.context("fund") | {"fund": fund, "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str, pk: int, form: str) -> HttpResponse:
    at = desk(request, code)
    fund = fund_of(at, pk)
    is_own = fund.book.organization_id == at.organization.pk
    if not at.can_log or (form == FundKind.SPENDING and not (is_own and at.can_confirm)):
        raise Http404
    return _write(request, at, fund, form)


@login_required
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    levy = _act(at, pk)
    if not at.can_log or levy.kind != FundKind.LEVY:
        raise Http404
    return _write(request, at, levy.fund, FundKind.PAYMENT, levy=levy)


def _write(request: HttpRequest, at: Desk, fund: Fund, kind: str, *, levy: FundAct | None = None) -> HttpResponse:
    begun: dict[str, Any] = {"key": key_for(request, fund=fund), "happened_on": at.on}
    if levy is not None:
        begun["amount"] = editable(max(0, funded.unpaid(levy) - funded.being_paid(levy)), fund.book.unit)
    posted = request.POST if request.method == "POST" else None
    form = FORMS[kind](posted, at=at, fund=fund, levy=levy, initial=begun)
    if form.is_valid():
        key = form.cleaned_data["key"]
        try:
            act = actions.log(key=key, fund=fund, teller=at.organization, told=form.told(), by=at.user, on=at.on)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            counts = act.state == DeliveryState.CONFIRMED
            messages.success(
                request,
                _("Noted. It is in the books now.")
                if counts
                else _("Noted. It counts once %(who)s says that it was so.") % {"who": act.asked},
            )
            return redirect("ledger:fund-act", at.organization.code, act.pk)
    context = at.context("fund") | {"form": form, "fund": fund, "levy": levy}
    return render(request, "ledger/funds/form.html", context, status=422 if form.errors else 200)


def _act(at: Desk, pk: int) -> FundAct:
    return get_object_or_404(funded.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    act = _act(at, pk)
    waits, counts = act.state == DeliveryState.LOGGED, act.state == DeliveryState.CONFIRMED
    answers, is_levy = waits and act.asked_id == at.organization.pk, act.kind == FundKind.LEVY
    may_end = counts and at.can_confirm and at.organization in act.sides and not act.is_contested
    unpaid = funded.unpaid(act) if is_levy and counts else 0
    context = at.context("fund") | {
        "act": act,
        "unit": act.fund.book.unit,
        "is_levy": is_levy,
        "unpaid": unpaid,
        "of_two": len(act.sides) > 1,
        "is_own": act.body.pk == at.organization.pk,
        "may_pay": unpaid > funded.being_paid(act) and at.can_log if unpaid else False,
        "may_confirm": answers and at.can_confirm,
        "may_reject": answers and at.can_log,
        "may_undo": may_end and act.reversal_asked_by_id != at.organization.pk,
        "may_contest": may_end and len(act.sides) > 1 and act.reversal_asked_by_id is None,
    }
    return render(request, "ledger/funds/act.html", context)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    told: dict[str, Any] = {"act": _act(at, pk), "by": at.user, "on": at.on}
    try:
        match request.POST.get("answer"):
            case "confirm":
                fund_answers.confirm(**told)
                messages.success(request, _("Confirmed. It is now in both books."))
            case "reject":
                fund_answers.reject(reason=said(request), **told)
                messages.success(request, _("Noted. The other side can read why, and write it anew."))
            case "undo":
                undone = fund_answers.undo(organization=at.organization, reason=said(request), **told)
                is_done = undone.state == DeliveryState.REVERSED
                asked = _("Asked. It is undone once the other side agrees.")
                messages.success(request, _("Reversed.") if is_done else asked)
            case "keep":
                fund_answers.keep(organization=at.organization, **told)
                messages.success(request, _("It stands as it was."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:fund-act", code, pk)
