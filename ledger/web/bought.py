"""What was bought for several: tell of it, enter it in the book or take it back, hand each part over."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import bought as actions
from ledger.actions import passed_on
from ledger.actions.bought import Invoice
from ledger.models.purchases import Purchase, PurchasePart, PurchaseState
from ledger.queries import purchases
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.agreements import VAT_RATES
from ledger.web.deliveries import MinorForm, PapersForm
from ledger.web.fields import AmountField, NumberField
from ledger.web.purchases import agreement_of
from ledger.web.voucher_key import key_for
from network.errors import DomainError

#: What is folded away until somebody wants it, or something in it is wrong.
MORE = ("costs", "costs_vat_rate", "is_paid")


def _rate(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=VAT_RATES, coerce=int, empty_value=None, required=False, initial="2100"
    )


class InvoiceForm(MinorForm):
    """What the supplier invoiced."""

    supplier = forms.CharField(
        label=_("Of whom it was bought"),
        max_length=120,
        help_text=_("Only the people of those who agree read it. It goes into no journal and no export."),
    )
    quantity = NumberField(label=_("How much was bought"))
    net = AmountField(label=_("What all of it cost, without VAT"))
    vat_rate = _rate(_("VAT"))
    costs = AmountField(label=_("Freight and other costs for all, without VAT"), required=False)
    costs_vat_rate = _rate(_("VAT of the freight"))
    is_paid = forms.BooleanField(label=_("It is already paid from our bank"), required=False)
    field_order = ["supplier", "quantity", "net", "vat_rate", "happened_on", "invoice", *MORE]

    def __init__(self, *args: Any, agreement: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        terms = agreement.purchase
        self.fields["quantity"].label = f"{terms.thing}, {terms.measure.unit.name}"
        del self.fields["delivery_note"]

    @property
    def shown(self) -> list[forms.BoundField]:
        """What is asked of everybody."""
        return [field for field in self.visible_fields() if field.name not in MORE]

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in MORE]

    @property
    def opens_folded(self) -> bool:
        """Whether something is written in what is folded, or wrong."""
        return self.is_bound and any(name in self.errors or self[name].value() for name in ("costs", "is_paid"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.count("quantity", self.agreement.purchase.measure.unit)
        for name in ("net", "costs"):
            self.count(name, self.agreement.unit)
        return data

    def told(self) -> Invoice:
        """Return what was written, as the actions take it."""
        data = self.cleaned_data
        return Invoice(
            supplier=data["supplier"],
            quantity=data["quantity_minor"],
            net=data["net_minor"],
            vat_rate=data["vat_rate"],
            costs=data["costs_minor"],
            costs_vat_rate=data["costs_vat_rate"],
            number=data["invoice"],
            is_paid=data["is_paid"],
        )


def _begun(at: Desk) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "happened_on": at.on}


@login_required
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    if not at.can_log or agreement.purchase.buyer_id != at.organization.pk:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = InvoiceForm(posted, initial=_begun(at), agreement=agreement)
    if form.is_valid():
        data = form.cleaned_data
        try:
            told = actions.tell(
                agreement=agreement,
                key=data["key"],
                invoice=form.told(),
                happened_on=data["happened_on"],
                by=at.user,
                on=at.on,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            is_entered = told.state == PurchaseState.CONFIRMED
            messages.success(
                request,
                _("Entered in your book, and shared out. Hand each its part.")
                if is_entered
                else _("Logged, and shared out. An officer of yours enters it in your book."),
            )
            return redirect("ledger:purchase", code, pk)
    context = at.context("purchases") | {
        "agreement": agreement,
        "terms": agreement.purchase,
        "form": form,
        "left": sum(each.left for each in purchases.progress(agreement)),
    }
    return render(request, "ledger/purchases/buy.html", context, status=422 if form.errors else 200)


def _purchase(at: Desk, pk: int) -> Purchase:
    """Return what the organization bought for several, or 404."""
    found = Purchase.objects.select_related("agreement", "logged_by")
    return get_object_or_404(found, pk=pk, agreement__purchase__buyer=at.organization)


@login_required
@only_sent
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    purchase = _purchase(at, pk)
    try:
        match request.POST.get("answer"):
            case "enter":
                actions.enter(purchase=purchase, by=at.user, on=at.on)
                messages.success(request, _("Entered in your book, and shared out. Hand each its part."))
            case "take_back":
                actions.take_back(purchase=purchase, reason=said(request), by=at.user, on=at.on)
                messages.success(request, _("Taken back. What was asked for can be bought again."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:purchase", code, purchase.agreement_id)


@login_required
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    parts = PurchasePart.objects.select_related(
        "purchase__agreement__unit", "purchase__agreement__purchase__measure__unit", "request__organization"
    )
    part = get_object_or_404(parts, pk=pk, purchase__agreement__purchase__buyer=at.organization)
    if not at.can_log:
        raise Http404
    agreement = part.purchase.agreement
    begun = _begun(at) | {"key": key_for(request, agreement)}
    form = PapersForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        data = form.cleaned_data
        told = {"key": data["key"], "happened_on": data["happened_on"], "papers": form.papers()}
        try:
            passed_on.hand_over(part=part, by=at.user, on=at.on, **told)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Logged. It counts once the other side confirms that it received it."))
            return redirect("ledger:purchase", code, agreement.pk)
    context = at.context("purchases") | {
        "agreement": agreement,
        "terms": agreement.purchase,
        "part": part,
        "form": form,
    }
    return render(request, "ledger/purchases/hand_over.html", context, status=422 if form.errors else 200)
