"""Read an upload: how its rows stand, and what is wrong in words."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ledger.models.jobs import Job
from ledger.models.loading import Upload, UploadRow
from network.models.organizations import Organization
from network.queries import uploads
from network.queries.uploads import ShownRow

#: What the columns are called on the page.
COLUMNS = {
    "barter": _("Barter"),
    "agreed_on": _("Agreed on"),
    "partner": _("Cooperative"),
    "direction": _("We gave or received"),
    "thing": _("Thing"),
    "quantity": _("Quantity"),
    "unit": _("Unit"),
    "value": _("Value in pesos"),
    "vat": _("VAT"),
    "delivered_on": _("Delivered on"),
    "delivery_note": _("Delivery note"),
    "invoice": _("Invoice"),
    "resolution": _("Resolution"),
    "peg": _("Kept in"),
}

#: What is wrong in a cell, by the name that the reader of spreadsheets gives it.
PROBLEMS = {
    "missing": _("This is missing."),
    "not_a_day": _("This is not a day. Write it like 31/12/2026."),
    "not_a_number": _("This is not a number. Write it like 1500 or 1500,50."),
    "not_above_zero": _("Write a number above zero."),
    "before_agreed": _("This is earlier than the day of the agreement."),
    "in_the_future": _("That day has not come yet."),
    "gave_or_received": _("Write “dimos” (we gave) or “recibimos” (we received)."),
    "unknown_unit": _("This unit is not known. Write kg, l, m, m2, m3, un, horas or jornales."),
    "unknown_vat": _("Write 21, 10,5 or 27, or leave it empty for a C paper."),
    "unknown_partner": _("No cooperative with a book has this name, code or CUIT. Look it up under Network."),
    "may_not_trade": _("It may not trade in the network today. Look it up under Network."),
    "too_many_decimals": _("This has more decimals than its unit is counted with."),
    "too_large": _("That number is too large. Check that no digit is too many."),
    "another_row": _("Another row of the same barter must be put right first."),
    "one_sided": _("All rows of this barter are on one side. A barter needs something from each side."),
    "too_many_lines": _("This barter has too many different things. Split it in two."),
    "different_vat": _("The same thing has different VAT in two rows of this barter."),
}


def of_organization(organization: Organization) -> QuerySet[Upload]:
    """Return its uploads, newest first."""
    return Upload.objects.filter(organization=organization).select_related("job", "uploaded_by").order_by("-pk")


def of_job(job: Job) -> Upload | None:
    """Return the upload whose rows a job loads."""
    return Upload.objects.filter(job=job).select_related("organization").first()


def shown(rows: Iterable[UploadRow]) -> list[ShownRow]:
    """Return rows with their cells and problems in words."""
    return uploads.shown(rows, columns=COLUMNS, problems=PROBLEMS)
