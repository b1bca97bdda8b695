"""Show offers and needs: how far away, and whether others still see them."""

import datetime as dt

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.core import offers
from ledger.models.offers import Listing
from ledger.queries.offers import NOT_KNOWN, SAME_PROVINCE, SAME_TOWN

register = template.Library()


@register.filter
def distance(steps: int) -> str:
    """Say how far: `{{ each.distance|distance }}`; nothing where it is not known."""
    if steps == NOT_KNOWN:
        return ""
    if steps == SAME_TOWN:
        return _("in the same town")
    if steps == SAME_PROVINCE:
        return _("in the same province")
    away = steps - SAME_PROVINCE
    return ngettext("in the next province", "%(away)s provinces away", away) % {"away": away}


@register.filter
def standing(listing: Listing, today: dt.date) -> str:
    """Say how a listing stands on a day, by name: `open`, `expiring`, `expired` or `closed`."""
    if listing.closed_on is not None:
        return "closed"
    if not listing.is_open(today):
        return "expired"
    return "expiring" if offers.warns(listing.expires_on, on=today) else "open"
