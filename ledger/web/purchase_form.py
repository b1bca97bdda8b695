"""The form of a joint purchase: what is bought, who buys it, and how much each asks for."""

import uuid
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ledger.actions.purchases import JointPurchase, Request
from ledger.actions.terms import PARTIES_MAX
from ledger.models.agreements import Agreement
from ledger.models.units import Unit
from ledger.web.access import Desk
from ledger.web.agreements import LineRows
from ledger.web.fields import AmountField, KeyField, NumberField, UnitField, editable, minor
from ledger.web.rows import with_more
from network.models.organizations import Organization
from network.queries import admissions
from network.web.fields import DayField

#: What is folded away until somebody wants it, or something in it is wrong.
MORE = ("buyer", "due_on", "agreed_on", "resolution")


class TermsForm(forms.Form):
    """What is agreed besides the requests."""

    key = KeyField()
    title = forms.CharField(
        label=_("What it is about"), max_length=120, help_text=_("For example: steel for the order of May.")
    )
    thing = forms.CharField(label=_("What is bought"), max_length=80)
    unit = UnitField(label=_("Counted in"))
    buyer = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label=_("Who buys it"),
        empty_label=None,
        help_text=_("Whoever gets the invoice of the supplier."),
    )
    due_on = DayField(label=_("It is to be bought by"), required=False)
    agreed_on = DayField(label=_("Day of the agreement"))
    resolution = forms.CharField(
        label=_("Resolution that allows it"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the act of the council or the assembly."),
    )

    def __init__(self, *args: Any, traders: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organization]", self.fields["buyer"]).queryset = traders

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in MORE]

    @property
    def opens_folded(self) -> bool:
        """Whether something in what is folded is wrong."""
        return self.is_bound and any(name in self.errors for name in MORE)


class RequestForm(forms.Form):
    """How much one asks for; a row that is left empty is left out."""

    organization = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("For whom"), required=False, empty_label=_("Choose one")
    )
    quantity = NumberField(label=_("How much"), required=False)
    most = AmountField(label=_("At most, for each unit, without VAT"), required=False)

    def __init__(self, *args: Any, traders: QuerySet[Organization], money: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organization]", self.fields["organization"]).queryset = traders
        self.money = money

    def has_changed(self) -> bool:
        """Whether it counts: a row that is as it was is still a row."""
        return True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(data.get(name) or name in self.errors for name in ("quantity", "most")):
            for name in ("organization", "quantity", "most"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Complete this, or empty the whole row."))
        if data.get("most"):
            try:
                data["most_minor"] = minor(data["most"], self.money)
            except forms.ValidationError as error:
                self.add_error("most", error)
        return data

    def count(self, unit: Unit) -> bool:
        """Count how much in the unit of the thing, and say whether that was right."""
        if self.cleaned_data.get("quantity"):
            try:
                self.cleaned_data["quantity_minor"] = minor(self.cleaned_data["quantity"], unit)
            except forms.ValidationError as error:
                self.add_error("quantity", error)
        return not self.errors

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for in the row."""
        return not any(self.cleaned_data.get(name) for name in ("quantity", "most"))

    def request(self) -> Request:
        """Return what was written."""
        data = self.cleaned_data
        return Request(organization=data["organization"], quantity=data["quantity_minor"], most=data["most_minor"])


RequestFormSet = forms.formset_factory(
    RequestForm, formset=LineRows, extra=0, max_num=PARTIES_MAX, absolute_max=2 * PARTIES_MAX, validate_max=True
)


class Draft:
    """The form of a joint purchase and the rows of those who ask, filled from a request or from what is there."""

    def __init__(self, request: HttpRequest, at: Desk, agreement: Agreement | None) -> None:
        posted = request.POST if request.method == "POST" else None
        self.wants_more = posted is not None and "more" in posted
        if self.wants_more:
            posted = with_more(posted, "requests", most=PARTIES_MAX)
        traders = admissions.traders(on=at.on).filter(book__isnull=False)
        initial: dict[str, Any] = {"key": uuid.uuid4(), "agreed_on": at.on, "buyer": at.organization.pk}
        rows: list[dict[str, Any]] = [{"organization": at.organization.pk}, {}]
        if agreement is not None:
            initial, rows = _written(agreement)
        self.form = TermsForm(posted, initial=initial, traders=traders)
        self.requests = RequestFormSet(
            posted, prefix="requests", initial=rows, form_kwargs={"traders": traders, "money": at.book.unit}
        )

    def is_valid(self) -> bool:
        """Say whether all of it can be taken."""
        is_right = all([self.form.is_valid(), self.requests.is_valid()])
        unit = self.form.cleaned_data.get("unit")
        # Each row says what is wrong with it, not only the first.
        counted = [row.count(unit) for row in self.requests] if unit else []
        return is_right and all(counted)

    def purchase(self) -> JointPurchase:
        """Return what was written."""
        data = self.form.cleaned_data
        return JointPurchase(
            buyer=data["buyer"],
            title=data["title"],
            thing=data["thing"],
            unit=data["unit"],
            requests=[row.request() for row in self.requests if not row.is_empty],
            agreed_on=data["agreed_on"],
            due_on=data["due_on"],
            resolution=data["resolution"],
        )


def _written(agreement: Agreement) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    terms = agreement.purchase
    unit = terms.measure.unit
    rows = [
        {
            "organization": each.organization_id,
            "quantity": editable(each.quantity, unit),
            "most": editable(each.most, agreement.unit),
        }
        for each in agreement.requests.order_by("number")
    ]
    return {
        "key": agreement.key,
        "title": agreement.title,
        "thing": terms.thing,
        "unit": unit.pk,
        "buyer": terms.buyer_id,
        "due_on": agreement.due_on,
        "agreed_on": agreement.agreed_on,
        "resolution": agreement.resolution,
    }, rows
