"""Write amounts, quantities and days on paper and on the pages of reports, in the active language."""

import datetime as dt

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ledger.models import Measure
from ledger.models.hosting import HowCounted
from ledger.templatetags import amounts
from reports.core import identifiers
from reports.core.counts import LEAST_TOLD, Count

register = template.Library()


# The same on paper as on the pages.
register.filter(amounts.amount)
register.filter(amounts.balance)
register.filter(amounts.figure)
register.filter(amounts.hours)
register.filter(amounts.measured)
register.filter(amounts.quantity)


@register.filter
def peg(measure: Measure) -> str:
    """Name what a debt keeps its value in: `kg de harina`, `pesos`."""
    if not measure.thing:
        return measure.unit.name
    return _("%(unit)s of %(thing)s") % {"unit": measure.unit.symbol, "thing": measure.thing}


@register.filter
def people(count: Count) -> str:
    """Write how many people, saying where there were too few to be told: `1.190 y una vez menos de 5`."""
    number = number_format(count.number, force_grouping=True)
    if not count.few:
        return number
    if not count.number and count.few == 1:
        return _("fewer than %(least)s") % {"least": LEAST_TOLD}
    said = ngettext(
        "%(number)s, and once fewer than %(least)s", "%(number)s, and %(times)s times fewer than %(least)s", count.few
    )
    return said % {"number": number, "times": count.few, "least": LEAST_TOLD}


@register.filter
def how(counted: str) -> str:
    """Write how it is known how many people came, inside a sentence: `contadas en la puerta`."""
    return str(HowCounted(counted).label).lower()


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
def identifier(signs: str) -> str:
    """Write the identifier of a paper the way it is printed: 4F7K-9Q2M-03TX-HB6D."""
    return identifiers.shown(signs)


@register.filter
def tax_id(digits: str) -> str:
    """Write a CUIT the way it is printed: 30-99900001-7."""
    return f"{digits[:2]}-{digits[2:10]}-{digits[10:]}" if len(digits) == 11 else digits  # its length
