"""Show amounts and quantities as people read them: minor units become `$ 1.234,50` or `4.000 kg`."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ledger.core import written
from ledger.models.units import Measure, Unit, UnitKind

register = template.Library()


@register.filter
def amount(minor: int | None, unit: Unit) -> str:
    """Write an amount with all its decimals and its unit: `{{ balance.amount|amount:unit }}` is `$ 1.234,50`."""
    if minor is None:
        return ""
    text = written.number(minor, scale=unit.scale, language=get_language() or "")
    return written.with_unit(text, symbol=unit.symbol, is_money=unit.kind == UnitKind.MONEY)


@register.filter
def credit(minor: int, unit: Unit) -> str:
    """Write what stands on the credit side, without its sign."""
    return amount(-minor, unit)


@register.filter
def figure(minor: int | None, unit: Unit) -> str:
    """Write an amount without its unit, for a column whose head names it; nothing where there is nothing."""
    return written.number(minor, scale=unit.scale, language=get_language() or "") if minor else ""


@register.filter
def balance(minor: int, unit: Unit) -> str:
    """Write a balance without its unit, for a column whose head names it: also where it is nothing."""
    return written.number(minor, scale=unit.scale, language=get_language() or "")


@register.filter
def measured(minor: int | None, measure: Measure) -> str:
    """Write how much, without idle zeros: `2.000 kg`."""
    if minor is None:
        return ""
    unit = measure.unit
    text = written.number(minor, scale=unit.scale, language=get_language() or "", is_short=True)
    return written.with_unit(text, symbol=unit.symbol, is_money=unit.kind == UnitKind.MONEY)


@register.filter
def quantity(minor: int, measure: Measure) -> str:
    """Write how much of what: `2.000 kg de harina`."""
    text = measured(minor, measure)
    return _("%(quantity)s of %(thing)s") % {"quantity": text, "thing": measure.thing} if measure.thing else text


@register.filter
def counted(minor: int, unit: Unit | None) -> str:
    """Write a figure in its unit, quantities without idle zeros; one that has no unit as the number that it is."""
    if unit is None:
        return written.number(minor, scale=0, language=get_language() or "")
    is_money = unit.kind == UnitKind.MONEY
    text = written.number(minor, scale=unit.scale, language=get_language() or "", is_short=not is_money)
    return written.with_unit(text, symbol=unit.symbol, is_money=is_money)


@register.filter
def hours(hundredths: int) -> str:
    """Write hours, of rooms or of work, without idle zeros: 20400 is `204`."""
    return written.number(hundredths, scale=2, language=get_language() or "", is_short=True)


@register.filter
def of_minutes(minutes: int) -> str:
    """Write minutes as a clock says them: 90 is `1 h 30 min`."""
    whole, rest = divmod(minutes, 60)
    said = [f"{whole}{written.NO_BREAK}h"] if whole else []
    if rest or not whole:
        said.append(f"{rest}{written.NO_BREAK}min")
    return written.NO_BREAK.join(said)


@register.filter
def vat(basis_points: int | None) -> str:
    """Write a VAT rate: 1050 is `10,5 %`."""
    if basis_points is None:
        return "—"
    text = written.number(basis_points, scale=2, language=get_language() or "", is_short=True)
    return written.with_unit(text, symbol="%", is_money=False)
