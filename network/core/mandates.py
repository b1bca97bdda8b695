"""Days, months and turns of mandates."""

import calendar
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

#: No mandate in a council, nor of a síndico, lasts longer, whatever the statute says: three years (Ley 20.337, art. 63
#: for councillors, art. 76 for the síndico). Offices that go round are the statute's own.
TERM_MONTHS_BY_LAW = 36


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; the last of the month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody takes a seat of an office on a day."""

    seat: int
    person: int
    starts_on: dt.date


def is_in_a_row(turn: Turn, others: Collection[Turn]) -> bool:
    """Say whether the person follows upon themselves, before or after, with nobody else in the earlier seat in between.

    It does not matter in which order the turns of an office were written down.
    """
    theirs = [other for other in others if other.person == turn.person and other.starts_on != turn.starts_on]
    return any(not _is_between(others, *sorted((turn, other), key=lambda each: each.starts_on)) for other in theirs)


def _is_between(turns: Collection[Turn], earlier: Turn, later: Turn) -> bool:
    return any(
        turn.seat == earlier.seat
        and turn.person != earlier.person
        and earlier.starts_on < turn.starts_on < later.starts_on
        for turn in turns
    )
