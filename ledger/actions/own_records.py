"""Bring a cooperative's own record of what it exchanged: it is read whole or not at all, and kept line by line.

The file is not kept, only its hash. Whoever keeps the book may bring one; a síndico reads and writes nothing.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger.actions.agreements import require_log
from ledger.actions.refusals import KeyWasUsedForSomethingElse, from_database
from ledger.actions.uploads import Known, known_names, partner_of
from ledger.core import own_records
from ledger.core.own_records import Row, Wanted, Wrong
from ledger.core.spreadsheet import TO_MONEY, UNIT_NAMES
from ledger.core.units import to_minor
from ledger.models.accounts import Account, Book
from ledger.models.jobs import JobState
from ledger.models.own_records import OwnRecord, RecordLine, RecordState
from ledger.models.units import Unit
from ledger.queries.uploads import PROBLEMS
from network.actions.uploads import CHUNK, told_in_words
from network.core.delimited import plain
from network.errors import DomainError
from network.models.organizations import Organization
from network.models.people import User

#: So many wrong rows are named at most.
NAMED = 8
#: No single amount of a record is larger: sums of several still fit a column.
AMOUNT_MAX = 10**15

COLUMNS = {
    "day": _("day"),
    "partner": _("cooperative"),
    "amount": _("amount"),
    "debit": _("given"),
    "credit": _("received"),
    "unit": _("unit"),
}


class RecordHasWrongRows(DomainError):
    """A record is read whole or not at all: half of one would show the other half as missing."""

    message = _("Nothing was kept, so that nothing seems missing that is there. Put these rows right: %(rows)s")


class RecordIsBeingMatched(DomainError):
    """A worker is at it."""

    message = _("A worker is matching this record. Wait until it is done.")


class RecordAccountNotOfBook(DomainError):
    """A record is of debts, or of one account where money lies."""

    message = _("Choose one of the accounts of this book.")


def bring(
    *,
    book: Book,
    key: uuid.UUID,
    content: bytes,
    file_name: str,
    account: Account | None = None,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> OwnRecord:
    """Read a file and keep its lines; the same file again, or the same key, returns what was kept the first time.

    :raises NotForYouToDo, WatchesAndWritesNothing: if the person may not write for the organization.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with another file.
    :raises FileIsTooLarge, FileCannotBeRead: if the file as a whole is no record.
    :raises RecordHasWrongRows: if some of it cannot be read; none of it is kept.
    """
    require_log(by=by, organization=book.organization, on=on)
    if account is not None and account.book_id != book.pk:
        raise RecordAccountNotOfBook
    sha256 = hashlib.sha256(content).hexdigest()
    if (kept := _kept(book, key, sha256, account)) is not None:
        return kept
    kind = own_records.kind_of(content, file_name)
    names = _Names.of(book, on=on)
    with told_in_words(content):
        rows, wrong = own_records.read(content, kind=kind, wanted=_wanted(book, account, names))
    lines = [line for row in rows if (line := _line(row, names, wrong, on=on, of_account=account)) is not None]
    if wrong:
        raise RecordHasWrongRows(rows=_told(wrong))
    return _keep(
        OwnRecord(
            book=book,
            key=key,
            account=account,
            file_name=file_name[:120],
            kind=kind,
            sha256=sha256,
            first_on=min(line.day for line in lines),
            last_on=max(line.day for line in lines),
            lines_read=len(lines),
            uploaded_by=by,
            uploaded_at=at,
        ),
        lines,
    )


def _kept(book: Book, key: uuid.UUID, sha256: str, account: Account | None) -> OwnRecord | None:
    if (same_key := OwnRecord.objects.filter(key=key).first()) is not None:
        if (same_key.book_id, same_key.sha256, same_key.account_id) != (book.pk, sha256, account and account.pk):
            raise KeyWasUsedForSomethingElse
        return same_key
    open_ones = OwnRecord.objects.filter(book=book, sha256=sha256, account=account)
    return open_ones.exclude(state=RecordState.CLOSED).first()


@transaction.atomic
def _keep(record: OwnRecord, lines: Iterable[RecordLine]) -> OwnRecord:
    with from_database():
        record.save()
        for line in lines:
            line.record = record
        RecordLine.objects.bulk_create(lines, batch_size=CHUNK)
    return record


@dataclass(frozen=True, slots=True)
class _Names:
    """What rows may name: partners, by their books; units."""

    known: Known
    books: dict[int, int]
    units: dict[str, Unit]
    #: What was looked up already.
    met: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Book, *, on: dt.date) -> "_Names":
        known = known_names(book.organization, on=on)
        books = dict(Book.objects.values_list("organization", "pk"))
        units = {plain(code): unit for code, unit in known.units.items()}
        units |= {name: known.units[code] for name, code in UNIT_NAMES.items() if code in known.units}
        units |= dict.fromkeys(TO_MONEY, known.units["ARS"]) | {"": book.unit}
        return cls(known, books, units)

    def book_of(self, written: str) -> int | None:
        """Return the book of whoever is meant, looked up once for each way of writing."""
        if written not in self.met:
            found = partner_of(self.known, written)
            self.met[written] = self.books.get(found) if found is not None else None
        return self.met[written]


def _wanted(book: Book, account: Account | None, names: _Names) -> Wanted:
    of_account = (account.number, account.name) if account is not None else None
    return Wanted(book.organization.code, frozenset(names.known.partners), of_account)


def _line(row: Row, names: _Names, wrong: list[Wrong], *, on: dt.date, of_account: Account | None) -> RecordLine | None:
    """Return a line to be kept, or None if something is wrong with it."""
    unit = of_account.unit if of_account is not None and not row.unit else names.units.get(plain(row.unit).rstrip("."))
    problems = {} if unit is not None else {"unit": "unknown_unit"}
    amount = 0
    try:
        amount = to_minor(row.amount, scale=unit.scale) if unit is not None else 0
    except ValueError:
        problems["amount"] = "too_many_decimals"
    if abs(amount) > AMOUNT_MAX:
        problems["amount"] = "too_large"
    if row.day > on:
        problems["day"] = "in_the_future"
    if problems or unit is None:
        wrong.append((row.number, problems))
        return None
    return RecordLine(
        number=row.number,
        day=row.day,
        partner_text=row.partner[:120],
        partner_id=names.book_of(row.partner) if row.partner else None,
        paper=row.paper[:200],
        text=row.text[:200],
        entry=row.entry,
        amount=amount,
        unit=unit,
    )


def _told(wrong: Iterable[Wrong]) -> str:
    """Return the first rows that are wrong, in words."""
    found = sorted(wrong, key=lambda each: each[0])
    told = [
        gettext("row %(number)s, %(column)s: %(problem)s")
        % {"number": number, "column": COLUMNS[column], "problem": PROBLEMS[problem]}
        for number, problems in found[:NAMED]
        for column, problem in problems.items()
    ]
    if len(found) > NAMED:
        told.append(gettext("and %(more)s more.") % {"more": len(found) - NAMED})
    return " ".join(told)


@transaction.atomic
def close(*, record: OwnRecord, by: User, on: dt.date, at: dt.datetime) -> OwnRecord:
    """Close a record: what was accepted stays, and nothing in it changes any more.

    :raises RecordIsBeingMatched: if a worker is at it.
    :raises OwnRecordIsClosed: if it is closed.
    """
    record = held(record, by=by, on=on)
    with from_database():
        record.state, record.closed_by, record.closed_at = RecordState.CLOSED, by, at
        record.save(update_fields=["state", "closed_by", "closed_at"])
    return record


def held(record: OwnRecord, *, by: User, on: dt.date) -> OwnRecord:
    """Return a record as it is now, locked, for somebody who may write in its book while no worker is at it.

    :raises NotForYouToDo, WatchesAndWritesNothing: if they may not.
    :raises RecordIsBeingMatched: if a worker is at it.
    """
    require_log(by=by, organization=Organization.objects.get(book=record.book_id), on=on)
    now = OwnRecord.objects.select_for_update(of=("self",)).select_related("job").get(pk=record.pk)
    if is_being_matched(now):
        raise RecordIsBeingMatched
    return now


def is_being_matched(record: OwnRecord) -> bool:
    """Say whether a worker is at it, or will be."""
    return record.job is not None and record.job.state in {JobState.QUEUED, JobState.RUNNING}
