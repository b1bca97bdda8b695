"""What a photo may be of: something that stands in the book of whoever adds it."""

import datetime as dt

from ledger.models import Book
from network.core.mandates import months_after
from reports.queries import journal, open_factory
from reports.queries.given import Deed, apart

#: What was told in so many months before the photo is added.
MONTHS = 24


def subjects(book: Book, *, on: dt.date) -> list[Deed]:
    """Return the last thing told of each activity of these months, the latest first."""
    until = journal.cutoff(book=book, event=journal.last_event(book=book, until=on))
    if until is None:
        return []
    told, _sponsored = apart(
        open_factory.deeds(book=book, starts_on=months_after(on, -MONTHS), ends_on=on, until=until)
    )
    last = {deed.activity: deed for deed in told.deeds}
    return sorted(last.values(), key=lambda deed: (deed.ends_on, deed.entry.year, deed.entry.number), reverse=True)
