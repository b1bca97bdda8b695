"""The reports that were asked for."""

from django.db.models import QuerySet

from ledger.models import Book
from network.models import Organization
from reports.models import Report


def reports_of(organization: Organization) -> QuerySet[Report]:
    """Return an organization's reports, the newest first."""
    return Report.objects.filter(organization=organization).select_related("job").order_by("-pk")


def example() -> str:
    """Return the code of an organization that reports of a book can be made for, of the demo network before others.

    Empty where nobody keeps a book.
    """
    books = Book.objects.order_by("-organization__is_fictional", "organization__code")
    written = books.filter(entries__isnull=False).values_list("organization__code", flat=True).first()
    return written or books.values_list("organization__code", flat=True).first() or ""
