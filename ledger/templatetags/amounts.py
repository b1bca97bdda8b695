"""Show amounts and quantities as people read them: minor units become `$ 1.234,50` or `4.000 kg`."""

from decimal import Decimal

from django import template
from django.utils import formats

from ledger.core.units import from_minor
from ledger.models.units import Measure, Unit

register = template.Library()

_NO_BREAK = "\u00a0"


def number(value: Decimal, *, decimals: int) -> str:
    """Return a number with thousands and that many decimals, in the active language."""
    return str(formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True))


@register.filter
def amount(minor: int | None, unit: Unit) -> str:
    """Return an amount of money (or of any unit) with its symbol: `{{ balance.amount|amount:unit }}`."""
    if minor is None:
        return ""
    shown = number(from_minor(minor, scale=unit.scale), decimals=unit.scale)
    return f"{unit.symbol}{_NO_BREAK}{shown}" if unit.kind == "money" else f"{shown}{_NO_BREAK}{unit.symbol}"


@register.filter
def bare(minor: int | None, unit: Unit) -> str:
    """Return an amount without its symbol, for a column whose heading names the unit; nothing for none."""
    return "" if minor is None else number(from_minor(minor, scale=unit.scale), decimals=unit.scale)


@register.filter
def quantity(minor: int | None, measure: Measure) -> str:
    """Return a quantity in its unit, without decimals that say nothing: `4.000 kg`."""
    if minor is None:
        return ""
    value = from_minor(minor, scale=measure.unit.scale).normalize()
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"{number(value, decimals=decimals)}{_NO_BREAK}{measure.unit.symbol}"


@register.filter
def vat(basis_points: int | None) -> str:
    """Return a VAT rate: 1050 is `10,5 %`."""
    if basis_points is None:
        return "—"
    value = (Decimal(basis_points) / 100).normalize()
    decimals = max(0, -int(value.as_tuple().exponent))
    return f"{number(value, decimals=decimals)}{_NO_BREAK}%"
