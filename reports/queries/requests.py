"""The reports that were asked for."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, QuerySet

from ledger.models import Book, Entry
from network.models import Organization
from reports.models import Report


def reports_of(organization: Organization) -> QuerySet[Report]:
    """Return an organization's reports, the newest first."""
    return Report.objects.filter(organization=organization).select_related("job").order_by("-pk")


def example(fits: Callable[[Organization], bool]) -> str:
    """Return the code of an organization that a report can be made for, of the demo network before others.

    One with entries before one without; empty where no report fits anybody.
    """
    books = Book.objects.select_related("organization").order_by("-organization__is_fictional", "organization__code")
    for found in (books.filter(Exists(Entry.objects.filter(book=OuterRef("pk")))), books):
        for book in found.iterator():
            if fits(book.organization):
                return book.organization.code
    return ""
