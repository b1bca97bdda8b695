"""What is to be written: a fact and its lines, checked kindly before the database has the last word."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import DEFAULT_DB_ALIAS

from ledger.actions.engines import Header, Row
from ledger.actions.refusals import (
    AmountIsNotWhole,
    BooksDoNotMirror,
    EntryDoesNotBalance,
    EventHasNoLines,
    FactIsInTheFuture,
)
from ledger.core import balance
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Account, Book
from ledger.models.claims import Claim
from ledger.models.journal import Event
from ledger.models.units import Measure
from network.models.people import User

_COLUMNS = tuple(field.attname for field in Event._meta.concrete_fields)


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


def check(fact: Fact, lines: Sequence[Line], *, on: dt.date) -> list[Row]:
    """Say kindly what the rules of the database would refuse, and return the lines as rows. `on` is today.

    :raises EventHasNoLines, AmountIsNotWhole, EntryDoesNotBalance, BooksDoNotMirror, FactIsInTheFuture: as named.
    """
    rows = _check_lines(lines)
    if fact.happened_on > on:
        raise FactIsInTheFuture(day=fact.happened_on)
    return rows


def _check_lines(lines: Sequence[Line]) -> list[Row]:
    if not lines:
        raise EventHasNoLines
    for line in lines:
        if not _is_whole(line.amount) or line.amount == 0:
            raise AmountIsNotWhole(amount=line.amount)
        if line.quantity is not None and not _is_whole(line.quantity):
            raise AmountIsNotWhole(amount=line.quantity)
    legs = [leg(line) for line in lines]
    if left := balance.imbalance(legs):
        (book, _unit), amount = next(iter(left.items()))
        raise EntryDoesNotBalance(book=str(Book.objects.get(pk=book)), amount=amount)
    if balance.unmirrored(legs):
        raise BooksDoNotMirror
    return [row(line) for line in lines]


def _is_whole(number: object) -> bool:
    return type(number) is int and -INT64_MAX <= number <= INT64_MAX


def leg(line: Line) -> balance.Leg:
    """Return a line as the arithmetic of balances sees it."""
    account, claim = line.account, line.claim
    return balance.Leg(
        account.book_id,
        account.unit_id,
        line.amount,
        line.quantity or 0,
        account.pair,
        account.peg_id,
        claim.id if claim else None,
    )


def header(
    *,
    key: uuid.UUID,
    fact: Fact,
    rows: Sequence[Row],
    reverses: Event | None,
    by: User | None,
    confirmed_by: User | None,
    at: dt.datetime,
) -> Header:
    """Return the event as a row; `at` is the time of recording."""
    return Header(
        key=key,
        digest=_digest(fact, rows, reverses),
        kind=fact.kind,
        happened_on=fact.happened_on,
        recorded_at=at,
        recorded_by=by.pk if by else None,
        confirmed_by=confirmed_by.pk if confirmed_by else None,
        memo=fact.memo,
        papers=fact.papers,
        agreement=fact.agreement,
        resolution=fact.resolution,
        reverses=reverses.pk if reverses else None,
    )


def row(line: Line) -> Row:
    """Return a line as a row: account, amount, quantity, measure, claim."""
    measure, claim = line.measure, line.claim
    return line.account.id, line.amount, line.quantity, measure.id if measure else None, claim.id if claim else None


def event_of(number: int, header: Header, day: dt.date) -> Event:
    """Return the event that was just written, without reading it back."""
    row = (
        *(number, header.key, header.digest, header.kind, header.happened_on, day, header.recorded_at),
        *(header.recorded_by, header.confirmed_by, header.memo, header.papers, header.agreement, header.resolution),
        header.reverses,
    )
    return Event.from_db(DEFAULT_DB_ALIAS, _COLUMNS, row)


_as_text = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, default=str).encode


def _digest(fact: Fact, rows: Sequence[Row], reverses: Event | None) -> str:
    """Return the SHA-256 of what the key stands for: the fact and its lines, not who asked, nor when."""
    content = (
        (fact.kind, fact.happened_on.isoformat(), fact.memo, fact.papers, fact.agreement, fact.resolution),
        reverses.pk if reverses else None,
        rows,
    )
    return hashlib.sha256(_as_text(content).encode()).hexdigest()
