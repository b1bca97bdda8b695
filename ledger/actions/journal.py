"""Write the journal: post an event, reverse one, close a period."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from ledger.actions import refusals
from ledger.actions.refusals import (
    AlreadyReversed,
    AmountIsNotWhole,
    BooksDoNotMirror,
    ClosingIsInTheFuture,
    ClosingNeedsAMandate,
    ClosingWouldGoBack,
    EntryDoesNotBalance,
    EntryOutOfOrder,
    EventHasNoLines,
    FactIsInTheFuture,
    KeyWasUsedForSomethingElse,
    PeriodIsClosed,
    ReversalCannotBeReversed,
)
from ledger.core import balance
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Account, Book
from ledger.models.claims import Claim
from ledger.models.journal import Closing, Entry, Event, Posting
from ledger.models.units import Measure
from network import permissions
from network.models.people import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line to post: minor units of the account's unit, debit above zero; the quantity has the same sign."""

    account: Account
    amount: int
    quantity: int | None = None
    measure: Measure | None = None
    claim: Claim | None = None

    def reversed(self) -> "Line":
        """Return the line that undoes this one."""
        return replace(self, amount=-self.amount, quantity=None if self.quantity is None else -self.quantity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the event says besides its lines. `happened_on` is the day of the fact, not of its recording."""

    kind: str
    happened_on: dt.date
    memo: str
    papers: str = ""
    agreement: str = ""
    resolution: str = ""


@transaction.atomic
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
    digest = _digest(fact, lines, reverses)
    if (earlier := Event.objects.filter(key=key).first()) is not None:
        return _same(earlier, digest)
    _check_lines(lines)
    if fact.happened_on > on:
        raise FactIsInTheFuture(day=fact.happened_on)
    event = Event(
        key=key,
        digest=digest,
        kind=fact.kind,
        happened_on=fact.happened_on,
        booked_on=_booking_day({line.account.book_id for line in lines}, happened_on=fact.happened_on, on=on),
        recorded_at=timezone.now(),
        recorded_by=by,
        confirmed_by=confirmed_by,
        memo=fact.memo,
        papers=fact.papers,
        agreement=fact.agreement,
        resolution=fact.resolution,
        reverses=reverses,
    )
    try:
        with refusals.from_database(), transaction.atomic():
            _write(event, lines)
    except IntegrityError:
        # Somebody else wrote the same key between our look and our write: theirs is the first.
        earlier = Event.objects.filter(key=key).first()
        if earlier is None:
            raise
        return _same(earlier, digest)
    return event


def _same(earlier: Event, digest: str) -> Event:
    if earlier.digest != digest:
        raise KeyWasUsedForSomethingElse
    return earlier


def _write(event: Event, lines: Sequence[Line]) -> None:
    """Write the rows in the order in which the engine's rules look at them (docs/decisions/0003)."""
    if connection.vendor == "sqlite":
        # One writer at a time (BEGIN IMMEDIATE), so the next id cannot be taken by another.
        event.pk = (Event.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        Posting.objects.bulk_create(_postings(event.pk, lines))
        event.save(force_insert=True)
    else:
        event.save(force_insert=True)
        Posting.objects.bulk_create(_postings(event.pk, lines))


def _postings(event_id: int, lines: Iterable[Line]) -> list[Posting]:
    return [
        Posting(
            event_id=event_id,
            line=number,
            account=line.account,
            amount=line.amount,
            quantity=line.quantity,
            measure=line.measure,
            claim=line.claim,
        )
        for number, line in enumerate(lines, start=1)
    ]


def _check_lines(lines: Sequence[Line]) -> None:
    if not lines:
        raise EventHasNoLines
    for line in lines:
        if not _is_whole(line.amount) or line.amount == 0:
            raise AmountIsNotWhole(amount=line.amount)
        if line.quantity is not None and not _is_whole(line.quantity):
            raise AmountIsNotWhole(amount=line.quantity)
    legs = [_leg(line) for line in lines]
    if left := balance.imbalance(legs):
        (book, _unit), amount = next(iter(left.items()))
        raise EntryDoesNotBalance(book=str(Book.objects.get(pk=book)), amount=amount)
    if balance.unmirrored(legs):
        raise BooksDoNotMirror


def _is_whole(number: object) -> bool:
    return type(number) is int and -INT64_MAX <= number <= INT64_MAX


def _leg(line: Line) -> balance.Leg:
    account = line.account
    return balance.Leg(
        book=account.book_id,
        unit=account.unit_id,
        amount=line.amount,
        quantity=line.quantity or 0,
        pair=account.pair,
        peg=account.peg_id,
        claim=line.claim.pk if line.claim else None,
    )


def _booking_day(books: set[int], *, happened_on: dt.date, on: dt.date) -> dt.date:
    """Return the day under which an event of those books stands: that of the fact where every journal allows it."""
    # A look-up a book: a maximum over two books would read all their entries.
    last = max(_last_day(book) for book in books)
    closed = Closing.objects.filter(book__in=books).aggregate(through=Max("through"))["through"] or dt.date.min
    day = happened_on if happened_on >= last and happened_on > closed else on
    if day <= closed:
        raise PeriodIsClosed(day=closed)
    if day < last:
        raise EntryOutOfOrder(day=last)
    return day


def _last_day(book: int) -> dt.date:
    last = Entry.objects.filter(book=book).order_by("-year", "-number").values_list("booked_on", flat=True).first()
    return last or dt.date.min


def _digest(fact: Fact, lines: Sequence[Line], reverses: Event | None) -> str:
    """Return the SHA-256 of what the key stands for: the fact and its lines, not who asked, nor when."""
    content = [
        [fact.kind, fact.happened_on.isoformat(), fact.memo, fact.papers, fact.agreement, fact.resolution],
        reverses.pk if reverses else None,
        [
            [
                line.account.pk,
                line.amount,
                line.quantity,
                line.measure.pk if line.measure else None,
                line.claim.pk if line.claim else None,
            ]
            for line in lines
        ],
    ]
    return hashlib.sha256(
        json.dumps(content, separators=(",", ":"), ensure_ascii=False, default=str).encode()
    ).hexdigest()


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
    :raises AlreadyReversed: if it was reversed before under another key.
    :raises ClaimWouldGoBelowZero: if part of the claim that it opened was settled since.
    """
    if event.reverses_id is not None:
        raise ReversalCannotBeReversed
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


@transaction.atomic
def close_period(*, book: Book, through: dt.date, on: dt.date, by: User | None) -> Closing:
    """Close a book up to and including a day: from now on it takes entries of later days only.

    :raises ClosingNeedsAMandate: if the person cannot bind the organization today.
    :raises ClosingIsInTheFuture: if that day has not passed.
    :raises ClosingWouldGoBack: if the book is already closed that far.
    """
    if by is not None and not permissions.can_confirm(by, book.organization, on=on):
        raise ClosingNeedsAMandate(organization=book.organization.name)
    if through >= on:
        raise ClosingIsInTheFuture(day=through)
    last = Closing.objects.filter(book=book).aggregate(through=Max("through"))["through"]
    if last is not None and last >= through:
        raise ClosingWouldGoBack(day=last)
    return Closing.objects.create(book=book, through=through, recorded_at=timezone.now(), recorded_by=by)
