"""Read the archive of all books, record by record, so that it can be imported again."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max, Q, QuerySet

from ledger.core import archive
from ledger.models import (
    Account,
    AccountBalance,
    Book,
    Claim,
    ClaimBalance,
    Classification,
    Closing,
    CreditLimit,
    Entry,
    Event,
    Hold,
    Measure,
    Posting,
    Seal,
    SealedEvent,
    Unit,
    Witness,
    YearBalance,
    YearClosing,
)
from ledger.queries import balances, records
from ledger.queries.records import CHUNK, Content, plain
from ledger.queries.scope import Scope
from network.models import Organization, User

Records = Iterator[tuple[str, Content]]


def lines(scope: Scope) -> Iterator[bytes]:
    """Yield the lines of an archive of all books, or of one book or some days for other programs to read."""
    header = {
        "book": scope.book.organization.code if scope.book else None,
        "from": plain(scope.starts_on),
        "to": plain(scope.ends_on),
        "kinds": list(records.KINDS),
        "events": _events(scope).count(),
    }
    return archive.write(header, _records(scope))


def _records(scope: Scope) -> Records:
    yield from records.PERSON.read(_people(scope))
    yield from records.UNIT.read(Unit.objects.filter(issuer=None).order_by("pk"))
    yield from records.ORGANIZATION.read(_organizations(scope))
    yield from records.BOOK.read(_books(scope))
    yield from records.UNIT.read(Unit.objects.filter(issuer__in=_books(scope)).order_by("pk"))
    yield from records.MEASURE.read(_measures(scope))
    yield from records.ACCOUNT.read(_of(scope, Account.objects.all()).order_by("pk"))
    yield from records.CLAIM.read(_claims(scope))
    yield from _opening(scope)
    limits = records.LIMIT.read(_of(scope, CreditLimit.objects.all(), "account__book"))
    holds = records.HOLD.read(_of(scope, Hold.objects.all(), "account__book"))
    yield from _by_moment(_event_records(scope), itertools.chain(limits, holds))
    yield from records.CLOSING.read(_of(scope, Closing.objects.order_by("pk")))
    yield from records.YEAR.read(_of(scope, YearClosing.objects.order_by("pk")))
    yield from records.YEAR_BALANCE.read(_of(scope, YearBalance.objects.order_by("pk"), "closing__book"))
    said = Classification.objects.filter(event__in=_events(scope)).order_by("pk")
    yield from records.CLASSIFICATION.read(_of(scope, said))
    if scope.is_whole:
        yield from records.SEAL.read(Seal.objects.order_by("pk"))
        yield from records.MARK.read(SealedEvent.objects.order_by("pk"))
        yield from records.WITNESS.read(Witness.objects.order_by("pk"))
        yield from records.BALANCE.read(AccountBalance.objects.order_by("pk"))
        yield from records.CLAIM_BALANCE.read(ClaimBalance.objects.order_by("pk"))


def _of(scope: Scope, found: "QuerySet[Any]", book: str = "book") -> "QuerySet[Any]":
    return found.filter(**{book: scope.book}) if scope.book else found


def _books(scope: Scope) -> "QuerySet[Book]":
    """Return the book, and those that it has debts with: what an account or a claim names must be there."""
    found = Book.objects.order_by("pk")
    if scope.book is None:
        return found
    partners = Account.objects.filter(book=scope.book).exclude(counterparty=None).values("counterparty")
    return found.filter(Q(pk=scope.book.pk) | Q(pk__in=partners))


def _organizations(scope: Scope) -> "QuerySet[Organization]":
    found = Organization.objects.order_by("pk")
    return found.filter(book__in=_books(scope)) if scope.book else found


def _measures(scope: Scope) -> "QuerySet[Measure]":
    found = Measure.objects.order_by("pk")
    if scope.book is None:
        return found
    pegs = Account.objects.filter(book=scope.book).exclude(peg=None).values("peg")
    counted = Posting.objects.filter(account__book=scope.book).exclude(measure=None).values("measure")
    return found.filter(Q(pk__in=pegs) | Q(pk__in=counted))


def _claims(scope: Scope) -> "QuerySet[Claim]":
    found = Claim.objects.order_by("pk")
    return found.filter(Q(creditor=scope.book) | Q(debtor=scope.book)) if scope.book else found


def _events(scope: Scope) -> "QuerySet[Event]":
    found = Event.objects.all()
    if scope.starts_on is not None:
        found = found.filter(booked_on__gte=scope.starts_on)
    if scope.ends_on is not None:
        found = found.filter(booked_on__lte=scope.ends_on)
    return found.filter(entries__book=scope.book) if scope.book else found


def _people(scope: Scope) -> "QuerySet[User]":
    """Return those who recorded or confirmed something that is exported."""
    events = _events(scope)
    named = Q(pk__in=events.values("recorded_by")) | Q(pk__in=events.values("confirmed_by"))
    for table, book in (
        (Closing, "book"),
        (YearClosing, "book"),
        (Classification, "book"),
        (CreditLimit, "account__book"),
        (Hold, "account__book"),
    ):
        named |= Q(pk__in=_of(scope, table._default_manager.all(), book).values("recorded_by"))
    return User.objects.filter(named).order_by("pk")


def _opening(scope: Scope) -> Records:
    if (day := scope.day_before) is None:
        return
    for account, held in sorted(balances.held(book=scope.book, day=day).items()):
        if held.amount:
            yield (
                records.OPENING,
                {"account": account, "day": plain(day), "amount": held.amount, "quantity": held.quantity},
            )


def _event_records(scope: Scope) -> Records:
    found = (content for chunk in _chunks(scope) for content in _with_lines(scope, chunk))
    return (("event", content) for content in (in_order(found, _last_numbers()) if scope.is_whole else found))


def _chunks(scope: Scope) -> Iterator[list[Content]]:
    last = 0
    while chunk := [
        content for _name, content in records.EVENT.read(_events(scope).filter(pk__gt=last).order_by("pk")[:CHUNK])
    ]:
        yield chunk
        last = chunk[-1]["id"]


def _with_lines(scope: Scope, chunk: list[Content]) -> Iterator[Content]:
    numbers = [content["id"] for content in chunk]
    entries: defaultdict[int, list[Any]] = defaultdict(list)
    lines_: defaultdict[int, list[Any]] = defaultdict(list)
    # By their numbers from one to another: the look-up is a run of the index.
    within = {"event__gte": numbers[0], "event__lte": numbers[-1]}
    found = _of(scope, Entry.objects.filter(**within)).order_by("event", "book")
    for event, *entry in found.values_list("event", "book", "year", "number"):
        entries[event].append(entry)
    posted = _of(scope, Posting.objects.filter(**within), "account__book").order_by("event", "line")
    for event, *line in posted.values_list("event", "line", "account", "amount", "quantity", "measure", "claim"):
        lines_[event].append(line)
    for content in chunk:
        yield {**content, "entries": entries[content["id"]], "postings": lines_[content["id"]]}


def _last_numbers() -> dict[int, dict[int, int]]:
    """Return book → year → the last number of its journal."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for book, year, number in (
        Entry.objects.values_list("book", "year").annotate(Max("number")).order_by("book", "year")
    ):
        found[book][year] = number
    return found


#: More events than ever stand in each other's way; in a journal with a gap the rest would wait for ever.
WAITING_MAX = 1000


def in_order(events: Iterable[Content], last: dict[int, dict[int, int]]) -> Iterator[Content]:
    """Yield events so that the numbers of every book's journal come one after the other.

    On PostgreSQL the slower of two transactions may have the lower id and the higher number: it waits its turn here.
    """
    done: dict[tuple[int, int], int] = defaultdict(int)

    def is_next(book: int, year: int, number: int) -> bool:
        if number > 1:
            return done[book, year] == number - 1
        earlier = max((each for each in last.get(book, {}) if each < year), default=None)
        return earlier is None or done[book, earlier] == last[book][earlier]

    waiting: list[Content] = []
    for event in events:
        waiting.append(event)
        while waiting:
            ready = next((each for each in waiting if all(is_next(*entry) for entry in each["entries"])), None)
            if ready is None and len(waiting) < WAITING_MAX:
                break
            ready = ready or waiting[0]
            waiting.remove(ready)
            done.update({(book, year): number for book, year, number in ready["entries"]})
            yield ready
    yield from waiting


def _by_moment(events: Records, others: Records) -> Records:
    """Yield each of the others before the first event that was recorded after it."""
    waiting = sorted(others, key=lambda record: (record[1]["recorded_at"], record[1]["id"]), reverse=True)
    for event in events:
        while waiting and waiting[-1][1]["recorded_at"] <= event[1]["recorded_at"]:
            yield waiting.pop()
        yield event
    yield from reversed(waiting)
