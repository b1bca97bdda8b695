"""Fill a database of one's own, for tests that run several processes on it: `python -m tests.reports.alone WHAT`."""

import datetime as dt
import sys

import django


def barter() -> None:
    """Make the tables and November of Story 1."""
    from tests import tables
    from tests.cast import Cast
    from tests.reports import exchanges

    tables.make()
    exchanges.bags_for_flour(Cast.assemble())


def later() -> None:
    """Go on writing: in the book itself in the next month, and in others."""
    from ledger.models import Book
    from tests import make

    books = {book.organization.code: book for book in Book.objects.select_related("organization")}
    make.delivery(books["molino"], books["textil"], on=dt.date(2023, 11, 29))
    make.delivery(books["grafica"], books["molino"], on=dt.date(2023, 12, 1))


if __name__ == "__main__":
    django.setup()
    {"barter": barter, "later": later}[sys.argv[1]]()
