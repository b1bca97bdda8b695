"""Put something right under an agreement: a return, a shortfall, less quality, prices, what is still to be given."""

import uuid
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from ledger.actions import adjustments
from ledger.models.agreements import BARTER, Agreement, AgreementLine
from ledger.models.deliveries import Act
from ledger.queries import agreements as agreements_read
from ledger.templatetags.parties import page
from ledger.web.access import Desk, desk
from ledger.web.deliveries import SECTIONS, PapersForm
from ledger.web.fields import AmountField, NumberField, minor
from network.errors import DomainError
from network.models.resolutions import Resolution
from network.queries import assemblies
from network.web.fields import ActField

WAYS = [
    (Act.RETURN, _("Goods go back to whoever gave them")),
    (Act.IN_MONEY, _("Some of what was lent is paid in money instead")),
    (Act.SHORTFALL, _("Some of it will not be delivered any more")),
    (Act.ALLOWANCE, _("It is less good than agreed: the price goes down")),
    (Act.REVALUATION, _("What is owed in goods is put at today's price")),
    (Act.CHANGE, _("We agree anew on what is still to be given and nobody owes yet")),
]


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """An agreed line, with its unit and who gives it to whom."""

    def label_from_instance(self, obj: AgreementLine) -> str:
        """Return how the line is named in the list."""
        return f"{obj.thing}, {obj.measure.unit.name} ({obj.giver.name} → {obj.receiver.name})"


class AdjustForm(PapersForm):
    """What is put right, on which line, and why."""

    act = forms.TypedChoiceField(label=_("What is put right"), choices=WAYS, coerce=Act, widget=forms.RadioSelect)
    line = LineField(queryset=AgreementLine.objects.none(), label=_("Which thing"), empty_label=None)
    quantity = NumberField(
        label=_("Quantity"),
        help_text=_("For today's price: all that is owed of it. For a new agreement: what is then still to be given."),
    )
    amount = AmountField(
        label=_("Amount in pesos, without VAT"),
        required=False,
        help_text=_("For a reduction: what is taken off. Otherwise: what all of that quantity is worth."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    resolution = ActField(
        label=_("Resolution that allows it"),
        queryset=Resolution.objects.none(),
        required=False,
        help_text=_("Needed where it is worth more than your officers may agree on by themselves."),
    )
    field_order = ["act", "line", "quantity", "amount", "reason"]

    def __init__(self, *args: Any, agreement: Agreement, at: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        ours = agreement.lines.filter(giver=at.organization) | agreement.lines.filter(receiver=at.organization)
        found = ours.select_related("giver", "receiver", "measure__unit").order_by("number")
        cast("LineField", self.fields["line"]).queryset = found
        possible = adjustments.ACTS_OF[agreement.kind]
        cast("forms.ChoiceField", self.fields["act"]).choices = [way for way in WAYS if way[0] in possible]
        acts = cast("forms.ModelChoiceField[Resolution]", self.fields["resolution"])
        acts.queryset = assemblies.latest(at.organization)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("act") in adjustments.PRICED and not data.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Write an amount above zero."))
        units = {"amount": self.agreement.unit}
        if data.get("line"):
            units["quantity"] = data["line"].measure.unit
        for name, unit in units.items():
            if data.get(name):
                try:
                    data[f"{name}_minor"] = minor(data[name], unit)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return data

    def told(self) -> dict[str, Any]:
        """Return what was written, as the action takes it."""
        data = self.cleaned_data
        is_priced = data["act"] in adjustments.PRICED
        return {
            "key": data["key"],
            "act": data["act"],
            "line": data["line"],
            "quantity": data["quantity_minor"],
            "amount": data.get("amount_minor") if is_priced else None,
            "happened_on": data["happened_on"],
            "reason": data["reason"],
            "papers": self.papers(),
            "resolution": data["resolution"],
        }


@login_required
def adjust(request: HttpRequest, code: str, pk: int, kind: str = BARTER) -> HttpResponse:
    at = desk(request, code)
    if not at.can_log:
        raise Http404
    agreement = get_object_or_404(agreements_read.of_organization(at.organization, kind=kind), pk=pk)
    posted = request.POST if request.method == "POST" else None
    begun = {"key": uuid.uuid4(), "happened_on": at.on, "act": adjustments.ACTS_OF[kind][0]}
    form = AdjustForm(posted, initial=begun, agreement=agreement, at=at)
    if form.is_valid():
        try:
            adjustments.log(agreement=agreement, organization=at.organization, by=at.user, on=at.on, **form.told())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Logged. It counts once the other side agrees."))
            return redirect(page(agreement, at.organization))
    context = at.context(SECTIONS[kind]) | {
        "agreement": agreement,
        "form": form,
        "debts": agreements_read.whole(agreement=agreement).debts,
    }
    return render(request, "ledger/barter/adjust.html", context, status=422 if form.errors else 200)
