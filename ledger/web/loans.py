"""Loans: the list, the terms, and the agreement with what is owed, until when, and what was told."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import loans as actions
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Act, DeliveryState
from ledger.models.loans import LOAN
from ledger.queries import agreements, claims, loans, thresholds
from ledger.queries.loans import Stand
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.loan_form import LoanForm, begun
from ledger.web.thresholds import SignForm
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
    lend: bool
    give_back: bool
    forgive: bool
    adjust: bool
    end: bool
    confirm: bool
    reject: bool
    reverse: bool


def open_to(at: Desk, agreement: Agreement, stand: Stand) -> May:
    """Return what the person may do, by where the agreement stands and whom they speak for."""
    state, us = agreement.state, at.organization.pk
    lends, is_proposer = agreement.loan.lender_id == us, agreement.proposer_id == us
    before = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED}
    is_asked = state == AgreementState.PROPOSED and not is_proposer
    runs = state == AgreementState.ACCEPTED
    has_run = state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    return May(
        sign=at.can_confirm and (is_asked or (is_proposer and state == AgreementState.DRAFT)),
        answer=at.can_log and is_asked,
        refuse=at.can_confirm and is_asked,
        edit=at.can_log and is_proposer and state in before,
        lend=at.can_log and runs and lends and stand.left > 0,
        give_back=at.can_log and runs and not lends and stand.is_owed,
        forgive=at.can_confirm and runs and lends and stand.is_owed,
        adjust=at.can_log and runs and stand.owed_things > 0,
        end=at.can_confirm and runs and not stand.is_owed,
        confirm=at.can_confirm and has_run,
        reject=at.can_log and has_run,
        reverse=at.can_confirm and has_run,
    )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    found = loans.with_terms(agreements.of_organization(at.organization, kind=LOAN))
    context = at.context("loans") | {
        "book": at.book,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "ledger/loans/list.html", context)


def agreement_of(at: Desk, pk: int) -> Agreement:
    """Return one of the loans of the organization, or 404."""
    return get_object_or_404(loans.with_terms(agreements.of_organization(at.organization, kind=LOAN)), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    terms = agreement.loan
    stand = loans.stand(terms)
    may = open_to(at, agreement, stand)
    page = Paginator(loans.deliveries(agreement), TOLD).get_page(request.GET.get("page"))
    waiting = [each for each in page if each.state == DeliveryState.LOGGED and each.receiver == at.organization]
    for delivery in waiting[-FORETOLD:] if may.confirm else ():
        delivery.effects = loans.effects(delivery=delivery, terms=terms)  # type: ignore[attr-defined]  # for the template
        if delivery.act == Act.REVALUATION and thresholds.limit(at.organization) is not None:
            delivery.decision = SignForm(at=at, auto_id=f"decision-{delivery.pk}-%s")  # type: ignore[attr-defined]
    asks = may.sign and thresholds.exceeded(agreement, at.organization) is not None
    context = at.context("loans") | {
        "agreement": agreement,
        "terms": terms,
        "lends": terms.lender_id == at.organization.pk,
        "thing": loans.lent_line(terms),
        "back": loans.back_line(terms),
        "stand": stand,
        "is_late": agreement.state == AgreementState.ACCEPTED and stand.is_owed and (agreement.due_on or at.on) < at.on,
        "debts": list(claims.open_of(agreement=agreement.code)),
        "page": page,
        "steps": agreements.latest_steps(agreement),
        "may": may,
        "sign_form": SignForm(at=at) if asks else None,
    }
    return render(request, "ledger/loans/detail.html", context)


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
    form = LoanForm(request.POST or None, initial=begun(agreement, at.organization, at.on), at=at, agreement=agreement)
    if form.is_valid():
        try:
            saved = _save(form, at, agreement)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Here is what you agreed."))
            return redirect("ledger:loan", code, saved.pk)
    context = at.context("loans") | {"form": form, "agreement": agreement}
    return render(request, "ledger/loans/form.html", context, status=422 if form.errors else 200)


def _save(form: LoanForm, at: Desk, agreement: Agreement | None) -> Agreement:
    if agreement is not None:
        return actions.revise(agreement=agreement, loan=form.loan(), by=at.user, on=at.on)
    key = form.cleaned_data["key"]
    return actions.propose(key=key, proposer=at.organization, loan=form.loan(), by=at.user, on=at.on)


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
    return redirect("ledger:loan", code, pk)
