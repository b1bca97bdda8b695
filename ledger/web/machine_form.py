"""The form of a shared machine: what it is, what an hour costs, who owns a part of it and who may use it."""

import datetime as dt
import uuid
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ledger.actions.machines import Price, SharedMachine
from ledger.actions.terms import PARTIES_MAX
from ledger.models.agreements import Agreement
from ledger.models.units import Unit
from ledger.web.access import Desk
from ledger.web.agreements import VAT_RATES, LineRows
from ledger.web.fields import AmountField, KeyField, editable, minor
from ledger.web.rows import with_more
from network.models.organizations import Organization
from network.queries import admissions
from network.web.fields import CountField, DayField

#: What is folded away until somebody wants it, or something in it is wrong.
MORE = ("owners", "our_parts", "vat_rate", "is_automatic", "agreed_on", "resolution")


class PriceForm(forms.Form):
    """What an hour costs: nothing written is for nothing."""

    others = AmountField(
        label=_("An hour costs, in pesos, without VAT"), required=False, help_text=_("Empty: it costs nothing.")
    )
    owners = AmountField(
        label=_("An hour costs those who own a part of it"),
        required=False,
        help_text=_("Empty: as much as the others."),
    )
    vat_rate = forms.TypedChoiceField(
        label=_("VAT of the hours"), choices=VAT_RATES, coerce=int, empty_value=None, required=False, initial="2100"
    )

    def __init__(self, *args: Any, money: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.money = money

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("others", "owners"):
            if data.get(name) is not None:
                try:
                    data[f"{name}_minor"] = minor(data[name], self.money)
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return data

    def price(self) -> Price:
        """Return what was written."""
        data = self.cleaned_data
        others = data.get("others_minor", 0)
        return Price(owners=data.get("owners_minor", others), others=others, vat_rate=data["vat_rate"])


class MachineForm(PriceForm):
    """What is agreed besides who takes part."""

    key = KeyField()
    name = forms.CharField(
        label=_("What is shared"), max_length=120, help_text=_("A machine, a room or a vehicle: the press for plates.")
    )
    place = forms.CharField(label=_("Its place"), max_length=120, required=False)
    our_parts = CountField(
        label=_("How many parts of it are ours"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Only if others own parts of it, too: write theirs beside their names."),
    )
    is_automatic = forms.BooleanField(label=_("A booking holds without our yes"), required=False)
    agreed_on = DayField(label=_("Day of the agreement"))
    resolution = forms.CharField(label=_("Resolution that allows it"), max_length=80, required=False)
    field_order = ["key", "name", "place", "others", "owners", "vat_rate"]

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in MORE]

    @property
    def opens_folded(self) -> bool:
        """Whether something is written in what is folded, or wrong."""
        return any(name in self.errors for name in MORE) or bool(self["our_parts"].value())


class UserForm(forms.Form):
    """One who may use it, and how many parts of it are theirs; a row that is left empty is left out."""

    organization = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("Who may use it"), required=False, empty_label=_("Choose one")
    )
    parts = CountField(label=_("Parts that are theirs"), required=False, min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, traders: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organization]", self.fields["organization"]).queryset = traders

    def has_changed(self) -> bool:
        """Whether it counts: a row that is as it was is still a row."""
        return True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("parts") and not data.get("organization") and "organization" not in self.errors:
            self.add_error("organization", _("Complete this, or empty the whole row."))
        return data


UserFormSet = forms.formset_factory(
    UserForm, formset=LineRows, extra=0, max_num=PARTIES_MAX, absolute_max=2 * PARTIES_MAX, validate_max=True
)


class Draft:
    """The form of a machine and the rows of those who use it, filled from a request or from what is there."""

    def __init__(self, request: HttpRequest, at: Desk, agreement: Agreement | None) -> None:
        posted = request.POST if request.method == "POST" else None
        self.at, self.wants_more = at, posted is not None and "more" in posted
        if self.wants_more:
            posted = with_more(posted, "users", most=PARTIES_MAX)
        traders = admissions.traders(on=at.on).filter(book__isnull=False).exclude(pk=at.organization.pk)
        initial, rows = _begun(at.on) if agreement is None else _written(agreement, at.organization)
        self.form = MachineForm(posted, initial=initial, money=at.book.unit)
        self.users = UserFormSet(posted, prefix="users", initial=rows, form_kwargs={"traders": traders})

    def is_valid(self) -> bool:
        """Say whether all of it can be taken."""
        return all([self.form.is_valid(), self.users.is_valid()])

    def machine(self) -> SharedMachine:
        """Return what was written."""
        data, us = self.form.cleaned_data, self.at.organization
        rows = [row.cleaned_data for row in self.users if row.cleaned_data.get("organization")]
        theirs = [(row["organization"], row["parts"]) for row in rows if row.get("parts")]
        ours = [(us, data["our_parts"] or 1)] if theirs or data["our_parts"] else []
        return SharedMachine(
            holder=us,
            name=data["name"],
            place=data["place"],
            owners=[*ours, *theirs],
            users=[row["organization"] for row in rows],
            price=self.form.price(),
            is_automatic=data["is_automatic"],
            agreed_on=data["agreed_on"],
            resolution=data["resolution"],
        )


def _begun(on: dt.date) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return {"key": uuid.uuid4(), "agreed_on": on}, [{}, {}]


def _written(agreement: Agreement, us: Organization) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    machine = agreement.machine
    price = machine.prices.latest("pk")
    parts = dict(machine.owners.values_list("organization", "parts"))
    rows = [{"organization": each.pk, "parts": parts.get(each.pk)} for each in agreement.others(us)]
    return {
        "key": agreement.key,
        "name": agreement.title,
        "place": machine.place,
        "others": editable(price.others, agreement.unit) if price.others else "",
        "owners": editable(price.owners, agreement.unit) if price.owners != price.others else "",
        "vat_rate": "" if price.vat_rate is None else str(price.vat_rate),
        "our_parts": parts[us.pk] if len(parts) > 1 else None,
        "is_automatic": machine.is_automatic,
        "agreed_on": agreement.agreed_on,
        "resolution": agreement.resolution,
    }, rows
