"""Shared machines: the list, the terms, the machine with what is booked and used, a month of its calendar."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actions import machines as actions
from ledger.models.agreements import Agreement, AgreementState
from ledger.models.claims import Claim
from ledger.queries import agreements, claims, machines
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.machine_form import Draft, PriceForm
from network.errors import DomainError
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.fields import ActField, DayField

PAGE, TOLD = 25, 12


@dataclass(frozen=True, slots=True)
class May:
    """One flag a button of the machine's page. The actions themselves refuse by the same rules."""

    sign: bool
    answer: bool
    refuse: bool
    edit: bool
    book: bool
    agree: bool
    price: bool
    pay: bool
    confirm: bool
    reject: bool
    reverse: bool
    end: bool


def open_to(at: Desk, agreement: Agreement, debts: list[Claim]) -> May:
    """Return what the person may do, by where the agreement stands and whom they speak for."""
    state, us = agreement.state, at.organization.pk
    holds = agreement.proposer_id == us
    has_signed = any(each.organization_id == us and each.signed_by_id for each in agreement.parties.all())
    before = {AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.CHANGES_ASKED}
    is_asked = state == AgreementState.PROPOSED and not holds and not has_signed
    runs = state == AgreementState.ACCEPTED
    has_run = state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    return May(
        sign=at.can_confirm and (is_asked or (holds and state == AgreementState.DRAFT)),
        answer=at.can_log and is_asked,
        refuse=at.can_confirm and is_asked,
        edit=at.can_log and holds and state in before,
        book=at.can_log and runs,
        agree=at.can_log and holds and runs,
        price=at.can_confirm and holds and runs,
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
    page = Paginator(machines.of_organization(at.organization), PAGE).get_page(request.GET.get("page"))
    return render(request, "ledger/machines/list.html", at.context("machines") | {"book": at.book, "page": page})


def agreement_of(at: Desk, pk: int) -> Agreement:
    """Return one of the machines that the organization may use, or 404."""
    return get_object_or_404(machines.of_organization(at.organization), pk=pk)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    machine, debts = agreement.machine, list(claims.open_of(agreement=agreement.code))
    has_run = agreement.state in {AgreementState.ACCEPTED, AgreementState.SETTLED}
    owners = list(machine.owners.select_related("organization"))
    context = at.context("machines") | {
        "agreement": agreement,
        "machine": machine,
        "holds": machine.holder_id == at.organization.pk,
        "owners": owners,
        "whole": sum(owner.parts for owner in owners),
        "is_owner": any(owner.organization_id == at.organization.pk for owner in owners),
        "price": machines.price_on(machine, at.on),
        "prices": list(machine.prices.select_related("resolution").order_by("-since")),
        "slots": machines.open_bookings(machine, at=now()) if has_run else [],
        "hours": machines.hours(machine, year=at.on.year),
        "year": at.on.year,
        "debts": debts,
        "page": Paginator(machines.deliveries(agreement), TOLD).get_page(request.GET.get("page")),
        "steps": agreements.latest_steps(agreement),
        "may": open_to(at, agreement, debts),
        "today": at.on,
    }
    return render(request, "ledger/machines/detail.html", context)


def now() -> dt.datetime:
    """Return what the clock on the wall says."""
    return timezone.localtime().replace(tzinfo=None)


@login_required
@require_GET
def month(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    first = _month(request.GET.get("month", ""), at.on)
    context = at.context("machines") | {
        "agreement": agreement,
        "first": first,
        "days": machines.month(agreement.machine, year=first.year, month=first.month),
        "before": (first - dt.timedelta(days=1)).replace(day=1),
        "after": (first + dt.timedelta(days=31)).replace(day=1),
    }
    return render(request, "ledger/machines/month.html", context)


def _month(written: str, on: dt.date) -> dt.date:
    """Return the first day of a month that is written as 2026-04; of this one, where it is not."""
    try:
        found = dt.datetime.strptime(written, "%Y-%m").date()  # noqa: DTZ007  # a month of the wall
    except ValueError:
        return on.replace(day=1)
    return found if 1970 < found.year < 2200 else on.replace(day=1)  # what a calendar shows


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
                return redirect("ledger:machine", code, saved.pk)
        status = 422
    context = at.context("machines") | {
        "form": draft.form,
        "users": draft.users,
        "agreement": agreement,
        "show_errors": status == 422,
    }
    return render(request, "ledger/machines/form.html", context, status=status)


def _save(draft: Draft, at: Desk, agreement: Agreement | None) -> Agreement:
    how: dict[str, Any] = {"machine": draft.machine(), "by": at.user, "on": at.on}
    if agreement is not None:
        return actions.revise(agreement=agreement, **how)
    return actions.propose(key=draft.form.cleaned_data["key"], **how)


class NewPriceForm(PriceForm):
    """What an hour costs from a day on, and by which resolution."""

    since = DayField(label=_("From which day"))
    resolution = ActField(
        label=_("Resolution that allows it"),
        queryset=Resolution.objects.none(),
        error_messages={"required": _("Choose the resolution of your assembly that allows it.")},
    )

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)


@login_required
@require_http_methods(["GET", "POST"])
def price(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    if not at.can_confirm or agreement.proposer_id != at.organization.pk:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = NewPriceForm(posted, initial={"since": at.on}, money=agreement.unit, at=at)
    if form.is_valid():
        told = {"since": form.cleaned_data["since"], "resolution": form.cleaned_data["resolution"]}
        try:
            actions.set_price(agreement=agreement, price=form.price(), by=at.user, on=at.on, **told)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. What was used before stays as it was."))
            return redirect("ledger:machine", code, pk)
    context = at.context("machines") | {"agreement": agreement, "form": form}
    return render(request, "ledger/machines/price.html", context, status=422 if form.errors else 200)


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
    return redirect("ledger:machine", code, pk)
