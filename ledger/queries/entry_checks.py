"""Check what entries say of themselves: one in each book of its event, in an open period, nothing about persons."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from ledger.core.personal import signs
from ledger.models.accounts import Book
from ledger.models.findings import Check
from ledger.models.journal import Entry, Posting
from ledger.models.years import Closing
from ledger.queries.findings import Discrepancy
from ledger.queries.looks import Look
from ledger.queries.reconciliation import CHUNK
from network.models.councils import Mandate
from network.models.people import Membership


def check_entered(look: Look) -> Iterator[Discrepancy]:
    """Return the events that have lines in a book and no entry there, and entries without a line.

    That there are not two is kept by the database: `one_entry_per_book`.
    """
    since = look.since("event", event="event")
    entry = Entry.objects.filter(event=OuterRef("event"), book=OuterRef("account__book"))
    lines = Posting.objects.filter(since, look.of("account__book")).filter(~Exists(entry))
    for event, book in lines.values_list("event", "account__book").distinct().order_by("event", "account__book"):
        yield Discrepancy(Check.ENTERED, f"entered:{event}:{book}", book, None, 1, 0)
    its_lines = Posting.objects.filter(event=OuterRef("event"), account__book=OuterRef("book"))
    empty = Entry.objects.filter(since, look.of("book")).filter(~Exists(its_lines))
    for event, book in empty.order_by("event", "book").values_list("event", "book"):
        yield Discrepancy(Check.ENTERED, f"entered:{event}:{book}", book, None, 0, 1)


def check_closed(look: Look) -> Iterator[Discrepancy]:
    """Return the entries that were written into a period which was closed by then."""
    closed = Closing.objects.filter(
        book=OuterRef("book"), through__gte=OuterRef("booked_on"), recorded_at__lt=OuterRef("event__recorded_at")
    )
    late = Entry.objects.filter(look.since("event", event="event"), look.of("book")).filter(Exists(closed))
    for event, book in late.order_by("event", "book").values_list("event", "book"):
        yield Discrepancy(Check.CLOSED, f"closed:{event}:{book}", book, None, 0, 1)


def check_personal(look: Look) -> Iterator[Discrepancy]:
    """Return the entries whose text looks as if it told of a person: document, e-mail, telephone, somebody's name.

    Names are those of the book's own people, now or before. The finding never repeats what it found.
    """
    entries = Entry.objects.filter(look.since("event", event="event"), look.of("book")).order_by("event", "book")
    rows = entries.values_list("event", "book", "event__memo", "event__papers", "event__resolution")
    names: dict[int, set[str]] | None = None
    for event, book, *texts in rows.iterator(CHUNK):
        if names is None:
            names = _names(look)
        found = sum(signs(text, names=names[book]) for text in texts if text)
        if found:
            yield Discrepancy(Check.PERSONAL, f"text:{event}:{book}", book, None, 0, found)


def _names(look: Look) -> dict[int, set[str]]:
    """Return book → the names of everybody who is or was of its organization."""
    books = dict(Book.objects.filter(look.of("pk")).values_list("organization", "pk"))
    names: dict[int, set[str]] = defaultdict(set)
    people = [
        table.objects.filter(organization__in=books).order_by().values_list("organization", "user__name")
        for table in (Membership, Mandate)
    ]
    for organization, name in people[0].union(people[1]):
        names[books[organization]].add(name)
    return names
