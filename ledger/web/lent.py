"""What is lent, given back and forgiven under a loan: one page for each."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ledger.actions import lent as actions
from ledger.actions.lent import What
from ledger.models.agreements import Agreement, AgreementLine
from ledger.models.deliveries import Delivery
from ledger.queries import loans
from ledger.web.access import Desk, desk
from ledger.web.deliveries import MinorForm
from ledger.web.fields import AmountField, NumberField
from ledger.web.loans import agreement_of
from network.errors import DomainError
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.fields import ActField


class WhatForm(MinorForm):
    """Money, or so much of a thing: the one that is there, or one of the two."""

    money = AmountField(label=_("Amount in pesos"), required=False)
    quantity = NumberField(label=_("How much"), required=False)
    field_order = ["money", "quantity", "worth", "resolution"]

    def __init__(
        self, *args: Any, agreement: Agreement, is_money: bool, thing: AgreementLine | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agreement, self.thing = agreement, thing
        if not is_money:
            del self.fields["money"]
        if thing is None:
            del self.fields["quantity"]
        else:
            self.fields["quantity"].label = f"{thing.thing}, {thing.measure.unit.name}"
        self.asked = [name for name in ("money", "quantity") if name in self.fields]
        if len(self.asked) == 1:
            only = self.fields[self.asked[0]]
            only.required, only.error_messages["required"] = True, _("Write a number above zero.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("money", "worth"):
            self.count(name, self.agreement.unit)
        if self.thing is not None:
            self.count("quantity", self.thing.measure.unit)
        written = [name for name in self.asked if data.get(name) or name in self.errors]
        if not written:
            self.add_error(self.asked[0], _("Write a number above zero."))
        elif len(written) > 1:
            self.add_error(written[1], _("Write the one or the other: each is told by itself."))
        return data

    def what(self) -> What:
        """Return what was written, as the actions take it."""
        data = self.cleaned_data
        if data.get("money"):
            return What(money=data["money_minor"])
        return What(quantity=data["quantity_minor"], worth=data.get("worth_minor") or None)


class BackForm(WhatForm):
    """What was given back, and today's price of it where it is the thing that was lent."""

    worth = AmountField(
        label=_("What that is worth today, in pesos, without VAT"),
        required=False,
        help_text=_("Empty: as much as when it was lent. How much is owed does not change by it."),
    )


class ForgiveForm(WhatForm):
    """What is forgiven, and by which resolution."""

    resolution = ActField(
        label=_("Resolution that allows it"),
        queryset=Resolution.objects.none(),
        error_messages={"required": _("Choose the resolution of your assembly that allows it.")},
    )

    def __init__(self, *args: Any, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)
        for name in ("delivery_note", "invoice"):
            self.fields[name].widget = forms.HiddenInput()


def _agreement(at: Desk, pk: int, *, lends: bool, may: bool) -> Agreement:
    agreement = agreement_of(at, pk)
    if not may or (agreement.loan.lender_id == at.organization.pk) != lends:
        raise Http404
    return agreement


def _form(request: HttpRequest, kind: type[WhatForm], *, on: dt.date, **how: Any) -> WhatForm:
    begun = {"key": uuid.uuid4(), "happened_on": on}
    return kind(request.POST if request.method == "POST" else None, initial=begun, **how)


@login_required
@require_http_methods(["GET", "POST"])
def lend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = _agreement(at, pk, lends=True, may=at.can_log)
    thing = loans.lent_line(agreement.loan)
    form = _form(request, WhatForm, on=at.on, agreement=agreement, is_money=thing is None, thing=thing)

    def tell(**told: Any) -> Delivery:
        what = form.what()
        return actions.lend(agreement=agreement, amount=what.money or what.quantity or 0, **told)

    return _answer(request, at, form, tell, "ledger/loans/lend.html")


@login_required
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = _agreement(at, pk, lends=False, may=at.can_log)
    terms = agreement.loan
    lent = loans.lent_line(terms)
    stand = loans.stand(terms)
    how = {"is_money": lent is None or stand.owed_money > 0, "thing": lent or loans.back_line(terms)}
    form = _form(request, BackForm, on=at.on, agreement=agreement, **how)
    if lent is None:
        del form.fields["worth"]
    return _answer(
        request, at, form, lambda **told: actions.give_back(agreement=agreement, what=form.what(), **told),
        "ledger/loans/give_back.html",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def forgive(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    at = desk(request, code)
    agreement = _agreement(at, pk, lends=True, may=at.can_confirm)
    lent = loans.lent_line(agreement.loan)
    is_money = lent is None or loans.stand(agreement.loan).owed_money > 0
    form = _form(request, ForgiveForm, on=at.on, at=at, agreement=agreement, is_money=is_money, thing=lent)

    def tell(**told: Any) -> Delivery:
        decided = form.cleaned_data["resolution"]
        return actions.forgive(agreement=agreement, what=form.what(), resolution=decided, **told)

    return _answer(request, at, form, tell, "ledger/loans/forgive.html")


def _answer(
    request: HttpRequest, at: Desk, form: WhatForm, tell: Callable[..., Delivery], template: str
) -> HttpResponse:
    """Tell of it and lead back to the loan, or show the form with what is wrong."""
    agreement = form.agreement
    if form.is_valid():
        data = form.cleaned_data
        try:
            tell(key=data["key"], happened_on=data["happened_on"], papers=form.papers(), by=at.user, on=at.on)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Logged. It counts once the other side confirms it."))
            return redirect("ledger:loan", at.organization.code, agreement.pk)
    context = at.context("loans") | {
        "agreement": agreement,
        "form": form,
        "stand": loans.stand(agreement.loan),
        "lent": loans.lent_line(agreement.loan),
    }
    return render(request, template, context, status=422 if form.errors else 200)
