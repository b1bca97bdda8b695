"""Toll work: the list, the terms, and the agreement with the material on hand and what was told."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import toll_work as actions
from ledger.core.apportion import percentage
from ledger.core.toll_work import Custody
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.claims import Claim
from ledger.models.deliveries import Act, DeliveryState
from ledger.models.toll_work import TOLL_WORK
from ledger.queries import agreements, barter, claims, materials, thresholds, toll_work
from ledger.queries.agreements import LineStatus
from ledger.web.access import Desk, desk
from ledger.web.thresholds import SignForm
from ledger.web.toll_form import TollForm, begun
from network.errors import DomainError

PAGE, TOLD = 25, 12
#: Of so many that wait, the page says what confirming each changes: each is worked out as if it were.
FORETOLD = 5


@dataclass(frozen=True, slots=True)
class May:
    """One flag a button of the agreement's page. The actions themselves refuse by the same rules."""

    sign: bool
    answer: bool
    refuse: bool
    edit: bool
    hand_over: bool
    work: bool
    goods: bool
    pay: bool
    adjust: bool
    confirm: bool
    reject: bool
    reverse: bool


def open_to(at: Desk, agreement: Agreement, custody: Custody, lines: list[LineStatus], debts: list[Claim]) -> May:
    """Return what the person may do, by where the agreement stands and whom they speak for."""
    state, us = agreement.state, at.organization.pk
    is_principal, is_proposer = agreement.toll.principal_id == us, agreement.proposer_id == us
    before = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED}
    is_asked = state == AgreementState.PROPOSED and not is_proposer
    runs = state == AgreementState.ACCEPTED
    has_run = state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    return May(
        sign=at.can_confirm and (is_asked or (is_proposer and state == AgreementState.DRAFT)),
        answer=at.can_log and is_asked,
        refuse=at.can_confirm and is_asked,
        edit=at.can_log and is_proposer and state in before,
        hand_over=at.can_log and runs and is_principal and custody.received < agreement.toll.quantity,
        work=at.can_log and runs and not is_principal and custody.on_hand > 0,
        goods=at.can_log and runs and is_principal and any(x.left for x in lines if x.line.giver_id == us),
        pay=at.can_log and runs and any(debt.debtor.organization_id == us for debt in debts),
        adjust=at.can_log and has_run,
        confirm=at.can_confirm and has_run,
        reject=at.can_log and has_run,
        reverse=at.can_confirm and has_run,
    )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    found = toll_work.with_terms(agreements.of_organization(at.organization, kind=TOLL_WORK))
    context = at.context("toll") | {
        "book": at.book,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "ledger/toll_work/list.html", context)


def agreement_of(at: Desk, pk: int) -> Agreement:
    """Return one of the toll works of the organization, or 404."""
    found = toll_work.with_terms(agreements.of_organization(at.organization, kind=TOLL_WORK))
    return get_object_or_404(found, pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    custody, lines = materials.custody(agreement), agreements.statuses(agreement)
    debts = list(claims.open_of(agreement=agreement.code))
    page = Paginator(toll_work.deliveries(agreement), TOLD).get_page(request.GET.get("page"))
    may = open_to(at, agreement, custody, lines, debts)
    waiting = [each for each in page if each.state == DeliveryState.LOGGED and each.receiver == at.organization]
    for delivery in waiting[-FORETOLD:] if may.confirm else ():
        delivery.effects = barter.effects(delivery=delivery)  # type: ignore[attr-defined]  # for the template
        if delivery.act == Act.REVALUATION and thresholds.limit(at.organization) is not None:
            delivery.decision = SignForm(at=at, auto_id=f"decision-{delivery.pk}-%s")  # type: ignore[attr-defined]
    asks = may.sign and thresholds.exceeded(agreement, at.organization) is not None
    work = next(each for each in lines if each.line.giver_id == agreement.toll.worker_id)
    vat = percentage(work.line.value, basis_points=work.line.vat_rate or 0)
    goods = [each for each in lines if each is not work]
    context = at.context("toll") | {
        "agreement": agreement,
        "terms": agreement.toll,
        "is_principal": agreement.toll.principal_id == at.organization.pk,
        "custody": custody,
        "work": work,
        "goods": goods[0] if goods else None,
        "in_money": work.line.value + vat - sum(each.line.value for each in goods),
        "debts": debts,
        "page": page,
        "steps": agreements.latest_steps(agreement),
        "may": may,
        "sign_form": SignForm(at=at) if asks else None,
    }
    return render(request, "ledger/toll_work/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    return _write(request, code, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _write(request, code, pk)


def _write(request: HttpRequest, code: str, pk: int | None) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log or at.book is None:  # a 404 of its own where there is no book
        raise Http404
    agreement = None if pk is None else agreement_of(at, pk)
    if agreement is not None and agreement.proposer_id != at.organization.pk:
        raise Http404
    shown = begun(agreement, at.organization, at.on, get_language() or "")
    form = TollForm(request.POST or None, initial=shown, at=at, agreement=agreement)
    if form.is_valid():
        try:
            saved = _save(form, at, agreement)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Here is what you agreed."))
            return redirect("ledger:toll", code, saved.pk)
    context = at.context("toll") | {"form": form, "agreement": agreement}
    return render(request, "ledger/toll_work/form.html", context, status=422 if form.errors else 200)


def _save(form: TollForm, at: Desk, agreement: Agreement | None) -> Agreement:
    if agreement is not None:
        return actions.revise(agreement=agreement, toll=form.toll(), by=at.user, on=at.on)
    key = form.cleaned_data["key"]
    return actions.propose(key=key, proposer=at.organization, toll=form.toll(), by=at.user, on=at.on)
