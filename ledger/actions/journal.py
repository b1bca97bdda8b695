"""Write the journal: post an event, reverse one."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from ledger.actions import engines
from ledger.actions.facts import Fact, Line, check, event_of, header
from ledger.actions.refusals import (
    AlreadyReversed,
    ClosingEntryIsNotReversed,
    KeyWasUsedForSomethingElse,
    ReversalCannotBeReversed,
)
from ledger.models.journal import Event
from network.models.people import User


def post(
    *,
    key: uuid.UUID,
    fact: Fact,
    lines: Sequence[Line],
    on: dt.date,
    by: User | None,
    confirmed_by: User | None = None,
    reverses: Event | None = None,
) -> Event:
    """Write one event with an entry in each book that its lines touch, and return it.

    `on` is today. The event stands in the journals under the day of the fact, or, where a book already has a later
    entry or has closed that day, under today, marked late: the order of a journal is never altered (CCyC art. 324).
    The same key with the same content returns the first event.

    :raises EventHasNoLines: if there is nothing to write.
    :raises AmountIsNotWhole: if an amount or a quantity is no whole number of minor units, zero or too large.
    :raises EntryDoesNotBalance: if a book's debits and credits differ in a unit.
    :raises BooksDoNotMirror: if one book's claim is not the other's debt.
    :raises FactIsInTheFuture: if the fact is later than today.
    :raises EntryOutOfOrder: if even today is earlier than a book's last entry.
    :raises PeriodIsClosed: if today lies in a closed period of a book.
    :raises AccountIsClosed: if an account takes no more lines.
    :raises ClaimWouldGoBelowZero: if more of a claim is settled than is open.
    :raises CreditBeyondLimit: if a member would go below its limit in a network credit.
    :raises AlreadyReversed: if `reverses` was reversed before.
    :raises KeyWasUsedForSomethingElse: if the key stands for another content.
    """
    rows = check(fact, lines, on=on)
    event = header(
        key=key, fact=fact, rows=rows, reverses=reverses, by=by, confirmed_by=confirmed_by, at=timezone.now()
    )
    books = sorted({line.account.book_id for line in lines})
    written = engines.write(event, rows, books=books, today=on)
    if written is None:
        return same(Event.objects.get(key=key), event.digest)
    number, day = written
    return event_of(number, event, day)


def same(earlier: Event, digest: str) -> Event:
    """Return the event that a key stands for already.

    :raises KeyWasUsedForSomethingElse: if what is asked for now is something else.
    """
    if earlier.digest != digest:
        raise KeyWasUsedForSomethingElse
    return earlier


def lines_of(event: Event) -> list[Line]:
    """Return the lines that were posted, as lines to post."""
    postings = event.postings.select_related("account__book", "measure", "claim").order_by("line")
    return [
        Line(account=p.account, amount=p.amount, quantity=p.quantity, measure=p.measure, claim=p.claim)
        for p in postings
    ]


@transaction.atomic
def reverse(
    *, event: Event, key: uuid.UUID, reason: str, on: dt.date, by: User | None, confirmed_by: User | None = None
) -> Event:
    """Undo an event by a new one, dated today and linked to it (CCyC art. 324: errors are put right by new entries).

    :raises ReversalCannotBeReversed: if it is itself a reversal: post the fact again instead.
    :raises ClosingEntryIsNotReversed: if it carried the result of a year to equity.
    :raises AlreadyReversed: if it was reversed before under another key.
    :raises ClaimWouldGoBelowZero: if part of the claim that it opened was settled since.
    """
    if event.reverses_id is not None:
        raise ReversalCannotBeReversed
    if event.kind == "year_closing":
        raise ClosingEntryIsNotReversed
    earlier = Event.objects.filter(reverses=event).first()
    if earlier is not None and earlier.key != key:
        raise AlreadyReversed
    fact = Fact(
        kind="reversal",
        happened_on=earlier.happened_on if earlier else on,
        memo=reason,
        agreement=event.agreement,
        papers=event.papers,
    )
    return post(
        key=key,
        fact=fact,
        lines=[line.reversed() for line in lines_of(event)],
        on=on,
        by=by,
        confirmed_by=confirmed_by,
        reverses=event,
    )
