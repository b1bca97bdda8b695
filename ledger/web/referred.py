"""Tell what was invoiced for work that was passed on; confirming, paying and undoing are those of any delivery."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import referred
from ledger.actions.deliveries import Papers
from ledger.actions.referred import InvoiceIsMissing
from ledger.actions.refusals_referred import InvoiceToldBefore
from ledger.models.agreements import Agreement
from ledger.models.units import Unit
from ledger.web.access import Desk, desk
from ledger.web.fields import AmountField, KeyField, minor
from ledger.web.referrals import agreement_of
from network.errors import DomainError
from network.web.fields import DayField


class WorkForm(forms.Form):
    """What was invoiced, when, and under which number."""

    key = KeyField()
    amount = AmountField(label=_("What you invoiced, without VAT"))
    invoice = forms.CharField(
        label=_("Number of your invoice to the customer"), max_length=40, help_text=_("Like A 0003-00001234.")
    )
    happened_on = DayField(label=_("Day of the invoice"))

    def __init__(self, *args: Any, money: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.money = money

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("amount"):
            try:
                self.minor = minor(data["amount"], self.money)
            except forms.ValidationError as error:
                self.add_error("amount", error)
        return data


@login_required
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = agreement_of(at, pk)
    if not at.can_log or agreement.proposer_id == at.organization.pk:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = WorkForm(posted, initial={"key": uuid.uuid4(), "happened_on": at.on}, money=agreement.unit)
    if form.is_valid() and _is_told(at, agreement, form):
        messages.success(request, _("Noted. It counts once the other side has said that it was so."))
        return redirect("ledger:referral", code, pk)
    context = at.context("customers") | {"agreement": agreement, "terms": agreement.referral, "form": form}
    return render(request, "ledger/referrals/tell.html", context, status=422 if form.errors else 200)


def _is_told(at: Desk, agreement: Agreement, form: WorkForm) -> bool:
    """Tell of it, or put the refusal where it belongs."""
    data = form.cleaned_data
    try:
        referred.log(
            agreement=agreement,
            key=data["key"],
            taker=at.organization,
            amount=form.minor,
            happened_on=data["happened_on"],
            papers=Papers(invoice=data["invoice"]),
            by=at.user,
            on=at.on,
        )
    except (InvoiceIsMissing, InvoiceToldBefore) as refusal:
        form.add_error("invoice", str(refusal))
        return False
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
