"""The register as a table, in words: what its columns are called, what may be wrong, and the file that is exported."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from network.core import register
from network.core.delimited import csv_lines
from network.core.register import Count
from network.models.organizations import Organization
from network.models.register import RegisterUpload, RegisterUploadRow
from network.queries import uploads
from network.queries.details import PARTICULARS, details_of
from network.queries.history import with_latest_count
from network.queries.uploads import ShownRow

#: What the fields of the register are called, on its pages and in its files.
COLUMNS = {
    "code": _("Code"),
    "name": _("Name"),
    "kind": _("What it is"),
    "sector": _("What it makes"),
    "legal_form": _("Legal form"),
    "country": _("Country"),
    "province": _("Province or department"),
    "city": _("Town or city"),
    "address": _("Address"),
    "tax_id": _("CUIT or NIT"),
    "national_number": _("National registration (matrícula INAES)"),
    "provincial_number": _("Provincial registration"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "website": _("Web site"),
    "activity": _("What the community body does"),
    "district": _("District"),
    "households": _("Households"),
    "workers": _("Workers"),
    "counted_on": _("Counted on"),
    "counted_by": _("Who counted"),
}
#: Those that stand in no file.
FIELDS = COLUMNS | {"bank_key": _("CBU"), "is_public": _("Public profile")}

#: What is wrong in a cell or a field, by name.
PROBLEMS = {
    "missing": _("This is missing."),
    "too_long": _("This is too long."),
    "not_a_code": _("Write the code with small letters, digits and hyphens, 40 at most."),
    "unknown_kind": _("This kind is not known. Write “empresa recuperada”, “federación” or another of the list."),
    "kind_stays": _("It has members, offices or a book that only its kind has: its kind stays as it was."),
    "unknown_sector": _("This sector is not known. Write “metalúrgica”, “textil” or another of the list."),
    "unknown_legal_form": _("This legal form is not known. Write “cooperativa de trabajo” or another of the list."),
    "unknown_activity": _("This is not known. Write “bachillerato popular”, “clínica” or another of the list."),
    "unknown_country": _("Write AR for Argentina or BO for Bolivia."),
    "unknown_province": _("That country has no such province or department. Write its name or its code, like AR-B."),
    "wrong_cuit": _("This is not a CUIT: check its eleven digits."),
    "wrong_nit": _("A NIT has from seven to twelve digits, and nothing else."),
    "wrong_cbu": _("This is not a CBU: check its 22 digits."),
    "not_digits": _("Write the number of the registration with digits only."),
    "national_first": _("A provincial registration stands beside a national one: write that, too."),
    "not_an_email": _("This is not an e-mail address."),
    "not_a_link": _("This is not a link. Write it like https://example.org/page."),
    "not_for_this_kind": _("An organization of this kind has none. Leave it empty."),
    "not_above_zero": _("Write a whole number above zero, like 34."),
    "not_a_whole_number": _("Write a whole number, zero or more, like 34."),
    "not_a_day": _("This is not a day. Write it like 31/12/2026."),
    "in_the_future": _("That day has not come yet."),
    "count_in_part": _("A count needs three things: how many work there, the day, and who counted."),
    "counted_otherwise": _("That source counted another number on that day. Withdraw that count first if it is wrong."),
    "tax_id_of_another": _("Another organization has this CUIT or NIT. Check it, or write that one's code."),
    "name_of_another": _("There is one of this name with another CUIT or NIT. Write a code for this one."),
    "twice_in_file": _("Another row of the file is about the same organization. Leave one of them out."),
}


def brought() -> QuerySet[RegisterUpload]:
    """Return the files that were brought, newest first."""
    return RegisterUpload.objects.select_related("uploaded_by").order_by("-pk")


def shown(rows: Iterable[RegisterUploadRow]) -> list[ShownRow]:
    """Return rows with their cells and problems in words."""
    return uploads.shown(rows, columns=COLUMNS, problems=PROBLEMS)


def lines() -> Iterator[str]:
    """Yield the whole register as CSV, line by line; loading it again changes nothing."""
    found = with_latest_count(Organization.objects.select_related(*PARTICULARS).order_by("code"))
    headings = [names[0] for names in register.HEADINGS.values()]
    yield from csv_lines(headings, map(_row, found.iterator(chunk_size=500)))


def _row(organization: Organization) -> list[str]:
    # Annotated by `with_latest_count`.
    workers, on, by = (getattr(organization, name) for name in register.COUNT)
    count = None if workers is None else Count(workers, on, by)
    return register.write_row(organization.code, details_of(organization), count)
