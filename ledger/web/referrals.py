"""Customers that are shared: the list, the terms, and the agreement with what was invoiced."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import referrals as actions
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.claims import Claim
from ledger.models.deliveries import Act, DeliveryState
from ledger.models.referrals import Outcome
from ledger.queries import agreements, claims, referrals, thresholds
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.referral_form import Draft
from ledger.web.thresholds import SignForm
from network.errors import DomainError
from network.web.fields import DayField

PAGE, TOLD = 25, 12


@dataclass(frozen=True, slots=True)
class May:
    """One flag a button of the agreement's page. The actions themselves refuse by the same rules."""

    sign: bool
    answer: bool
    refuse: bool
    edit: bool
    tell: bool
    pay: bool
    decide: bool
    confirm: bool
    reject: bool
    reverse: bool
    end: bool


def open_to(at: Desk, agreement: Agreement, debts: list[Claim]) -> May:
    """Return what the person may do, by where the agreement stands and whom they speak for."""
    state, us = agreement.state, at.organization.pk
    is_giver, is_open_tender = agreement.proposer_id == us, agreement.referral.is_open_tender
    has_signed = any(each.organization_id == us and each.signed_by_id for each in agreement.parties.all())
    before = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED}
    is_asked = state == AgreementState.PROPOSED and not has_signed
    runs = state == AgreementState.ACCEPTED
    has_run = state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    return May(
        sign=at.can_confirm and (is_asked or (is_giver and state == AgreementState.DRAFT)),
        answer=at.can_log and is_asked,
        refuse=at.can_confirm and is_asked,
        edit=at.can_log and is_giver and state in before,
        tell=at.can_log and not is_giver and runs and not is_open_tender,
        pay=at.can_log and runs and any(debt.debtor.organization_id == us for debt in debts),
        decide=at.can_confirm and is_giver and runs and is_open_tender,
        confirm=at.can_confirm and runs,
        reject=at.can_log and runs,
        reverse=at.can_confirm and has_run,
        end=at.can_confirm and runs,
    )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    found = referrals.of_organization(at.organization)
    context = at.context("customers") | {
        "book": at.book,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "ledger/referrals/list.html", context)


def agreement_of(at: Desk, pk: int) -> Agreement:
    """Return one of the referrals of the organization, or 404."""
    return get_object_or_404(referrals.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    debts = list(claims.open_of(agreement=agreement.code))
    page = Paginator(referrals.deliveries(agreement), TOLD).get_page(request.GET.get("page"))
    may, progress = open_to(at, agreement, debts), referrals.progress(agreement)
    for told in page:
        if may.confirm and told.act == Act.WORK and told.state == DeliveryState.LOGGED:
            # By the sums at hand: no question a row.
            before = next((each.invoiced for each in progress if each.share.taker_id == told.giver_id), 0)
            foretold = referrals.fee(told.work, terms=agreement.referral, before=before)
            told.foretold = foretold  # type: ignore[attr-defined]  # for the template
    asks = may.sign and thresholds.exceeded(agreement, at.organization) is not None
    context = at.context("customers") | {
        "agreement": agreement,
        "terms": agreement.referral,
        "progress": progress,
        "ours": next((each for each in progress if each.share.taker_id == at.organization.pk), None),
        "debts": debts,
        "page": page,
        "steps": agreements.latest_steps(agreement),
        "may": may,
        "sign_form": SignForm(at=at) if asks else None,
        "today": at.on,
    }
    return render(request, "ledger/referrals/detail.html", context)


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
                messages.success(request, _("Saved. Here is what you share."))
                return redirect("ledger:referral", code, saved.pk)
        status = 422
    context = at.context("customers") | {
        "form": draft.form,
        "shares": draft.shares,
        "agreement": agreement,
        "show_errors": status == 422,
    }
    return render(request, "ledger/referrals/form.html", context, status=status)


def _save(draft: Draft, at: Desk, agreement: Agreement | None) -> Agreement:
    how: dict[str, Any] = {"referral": draft.referral(), "by": at.user, "on": at.on}
    if agreement is not None:
        return actions.revise(agreement=agreement, **how)
    return actions.propose(key=draft.form.cleaned_data["key"], giver=at.organization, **how)


@login_required
@only_sent
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    outcome = request.POST.get("outcome")
    try:
        decided_on = DayField().clean(said(request, "decided_on"))
        if outcome in Outcome.values:
            actions.decide(
                agreement=agreement,
                organization=at.organization,
                outcome=Outcome(outcome),
                decided_on=decided_on,
                by=at.user,
                on=at.on,
            )
            messages.success(request, _("Noted. The others can see it."))
        else:
            messages.error(request, _("Choose one of the answers of the page."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:referral", code, pk)


@login_required
@only_sent
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    try:
        actions.end(agreement=agreement, organization=at.organization, reason=said(request), by=at.user, on=at.on)
        messages.success(request, _("Ended. What was given and received stays noted."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:referral", code, pk)
