"""Import an archive into an empty database: whole, or not at all.

Everything goes through the rules of the database, as if it were posted again: the database numbers the entries and
keeps the balances itself, and only then are they compared with what the file says.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.actions import verification
from ledger.actions.importing import Importer
from ledger.core import archive
from ledger.core.archive import HEADER, Damaged, Fault, Record
from ledger.models import Agreement, Entry, Event, FundAct, Posting
from ledger.queries import records
from network.errors import DomainError

#: Progress is told every so many lines.
TELL = 5_000

#: What is wrong → what the user reads.
SENTENCES: dict[Fault, str | Promise] = {
    Fault.EMPTY: _("The file is empty."),
    Fault.NOT_JSON: _("This is no line of JSON: the file was cut off or damaged here, or is something else."),
    Fault.NOT_A_RECORD: _("This is no record of an export."),
    Fault.NOT_AN_ARCHIVE: _("This is no export of Trama in the format jsonl."),
    Fault.OTHER_VERSION: _("The file has version %(found)s of the format; this program reads version %(expected)s."),
    Fault.CHANGED: _("The line is not as it was written, or it is not where it was written."),
    Fault.CUT_OFF: _("The file ends here, before its end: the rest was cut off."),
    Fault.GOES_ON: _("The file goes on after its end."),
    Fault.COUNTS_DIFFER: _("The file does not hold as many records as it says."),
    Fault.FIELD_MISSING: _("The field “%(field)s” is missing."),
    Fault.FIELD_UNKNOWN: _("Nobody knows the field “%(field)s”."),
    Fault.FIELD_WRONG: _("The field “%(field)s” cannot be %(value)s."),
    Fault.NOT_WHOLE: _("Only an export of all books, without days, can be imported. Make one with --all."),
    Fault.KIND_UNKNOWN: _("Nobody knows records of the kind “%(kind)s”."),
    Fault.NOT_THERE: _("The field “%(field)s” names %(value)s, which the file does not have before it."),
    Fault.TWICE: _("The file already has number %(value)s of this kind."),
    Fault.UNIT_DIFFERS: _("The unit %(value)s is another one in this database, or has another number or scale."),
    Fault.OUT_OF_ORDER: _(
        "This event and one before it were written at the same time on PostgreSQL, and numbered against the order that"
        " SQLite keeps. Import the file into PostgreSQL."
    ),
    Fault.NUMBER_DIFFERS: _("In the journal this would be %(found)s, and the file says %(expected)s."),
    Fault.BALANCE_DIFFERS: _("The entries make a balance of %(found)s, and the file says %(expected)s."),
    Fault.REFUSED: _("The rules of the ledger refuse it. %(reason)s"),
    Fault.SEAL_DIFFERS: _("The seals do not fit: block %(block)s, event %(event)s, %(reason)s."),
}


class FileCannotBeImported(DomainError):
    """A file is imported whole or not at all; the first line that is wrong is named."""

    message = _("Nothing was imported. Line %(line)s: %(reason)s")


class DatabaseIsNotEmpty(DomainError):
    """What is imported keeps its numbers, so nothing else may have taken them."""

    message = _(
        "This database already holds organizations, people or books. Import into an empty one, right after migrate."
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """How much came in, and the head of its seals."""

    events: int
    height: int
    hash: str


@transaction.atomic
def load(
    *,
    file: BinaryIO,
    clock: Callable[[], dt.datetime],
    progress: Callable[[int, int], None] = lambda _at, _events: None,
) -> Imported:
    """Write everything that an archive holds into the empty database, verify it, and return how much it was.

    `progress` is told how many bytes were read and how many events they held.

    :raises DatabaseIsNotEmpty: if there is anything in it but the standard units.
    :raises FileCannotBeImported: if any line is not as it was exported, or would break a rule; nothing is written then.
    """
    if not _is_empty():
        raise DatabaseIsNotEmpty
    _plan_anew()
    importer, events = Importer(), 0
    try:
        for record in archive.read(file):
            if record.kind == HEADER:
                _expect_whole(record)
                continue
            events += record.kind == "event"
            importer.take(record)
            if record.line % TELL == 0:
                progress(file.tell(), events)
        importer.finish()
        _check_commit()
        _move_sequences()
        _leave_agreements_their_names()
        run = verification.verify(full=True, clock=clock)
        for problem in run.problems:
            raise Damaged(
                Fault.SEAL_DIFFERS,
                block=problem.block,
                event=problem.event,
                reason=f"{problem.kind}: {problem.what}",
            )
    except Damaged as damage:
        reason = str(SENTENCES[damage.fault]) % {name: _short(value) for name, value in damage.values.items()}
        raise FileCannotBeImported(line=damage.line or importer.line, reason=reason) from damage
    progress(file.tell(), events)
    return Imported(events, run.run.height, run.run.hash)


def _is_empty() -> bool:
    tables = {kind.model for kind in records.KINDS.values() if kind is not records.UNIT}
    return not any(table._default_manager.exists() for table in tables)


def _plan_anew() -> None:
    """Let PostgreSQL look how large the tables are by now: its rules were first planned for empty ones."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
            # Compiling a plan anew each time costs more than running it.
            cursor.execute("SET LOCAL jit = off")


def _expect_whole(record: Record) -> None:
    if any(record.content.get(name) is not None for name in ("book", "from", "to")):
        raise Damaged(Fault.NOT_WHOLE, line=record.line)


def _check_commit() -> None:
    """Have the database look now at what it would look at when the transaction ends."""
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise Damaged(Fault.REFUSED, reason=error) from error


def _move_sequences() -> None:
    """Let PostgreSQL go on after the highest number that came in; SQLite does so by itself."""
    tables: list[type[Model]] = [*{kind.model for kind in records.KINDS.values()}, Entry, Posting]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def _leave_agreements_their_names() -> None:
    """Let new agreements, and acts of funds, be numbered after those that the books speak of and did not bring."""
    for table, prefix in ((Agreement._meta.db_table, Agreement.CODE), (FundAct._meta.db_table, FundAct.CODE)):
        named = Event.objects.filter(agreement__startswith=prefix).values_list("agreement", flat=True)
        numbers = (code.removeprefix(prefix) for code in named.distinct().iterator())
        if last := max((int(number) for number in numbers if number.isdecimal()), default=0):
            _number_after(table, last)


def _number_after(table: str, last: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 120 else f"{text[:120]}…"
