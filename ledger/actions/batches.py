"""Post many events at once: a spreadsheet, a file that is imported, what another program sends."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.actions import engines
from ledger.actions.engines import Header
from ledger.actions.facts import Fact, Line, check, header
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.models.journal import Event
from network.errors import DomainError
from network.models.people import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One event of a batch."""

    key: uuid.UUID
    fact: Fact
    lines: Sequence[Line]


class BatchRefused(DomainError):
    """Nothing of a batch is written if one of its events is refused."""

    message = _("Nothing was written, because number %(number)s of the batch is refused: %(reason)s")


class _Ready(NamedTuple):
    place: int
    header: Header
    rows: Sequence[engines.Row]
    books: Sequence[int]


@transaction.atomic
def post_many(*, items: Sequence[Item], on: dt.date, by: User | None) -> list[int]:
    """Write a batch of events in their order, all of them or none: what `post` does, many at a time.

    Return the number of the event of each item. Each stands under the day of its fact where the journals, with what
    comes before it in the batch, still take that day; else under today. A key that was posted before with the same
    content is answered with its first event.

    :raises BatchRefused: naming by its place, from 1, the first event that `post` would refuse, and why.
    """
    ready = _checked(items, on=on, by=by)
    before = Event.objects.filter(key__in=engines.known([item.key for item in items]))
    digests, events = {}, {}
    for key, digest, event in before.values_list("key", "digest", "pk"):
        digests[key], events[key] = digest, event
    batch = []
    for one in ready:
        key, digest = one.header.key, one.header.digest
        if key not in digests:
            digests[key] = digest
            batch.append(one)
        elif digests[key] != digest:
            raise BatchRefused(number=one.place, reason=KeyWasUsedForSomethingElse())
    for one, event in zip(batch, _write(batch, _days(batch, on=on)), strict=True):
        events[one.header.key] = event
    return [events[item.key] for item in items]


def _checked(items: Sequence[Item], *, on: dt.date, by: User | None) -> list[_Ready]:
    at = timezone.now()
    ready = []
    for place, item in enumerate(items, start=1):
        key, fact, lines = item.key, item.fact, item.lines
        try:
            rows = check(fact, lines, on=on)
        except DomainError as refusal:
            raise BatchRefused(number=place, reason=refusal) from refusal
        told = header(key=key, fact=fact, rows=rows, reverses=None, by=by, confirmed_by=None, at=at)
        ready.append(_Ready(place, told, rows, sorted({line.account.book_id for line in lines})))
    return ready


def _days(batch: Sequence[_Ready], *, on: dt.date) -> list[dt.date]:
    """Return the day under which each event stands; nobody else writes in these books until all is done."""
    if not batch:
        return []
    earliest = engines.hold_books(sorted({book for one in batch for book in one.books}))
    days = []
    for one in batch:
        day = one.header.happened_on
        if any(day < earliest[book] for book in one.books):
            day = on
        for book in one.books:
            earliest[book] = day
        days.append(day)
    return days


def _write(batch: Sequence[_Ready], days: Sequence[dt.date]) -> list[int]:
    """Write what is left in one go; what is refused is looked for by halves, so that it can be named."""
    if not batch:
        return []
    try:
        return engines.write_many([(one.header, one.rows) for one in batch], days=days)
    except DomainError as refusal:
        if len(batch) == 1:
            raise BatchRefused(number=batch[0].place, reason=refusal) from refusal
    middle = len(batch) // 2
    return [*_write(batch[:middle], days[:middle]), *_write(batch[middle:], days[middle:])]
