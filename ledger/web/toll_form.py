"""The form of toll work: whose material, what is made of it, for which fee, and what of that is paid in goods."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.actions.toll_work import Amount, Toll
from ledger.core import written
from ledger.core.toll_work import WASTE_MAX
from ledger.core.units import to_minor
from ledger.models.agreements import Agreement
from ledger.models.units import Unit
from ledger.web.access import Desk
from ledger.web.agreements import VAT_RATES
from ledger.web.fields import AmountField, KeyField, NumberField, UnitField, editable, minor
from network.models.organizations import Organization
from network.queries import admissions
from network.web.fields import DayField

OURS, THEIRS = "ours", "theirs"
#: What is folded away until somebody wants it, or something in it is wrong.
MORE = ("agreed_on", "due_on", "resolution")
#: Name of what is counted → the field of its quantity, and of its unit.
COUNTED = ("material", "made", "goods")


class TollForm(forms.Form):
    """What is agreed; goods that pay a part of the fee are left empty where it is paid in pesos."""

    key = KeyField()
    whose = forms.ChoiceField(
        label=_("Whose is the material?"),
        choices=[(OURS, _("Ours: the other cooperative works it")), (THEIRS, _("Theirs: we work it"))],
        widget=forms.RadioSelect,
    )
    partner = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label=_("With which cooperative"), empty_label=_("Choose one")
    )
    title = forms.CharField(
        label=_("What it is about"), max_length=120, help_text=_("For example: uniforms of our cloth.")
    )
    material = forms.CharField(label=_("Material that is handed over"), max_length=80)
    material_quantity = NumberField(label=_("How much of it, at most"))
    material_unit = UnitField(label=_("Counted in"))
    waste = NumberField(
        label=_("Waste that is allowed, per cent of what is handed over"),
        required=False,
        help_text=_("Empty: none. What is lost beyond it, whoever works the material makes good."),
    )
    made = forms.CharField(label=_("What is made of it"), max_length=80)
    made_quantity = NumberField(label=_("How many"))
    made_unit = UnitField(label=_("Counted in"))
    fee = AmountField(label=_("Fee for all of it in pesos, without VAT"))
    vat_rate = forms.TypedChoiceField(
        label=_("VAT"), choices=VAT_RATES, coerce=int, empty_value=None, required=False, initial="2100"
    )
    goods = forms.CharField(label=_("Goods that pay a part of the fee"), max_length=80, required=False)
    goods_quantity = NumberField(label=_("How much of them"), required=False)
    goods_unit = UnitField(label=_("Counted in"), required=False)
    goods_value = AmountField(
        label=_("What they are worth in pesos, without VAT"),
        required=False,
        help_text=_("This part of the fee is owed in goods, whatever their price; the rest, and all VAT, in pesos."),
    )
    goods_vat_rate = forms.TypedChoiceField(
        label=_("VAT of the goods"), choices=VAT_RATES, coerce=int, empty_value=None, required=False, initial="2100"
    )
    agreed_on = DayField(label=_("Day of the agreement"))
    due_on = DayField(label=_("Last day to deliver"), required=False)
    resolution = forms.CharField(
        label=_("Resolution that allows it"),
        max_length=80,
        required=False,
        help_text=_("Number and day of the act of the council or the assembly."),
    )

    def __init__(self, *args: Any, at: Desk, agreement: Agreement | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.money = at, at.book.unit
        partner = cast("forms.ModelChoiceField[Organization]", self.fields["partner"])
        if agreement is None:
            traders = admissions.traders(on=at.on).filter(book__isnull=False)
            partner.queryset = traders.exclude(pk=at.organization.pk)
        else:
            others = [each.pk for each in agreement.others(at.organization)]
            partner.queryset = Organization.objects.filter(pk__in=others)

    @property
    def folded(self) -> list[forms.BoundField]:
        """What one may leave as it is."""
        return [self[name] for name in MORE]

    @property
    def opens_folded(self) -> bool:
        """Whether something in what is folded is wrong."""
        return self.is_bound and any(name in self.errors for name in MORE)

    @property
    def paid_in(self) -> list[forms.BoundField]:
        """The goods that pay a part of the fee."""
        return [self[name] for name in ("goods", "goods_quantity", "goods_unit", "goods_value", "goods_vat_rate")]

    @property
    def opens_goods(self) -> bool:
        """Whether goods are written, or wrongly so."""
        return any(field.errors or (field.value() and field.name in {"goods", "goods_value"}) for field in self.paid_in)

    def clean_waste(self) -> int:
        """Return basis points."""
        value = self.cleaned_data["waste"]
        if value is None:
            return 0
        try:
            rate = to_minor(value, scale=2)
        except ValueError:
            raise forms.ValidationError(_("Write the waste with at most two decimals.")) from None
        if rate > WASTE_MAX:
            raise forms.ValidationError(
                _("The waste that is allowed is between nothing and half of what is handed over.")
            )
        return rate

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in COUNTED:
            self._count(f"{name}_quantity", data.get(f"{name}_unit"))
        for name in ("fee", "goods_value"):
            self._count(name, self.money)
        goods = ("goods", "goods_quantity", "goods_value")
        written_ = [name for name in (*goods, "goods_unit") if data.get(name) or name in self.errors]
        # A unit is always chosen.
        if written_ and written_ != ["goods_unit"]:
            for name in (*goods, "goods_unit"):
                if name not in written_:
                    self.add_error(name, _("Complete this, or empty all that says how goods pay a part."))
        return data

    def _count(self, name: str, unit: Unit | None) -> None:
        value = self.cleaned_data.get(name)
        if value is not None and unit is not None:
            try:
                self.cleaned_data[f"{name}_minor"] = minor(value, unit)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def _amount(self, name: str) -> Amount:
        data = self.cleaned_data
        return Amount(thing=data[name], unit=data[f"{name}_unit"], quantity=data[f"{name}_quantity_minor"])

    def toll(self) -> Toll:
        """Return what was written, as the actions take it."""
        data, us = self.cleaned_data, self.at.organization
        sides = (us, data["partner"]) if data["whose"] == OURS else (data["partner"], us)
        return Toll(
            principal=sides[0],
            worker=sides[1],
            title=data["title"],
            material=self._amount("material"),
            allowed_waste=data["waste"],
            made=self._amount("made"),
            fee=data["fee_minor"],
            vat_rate=data["vat_rate"],
            goods=self._amount("goods") if data.get("goods") else None,
            goods_value=data.get("goods_value_minor", 0),
            goods_vat_rate=data["goods_vat_rate"] if data.get("goods") else None,
            agreed_on=data["agreed_on"],
            due_on=data["due_on"],
            resolution=data["resolution"],
        )


def begun(agreement: Agreement | None, us: Organization, on: dt.date, language: str) -> dict[str, Any]:
    """Return what the form shows before anything is written."""
    if agreement is None:
        pieces = Unit.objects.filter(code="UN").first()
        return {"key": uuid.uuid4(), "agreed_on": on, "whose": OURS, "made_unit": pieces}
    terms = agreement.toll
    shown: dict[str, Any] = {
        "key": agreement.key,
        "whose": OURS if terms.principal == us else THEIRS,
        "partner": agreement.others(us)[0].pk,
        "title": agreement.title,
        "material": terms.material_name,
        "material_quantity": editable(terms.quantity, terms.material.unit),
        "material_unit": terms.material.unit_id,
        "waste": written.number(terms.allowed_waste, scale=2, language=language, is_short=True),
        "agreed_on": agreement.agreed_on,
        "due_on": agreement.due_on,
        "resolution": agreement.resolution,
    }
    if not Decimal(terms.allowed_waste):
        shown["waste"] = ""
    for line in agreement.lines.select_related("measure__unit"):
        name, value, rate = ("made", "fee", "vat_rate") if line.giver_id == terms.worker_id else _OF_GOODS
        shown |= {name: line.thing, f"{name}_unit": line.measure.unit_id}
        shown[f"{name}_quantity"] = editable(line.quantity, line.measure.unit)
        shown |= {
            value: editable(line.value, agreement.unit),
            rate: "" if line.vat_rate is None else str(line.vat_rate),
        }
    return shown


_OF_GOODS = ("goods", "goods_value", "goods_vat_rate")
