"""A cooperative's own entries (asientos propios): facts of one book alone, such as the cost of what was sold."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import accounts, journal, units
from ledger.actions.accounts import NotInTheChart, Place
from ledger.actions.agreements import require_confirm
from ledger.actions.facts import Fact, Line
from ledger.actions.refusals_funded import FundKeptApart
from ledger.core.chart import CHART
from ledger.core.funds import FUND
from ledger.models.accounts import Book
from ledger.models.funds import Fund
from ledger.models.journal import Entry, Event
from ledger.models.units import Measure, Unit, UnitKind
from ledger.queries.accounts import own_units
from network.errors import DomainError
from network.models.people import User

#: What an event of one book alone is called; the database holds it to one book.
KIND = "own_entry"
LINES_MAX = 40
_OF_TWO = {line.number for line in CHART if line.takes_two}


class WhatHappenedIsMissing(DomainError):
    """An entry says what it is about."""

    message = _("Write in a few words what happened.")


class DebtsAreAgreed(DomainError):
    """What one cooperative owes another stands in both books, or in none."""

    message = _(
        "Line %(number)s: account %(account)s is for what stands between cooperatives. It follows from an agreement, in"
        " both books at once."
    )


class TooManyLines(DomainError):
    """An entry stays readable."""

    message = _("One entry has at most %(most)s lines. Split it in two.")


class CountIsNotRight(DomainError):
    """What is counted is so much of something, and not of money."""

    message = _("Line %(number)s: write how much it is, above zero, of what, and in which unit other than money.")


class NotAnOwnEntry(DomainError):
    """What two books share is undone by both."""

    message = _("This is no entry of the book's own: what two agreed on is undone where it was agreed.")


class WhyIsMissing(DomainError):
    """Whoever reads the books later has a right to know why."""

    message = _("Write why it is reversed: whoever reads the books later wants to know.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How much of a thing a line moves: minor units, above zero."""

    quantity: int
    unit: Unit
    thing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One line: an account by its number in the chart; minor units of its unit, debit above zero."""

    number: str
    amount: int
    counted: Counted | None = None


@transaction.atomic
def write(
    *,
    book: Book,
    key: uuid.UUID,
    happened_on: dt.date,
    memo: str,
    lines: Sequence[OwnLine],
    by: User,
    on: dt.date,
    papers: str = "",
    resolution: str = "",
) -> Event:
    """Write an entry in one book and return its event; the same key with the same content returns the first one.

    Each account is kept in the unit of the chart, else in the book's money. `resolution` is text: the act that allows
    it, where one does.

    :raises NoMandateToday: if the person cannot bind the organization today.
    :raises WhatHappenedIsMissing, TooManyLines: if the entry is not right as a whole.
    :raises NotInTheChart, DebtsAreAgreed, FundKeptApart, CountIsNotRight: if one of its lines is not.
    :raises EventHasNoLines, AmountIsNotWhole, EntryDoesNotBalance, FactIsInTheFuture, PeriodIsClosed: as
        `journal.post`.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_confirm(by=by, organization=book.organization, on=on)
    if not memo.strip():
        raise WhatHappenedIsMissing
    if len(lines) > LINES_MAX:
        raise TooManyLines(most=LINES_MAX)
    fact = Fact(
        kind=KIND,
        happened_on=happened_on,
        memo=memo.strip()[:200],
        papers=papers.strip()[:200],
        resolution=resolution.strip()[:80],
    )
    posted = list(_lines(book, lines))
    return journal.post(key=key, fact=fact, lines=posted, on=on, by=by, confirmed_by=by)


def _lines(book: Book, lines: Sequence[OwnLine]) -> Iterator[Line]:
    kept_in = own_units(book=book)
    for number, line in enumerate(lines, start=1):
        if line.number in _OF_TWO:
            raise DebtsAreAgreed(number=number, account=line.number)
        if line.number == FUND and Fund.objects.filter(book=book).exists():
            raise FundKeptApart
        if line.number not in kept_in:
            raise NotInTheChart(number=line.number)
    places = [Place(book.pk, line.number, kept_in[line.number].pk) for line in lines]
    found = accounts.look_up(places) if places else {}
    for number, (line, place) in enumerate(zip(lines, places, strict=True), start=1):
        quantity, measure = _counted(line, number)
        yield Line(account=found[place], amount=line.amount, quantity=quantity, measure=measure)


def _counted(line: OwnLine, number: int) -> tuple[int | None, Measure | None]:
    """Return the quantity with the sign of the amount, and its measure."""
    counted = line.counted
    if counted is None:
        return None, None
    is_money = counted.unit.kind in {UnitKind.MONEY, UnitKind.CREDIT}
    thing = " ".join(counted.thing.split())[:80]
    if counted.quantity <= 0 or is_money or not thing:
        raise CountIsNotRight(number=number)
    measure = units.measure(unit=counted.unit, thing=thing)
    return counted.quantity if line.amount > 0 else -counted.quantity, measure


@transaction.atomic
def reverse(*, event: Event, reason: str, by: User, on: dt.date) -> Event:
    """Undo an own entry by a new one, dated today; for the same reason it is done once.

    :raises NotAnOwnEntry: if it is of more than one book, or carries a year's result.
    :raises NoMandateToday: if the person cannot bind the organization today.
    :raises WhyIsMissing: if nothing is said.
    :raises AlreadyReversed, PeriodIsClosed: as `journal.reverse`.
    """
    if event.kind != KIND:
        raise NotAnOwnEntry
    book = Entry.objects.select_related("book__organization").get(event=event).book
    require_confirm(by=by, organization=book.organization, on=on)
    if not reason.strip():
        raise WhyIsMissing
    return journal.reverse(
        event=event,
        key=uuid.uuid5(event.key, "reversal"),
        reason=reason.strip()[:200],
        on=on,
        by=by,
        confirmed_by=by,
    )
