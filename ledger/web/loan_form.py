"""The form of a loan: who lends whom what, until when, and by which goods money may be given back."""

import datetime as dt
import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.actions.loans import Goods, Loan
from ledger.models.agreements import Agreement
from ledger.models.units import Unit
from ledger.web.access import Desk
from ledger.web.agreements import VAT_RATES
from ledger.web.fields import AmountField, KeyField, NumberField, UnitField, editable, minor
from network.models.organizations import Organization
from network.queries import admissions
from network.web.fields import DayField

OURS, THEIRS = "ours", "theirs"
#: What is lent if it is a thing, and the goods by which money may be given back: the fields of each.
THING = ("thing", "thing_quantity", "thing_unit", "thing_value")
BACK = ("back", "back_quantity", "back_unit", "back_value", "back_vat_rate")
#: What is folded away until somebody wants it, or something in it is wrong.
MORE = ("agreed_on", "resolution")


class LoanForm(forms.Form):
    """What is agreed: money, or a thing."""

    key = KeyField()
    whose = forms.ChoiceField(
        label=_("Who lends?"),
        choices=[(OURS, _("We lend to the other cooperative")), (THEIRS, _("The other cooperative lends to us"))],
        widget=forms.RadioSelect,
    )
    partner = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("With which cooperative"), empty_label=_("Choose one")
    )
    title = forms.CharField(
        label=_("What it is about"), max_length=120, help_text=_("For example: sugar for the Easter season.")
    )
    money = AmountField(label=_("Amount in pesos"), required=False)
    thing = forms.CharField(label=_("Thing that is lent"), max_length=80, required=False)
    thing_quantity = NumberField(label=_("How much of it"), required=False)
    thing_unit = UnitField(label=_("Counted in"), required=False)
    thing_value = AmountField(
        label=_("What all of it cost the lender, in pesos, without VAT"),
        required=False,
        help_text=_("Both write it in their books at this price. The same quantity is given back, whatever its price."),
    )
    due_on = DayField(label=_("It is given back by"))
    back = forms.CharField(label=_("Goods by which it may be given back"), max_length=80, required=False)
    back_quantity = NumberField(label=_("How much of them, at most"), required=False)
    back_unit = UnitField(label=_("Counted in"), required=False)
    back_value = AmountField(
        label=_("What they are worth in pesos, without VAT"),
        required=False,
        help_text=_("They are sold for the debt: their VAT, too, is taken off what is owed."),
    )
    back_vat_rate = forms.TypedChoiceField(
        label=_("VAT of the goods"), choices=VAT_RATES, coerce=int, empty_value=None, required=False, initial="2100"
    )
    agreed_on = DayField(label=_("Day of the agreement"))
    resolution = forms.CharField(
        label=_("Resolution that allows it"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the act of the council or the assembly."),
    )

    def __init__(self, *args: Any, at: Desk, agreement: Agreement | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.unit = at, at.book.unit
        partner = cast("forms.ModelChoiceField[Organization]", self.fields["partner"])
        if agreement is None:
            traders = admissions.traders(on=at.on).filter(book__isnull=False)
            partner.queryset = traders.exclude(pk=at.organization.pk)
        else:
            others = [each.pk for each in agreement.others(at.organization)]
            partner.queryset = Organization.objects.filter(pk__in=others)

    def _fields(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def _opens(self, names: tuple[str, ...]) -> bool:
        """Whether something is written in what is folded, or wrong."""
        return any(name in self.errors for name in names) or bool(self[names[0]].value() or self[names[1]].value())

    @property
    def lends_a_thing(self) -> list[forms.BoundField]:
        """The fields of a thing that is lent."""
        return self._fields(THING)

    @property
    def opens_thing(self) -> bool:
        """Whether a thing is written, or wrongly so."""
        return self._opens(THING)

    @property
    def in_goods(self) -> list[forms.BoundField]:
        """The fields of the goods by which money may be given back."""
        return self._fields(BACK)

    @property
    def opens_goods(self) -> bool:
        """Whether such goods are written, or wrongly so."""
        return self._opens(BACK)

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return self._fields(MORE)

    @property
    def opens_folded(self) -> bool:
        """Whether something in what is folded is wrong."""
        return self.is_bound and any(name in self.errors for name in MORE)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._count("money", self.unit)
        for name in ("thing", "back"):
            self._count(f"{name}_quantity", data.get(f"{name}_unit"))
            self._count(f"{name}_value", self.unit)
            needed = (name, f"{name}_quantity", f"{name}_value", f"{name}_unit")
            written = {each for each in needed if data.get(each) or each in self.errors}
            # A unit is always chosen.
            for each in needed if written - {f"{name}_unit"} else ():
                if each not in written:
                    self.add_error(each, _("Complete this, or empty all that is said of the thing."))
        return data

    def _count(self, name: str, unit: Unit | None) -> None:
        value = self.cleaned_data.get(name)
        if value is not None and unit is not None:
            try:
                self.cleaned_data[f"{name}_minor"] = minor(value, unit)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def _goods(self, name: str) -> Goods | None:
        data = self.cleaned_data
        if not data.get(name):
            return None
        return Goods(
            thing=data[name],
            unit=data[f"{name}_unit"],
            quantity=data[f"{name}_quantity_minor"],
            value=data[f"{name}_value_minor"],
            vat_rate=data.get(f"{name}_vat_rate"),
        )

    def loan(self) -> Loan:
        """Return what was written, as the actions take it."""
        data, us = self.cleaned_data, self.at.organization
        lender, borrower = (us, data["partner"]) if data["whose"] == OURS else (data["partner"], us)
        return Loan(
            lender=lender,
            borrower=borrower,
            title=data["title"],
            money=data.get("money_minor"),
            thing=self._goods("thing"),
            back=self._goods("back"),
            agreed_on=data["agreed_on"],
            due_on=data["due_on"],
            resolution=data["resolution"],
        )


def begun(agreement: Agreement | None, us: Organization, on: dt.date) -> dict[str, Any]:
    """Return what the form shows before anything is written."""
    if agreement is None:
        return {"key": uuid.uuid4(), "agreed_on": on, "whose": OURS}
    terms = agreement.loan
    shown: dict[str, Any] = {
        "key": agreement.key,
        "whose": OURS if terms.lender_id == us.pk else THEIRS,
        "partner": agreement.others(us)[0].pk,
        "title": agreement.title,
        "money": "" if terms.money is None else editable(terms.money, agreement.unit),
        "agreed_on": agreement.agreed_on,
        "due_on": agreement.due_on,
        "resolution": agreement.resolution,
    }
    for line in agreement.lines.select_related("measure__unit"):
        name = "thing" if line.giver_id == terms.lender_id else "back"
        shown |= {
            name: line.thing,
            f"{name}_unit": line.measure.unit_id,
            f"{name}_quantity": editable(line.quantity, line.measure.unit),
            f"{name}_value": editable(line.value, agreement.unit),
            f"{name}_vat_rate": "" if line.vat_rate is None else str(line.vat_rate),
        }
    return shown
