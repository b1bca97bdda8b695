"""The co-productions of an organization: the list, and one of them with all that can be done about it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.actions import coproductions as actions
from ledger.actions import deliveries, reversals, settlements, shared, stages
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.deliveries import Act, Delivery
from ledger.queries import coproductions, thresholds
from ledger.queries.coproductions import Whole
from ledger.queries.shares import SHARED
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.answers import resolution_of
from ledger.web.thresholds import SignForm
from network.errors import DomainError

PAGE, ACTS = 25, 12


@dataclass(frozen=True, slots=True)
class May:
    """One flag a button of the agreement's page. The actions themselves refuse by the same rules."""

    sign: bool
    answer: bool
    refuse: bool
    edit: bool
    tell: bool
    buy: bool
    invoice: bool
    collect: bool
    settle: bool
    pay: bool
    confirm: bool
    reject: bool
    reverse: bool
    end: bool
    #: Whom the customer is, those know who make it, and not who only reads their books.
    know: bool

    @property
    def act(self) -> bool:
        """Whether any act may be told."""
        return any((self.tell, self.buy, self.invoice, self.collect, self.settle, self.pay))


def open_to(at: Desk, whole: Whole) -> May:
    """Return what the person may do, by where the agreement stands and whom they speak for."""
    agreement, side = whole.agreement, whole.side(at.organization)
    state, terms = agreement.state, agreement.coproduction
    is_proposer, is_lead = agreement.proposer_id == at.organization.pk, terms.lead_id == at.organization.pk
    before = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED}
    is_asked = state == AgreementState.PROPOSED and not side.has_signed
    runs, has_run = state == AgreementState.ACCEPTED, state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    makes, between = side.foreseen is not None, whole.between(at.organization)
    unfinished = [each for each in whole.stages if max(each.percent, each.waiting) < 100]  # per cent
    return May(
        sign=at.can_confirm and (is_asked or (is_proposer and state == AgreementState.DRAFT)),
        answer=at.can_log and is_asked,
        refuse=at.can_confirm and is_asked,
        edit=at.can_log and is_proposer and state in before,
        tell=at.can_log and runs and any(each.stage.party_id == at.organization.pk for each in unfinished),
        buy=at.can_log and runs and makes,
        invoice=at.can_log and runs and is_lead and whole.left_to_invoice > 0,
        collect=at.can_log and runs and is_lead and whole.left_to_collect > 0,
        settle=at.can_log and runs and any(each.owes and each.rest >= 0 for each in between),
        pay=at.can_log and runs and any(each.owes for each in between),
        confirm=at.can_confirm and runs,
        reject=at.can_log and runs,
        reverse=at.can_confirm and has_run,
        end=at.can_confirm and runs and not whole.debts,
        know=at.can_log and makes,
    )


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    at = desk(request, code)
    found = coproductions.of_organization(at.organization)
    context = at.context("coproductions") | {
        "book": at.book,  # a 404 of its own where there is none
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "ledger/coproductions/list.html", context)


def agreement_of(at: Desk, pk: int) -> Agreement:
    """Return a co-production of the organization, or 404."""
    return get_object_or_404(coproductions.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    whole = coproductions.whole(agreement=agreement)
    may = open_to(at, whole)
    page = Paginator(coproductions.acts_of(agreement), ACTS).get_page(request.GET.get("page"))
    for delivery in page:
        _as_seen_by(at, delivery)
    asks = may.sign and thresholds.exceeded(agreement, at.organization) is not None
    context = at.context("coproductions") | {
        "agreement": agreement,
        "terms": agreement.coproduction,
        "whole": whole,
        "mine": whole.side(at.organization),
        "may": may,
        "page": page,
        "sign_form": SignForm(at=at) if asks else None,
    }
    return render(request, "ledger/coproductions/detail.html", context)


def _as_seen_by(at: Desk, delivery: Delivery) -> None:
    """Note for the template what of an act is this organization's, and whether it waits for it."""
    parts = list(delivery.shared.parts.all()) if delivery.act in SHARED else []
    mine = next((part for part in parts if part.organization_id == at.organization.pk), None)
    is_side = at.organization.pk in {delivery.giver_id, delivery.receiver_id}
    delivery.part, delivery.parts = mine, parts  # type: ignore[attr-defined]  # for the template
    if parts:
        delivery.waits = mine is not None and mine.said_by_id is None  # type: ignore[attr-defined]
        delivery.undoes = mine is not None and mine.undone_by_id is None  # type: ignore[attr-defined]
    else:
        delivery.waits = delivery.receiver_id == at.organization.pk  # type: ignore[attr-defined]
        delivery.undoes = is_side and delivery.reversal_asked_by_id != at.organization.pk  # type: ignore[attr-defined]
    delivery.concerns = is_side or mine is not None  # type: ignore[attr-defined]


def _act(at: Desk, pk: int) -> Delivery:
    return get_object_or_404(coproductions.acts(at.organization), pk=pk)


@login_required
@require_GET
def act(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Lead to the agreement: an act has no page of its own."""
    return redirect("ledger:coproduction", code, _act(desk(request, code), pk).agreement_id)


@login_required
@only_sent
def confirm(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    delivery = _act(at, pk)
    try:
        match request.POST.get("answer"):
            case "confirm":
                _confirm(at, delivery)
                messages.success(request, _("Noted: you say that it was so."))
            case "reject":
                _reject(at, delivery, said(request))
                messages.success(request, _("Noted. The others can read why, and it can be written anew."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:coproduction", code, delivery.agreement_id)


def _confirm(at: Desk, delivery: Delivery) -> None:
    if delivery.act in SHARED:
        shared.confirm(delivery=delivery, organization=at.organization, by=at.user, on=at.on)
    elif delivery.act == Act.PROGRESS:
        stages.confirm(delivery=delivery, by=at.user, on=at.on)
    else:
        settlements.confirm(delivery=delivery, by=at.user, on=at.on)


def _reject(at: Desk, delivery: Delivery, reason: str) -> None:
    if delivery.act in SHARED:
        shared.reject(delivery=delivery, organization=at.organization, reason=reason, by=at.user, on=at.on)
    else:
        deliveries.reject(delivery=delivery, reason=reason, by=at.user, on=at.on)


@login_required
@only_sent
def reverse(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    delivery = _act(at, pk)
    who: dict[str, Any] = {"delivery": delivery, "organization": at.organization, "by": at.user, "on": at.on}
    try:
        match request.POST.get("answer"):
            case "ask":
                reversals.ask(reason=said(request), resolution=resolution_of(request, at), **who)
                messages.success(request, _("Asked. It is undone once all whom it concerns agree."))
            case "agree":
                reversals.agree(resolution=resolution_of(request, at), **who)
                messages.success(request, _("Noted: you agree to undo it."))
            case "keep":
                reversals.keep(**who)
                messages.success(request, _("It stands as it was."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:coproduction", code, delivery.agreement_id)


@login_required
@only_sent
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    try:
        actions.end(agreement=agreement, organization=at.organization, reason=said(request), by=at.user, on=at.on)
        messages.success(request, _("Ended. What was done stays noted."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:coproduction", code, pk)
