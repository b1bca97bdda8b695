"""Changes behind the program's back: any column of any row that events speak of, and what such a change touches."""

import datetime as dt
import random
import uuid
from typing import Any

from django.db import DatabaseError, models

from ledger.models import (
    Account,
    AccountBalance,
    Book,
    Claim,
    ClaimBalance,
    DayBalance,
    Entry,
    Event,
    Measure,
    Posting,
    Seal,
    SealedEvent,
    Unit,
    YearBalance,
    YearClosing,
)
from tests import make

#: What no event says: it may change, or nothing refers to it.
MEANS_NOTHING = {
    (Entry, "id"),
    (Posting, "id"),
    (DayBalance, "id"),
    (YearBalance, "id"),
    # Said of a closed year beside its balances: no seal holds it.
    *((YearClosing, column) for column in ("resolution", "recorded_at", "recorded_by")),
    (Account, "is_closed"),
    (Book, "opened_on"),
    *((Unit, column) for column in ("symbol", "name_es", "name_en", "decided_in")),
}
#: What the database keeps beside the journal, and could be computed anew from it.
KEPT: list[type[models.Model]] = [AccountBalance, ClaimBalance, DayBalance, YearClosing, YearBalance]
TABLES: list[type[models.Model]] = [
    *KEPT,
    *(Event, Entry, Posting, Claim, Account, Unit, Measure, Book, Seal, SealedEvent),
]
COLUMNS = [
    (table, column)
    for table in TABLES
    for column in table._meta.concrete_fields
    if (table, column.name) not in MEANS_NOTHING
]


def rows_that_count(table: type[models.Model]) -> list[models.Model]:
    """Return the rows of a table that some sealed event speaks of."""
    rows = table._default_manager.order_by("pk")
    if table is Account:
        rows = rows.filter(postings__isnull=False).distinct()
    if table is Measure:
        rows = rows.filter(pk__in=Account.objects.filter(postings__isnull=False).values("peg"))
    if table is Unit:
        rows = rows.filter(pk__in=Account.objects.filter(postings__isnull=False).values("unit"))
    if table is Book:
        rows = rows.filter(entries__isnull=False).distinct()
    return list(rows)


def another(column: Any, value: Any, chance: random.Random) -> object:
    """Return some other value for a column."""
    if isinstance(column, models.ForeignKey):
        others = column.related_model._default_manager.exclude(pk=value).values_list("pk", flat=True)
        return chance.choice([*others, 10**6])
    if isinstance(column, models.UUIDField):
        return uuid.UUID(int=chance.getrandbits(128))
    if isinstance(column, models.DateTimeField):
        return value + dt.timedelta(microseconds=chance.choice([1, -1, 10**9]))
    if isinstance(column, models.DateField):
        return (value or make.DAY) + dt.timedelta(days=chance.choice([-400, -1, 1]))
    if isinstance(column, models.BooleanField):
        return not value
    if isinstance(column, models.IntegerField):
        return (value or 0) + chance.choice([1, -1, 7, 1000])
    if isinstance(column, models.JSONField):
        return chance.choice([[1], [[1, 1]], [[2, 9]], {"a": 1}])
    text = str(value or "")
    return chance.choice([text[:-1] + chance.choice("abcdef012"), text[:-1], chance.choice(["x", text.upper()])])


def events_of(row: models.Model) -> set[int]:
    """Return the events that a row says something about."""
    if isinstance(row, Event | SealedEvent):
        return {row.pk}
    if isinstance(row, Seal):
        return set(SealedEvent.objects.filter(seal=row.pk).values_list("pk", flat=True))
    if isinstance(row, Event | Entry | Posting | YearClosing):
        return {getattr(row, "event_id", row.pk)} - {None}
    if isinstance(row, tuple(KEPT)):
        return set()
    by = {Claim: "claim", Account: "account", Book: "account__book", Unit: "account__unit"}
    postings = Posting.objects.all()
    if isinstance(row, Measure):
        postings = postings.filter(models.Q(account__peg=row.pk) | models.Q(measure=row.pk))
    elif isinstance(row, Unit):
        of_peg = models.Q(account__peg__unit=row.pk) | models.Q(account__book__unit=row.pk)
        postings = postings.filter(models.Q(account__unit=row.pk) | of_peg)
    else:
        postings = postings.filter(**{by[type(row)]: row.pk})
    return set(postings.values_list("event", flat=True))


def books_of(row: models.Model) -> set[int]:
    """Return the books that a row says something about."""
    if isinstance(row, Book):
        return {row.pk}
    if isinstance(row, Entry | YearClosing):
        return {row.book_id}
    if isinstance(row, AccountBalance | DayBalance | YearBalance):
        closing = YearClosing.objects.filter(pk=getattr(row, "closing_id", 0)).values_list("book", flat=True)
        return {*closing, *(book for each in Account.objects.filter(pk=row.account_id) for book in books_of(each))}
    if isinstance(row, ClaimBalance):
        return {book for claim in Claim.objects.filter(pk=row.claim_id) for book in books_of(claim)}
    if isinstance(row, Claim):
        return {row.creditor_id, row.debtor_id}
    if isinstance(row, Account):
        return {row.book_id, *([row.counterparty_id] if row.counterparty_id else [])}
    if isinstance(row, Posting):
        of_account = Account.objects.filter(pk=row.account_id).values_list("book", flat=True)
        return {*of_account, *Claim.objects.filter(pk=row.claim_id or 0).values_list("creditor", flat=True)}
    return set(Entry.objects.filter(event__in=events_of(row)).values_list("book", flat=True))


class Tampering:
    """Makes one change after another, each undone again, and keeps what should be named."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # which row, not secrets
        self.events: set[int] = set()
        self.books: set[int] = set()

    def touch(self, row: models.Model) -> None:
        self.events |= events_of(row)
        self.books |= books_of(row)

    def change(self) -> str:
        table, column = self.chance.choice(COLUMNS)
        row = self.chance.choice(rows_that_count(table))
        old = getattr(row, column.attname)
        value = another(column, old, self.chance)
        if value == old:
            raise DatabaseError("nothing was changed")
        self.touch(row)
        table._default_manager.filter(pk=row.pk).update(**{column.attname: value})
        self.touch(table._default_manager.get(pk=value if column.primary_key else row.pk))
        return f"{table.__name__} {row.pk}: {column.attname} from {old!r} to {value!r}"

    def delete(self) -> str:
        table = self.chance.choice([*TABLES[:-2], SealedEvent])
        row = self.chance.choice(rows_that_count(table))
        self.touch(row)
        table._default_manager.filter(pk=row.pk)._raw_delete("default")
        return f"{table.__name__} {row.pk} deleted"

    def insert(self) -> str:
        table = self.chance.choice([Event, Entry, Posting, DayBalance, YearBalance])
        row = self.chance.choice(rows_that_count(table))
        if isinstance(row, Event):
            row.id, row.key, row.reverses_id = -self.chance.randint(0, 99), uuid.uuid4(), None
        elif isinstance(row, Entry):
            row.pk, row.number = None, 900
            row.book_id = self.chance.choice(list(Book.objects.values_list("pk", flat=True)))
        elif isinstance(row, DayBalance):
            row.pk, row.day = None, row.day - dt.timedelta(days=1)
        elif isinstance(row, YearBalance):
            accounts = Account.objects.exclude(pk__in=YearBalance.objects.values("account"))
            row.pk, row.account_id, row.amount = None, self.chance.choice(list(accounts)).pk, 5
        else:
            row.pk, row.line = None, 90
        row.save(force_insert=True)
        self.touch(row)
        return f"{table.__name__} {row.pk} inserted"

    def swap(self) -> str:
        table, column = self.chance.choice([each for each in COLUMNS if not each[1].unique and each[0] is not Seal])
        rows = rows_that_count(table)
        one, two = self.chance.sample(rows, 2) if len(rows) > 1 else (rows[0], rows[0])
        values = getattr(one, column.attname), getattr(two, column.attname)
        if values[0] == values[1]:
            raise DatabaseError("nothing was changed")
        for row, value in ((one, values[1]), (two, values[0])):
            self.touch(row)
            table._default_manager.filter(pk=row.pk).update(**{column.attname: value})
            self.touch(table._default_manager.get(pk=row.pk))
        return f"{table.__name__} {one.pk} and {two.pk}: {column.attname} swapped"
