"""What becomes of material that one works for another: hand it over, deliver what was made, pay with goods."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import custody as actions
from ledger.core.toll_work import Taken
from ledger.models.agreements import Agreement
from ledger.models.toll_work import TOLL_WORK, StockAccount
from ledger.models.units import Unit
from ledger.queries import agreements, materials
from ledger.web import deliveries
from ledger.web.access import Desk, desk
from ledger.web.deliveries import MinorForm, PapersForm
from ledger.web.fields import AmountField, NumberField
from ledger.web.toll_work import agreement_of
from ledger.web.voucher_key import key_for
from network.errors import DomainError


class HandOverForm(MinorForm):
    """How much material was handed over, and what it had cost."""

    quantity = NumberField(label=_("How much"))
    cost = AmountField(
        label=_("What all of it cost you, in pesos, without VAT"),
        help_text=_("Only your own people read it. It goes from your stock to your goods held by others."),
    )
    account = forms.ChoiceField(label=_("Where it stands in your book"), choices=StockAccount.choices)
    field_order = ["quantity", "cost", "account", "happened_on", "delivery_note"]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        del self.fields["invoice"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["invoice"] = ""
        self.count("quantity", self.agreement.toll.material.unit)
        self.count("cost", self.agreement.unit)
        return data


class WorkForm(MinorForm):
    """What was made, and what became of the material."""

    made = NumberField(label=_("How many were made"), required=False)
    worked = NumberField(label=_("Material that is in them"), required=False)
    waste = NumberField(label=_("Waste"), required=False)
    returned = NumberField(label=_("Leftovers that go back"), required=False)
    waste_act = forms.CharField(label=_("Act of waste (acta de merma)"), max_length=40, required=False)
    field_order = ["made", "worked", "waste", "returned", "waste_act"]

    def __init__(self, *args: Any, agreement: Agreement, made_in: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement, self.made_in = agreement, made_in

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.count("made", self.made_in)
        for name in ("worked", "waste", "returned"):
            self.count(name, self.agreement.toll.material.unit)
        return data


def _agreement(at: Desk, pk: int, *, is_principal: bool) -> Agreement:
    agreement = agreement_of(at, pk)
    if not at.can_log or (agreement.toll.principal_id == at.organization.pk) != is_principal:
        raise Http404
    return agreement


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = _agreement(at, pk, is_principal=True)
    begun = {"key": key_for(request, agreement), "happened_on": at.on}
    form = HandOverForm(request.POST or None, initial=begun, agreement=agreement)
    if form.is_valid():
        data = form.cleaned_data
        told = {"quantity": data["quantity_minor"], "cost": data["cost_minor"], "account": data["account"]}
        if _is_told(at, agreement, form, actions.hand_over, told):
            return _thanks(request, at, agreement)
    left = agreement.toll.quantity - materials.handed_over(agreement)
    context = at.context("toll") | {"agreement": agreement, "form": form, "left": left}
    return render(request, "ledger/toll_work/hand_over.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = _agreement(at, pk, is_principal=False)
    status = next(x for x in agreements.statuses(agreement) if x.line.giver_id == at.organization.pk)
    begun = {"key": key_for(request, agreement), "happened_on": at.on}
    form = WorkForm(request.POST or None, initial=begun, agreement=agreement, made_in=status.line.measure.unit)
    if form.is_valid():
        data = form.cleaned_data
        taken = Taken(worked=data["worked_minor"], waste=data["waste_minor"], returned=data["returned_minor"])
        told = {"made": data["made_minor"], "taken": taken, "waste_act": data["waste_act"]}
        if _is_told(at, agreement, form, actions.deliver, told):
            return _thanks(request, at, agreement)
    context = at.context("toll") | {
        "agreement": agreement,
        "form": form,
        "work": status,
        "custody": materials.custody(agreement, with_told=True),
    }
    return render(request, "ledger/toll_work/work.html", context, status=422 if form.errors else 200)


@login_required
def goods(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Pay a part of the fee with goods: a delivery as any other, by the principal."""
    _agreement(desk(request, code), pk, is_principal=True)
    return deliveries.deliver(request, code, pk, kind=TOLL_WORK)


def _is_told(at: Desk, agreement: Agreement, form: PapersForm, tell: Any, told: dict[str, Any]) -> bool:
    """Tell of it, or put the refusal on the form."""
    data = form.cleaned_data
    when = {"key": data["key"], "happened_on": data["happened_on"], "papers": form.papers()}
    try:
        tell(agreement=agreement, by=at.user, on=at.on, **when, **told)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _thanks(request: HttpRequest, at: Desk, agreement: Agreement) -> HttpResponse:
    messages.success(request, _("Logged. It counts once the other side confirms that it received it."))
    return redirect("ledger:toll", at.organization.code, agreement.pk)
