"""Write amounts, quantities and days on paper and on the pages of reports, in the active language."""

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from ledger.models import Measure, Unit
from ledger.models.units import UnitKind
from reports.core import numbers

register = template.Library()


@register.filter
def amount(minor: int, unit: Unit) -> str:
    """Write an amount with all its decimals and its unit: `$ 1.234,50`."""
    text = numbers.number(minor, scale=unit.scale, language=get_language() or "")
    return numbers.with_unit(text, symbol=unit.symbol, is_money=unit.kind == UnitKind.MONEY)


@register.filter
def figure(minor: int, unit: Unit) -> str:
    """Write an amount without its unit, for a column whose head names it; nothing where there is nothing."""
    return numbers.number(minor, scale=unit.scale, language=get_language() or "") if minor else ""


@register.filter
def measured(minor: int, measure: Measure) -> str:
    """Write how much, without idle zeros: `2.000 kg`."""
    unit = measure.unit
    text = numbers.number(minor, scale=unit.scale, language=get_language() or "", is_short=True)
    return numbers.with_unit(text, symbol=unit.symbol, is_money=unit.kind == UnitKind.MONEY)


@register.filter
def quantity(minor: int, measure: Measure) -> str:
    """Write how much of what: `2.000 kg de harina`."""
    text = measured(minor, measure)
    return _("%(quantity)s of %(thing)s") % {"quantity": text, "thing": measure.thing} if measure.thing else text


@register.filter
def peg(measure: Measure) -> str:
    """Name what a debt keeps its value in: `kg de harina`, `pesos`."""
    if not measure.thing:
        return measure.unit.name
    return _("%(unit)s of %(thing)s") % {"unit": measure.unit.symbol, "thing": measure.thing}


@register.filter
def day(on: dt.date) -> str:
    """Write a day in figures: 04/05/2026."""
    return f"{on:%d/%m/%Y}"


@register.filter
def long_day(on: dt.date) -> str:
    """Write a day in words: 4 de mayo de 2026."""
    return date_format(on, pgettext("date format", "j F Y"))


@register.filter
def month(on: dt.date) -> str:
    """Write a month in words: mayo de 2026."""
    return date_format(on, pgettext("date format", "F Y"))


@register.filter
def tax_id(digits: str) -> str:
    """Write a CUIT the way it is printed: 30-99900001-7."""
    return f"{digits[:2]}-{digits[2:10]}-{digits[10:]}" if len(digits) == 11 else digits  # its length
