"""Read one book's journal for paper: its entries in a period, as it stood at a cut-off."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from ledger.models import Account, Book, Entry, Measure, Posting, Unit

#: Rows that are read at a time.
CHUNK = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The number of an entry in a journal: without gap within the book's year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoff:
    """How far a journal is told: up to which event and entry, and when that one was written."""

    event: int
    number: Number
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One account's line of an entry: minor units of the account's unit, debit above zero."""

    #: Its place in the entry of this book, from one.
    position: int
    account: Account
    amount: int
    quantity: int | None
    measure: Measure | None

    @property
    def debit(self) -> int:
        """The amount where it is a debit, else zero."""
        return max(self.amount, 0)

    @property
    def credit(self) -> int:
        """The amount where it is a credit, else zero."""
        return max(-self.amount, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """What an event is in this book."""

    number: Number
    event: int
    booked_on: dt.date
    happened_on: dt.date
    kind: str
    memo: str
    papers: str
    agreement: str
    resolution: str
    #: The entry that this one undoes.
    reverses: Number | None
    lines: tuple[JournalLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many entries speak of a unit, and their debits and credits, which are equal or something is wrong."""

    unit: Unit
    entries: int
    debit: int
    credit: int


def totals(entries: Iterable[JournalEntry]) -> tuple[Total, ...]:
    """Return debits and credits by unit, the unit with most entries first."""
    units: dict[int, Unit] = {}
    debits: defaultdict[int, int] = defaultdict(int)
    credits_: defaultdict[int, int] = defaultdict(int)
    counts: defaultdict[int, int] = defaultdict(int)
    for entry in entries:
        for line in entry.lines:
            unit = line.account.unit
            units[unit.pk] = unit
            debits[unit.pk] += line.debit
            credits_[unit.pk] += line.credit
        for key in {line.account.unit_id for line in entry.lines}:
            counts[key] += 1
    rows = [Total(unit=units[key], entries=counts[key], debit=debits[key], credit=credits_[key]) for key in units]
    return tuple(sorted(rows, key=lambda total: (-total.entries, total.unit.code)))


def last_event(*, book: Book, until: dt.date) -> int:
    """Return the book's last event up to a day, 0 if it has none: the cut-off of a statement that is made now.

    A journal's days never go back, so once a later day has an entry this no longer moves.
    """
    entries = Entry.objects.filter(book=book, booked_on__lte=until).order_by("-year", "-number")
    return entries.values_list("event_id", flat=True).first() or 0


def cutoff(*, book: Book, event: int) -> Cutoff | None:
    """Return where the book's journal stood at an event; None if it had no entry yet."""
    told = Entry.objects.filter(book=book).select_related("event")
    # The entry of that very event where the book has one: on PostgreSQL an event with a lower id may be committed
    # later, and must not slip into a statement that was already made.
    last = told.filter(event_id=event).first() or (
        told.filter(event_id__lte=event).order_by("-year", "-number").first()
    )
    if last is None:
        return None
    return Cutoff(
        event=last.event_id,
        number=Number(year=last.year, number=last.number),
        recorded_at=last.event.recorded_at,
    )


def told_until(until: Cutoff, *, path: str = "") -> Q:
    """Return the condition that the entry reached by `path` is the cut-off's or an earlier one."""
    number = until.number
    return Q(**{f"{path}year__lt": number.year}) | Q(
        **{f"{path}year": number.year, f"{path}number__lte": number.number}
    )


def postings(*, book: Book, ends_on: dt.date, until: Cutoff) -> QuerySet[Posting]:
    """Return the book's postings up to a day and a cut-off, each joined to its one entry in this book."""
    return Posting.objects.filter(
        told_until(until, path="event__entries__"),
        account__book=book,
        event__entries__book=book,
        event__entries__booked_on__lte=ends_on,
    )


def entries(*, book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> tuple[JournalEntry, ...]:
    """Return the entries from a day to another, both included, in the order of their numbers."""
    undone = Entry.objects.filter(event=OuterRef("event__reverses"), book=book)
    found = (
        Entry.objects.filter(told_until(until), book=book, booked_on__gte=starts_on, booked_on__lte=ends_on)
        .select_related("event")
        .annotate(reverses_year=Subquery(undone.values("year")), reverses_number=Subquery(undone.values("number")))
        .order_by("year", "number")
    )
    lines = _lines(book, starts_on, ends_on, until)
    return tuple(
        JournalEntry(
            number=Number(year=entry.year, number=entry.number),
            event=entry.event_id,
            booked_on=entry.booked_on,
            happened_on=entry.event.happened_on,
            kind=entry.event.kind,
            memo=entry.event.memo,
            papers=entry.event.papers,
            agreement=entry.event.agreement,
            resolution=entry.event.resolution,
            reverses=Number(year=entry.reverses_year, number=entry.reverses_number) if entry.reverses_year else None,
            lines=tuple(lines.pop(entry.event_id)),
        )
        # A hundred thousand lines fit in a worker: no row of the database is held longer than it is read.
        for entry in found.iterator(chunk_size=CHUNK)
    )


def _lines(book: Book, starts_on: dt.date, ends_on: dt.date, until: Cutoff) -> dict[int, list[JournalLine]]:
    """Return the lines of the period by event: as many queries for few entries as for many."""
    found: defaultdict[int, list[JournalLine]] = defaultdict(list)
    of_period = postings(book=book, ends_on=ends_on, until=until).filter(event__booked_on__gte=starts_on)
    # Each account and thing once, however many lines it has.
    related = ("unit", "counterparty__organization", "peg__unit")
    accounts = Account.objects.select_related(*related).filter(pk__in=of_period.values("account"))
    of_account = {each.pk: each for each in accounts}
    measures = Measure.objects.select_related("unit").filter(pk__in=of_period.values("measure"))
    of_measure = {each.pk: each for each in measures}
    rows = of_period.order_by(F("event_id"), F("line")).values_list(
        "event_id", "account_id", "amount", "quantity", "measure_id"
    )
    for event, account, amount, quantity, measure in rows.iterator(chunk_size=CHUNK):
        lines = found[event]
        lines.append(
            JournalLine(
                position=len(lines) + 1,
                account=of_account[account],
                amount=amount,
                quantity=quantity,
                measure=of_measure[measure] if measure else None,
            )
        )
    return found
