"""Log what was handed over or paid, and confirm, reject or undo what the other side logged."""

import uuid
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ledger.actions import confirmations, deliveries, reversals
from ledger.actions.deliveries import Papers
from ledger.models.agreements import BARTER, Agreement
from ledger.models.assignments import ASSIGNMENT
from ledger.models.deliveries import Delivery
from ledger.models.loans import LOAN
from ledger.models.machines import MACHINE
from ledger.models.purchases import JOINT_PURCHASE
from ledger.models.referrals import REFERRAL
from ledger.models.toll_work import TOLL_WORK
from ledger.models.units import Unit
from ledger.queries import agreements as agreements_read
from ledger.queries.agreements import LineStatus
from ledger.templatetags.parties import page
from ledger.web import means
from ledger.web.access import Desk, desk, only_sent, said
from ledger.web.answers import resolution_of
from ledger.web.fields import AmountField, KeyField, NumberField, minor
from network.errors import DomainError
from network.web.fields import DayField

#: Kind of agreement whose deliveries both books hold → the part of the site that it is in.
SECTIONS = {
    ASSIGNMENT: "accounts",
    BARTER: "barter",
    JOINT_PURCHASE: "purchases",
    LOAN: "loans",
    MACHINE: "machines",
    REFERRAL: "customers",
    TOLL_WORK: "toll",
}


class PapersForm(forms.Form):
    """The day and the papers of a delivery or a payment."""

    key = KeyField()
    happened_on = DayField(label=_("Day"))
    delivery_note = forms.CharField(label=_("Delivery note (remito)"), max_length=40, required=False)
    invoice = forms.CharField(label=_("Invoice (factura) or receipt"), max_length=40, required=False)

    def papers(self) -> Papers:
        """Return the numbers that were written."""
        return Papers(delivery_note=self.cleaned_data["delivery_note"], invoice=self.cleaned_data["invoice"])


class MinorForm(PapersForm):
    """Numbers that become minor units, each of its own unit."""

    def count(self, name: str, unit: Unit) -> None:
        """Let a field that was written be counted in a unit; nothing is 0."""
        value = self.cleaned_data.get(name)
        self.cleaned_data[f"{name}_minor"] = 0
        if value is not None:
            try:
                self.cleaned_data[f"{name}_minor"] = minor(value, unit)
            except forms.ValidationError as error:
                self.add_error(name, error)


class DeliveryForm(PapersForm):
    """How much of each agreed line was handed over."""

    def __init__(self, *args: Any, lines: list[LineStatus], unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.lines = {f"line-{status.line.pk}": status for status in lines if status.left}
        for name, status in self.lines.items():
            self.fields[name] = NumberField(label=status.line.thing, required=False)
            self.fields[f"worth-{status.line.pk}"] = AmountField(label=status.line.thing, required=False)

    @property
    def rows(self) -> list[tuple[LineStatus, forms.BoundField]]:
        """Each agreed line that has something left, with its field."""
        return [(status, self[name]) for name, status in self.lines.items()]

    @property
    def prices(self) -> list[tuple[LineStatus, forms.BoundField]]:
        """Each of them with the field of today's price."""
        return [(status, self[f"worth-{status.line.pk}"]) for status in self.lines.values()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.quantities: dict[int, int] = {}
        self.worths: dict[int, int] = {}
        for name, status in self.lines.items():
            line, price = status.line, f"worth-{status.line.pk}"
            self._count(name, line.measure.unit, self.quantities, line.pk)
            self._count(price, self.unit, self.worths, line.pk)
            if data.get(price) and not data.get(name):
                self.add_error(name, _("Write how much of it was delivered at this price."))
        return data

    def _count(self, name: str, unit: Unit, into: dict[int, int], line: int) -> None:
        if self.cleaned_data.get(name):
            try:
                into[line] = minor(self.cleaned_data[name], unit)
            except forms.ValidationError as error:
                self.add_error(name, error)


class PaymentForm(PapersForm):
    """Money that was handed over, or credit; among more than two one says to whom."""

    amount = AmountField(label=_("Amount in pesos"))
    receiver = forms.ChoiceField(label=_("To whom"))
    field_order = ["amount", "receiver"]

    def __init__(self, *args: Any, agreement: Agreement, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        means.offer(self, payer=at.book, money=agreement.unit)
        self.others = {str(each.pk): each for each in agreement.others(at.organization)}
        cast("forms.ChoiceField", self.fields["receiver"]).choices = [
            (pk, each.name) for pk, each in self.others.items()
        ]
        if len(self.others) == 1:
            del self.fields["receiver"]

    def paid(self) -> dict[str, Any]:
        """Return how much was paid, in minor units, to whom, and in which credit, if it was."""
        receiver = self.cleaned_data.get("receiver") or next(iter(self.others))
        credit = self.cleaned_data.get("credit")
        return {"amount": self.minor, "receiver": self.others[receiver], "credit": credit}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("amount"):
            try:
                self.minor = minor(data["amount"], self.agreement.unit)
            except forms.ValidationError as error:
                self.add_error("amount", error)
        return data


def _agreement(at: Desk, pk: int, kind: str = BARTER) -> Agreement:
    if not at.can_log:
        raise Http404
    return get_object_or_404(agreements_read.of_organization(at.organization, kind=kind), pk=pk)


def _begun(at: Desk) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "happened_on": at.on}


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@login_required
def deliver(request: HttpRequest, code: str, pk: int, kind: str = BARTER) -> HttpResponse:
    at = desk(request, code)
    agreement = _agreement(at, pk, kind)
    ours = agreements_read.whole(agreement=agreement).side(at.organization)
    form = DeliveryForm(_posted(request), initial=_begun(at), lines=ours.lines, unit=agreement.unit)
    if form.is_valid():
        handed = {"quantities": form.quantities, "worths": form.worths}
        if _is_logged(at, agreement, form, deliveries.log, **handed):
            return _thanks(request, at, agreement)
    return _show(request, at, agreement, form, "ledger/barter/deliver.html")


@login_required
def pay(request: HttpRequest, code: str, pk: int, kind: str = BARTER) -> HttpResponse:
    at = desk(request, code)
    agreement = _agreement(at, pk, kind)
    form = PaymentForm(_posted(request), initial=_begun(at), agreement=agreement, at=at)
    if form.is_valid() and _is_logged(at, agreement, form, deliveries.log_payment, **form.paid()):
        return _thanks(request, at, agreement)
    return _show(request, at, agreement, form, "ledger/barter/pay.html")


def _is_logged(at: Desk, agreement: Agreement, form: PapersForm, log: Callable[..., Delivery], **what: object) -> bool:
    """Log what was handed over, or put the refusal on the form."""
    try:
        log(
            agreement=agreement,
            key=form.cleaned_data["key"],
            giver=at.organization,
            happened_on=form.cleaned_data["happened_on"],
            papers=form.papers(),
            by=at.user,
            on=at.on,
            **what,
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _thanks(request: HttpRequest, at: Desk, agreement: Agreement) -> HttpResponse:
    messages.success(request, _("Logged. It counts once the other side confirms that it received it."))
    return redirect(page(agreement, at.organization))


def _show(request: HttpRequest, at: Desk, agreement: Agreement, form: forms.Form, template: str) -> HttpResponse:
    context = at.context(SECTIONS[agreement.kind]) | {
        "agreement": agreement,
        "form": form,
        "others": agreement.others(at.organization),
        "debts": agreements_read.whole(agreement=agreement).debts,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _delivery(at: Desk, pk: int, kind: str = BARTER) -> Delivery:
    delivery = get_object_or_404(Delivery.objects.select_related("agreement", "giver", "receiver"), pk=pk)
    get_object_or_404(agreements_read.of_organization(at.organization, kind=kind), pk=delivery.agreement_id)
    return delivery


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Lead to the agreement: a delivery has no page of its own."""
    return redirect("ledger:barter-detail", code, _delivery(desk(request, code), pk).agreement_id)


@login_required
@only_sent
def confirm(request: HttpRequest, code: str, pk: int, kind: str = BARTER) -> HttpResponse:
    at = desk(request, code)
    delivery = _delivery(at, pk, kind)
    try:
        match request.POST.get("answer"):
            case "confirm":
                confirmations.confirm(delivery=delivery, resolution=resolution_of(request, at), by=at.user, on=at.on)
                messages.success(request, _("Confirmed. It is now in both books."))
            case "reject":
                deliveries.reject(delivery=delivery, reason=said(request), by=at.user, on=at.on)
                messages.success(request, _("Noted as not received. The other side can read why and log it again."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(page(delivery.agreement, at.organization))


@login_required
@only_sent
def reverse(request: HttpRequest, code: str, pk: int, kind: str = BARTER) -> HttpResponse:
    at = desk(request, code)
    delivery = _delivery(at, pk, kind)
    try:
        match request.POST.get("answer"):
            case "ask":
                reversals.ask(
                    delivery=delivery,
                    organization=at.organization,
                    reason=said(request),
                    resolution=resolution_of(request, at),
                    by=at.user,
                    on=at.on,
                )
                messages.success(request, _("Asked. It is undone once the other side agrees."))
            case "agree":
                reversals.agree(delivery=delivery, resolution=resolution_of(request, at), by=at.user, on=at.on)
                among = _("Reversed with a new entry in both books.") if kind in SECTIONS else _("Reversed.")
                messages.success(request, among)
            case "keep":
                reversals.keep(delivery=delivery, by=at.user, on=at.on)
                messages.success(request, _("The delivery stands as it was."))
            case _other:
                messages.error(request, _("Choose one of the answers of the page."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(page(delivery.agreement, at.organization))
