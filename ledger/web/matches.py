"""What offers and needs suggest for the form of a barter; nothing is saved until somebody sends the form."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ledger.queries import matches
from ledger.queries.matches import Row
from ledger.web.access import Desk
from ledger.web.fields import editable

TITLE_MAX = 120


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a form begins with: its fields, and the rows of its two sides."""

    terms: dict[str, Any]
    ours: list[dict[str, Any]]
    theirs: list[dict[str, Any]]


def suggested(request: HttpRequest, at: Desk) -> Suggestion | None:
    """Return the barter that the listings in the address suggest (`?listing=4&listing=7`), or nothing."""
    named = [int(each) for each in request.GET.getlist("listing") if re.fullmatch("[0-9]{1,18}", each)]
    money = at.book.unit
    found = matches.proposal(at.organization, named, money=money, on=at.on) if named else None
    if found is None:
        return None

    def rows(side: list[Row]) -> list[dict[str, Any]]:
        return [
            {
                "thing": row.thing,
                "quantity": editable(row.quantity, row.unit),
                "unit": row.unit.pk,
                "value": "" if row.value is None else editable(row.value, money),
            }
            for row in side
        ]

    given = [row.thing for side in (found.ours, found.theirs) for row in side[:1]]
    title = _("%(ours)s for %(theirs)s") % dict(zip(("ours", "theirs"), given, strict=True)) if given[1:] else given[0]
    terms = {"partner": found.partner.pk, "title": title[:TITLE_MAX]}
    return Suggestion(terms, ours=rows(found.ours), theirs=rows(found.theirs))
