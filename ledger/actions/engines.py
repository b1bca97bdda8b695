"""Write events in the order in which each engine's rules look at them (docs/decisions/0003-two-engines.md).

PostgreSQL writes one event, or a thousand, in one round trip (`ledger/sql/postgresql/90_post.sql`); SQLite, which has
no round trips, in plain statements. Whatever is written here passes the same rules as anybody's plain SQL.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import psycopg
from django.db import connection, transaction

from ledger.actions import refusals


class Header(NamedTuple):
    """An event as a row: numbers of other rows instead of the rows."""

    key: uuid.UUID
    digest: str
    kind: str
    happened_on: dt.date
    recorded_at: dt.datetime
    recorded_by: int | None
    confirmed_by: int | None
    memo: str
    papers: str
    agreement: str
    resolution: str
    reverses: int | None


#: Account, amount, quantity, measure, claim.
Row = tuple[int, int, int | None, int | None, int | None]

#: Number and day of an event that was written; None where its key stands for an earlier one.
Written = tuple[int, dt.date] | None

# For SQLite's own connection: Django's cursor would read each of them through for its places, every time.
_EVENT = (
    "INSERT INTO ledger_event (id, key, digest, kind, happened_on, booked_on, recorded_at, recorded_by_id,"
    " confirmed_by_id, memo, papers, agreement, resolution, reverses_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_POSTING = (
    "INSERT INTO ledger_posting (event_id, line, account_id, amount, quantity, measure_id, claim_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_LAST = "SELECT (SELECT max(id) FROM ledger_event), EXISTS (SELECT 1 FROM ledger_event WHERE key = ?)"
_ARGUMENTS = (
    "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,"
    " %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])"
)
_POST = f"SELECT event, stands_under, NULL FROM ledger_post{_ARGUMENTS}"  # noqa: S608  # a constant above
_TRY_POST = f"SELECT event, stands_under, refused FROM ledger_try_post{_ARGUMENTS}"  # noqa: S608  # likewise
_POST_MANY = (
    "SELECT events, refused FROM ledger_post_many(%s::uuid[], %s::text[], %s::text[], %s::date[], %s::date[], %s,"
    " %s, %s::text[], %s::text[], %s::text[], %s::text[], %s::integer[], %s::smallint[], %s::bigint[], %s::bigint[],"
    " %s::bigint[], %s::bigint[], %s::bigint[])"
)


def write(header: Header, rows: Sequence[Row], *, books: Sequence[int], today: dt.date) -> Written:
    """Write one event with its lines; None if its key was written before, by whomever.

    :raises DomainError: the named refusal of the rule that stops it; nothing is then written.
    """
    if connection.vendor == "sqlite":
        return _write_sqlite(header, rows, books=books, today=today)
    event, day, refused = _ask(
        _TRY_POST if connection.in_atomic_block else _POST,
        [
            *(header.key, header.digest, header.kind, header.happened_on, today, header.recorded_at),
            *(header.recorded_by, header.confirmed_by, header.memo, header.papers, header.agreement),
            *(header.resolution, header.reverses, _array(books)),
            *(_array(column) for column in zip(*rows, strict=True)),
        ],
    )
    if refused is not None:
        raise refusals.of(refused)
    return None if event is None else (event, day)


def _ask(sql: str, parameters: Sequence[object]) -> Any:
    """Run a statement that PostgreSQL prepares once a connection, and return its one row.

    Django's own cursor sends the values within the text, so that it is parsed and planned anew each time: for one
    event that costs as much as a tenth of all its rules (docs/benchmarks.md).
    """
    with refusals.from_database(), connection.wrap_database_errors, connection.cursor() as cursor:
        # A function answers with one row.
        return next(psycopg.Cursor(cursor.connection).execute(sql, parameters, prepare=True))


def _array(values: Iterable[int | dt.date | uuid.UUID | None]) -> str:
    """Return numbers, days, keys as PostgreSQL writes an array of them: cheaper than to look at the type of each."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def _texts(values: Iterable[str]) -> str:
    """Return texts as PostgreSQL writes an array of them."""
    return "{" + ",".join(['"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values]) + "}"


def _write_sqlite(header: Header, rows: Sequence[Row], *, books: Sequence[int], today: dt.date) -> Written:
    # One writer at a time (BEGIN IMMEDIATE), so the next number cannot be taken by another.
    with refusals.from_database(), transaction.atomic(), connection.wrap_database_errors:
        last, is_known = connection.connection.execute(_LAST, [header.key.hex]).fetchone()
        if is_known:
            return None
        event = (last or 0) + 1
        day = header.happened_on
        if day != today and any(day < earliest for earliest in _earliest(books).values()):
            day = today
        lines = [(event, line, *row) for line, row in enumerate(rows, start=1)]
        connection.connection.executemany(_POSTING, lines)
        connection.connection.execute(_EVENT, _values(event, header, day))
        return event, day


def write_many(batch: Sequence[tuple[Header, Sequence[Row]]], *, days: Sequence[dt.date]) -> list[int]:
    """Write a batch of events, each under its day, and return their numbers: all of them or none.

    Call it in a transaction that holds the books (`hold_books`), with keys that were not written before.

    :raises DomainError: the named refusal of the first rule that stops one of them.
    """
    if connection.vendor == "sqlite":
        return _write_many_sqlite(batch, days)
    each = dict(zip(Header._fields, zip(*[header for header, _rows in batch], strict=True), strict=True))
    rows = [rows for _header, rows in batch]
    events, refused = _ask(
        _POST_MANY,
        [
            *(_array(each["key"]), _texts(each["digest"]), _texts(each["kind"]), _array(each["happened_on"])),
            *(_array(days), batch[0][0].recorded_at, batch[0][0].recorded_by),
            *(_texts(each[name]) for name in ("memo", "papers", "agreement", "resolution")),
            _array([place for place, lines in enumerate(rows, 1) for _ in lines]),
            _array([number for lines in rows for number in range(1, len(lines) + 1)]),
            *(_array(column) for column in zip(*chain.from_iterable(rows), strict=True)),
        ],
    )
    if refused is not None:
        raise refusals.of(refused)
    return list(events)


def _write_many_sqlite(batch: Sequence[tuple[Header, Sequence[Row]]], days: Sequence[dt.date]) -> list[int]:
    with refusals.from_database(), transaction.atomic(), connection.wrap_database_errors:
        raw = connection.connection
        (last,) = raw.execute("SELECT coalesce(max(id), 0) FROM ledger_event").fetchone()
        events = list(range(last + 1, last + 1 + len(batch)))
        raw.executemany(
            _POSTING,
            [
                (event, line, *row)
                for event, (_, rows) in zip(events, batch, strict=True)
                for line, row in enumerate(rows, start=1)
            ],
        )
        raw.executemany(
            _EVENT,
            [_values(event, header, day) for event, (header, _), day in zip(events, batch, days, strict=True)],
        )
        return events


def _values(event: int, header: Header, day: dt.date) -> list[Any]:
    return [
        *(event, header.key.hex, header.digest, header.kind, header.happened_on.isoformat(), day.isoformat()),
        connection.ops.adapt_datetimefield_value(header.recorded_at),
        *(header.recorded_by, header.confirmed_by, header.memo, header.papers, header.agreement, header.resolution),
        header.reverses,
    ]


def known(keys: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Return those of the keys under which an event was written before."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            told = json.dumps([key.hex for key in keys])
            cursor.execute("SELECT key FROM ledger_event WHERE key IN (SELECT value FROM json_each(%s))", [told])
            return [uuid.UUID(key) for (key,) in cursor.fetchall()]
        cursor.execute("SELECT key FROM ledger_event WHERE key = ANY(%s::uuid[])", [_array(keys)])
        return [key for (key,) in cursor.fetchall()]


def hold_books(books: Sequence[int]) -> dict[int, dt.date]:
    """Let nobody else write in these books until the transaction ends; return the first day that each still takes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM ledger_book WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [list(books)])
    return _earliest(books)


def _earliest(books: Sequence[int]) -> dict[int, dt.date]:
    """Return for each book the first day that its journal still takes: not before its last entry, nor closed."""
    places = ", ".join(["%s"] * len(books))
    last = "SELECT n.booked_on FROM ledger_entry n WHERE n.book_id = b.id ORDER BY n.year DESC, n.number DESC LIMIT 1"
    closed = "SELECT max(c.through) FROM ledger_closing c WHERE c.book_id = b.id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT b.id, ({last}), ({closed}) FROM ledger_book b WHERE b.id IN ({places})",  # noqa: S608
            books,
        )
        found = cursor.fetchall()
    return {
        book: max(_day(last), dt.date.min if closed is None else _day(closed) + dt.timedelta(days=1))
        for book, last, closed in found
    }


def _day(value: dt.date | str | None) -> dt.date:
    if value is None:
        return dt.date.min
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
