"""Joint purchases: the list, the terms, and the agreement with what was bought and what of it is whose."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import purchases as actions
from ledger.core import purchases as core
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.claims import Claim
from ledger.queries import agreements, claims, purchases, thresholds
from ledger.queries.purchases import Progress
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.purchase_form import Draft
from ledger.web.thresholds import SignForm
from network.errors import DomainError

PAGE, TOLD = 25, 12


@dataclass(frozen=True, slots=True)
class May:
    """One flag a button of the agreement's page. The actions themselves refuse by the same rules."""

    sign: bool
    answer: bool
    refuse: bool
    edit: bool
    buy: bool
    enter: bool
    hand_over: bool
    take_back: bool
    pay: bool
    confirm: bool
    reject: bool
    reverse: bool
    end: bool


def open_to(at: Desk, agreement: Agreement, progress: list[Progress], debts: list[Claim]) -> May:
    """Return what the person may do, by where the agreement stands and whom they speak for."""
    state, us = agreement.state, at.organization.pk
    is_proposer, buys = agreement.proposer_id == us, agreement.purchase.buyer_id == us
    has_signed = any(each.organization_id == us and each.signed_by_id for each in agreement.parties.all())
    before = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED}
    is_asked = state == AgreementState.PROPOSED and not is_proposer and not has_signed
    runs = state == AgreementState.ACCEPTED
    has_run = state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    return May(
        sign=at.can_confirm and (is_asked or (is_proposer and state == AgreementState.DRAFT)),
        answer=at.can_log and is_asked,
        refuse=at.can_confirm and is_asked,
        edit=at.can_log and is_proposer and state in before,
        buy=at.can_log and buys and runs and any(each.left for each in progress),
        enter=at.can_confirm and buys and runs,
        hand_over=at.can_log and buys and runs,
        take_back=at.can_log and buys and has_run,
        pay=at.can_log and runs and any(debt.debtor.organization_id == us for debt in debts),
        confirm=at.can_confirm and has_run,
        reject=at.can_log and has_run,
        reverse=at.can_confirm and has_run,
        end=at.can_confirm and runs and not debts,
    )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    page = Paginator(purchases.of_organization(at.organization), PAGE).get_page(request.GET.get("page"))
    context = at.context("purchases") | {"book": at.book, "page": page}
    return render(request, "ledger/purchases/list.html", context)


def agreement_of(at: Desk, pk: int) -> Agreement:
    """Return one of the joint purchases of the organization, or 404."""
    return get_object_or_404(purchases.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    terms, progress = agreement.purchase, purchases.progress(agreement)
    debts = list(claims.open_of(agreement=agreement.code))
    may = open_to(at, agreement, progress, debts)
    bought = Paginator(purchases.purchases(agreement), TOLD).get_page(request.GET.get("purchases"))
    for each in bought:
        each.shared_out = purchases.parts(each, buyer=terms.buyer_id)  # type: ignore[attr-defined]  # for the template
    ours = next((each for each in progress if each.request.organization_id == at.organization.pk), None)
    asks = may.sign and thresholds.exceeded(agreement, at.organization) is not None
    context = at.context("purchases") | {
        "agreement": agreement,
        "terms": terms,
        "buys": terms.buyer_id == at.organization.pk,
        "progress": progress,
        "ours": ours,
        "ours_at_most": _at_most(ours, terms.measure.unit.scale),
        "debts": debts,
        "bought": bought,
        "page": Paginator(purchases.deliveries(agreement), TOLD).get_page(request.GET.get("page")),
        "steps": agreements.latest_steps(agreement),
        "may": may,
        "sign_form": SignForm(at=at) if asks else None,
    }
    return render(request, "ledger/purchases/detail.html", context)


def _at_most(ours: Progress | None, scale: int) -> int | None:
    """Return what a request comes to at most, without VAT."""
    return None if ours is None else core.worth(quantity=ours.request.quantity, most=ours.request.most, scale=scale)


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
    draft, status = Draft(request, at, agreement), 200
    if request.method == "POST" and not draft.wants_more:
        if draft.is_valid():
            try:
                saved = _save(draft, at, agreement)
            except DomainError as refusal:
                draft.form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved. Here is what you agreed."))
                return redirect("ledger:purchase", code, saved.pk)
        status = 422
    context = at.context("purchases") | {
        "form": draft.form,
        "requests": draft.requests,
        "agreement": agreement,
        "show_errors": status == 422,
    }
    return render(request, "ledger/purchases/form.html", context, status=status)


def _save(draft: Draft, at: Desk, agreement: Agreement | None) -> Agreement:
    how: dict[str, Any] = {"purchase": draft.purchase(), "by": at.user, "on": at.on}
    if agreement is not None:
        return actions.revise(agreement=agreement, **how)
    return actions.propose(key=draft.form.cleaned_data["key"], proposer=at.organization, **how)


@login_required
@only_sent
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    try:
        actions.end(agreement=agreement, organization=at.organization, reason=said(request), by=at.user, on=at.on)
        messages.success(request, _("Ended. What took place stays noted."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:purchase", code, pk)
