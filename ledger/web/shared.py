"""Note what concerns those who make one product: how far a stage is, a common cost, an invoice, money, a settlement."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import deliveries, settlements, shared, stages
from ledger.models.agreements import Agreement
from ledger.models.deliveries import Delivery
from ledger.models.units import Unit
from ledger.queries import coproductions
from ledger.queries.coproductions import Whole
from ledger.web import means
from ledger.web.access import Desk, desk
from ledger.web.agreements import VAT_RATES
from ledger.web.coproductions import agreement_of, open_to
from ledger.web.deliveries import PapersForm
from ledger.web.fields import AmountField, editable, minor
from ledger.web.voucher_key import key_for
from network.errors import DomainError
from network.web.fields import CountField


class ActForm(PapersForm):
    """One act, with its day and its papers."""

    #: Which of the papers it may have.
    paper = "invoice"

    def __init__(self, *args: Any, at: Desk, whole: Whole, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.whole, self.money = at, whole, whole.agreement.unit
        for name in {"invoice", "delivery_note"} - {self.paper}:
            del self.fields[name]

    def papers(self) -> deliveries.Papers:
        """Return the number that was written."""
        return deliveries.Papers(**{self.paper: self.cleaned_data[self.paper]})

    def log(self) -> Delivery:
        """Write it down, as whoever sits at the desk."""
        raise NotImplementedError

    def when(self) -> dict[str, Any]:
        """Return what every act takes."""
        return {
            "agreement": self.whole.agreement,
            "key": self.cleaned_data["key"],
            "happened_on": self.cleaned_data["happened_on"],
            "papers": self.papers(),
            "by": self.at.user,
            "on": self.at.on,
        }


class StageForm(ActForm):
    """How far one of its own stages is."""

    paper = "delivery_note"
    stage = forms.ChoiceField(label=_("Which stage"))
    percent = CountField(label=_("How far it is in all, in per cent"), min_value=1, max_value=100)
    what = forms.CharField(
        label=_("What was handed on"), max_length=80, required=False, help_text=_("For example: 1.200 kg of yarn.")
    )
    field_order = ["stage", "percent", "what"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine = {
            str(each.stage.number): each.stage
            for each in self.whole.stages
            if each.stage.party_id == self.at.organization.pk and max(each.percent, each.waiting) < 100  # per cent
        }
        cast("forms.ChoiceField", self.fields["stage"]).choices = [
            (number, f"{number}. {stage.what}") for number, stage in self.mine.items()
        ]

    def log(self) -> Delivery:
        """Say how far the stage is."""
        data = self.cleaned_data
        return stages.log(stage=self.mine[data["stage"]], percent=data["percent"], what=data["what"], **self.when())


class AmountForm(ActForm):
    """An act about an amount."""

    amount = AmountField(label=_("Amount in pesos, without VAT"))
    field_order = ["amount"]

    def clean_amount(self) -> int:
        """Return minor units."""
        return minor(self.cleaned_data["amount"], self.money)


class CostForm(AmountForm):
    """What was bought for all."""

    what = forms.CharField(label=_("What was bought"), max_length=80, help_text=_("For example: steel."))
    vat_rate = forms.TypedChoiceField(
        label=_("VAT"), choices=VAT_RATES, coerce=int, empty_value=None, required=False, initial="2100"
    )
    field_order = ["what", "amount", "vat_rate"]

    def log(self) -> Delivery:
        """Write the cost down."""
        told = {name: self.cleaned_data[name] for name in ("what", "amount", "vat_rate")}
        return shared.log_cost(buyer=self.at.organization, **told, **self.when())


class InvoiceForm(AmountForm):
    """What the customer was invoiced: all that is left of the price, unless somebody says otherwise."""

    def log(self) -> Delivery:
        """Write the invoice down."""
        return shared.log_invoice(amount=self.cleaned_data["amount"], **self.when())


class CollectionForm(AmountForm):
    """What the customer paid: all that it owes, unless somebody says otherwise."""

    amount = AmountField(label=_("What the customer paid, in pesos, VAT included"))

    def log(self) -> Delivery:
        """Write it down."""
        return shared.log_collection(amount=self.cleaned_data["amount"], **self.when())


class WithOther(ActForm):
    """An act between two of them."""

    other = forms.ChoiceField(label=_("With whom"))
    field_order = ["other"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(each.other.pk): each for each in self.whole.between(self.at.organization) if self.fits(each)}
        cast("forms.ChoiceField", self.fields["other"]).choices = [
            (pk, each.other.name) for pk, each in self.others.items()
        ]

    def fits(self, between: coproductions.Between) -> bool:
        """Whether the act may be done with that other one."""
        return bool(between.owes)


class SettlementForm(WithOther):
    """With whom everything is cancelled out, and the rest paid."""

    def fits(self, between: coproductions.Between) -> bool:
        """Whether it owes that other one more than it is owed."""
        return bool(between.owes) and between.rest >= 0

    def log(self) -> Delivery:
        """Write the settlement down."""
        other = self.others[self.cleaned_data["other"]].other
        return settlements.log(giver=self.at.organization, receiver=other, **self.when())


class PaymentForm(WithOther):
    """Money, or credit, that was paid to one of the others."""

    amount = AmountField(label=_("Amount in pesos"))
    field_order = ["other", "amount"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        means.offer(self, payer=self.at.book, money=self.money)

    def clean_amount(self) -> int:
        """Return minor units."""
        return minor(self.cleaned_data["amount"], self.money)

    def log(self) -> Delivery:
        """Write the payment down."""
        other, amount = self.others[self.cleaned_data["other"]].other, self.cleaned_data["amount"]
        told = {"amount": amount, "credit": self.cleaned_data.get("credit"), **self.when()}
        return deliveries.log_payment(giver=self.at.organization, receiver=other, **told)


def _left_to_invoice(whole: Whole, money: Unit) -> dict[str, Any]:
    return {"amount": editable(whole.left_to_invoice, money)}


def _left_to_collect(whole: Whole, money: Unit) -> dict[str, Any]:
    return {"amount": editable(whole.left_to_collect, money)}


#: Act, which is also the flag that lets somebody tell of it → its form, and what the form begins with.
FORMS: dict[str, tuple[type[ActForm], Callable[[Whole, Unit], dict[str, Any]]]] = {
    "tell": (StageForm, lambda _whole, _money: {}),
    "buy": (CostForm, lambda _whole, _money: {}),
    "invoice": (InvoiceForm, _left_to_invoice),
    "collect": (CollectionForm, _left_to_collect),
    "settle": (SettlementForm, lambda _whole, _money: {}),
    "pay": (PaymentForm, lambda _whole, _money: {}),
}


@login_required
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, code: str, pk: int, act: str) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    if not at.can_log:
        raise Http404
    whole = coproductions.whole(agreement=agreement)
    kind, begun = FORMS[act]
    initial = {"key": key_for(request, agreement), "happened_on": at.on, **begun(whole, agreement.unit)}
    form = kind(request.POST if request.method == "POST" else None, initial=initial, at=at, whole=whole)
    if form.is_valid() and _is_logged(form):
        messages.success(request, _("Noted. It counts once all whom it concerns have said that it was so."))
        return redirect("ledger:coproduction", code, pk)
    context = at.context("coproductions") | _shown(agreement, whole, at, form, act)
    return render(request, "ledger/coproductions/note.html", context, status=422 if form.errors else 200)


def _shown(agreement: Agreement, whole: Whole, at: Desk, form: ActForm, act: str) -> dict[str, Any]:
    return {
        "agreement": agreement,
        "whole": whole,
        "form": form,
        "act": act,
        "is_open": getattr(open_to(at, whole), act),
        "between": whole.between(at.organization),
    }


def _is_logged(form: ActForm) -> bool:
    """Write it down, or put the refusal on the form."""
    try:
        form.log()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
