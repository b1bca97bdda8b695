"""Form fields for what the books count: amounts and quantities as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from ledger.core import written
from ledger.core.numbers import NotANumber, parse
from ledger.core.units import to_minor
from ledger.models.units import Unit, UnitKind


class NumberField(forms.Field):
    """A number above zero, with a comma or a point; becomes a `Decimal`."""

    may_be_zero = False

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: object) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = parse(text, decimal_comma=not (get_language() or "").startswith("en"))
        except NotANumber:
            raise forms.ValidationError(
                _("“%(text)s” is not a number. Write it like 1500 or 1500,50."), params={"text": text}
            ) from None
        if number < 0 or not (number or self.may_be_zero):
            raise forms.ValidationError(_("Write a number above zero."))
        return number


class FromZeroField(NumberField):
    """A number from zero."""

    may_be_zero = True


class TenthField(NumberField):
    """A percentage of at most ten, with two decimals; becomes basis points, 0 where it is empty."""

    def clean(self, value: object) -> int:
        percent = super().clean(value) or 0
        if percent > 10 or percent * 100 != int(percent * 100):
            raise forms.ValidationError(_("Write at most 10 per cent, with two decimals at most."))
        return int(percent * 100)


class AmountField(NumberField):
    """An amount of money above zero; becomes `Money`."""

    def __init__(self, *, currency: str = "ARS", **options: Any) -> None:
        self.currency = currency
        super().__init__(**options)

    def clean(self, value: object) -> Money | None:
        number = super().clean(value)
        return None if number is None else Money(number, self.currency)


def minor(value: Decimal | Money, unit: Unit) -> int:
    """Return what was written as minor units.

    :raises ValidationError: if it has more decimals than the unit, or is too large for the books.
    """
    try:
        whole = unit.minor(value) if isinstance(value, Money) else to_minor(value, scale=unit.scale)
    except ValueError:
        raise forms.ValidationError(
            _("%(unit)s are counted with at most %(scale)s decimals."),
            params={"unit": unit.name.capitalize(), "scale": unit.scale},
        ) from None
    if whole >= 2**62:
        raise forms.ValidationError(_("That number is too large. Check that no digit is too many."))
    return whole


def editable(minor_units: int, unit: Unit) -> str:
    """Return a number as the reader writes one, to be edited: `1.200.000,00` pesos, `4.000` kilograms."""
    is_money = unit.kind == UnitKind.MONEY
    return written.number(minor_units, scale=unit.scale, language=get_language() or "", is_short=not is_money)


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A choice of the units in which goods and work are counted, by their names."""

    def __init__(self, **options: Any) -> None:
        things = Unit.objects.exclude(kind__in=[UnitKind.MONEY, UnitKind.CREDIT]).order_by("pk")
        super().__init__(queryset=things, empty_label=None, **options)

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class KeyField(forms.UUIDField):
    """What makes a form the same form when it is sent twice; a page that lost it is opened again."""

    def __init__(self, **options: Any) -> None:
        sentence = _("This page is not whole. Open it again from the start page, and write it once more.")
        options.setdefault("widget", forms.HiddenInput)
        options.setdefault("error_messages", {"required": sentence, "invalid": sentence})
        super().__init__(**options)
