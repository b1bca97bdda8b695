"""Which records an archive holds, and what each says of a table: for whoever writes one, and for whoever reads one.

A new kind is a line of `BEFORE` or `AFTER`, or of `BETWEEN` where it matters what had happened by then.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Field, Model, QuerySet

from ledger.core import typed
from ledger.core.archive import Damaged, Fault
from ledger.models import (
    Account,
    AccountBalance,
    Book,
    Claim,
    ClaimBalance,
    Classification,
    Closing,
    CreditLimit,
    Event,
    Hold,
    Measure,
    Seal,
    SealedEvent,
    Unit,
    Witness,
    YearBalance,
    YearClosing,
)
from ledger.queries import seals
from network.models import Organization, User

Content = dict[str, Any]

#: How many rows are fetched together.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the fields of a table that it carries, each under its own name."""

    name: str
    model: type[Model]
    fields: tuple[str, ...]
    #: Fields that came later, and what an archive means that was written before them.
    later: tuple[tuple[str, Any], ...] = ()

    def columns(self) -> list["Field[Any, Any]"]:
        """Return its fields as Django knows them."""
        return [self.model._meta.get_field(name) for name in self.fields]  # type: ignore[misc]

    def values(self, content: Any, *, beside: tuple[str, ...] = ()) -> list[Any]:
        """Return what a record says, in the order of its fields; `beside` are names that it has besides.

        :raises Damaged: if a field is missing, unknown, or of another type.
        """
        if not isinstance(content, dict):
            raise Damaged(Fault.NOT_A_RECORD)
        content = {**dict(self.later), **content}
        for name in (*self.fields, *beside):
            if name not in content:
                raise Damaged(Fault.FIELD_MISSING, field=name)
        for name in content.keys() - {*self.fields, *beside}:
            raise Damaged(Fault.FIELD_UNKNOWN, field=name)
        return [_value(column, content[column.name]) for column in self.columns()]

    def read(self, found: "QuerySet[Any]") -> Iterator[tuple[str, Content]]:
        """Yield these rows as records."""
        for row in found.values_list(*self.fields).iterator(chunk_size=CHUNK):
            yield self.name, dict(zip(self.fields, map(plain, row), strict=True))


def _value(column: "Field[Any, Any]", value: Any) -> Any:
    try:
        return None if value is None and column.null else _read_as(column, value)
    except ValueError:
        raise Damaged(Fault.FIELD_WRONG, field=column.name, value=value) from None


def _read_as(column: "Field[Any, Any]", value: Any) -> Any:
    target = column.target_field if isinstance(column, models.ForeignKey) else column
    for of, read in _TYPES.items():
        if isinstance(target, of):
            return read(value)
    return typed.text(value, length_max=target.max_length)


#: Fields by what JSON has for them; every other is text. Moments before days: to Django a moment is a day too.
_TYPES = {
    models.BooleanField: typed.flag,
    models.IntegerField: typed.whole,
    models.DateTimeField: typed.moment,
    models.DateField: typed.day,
    models.UUIDField: typed.key,
    models.JSONField: typed.runs,
}


def plain(value: Any) -> Any:
    """Return a value of a column as JSON has it: days and moments as text, moments in UTC with microseconds."""
    if isinstance(value, dt.datetime):
        return seals.moment(value.isoformat())
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.hex if isinstance(value, uuid.UUID) else value


#: Who recorded something, by number alone: names and addresses stay at home.
PERSON = Kind("person", User, ("id",))
UNIT = Kind("unit", Unit, ("id", "code", "kind", "scale", "symbol", "name_es", "name_en", "issuer"))
ORGANIZATION = Kind(
    "organization",
    Organization,
    ("id", "code", "name", "kind", "sector", "province", "city", "tax_id", "is_fictional", "country"),
    later=(("country", "AR"),),
)
BOOK = Kind("book", Book, ("id", "organization", "unit", "opened_on", "year_starts_month"))
MEASURE = Kind("measure", Measure, ("id", "unit", "thing"))
ACCOUNT = Kind(
    "account", Account, ("id", "book", "number", "nature", "unit", "role", "counterparty", "peg", "is_closed")
)
CLAIM = Kind("claim", Claim, ("id", "creditor", "debtor", "unit", "peg", "agreement", "opened_on", "due_on"))
LIMIT = Kind(
    "limit", CreditLimit, ("id", "account", "amount", "resolution", "decided_on", "recorded_at", "recorded_by")
)
#: One that has ended is opened and ended at once when it comes in: it takes nothing from anybody any more.
HOLD = Kind(
    "hold",
    Hold,
    (
        *("id", "key", "account", "amount", "agreement", "until", "recorded_at", "recorded_by"),
        *("released_at", "ended_as"),
    ),
)
#: With its entries `[book, year, number]` and its lines `[line, account, amount, quantity, measure, claim]`.
EVENT = Kind(
    "event",
    Event,
    (
        *("id", "key", "digest", "kind", "happened_on", "booked_on", "recorded_at", "recorded_by", "confirmed_by"),
        *("memo", "papers", "agreement", "resolution", "reverses"),
    ),
)
CLOSING = Kind("closing", Closing, ("id", "book", "through", "recorded_at", "recorded_by"))
YEAR = Kind(
    "year",
    YearClosing,
    ("id", "book", "year", "starts_on", "ends_on", "event", "resolution", "recorded_at", "recorded_by"),
)
YEAR_BALANCE = Kind("year_balance", YearBalance, ("id", "closing", "account", "amount", "quantity"))
#: Where an event stands among the economies, with the reason why not where its kind does.
CLASSIFICATION = Kind(
    "classification",
    Classification,
    (
        *("id", "event", "book", "transaction", "labour", "enterprise", "management", "reason"),
        *("recorded_at", "recorded_by"),
    ),
)
SEAL = Kind(
    "seal",
    Seal,
    (
        *("height", "version", "first_event", "last_event", "holes", "late", "events"),
        *("tree", "digest", "root", "previous", "hash", "sealed_at"),
    ),
)
MARK = Kind("mark", SealedEvent, ("event_id", "seal", "salt", "header", "parts"))
WITNESS = Kind("witness", Witness, ("id", "chain", "height", "hash", "by", "signed_at", "note"))
#: Not written but compared: the database of the importer keeps its own.
BALANCE = Kind("balance", AccountBalance, ("account", "amount", "quantity", "postings"))
CLAIM_BALANCE = Kind("claim_balance", ClaimBalance, ("claim", "amount", "quantity"))
#: Of an export that begins at a day: what the accounts held before it.
OPENING = "opening"

#: In this order, so that nothing speaks of what comes later. Units are two steps: network credits have their book.
BEFORE = (PERSON, UNIT, ORGANIZATION, BOOK, MEASURE, ACCOUNT, CLAIM)
BETWEEN = (LIMIT, HOLD)
AFTER = (CLOSING, YEAR, YEAR_BALANCE, CLASSIFICATION, SEAL, MARK, WITNESS, BALANCE, CLAIM_BALANCE)
KINDS = {kind.name: kind for kind in (*BEFORE, *BETWEEN, EVENT, *AFTER)}
