"""The credits of a network: opened, and limits set in them, as its assembly decided."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.actions import credit as actions
from ledger.models.accounts import Book
from ledger.models.units import Unit
from ledger.queries import credit
from ledger.web.access import Desk, desk, only_sent
from ledger.web.fields import NumberField, minor
from ledger.web.thresholds import SignForm
from network.errors import DomainError
from network.models.organizations import Organization
from network.web.access import with_minute

PAGE = 50


class UnitForm(SignForm):
    """What the credit is called."""

    code = forms.CharField(label=_("Short name"), min_length=2, max_length=12, help_text=_("For example: MIA."))
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=40)
    name_en = forms.CharField(label=_("Name in English"), max_length=40, required=False)
    field_order = ("code", "name_es", "name_en", "resolution")


class LimitForm(SignForm):
    """Who may go how far below zero."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("In which credit"), empty_label=None)
    member = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("Member"), empty_label=_("Choose one")
    )
    amount = NumberField(
        label=_("How far below zero it may go"),
        required=False,
        help_text=_(
            "Whoever goes below zero has promised so much work to the others. Empty: it may not go below zero any more."
        ),
    )
    field_order = ("unit", "member", "amount", "resolution")

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, at=at, **kwargs)
        units = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        units.queryset = credit.credits_of(at.book)
        members = cast("forms.ModelChoiceField[Organization]", self.fields["member"])
        members.queryset = credit.could_be_members(at.book, on=at.on)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "amount" in data and data.get("unit"):
            try:
                data["amount"] = minor(data["amount"], data["unit"]) if data["amount"] is not None else 0
            except ValidationError as problem:
                self.add_error("amount", problem)
        return data


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, with_minute(desk(request, code)))


@login_required
@only_sent
def open_unit(request: HttpRequest, code: str) -> HttpResponse:
    at = with_minute(desk(request, code))
    form = UnitForm(request.POST, at=at, auto_id="open-%s")
    if form.is_valid():
        try:
            actions.open_unit(issuer=at.book, by=at.user, on=at.on, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The credit is open. Nobody has any until the assembly sets a limit."))
            return redirect("ledger:credit", code)
    return _page(request, at, unit=form)


@login_required
@only_sent
def set_limit(request: HttpRequest, code: str) -> HttpResponse:
    at = with_minute(desk(request, code))
    form = LimitForm(request.POST, at=at, auto_id="limit-%s")
    if form.is_valid():
        told = form.cleaned_data | {"member": Book.objects.get(organization=form.cleaned_data["member"])}
        try:
            actions.set_limit(issuer=at.book, by=at.user, on=at.on, **told)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The limit holds from now on."))
            return redirect("ledger:credit", code)
    return _page(request, at, limit=form)


def _page(
    request: HttpRequest, at: Desk, *, unit: UnitForm | None = None, limit: LimitForm | None = None
) -> HttpResponse:
    credits = list(credit.credits_of(at.book))
    page = Paginator(credit.limits_of(at.book), PAGE).get_page(request.GET.get("page"))
    context = at.context("credit") | {
        "credits": credits,
        "overviews": [credit.overview(credit=each, on=at.on) for each in credits],
        "positions": credit.positions(books=[at.book.pk]),
        "held": credit.held_for_members(book=at.book),
        "can_sell": at.can_log and not at.organization.is_of_members,
        "issues": at.organization.is_of_members,
        "page": page,
        # The longest bar of the page.
        "most": max((abs(each.account.balance.amount) for each in page), default=0),
        "unit_form": unit or UnitForm(at=at, auto_id="open-%s"),
        "limit_form": limit or LimitForm(at=at, auto_id="limit-%s"),
    }
    refused = any(form is not None and form.errors for form in (unit, limit))
    return render(request, "ledger/credit/index.html", context, status=422 if refused else 200)
