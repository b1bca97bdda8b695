"""Write records of an archive in batches, and find the line of the first one that the database refuses."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Field, Model

from ledger.actions import refusals
from ledger.core import typed
from ledger.core.archive import Damaged, Fault, Record
from ledger.models import Account, Entry, Event, Hold, Posting, Unit
from ledger.queries import records
from ledger.queries.records import Kind
from network.models import User

#: How many records are written together.
BATCH = 500

_ENTRY = (typed.whole, typed.whole, typed.whole)
_LINE = (typed.whole, typed.whole, typed.whole, *(typed.whole_or_none,) * 3)
_LINE_NAMES = ("line", "account", "amount", "quantity", "measure", "claim")


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is to be written: values in the order of its kind's fields; of an event also what hangs on it."""

    line: int
    values: list[Any]
    entries: list[list[int]] = field(default_factory=list)
    postings: list[list[int | None]] = field(default_factory=list)


@dataclass
class Importer:
    """Takes record after record; what is known is what came before."""

    line: int = 0
    kind: Kind | None = None
    waiting: list[Row] = field(default_factory=list)
    #: Table → the numbers that came; of events only the last, for there are many.
    known: defaultdict[type[Model], set[Any]] = field(default_factory=lambda: defaultdict(set))
    closed: list[int] = field(default_factory=list)
    last_event: int = 0

    def __post_init__(self) -> None:
        """Look at the units that migrate has put in place."""
        self.units = {unit.pk: (unit.code, unit.kind, unit.scale) for unit in Unit.objects.all()}

    def take(self, record: Record) -> None:
        """Check one record and write it with others of its kind.

        :raises Damaged: naming the line that is wrong, if it is another one than this.
        """
        kind = records.KINDS.get(record.kind)
        if kind is None:
            raise Damaged(Fault.KIND_UNKNOWN, line=record.line, kind=record.kind)
        if kind is not self.kind or len(self.waiting) >= BATCH:
            self.flush()
        self.line, self.kind = record.line, kind
        row = self._row(kind, record)
        if kind is records.EVENT:
            self._expect_order(row)
        self.waiting.append(row)

    def finish(self) -> None:
        """Write what waits, and close the accounts that were closed."""
        self.flush()
        Account.objects.filter(pk__in=self.closed).update(is_closed=True)

    def flush(self) -> None:
        """Write what waits; if the database refuses it, find out which line it is."""
        if self.kind is None or not self.waiting:
            return
        rows, self.waiting = self.waiting, []
        write = _WRITERS.get(self.kind.name, _insert)
        try:
            with transaction.atomic():
                write(self.kind, rows)
        except DatabaseError as error:
            for row in rows:
                _write_alone(write, self.kind, row)
            raise Damaged(Fault.REFUSED, line=rows[0].line, reason=_sentence(error)) from error

    def _row(self, kind: Kind, record: Record) -> Row:
        if kind is not records.EVENT:
            row = Row(record.line, kind.values(record.content))
        else:
            values = kind.values(record.content, beside=("entries", "postings"))
            entries = _table("entries", record.content["entries"], _ENTRY)
            row = Row(record.line, values, entries, _table("postings", record.content["postings"], _LINE))
            self._expect_lines_known(row)
        self._expect_known(kind, row)
        if kind is records.ACCOUNT and row.values[-1]:
            # A closed account takes no lines: it is closed again at the end.
            row.values[-1] = False
            self.closed.append(row.values[0])
        return row

    def _expect_known(self, kind: Kind, row: Row) -> None:
        """Look whether all that it names came before it, and itself did not."""
        for column, value in zip(kind.columns(), row.values, strict=True):
            of = column.related_model
            if isinstance(of, type) and of is not Event and value is not None and value not in self.known[of]:
                raise Damaged(Fault.NOT_THERE, line=row.line, field=column.name, value=value)
        if kind is records.EVENT or kind in _COMPARED:
            return
        if row.values[0] in self.known[kind.model]:
            raise Damaged(Fault.TWICE, line=row.line, value=row.values[0])
        self.known[kind.model].add(row.values[0])
        if kind is records.UNIT:
            self._expect_same_unit(row)

    def _expect_same_unit(self, row: Row) -> None:
        pk, code, *rest = row.values
        there = self.units.get(pk)
        if there != (code, *rest[:2]) and (there or code in {known for known, _kind, _scale in self.units.values()}):
            raise Damaged(Fault.UNIT_DIFFERS, line=row.line, value=code)

    def _expect_lines_known(self, row: Row) -> None:
        for line in row.postings:
            for name, value in zip(_LINE_NAMES, line, strict=True):
                table = _OF_LINES.get(name)
                if table is not None and value is not None and value not in self.known[table]:
                    raise Damaged(Fault.NOT_THERE, line=row.line, field=name, value=value)

    def _expect_order(self, row: Row) -> None:
        """Events of one statement are numbered by their ids, so one that goes back begins another."""
        if row.values[0] == self.last_event:
            raise Damaged(Fault.TWICE, line=row.line, value=row.values[0])
        if row.values[0] < self.last_event:
            if connection.vendor == "sqlite":
                raise Damaged(Fault.OUT_OF_ORDER, line=row.line)
            self.flush()
        self.last_event = row.values[0]


def _table(name: str, value: Any, types: Sequence[Callable[[object], Any]]) -> list[list[Any]]:
    try:
        return [[read(cell) for read, cell in zip(types, line, strict=True)] for line in value]
    except (TypeError, ValueError):
        raise Damaged(Fault.FIELD_WRONG, field=name, value=value) from None


def _write_alone(write: Callable[[Kind, list[Row]], None], kind: Kind, row: Row) -> None:
    try:
        with transaction.atomic():
            write(kind, [row])
    except DatabaseError as error:
        raise Damaged(Fault.REFUSED, line=row.line, reason=_sentence(error)) from error


def _sentence(error: DatabaseError) -> str:
    refusal = refusals.named(error)
    return str(refusal(amount="") if refusal else error).strip().partition("\n")[0]


def _insert(kind: Kind, rows: list[Row]) -> None:
    _insert_into(kind.model, kind.columns(), [row.values for row in rows])


def _insert_into(table: type[Model], columns: Sequence["Field[Any, Any]"], rows: list[list[Any]]) -> None:
    """Write rows as they are: Django's own would put the present moment in place of some."""
    if not rows:
        return
    quote = connection.ops.quote_name
    into = f"INSERT INTO {quote(table._meta.db_table)} ({', '.join(quote(str(column.column)) for column in columns)})"
    places = f"({', '.join(['%s'] * len(columns))})"
    values = [
        [
            value if type(value) in _AS_THEY_ARE else column.get_db_prep_save(value, connection)
            for column, value in zip(columns, row, strict=True)
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"{into} VALUES {places}", values)
        else:
            # One statement: all lines of an event come in together.
            flat = [value for row in values for value in row]
            cursor.execute(f"{into} VALUES {', '.join([places] * len(values))}", flat)


def _add_people(_kind: Kind, rows: list[Row]) -> None:
    """Write somebody without name or address who cannot log in, so that who recorded what stays apart."""
    people = [User(pk=row.values[0], email=f"{row.values[0]}@imported.invalid", is_active=False) for row in rows]
    for person in people:
        person.set_unusable_password()
    User.objects.bulk_create(people)


def _add_units(kind: Kind, rows: list[Row]) -> None:
    there = set(Unit.objects.values_list("pk", flat=True))
    _insert(kind, [row for row in rows if row.values[0] not in there])


def _hold(kind: Kind, rows: list[Row]) -> None:
    """Open one hold after the other, each as the database wants it, and end it at once if it has ended.

    So at every moment no more is held than was then: whatever was within the limit is so again.
    """
    released_at, ended_as = kind.fields.index("released_at"), kind.fields.index("ended_as")
    for row in rows:
        values = list(row.values)
        values[released_at], values[ended_as] = None, ""
        _insert_into(kind.model, kind.columns(), [values])
        if row.values[released_at] is not None or row.values[ended_as]:
            Hold.objects.filter(pk=row.values[0]).update(
                released_at=row.values[released_at], ended_as=row.values[ended_as]
            )


def _post(kind: Kind, rows: list[Row]) -> None:
    """Write events with their lines in the order that the engine's rules want (docs/decisions/0003), and compare."""
    columns = [Posting._meta.get_field(name) for name in ("event", *_LINE_NAMES)]
    lines = [[row.values[0], *line] for row in rows for line in row.postings]
    if connection.vendor == "sqlite":
        _insert_into(Posting, columns, lines)  # type: ignore[arg-type]
        _insert(kind, rows)
    else:
        _insert(kind, rows)
        _insert_into(Posting, columns, lines)  # type: ignore[arg-type]
    found: defaultdict[int, list[list[int]]] = defaultdict(list)
    numbers = Entry.objects.filter(event__in=[row.values[0] for row in rows]).order_by("event", "book")
    for event, *entry in numbers.values_list("event", "book", "year", "number"):
        found[event].append(entry)
    for row in rows:
        if found[row.values[0]] != row.entries:
            raise Damaged(Fault.NUMBER_DIFFERS, line=row.line, found=found[row.values[0]], expected=row.entries)


def _compare(kind: Kind, rows: list[Row]) -> None:
    """Compare what the database keeps with what the file says."""
    found = kind.model._default_manager.filter(pk__in=[row.values[0] for row in rows]).values_list(*kind.fields)
    kept = {pk: [pk, *values] for pk, *values in found}
    for row in rows:
        if kept.get(row.values[0]) != row.values:
            there = kept.get(row.values[0], [])
            raise Damaged(Fault.BALANCE_DIFFERS, line=row.line, found=there[1:], expected=row.values[1:])


#: What every database takes without being asked how: most values, so a third of the time.
_AS_THEY_ARE = {int, str, bool, type(None)}
_COMPARED = {records.BALANCE, records.CLAIM_BALANCE}
_OF_LINES: dict[str, type[Model]] = {
    name: Posting._meta.get_field(name).related_model  # type: ignore[misc]
    for name in ("account", "measure", "claim")
}
_WRITERS: dict[str, Callable[[Kind, list[Row]], None]] = {
    "person": _add_people,
    "unit": _add_units,
    "event": _post,
    "hold": _hold,
    "balance": _compare,
    "claim_balance": _compare,
}
