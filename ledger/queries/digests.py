"""The digest of a block: one hash over all that its events are, from a text that the database itself writes.

Verifying compares this one hash, and looks at each header and part only where it differs. So the text says what those
say and no less: every column that means something, of marks, events, entries and lines, and what the lines stand on.
Each row is JSON, the same on both engines. What SQLite cannot write as JSON (bytes) is written by Python instead.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import DatabaseError, connection

from ledger.core.seals import DIGEST, Block
from ledger.queries.contents import Reader, missing_or, whole
from ledger.queries.seals import as_text, rows

#: More runs of numbers than these are asked for number by number.
RUNS_MAX = 50
#: On PostgreSQL: what stands between two rows, and the hash of all rows, `@`, with the brackets at both ends.
_BETWEEN = r"E']\n['"
_HASH = "encode(sha256(convert_to(coalesce('[' || @ || ']', ''), 'UTF8')), 'hex')"
#: event, block, salt, header, parts
Mark = tuple[int, int, str, str, str]


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of events: their table, which column has the event's number, their order, and their columns.

    A column is a whole number; `?` stands before one that may be empty, `"` before text without anything to quote. Free
    texts stand in a list of their own at the end of the row: PostgreSQL quotes a list at once in a third of the time.
    """

    name: str
    table: str
    event: str
    order: str
    columns: tuple[str, ...]
    texts: tuple[str, ...] = ()

    def plain(self) -> str:
        """Return SQL for its columns."""
        return ", ".join(column.lstrip('?"') for column in (*self.columns, *self.texts))

    def row(self) -> str:
        """Return SQL for a row as JSON; on PostgreSQL without the brackets around it."""
        if connection.vendor == "postgresql":
            texts = [f"array_to_json(ARRAY[{', '.join(self.texts)}]::text[])"] * bool(self.texts)
            return f"concat_ws(',', {', '.join([*map(_of_postgresql, self.columns), *texts])})"
        texts = [f"json_array({', '.join(self.texts)})"] * bool(self.texts)
        names = [column.lstrip('?"') for column in self.columns]
        return f"json_array({', '.join([*names, *texts])})"

    def of_python(self, row: Sequence[Any]) -> str:
        """Return a row of its columns as JSON."""
        count = len(self.columns)
        values = [*row[:count], *([list(row[count:])] * bool(self.texts))]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=repr)


def _of_postgresql(column: str) -> str:
    name = as_text(column[1:])
    if column.startswith('"'):
        return f"""coalesce('"' || {name} || '"', 'null')"""
    return f"coalesce({name}::text, 'null')" if column.startswith("?") else column


_MARKS = _Table(
    *("marks", "ledger_sealedevent", "event_id", "event_id"), ("event_id", "seal_id"), ("salt", "header", "parts")
)
_TABLES = (
    _MARKS,
    _Table(
        *("events", "ledger_event", "id", "id"),
        (
            *("id", '"{key:key}', '"{day:happened_on}', '"{day:booked_on}', '"{moment:recorded_at}'),
            *("?recorded_by_id", "?confirmed_by_id", "?reverses_id"),
        ),
        ("digest", "kind", "memo", "papers", "agreement", "resolution"),
    ),
    _Table(
        *("entries", "ledger_entry", "event_id", "event_id, book_id"),
        ("event_id", "book_id", "year", "number", '"{day:booked_on}'),
    ),
    _Table(
        *("lines", "ledger_posting", "event_id", "event_id, line"),
        ("event_id", "line", "account_id", "amount", "?quantity", "?measure_id", "?claim_id"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which events: a condition on their number; where several blocks are asked for at once, their first numbers."""

    which: str
    firsts: Sequence[int] = ()

    def found(self, table: str, event: str = "event_id") -> str:
        return f"FROM {table} WHERE {event} {self.which}".replace("@", event)

    def block(self, event: str = "event_id") -> str:
        """Return SQL for the place of a row's block among those that are asked for."""
        return f"width_bucket({event}, ARRAY{list(self.firsts)}::bigint[])" if self.firsts else "1"


def of_events(numbers: Sequence[int], marks: Iterable[Mark], *, reader: Reader) -> str:
    """Return the digest of a block that is being made, of events in the order of their numbers."""
    (digest,) = _digests(_Wanted(_which(numbers)), reader, marks="\n".join(map(_MARKS.of_python, marks)))
    return digest


def of_blocks(blocks: Sequence[Block], *, reader: Reader, is_plain: bool) -> list[str]:
    """Return the digests of some blocks. Plain ones hold every event from their first number to their last."""
    if not is_plain:
        return [digest for block in blocks for digest in _digests(_Wanted(_which(_marked(block))), reader)]
    if connection.vendor != "postgresql" and len(blocks) > 1:
        return [digest for block in blocks for digest in of_blocks([block], reader=reader, is_plain=True)]
    firsts = [block.first for block in blocks] if len(blocks) > 1 else []
    return _digests(_Wanted(f"BETWEEN {int(blocks[0].first)} AND {int(blocks[-1].last)}", firsts), reader)


def _marked(block: Block) -> list[int]:
    found = rows("SELECT event_id FROM ledger_sealedevent WHERE seal_id = %s", [block.height])
    return sorted(number for (number,) in found)


def _which(numbers: Sequence[int]) -> str:
    """Return the condition that a number is one of these and no other, however many they are."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    if 0 < len(runs) <= RUNS_MAX:
        return " OR @ ".join(f"BETWEEN {first} AND {last}" for first, last in runs)
    return f"IN ({', '.join(map(str, numbers)) or 'NULL'})"


def _digests(wanted: _Wanted, reader: Reader, *, marks: str | None = None) -> list[str]:
    described = _described(wanted, reader)
    sections = [(table.name, _hashes(table, wanted)) for table in _TABLES if table is not _MARKS or marks is None]
    if marks is not None:
        sections.insert(0, (_MARKS.name, {1: _hash(marks)}))
    digests = []
    for place in range(1, max(len(wanted.firsts), 1) + 1):
        lines = [f"{name} {hashes.get(place, _hash(''))}" for name, hashes in sections]
        digests.append(_hash(DIGEST + "\n".join([*described.get(place, []), *lines, ""])))
    return digests


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _hashes(table: _Table, wanted: _Wanted) -> dict[int, str]:
    """Return block → the hash of the rows of a table, one a line. PostgreSQL hashes its text where it is."""
    found = wanted.found(table.table, table.event)
    if connection.vendor != "postgresql":
        return {1: _hash(_text_of_sqlite(table, found))}
    row = table.row()
    if wanted.firsts:
        text = f"string_agg({row}, {_BETWEEN} ORDER BY {table.order})"
        return dict(rows(f"SELECT {wanted.block(table.event)}, {_HASH.replace('@', text)} {found} GROUP BY 1"))
    # A sorted sub-query costs less than sorting inside the aggregate: an index has the rows in this order.
    ordered = f"SELECT {row} AS t {found} ORDER BY {table.order}"
    text = f"string_agg(t, {_BETWEEN})"
    return dict(rows(f"SELECT 1, {_HASH.replace('@', text)} FROM ({ordered}) t"))  # noqa: S608  # nothing from outside


def _text_of_sqlite(table: _Table, found: str) -> str:
    ordered = f"{found} ORDER BY {table.order}"
    lines = f"SELECT {table.row()} AS t {ordered}"
    try:
        ((text,),) = rows(f"SELECT group_concat(t, char(10)) FROM ({lines})")  # noqa: S608  # nothing from outside
    except DatabaseError:
        return "\n".join(map(table.of_python, rows(f"SELECT {table.plain()} {ordered}")))
    return text or ""


def _described(wanted: _Wanted, reader: Reader) -> dict[int, list[str]]:
    """Return block → what its lines and entries stand on: books, accounts, measures, claims, each once."""
    books: dict[int, set[int]] = defaultdict(set)
    accounts: dict[int, set[int]] = defaultdict(set)
    measures: dict[int, set[int]] = defaultdict(set)
    claims: dict[int, set[int]] = defaultdict(set)
    for block, book in rows(f"SELECT DISTINCT {wanted.block()}, book_id {wanted.found('ledger_entry')}"):
        books[block].add(book)
    lines = wanted.found("ledger_posting")
    for block, account, measure, claim in rows(
        f"SELECT DISTINCT {wanted.block()}, account_id, measure_id, claim_id {lines}"
    ):
        accounts[block].add(account)
        measures[block].add(measure)
        claims[block].add(claim)
    reader.fetch_accounts(set().union(*accounts.values()))
    reader.fetch_claims(set().union(*claims.values()))
    described: dict[int, list[str]] = {}
    for block in {*books, *accounts}:
        held = [(number, *(reader.accounts.get(number) or (0, missing_or({}, number)))) for number in accounts[block]]
        books[block] |= {book for _number, book, _text in held}
        described[block] = [
            *_sorted("account", (f"{whole(number)} {whole(book)} {text}" for number, book, text in held)),
            *_sorted("book", (f"{whole(number)} {missing_or(reader.books, number)}" for number in books[block])),
            *_sorted(
                "measure", (f"{whole(number)} {missing_or(reader.measures, number)}" for number in measures[block])
            ),
            *_sorted("claim", (f"{whole(number)} {missing_or(reader.claims, number)}" for number in claims[block])),
        ]
    return described


def _sorted(name: str, texts: Iterable[str]) -> list[str]:
    return sorted(f"{name} {text}" for text in texts)
