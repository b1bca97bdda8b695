"""Count the cash of a cooperative (arqueo): what is in the box, and an entry of the difference with the book.

An officer of the cooperative counts and signs for it; whoever watches looks on, and writes nothing (Ley 20.337, art.
79). What is counted is what the book holds from then on.
"""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions import own_entries, refusals
from ledger.actions.agreements import require_confirm
from ledger.actions.own_entries import OwnLine
from ledger.actions.refusals import KeyWasUsedForSomethingElse
from ledger.actions.refusals_audited import CashMovedMeanwhile
from ledger.core import cash
from ledger.core.units import INT64_MAX
from ledger.models.accounts import Book
from ledger.models.cash_counts import CashCount
from ledger.queries import cash_counts
from network.errors import DomainError
from network.models.people import User

#: Number of the chart: what was too much or too little.
DIFFERENCES = "4902"


class CountIsNotCash(DomainError):
    """Notes are counted, and coins in all."""

    message = _("Write how many of each note there are, and how much the coins come to: zero or more.")


class DifferenceNeedsReason(DomainError):
    """Whoever reads the books later wants to know."""

    message = _("It is not what the book says. Write what you know about the difference, or that nobody knows.")


@transaction.atomic
def count(
    *,
    key: uuid.UUID,
    book: Book,
    pieces: Mapping[int, int],
    rest: int,
    expected: int,
    reason: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> CashCount:
    """Write down what is in the box today; a difference with the book is entered at once. The same key counts once.

    `pieces`: note in whole units → how many; `rest`: coins, minor units. `expected` is what the book said when one
    began to count.

    :raises NoMandateToday: if the person cannot bind the organization today.
    :raises CountIsNotCash: if there is no such note, or a number is below zero.
    :raises CashMovedMeanwhile: if the book says another sum now.
    :raises DifferenceNeedsReason: if it differs and nothing is said of it.
    :raises PeriodIsClosed, EntryOutOfOrder: as `journal.post`.
    :raises KeyWasUsedForSomethingElse: if the form was already sent with other content.
    """
    require_confirm(by=by, organization=book.organization, on=on)
    book = (
        Book.objects.select_for_update(of=("self",), no_key=True).select_related("organization", "unit").get(pk=book.pk)
    )
    row = {"book": book, "pieces": {str(note): number for note, number in pieces.items() if number}, "rest": rest}
    if (earlier := CashCount.objects.filter(key=key).first()) is not None:
        if any(getattr(earlier, name) != value for name, value in row.items()):
            raise KeyWasUsedForSomethingElse
        return earlier
    try:
        counted = cash.total(pieces, rest=rest, unit=book.unit.code, scale=book.unit.scale)
    except cash.NotANote:
        raise CountIsNotCash from None
    if counted > INT64_MAX:
        raise CountIsNotCash
    if cash_counts.held(book) != expected:
        raise CashMovedMeanwhile
    event = None
    if difference := counted - expected:
        if not reason.strip():
            raise DifferenceNeedsReason
        lines = [OwnLine(number=cash_counts.CASH, amount=difference), OwnLine(number=DIFFERENCES, amount=-difference)]
        event = own_entries.write(
            book=book, key=uuid.uuid5(key, "difference"), happened_on=on, memo=reason, lines=lines, by=by, on=on
        )
    with refusals.from_database():
        return CashCount.objects.create(
            key=key,
            counted_on=on,
            counted=counted,
            expected=expected,
            event=event,
            counted_by=by,
            recorded_at=at,
            **row,
        )
