"""A calendar as other programs read it (RFC 5545): whole days, and hours of the week, each with its words."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: No line has more octets, its end not counted.
LINE_OCTETS = 75


@dataclass(frozen=True, slots=True)
class Day:
    """Something that falls on a day. `uid` is the same whenever the file is made again: then nothing doubles."""

    uid: str
    on: dt.date
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Something that returns each week on some days, 0 for Monday, at the hours of wherever it takes place."""

    uid: str
    begins: dt.datetime
    ends: dt.datetime
    days: Sequence[int]
    title: str
    text: str = ""
    #: The last day on which it may fall.
    until: dt.date | None = None


#: The days of the week as the calendar calls them.
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def lines(days: Iterable[Day | Weekly], *, name: str, at: dt.datetime) -> Iterator[str]:
    """Yield the file line by line, each with its end; `at` is when it was made, with a time zone."""
    stamp = at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from folded("BEGIN:VCALENDAR")
    yield from folded("VERSION:2.0")
    yield from folded("PRODID:-//Trama//Trama//ES")
    yield from folded(f"X-WR-CALNAME:{escaped(name)}")
    for day in days:
        yield from folded("BEGIN:VEVENT")
        yield from folded(f"UID:{escaped(day.uid)}")
        yield from folded(f"DTSTAMP:{stamp}")
        yield from _when(day)
        yield from folded(f"SUMMARY:{escaped(day.title)}")
        if day.text:
            yield from folded(f"DESCRIPTION:{escaped(day.text)}")
        # Nobody is busy because a paper falls due, or a school is open.
        yield from folded("TRANSP:TRANSPARENT")
        yield from folded("END:VEVENT")
    yield from folded("END:VCALENDAR")


def _when(day: Day | Weekly) -> Iterator[str]:
    """Yield the days, or the hours and how they return: without a time zone they are those of the place itself."""
    if isinstance(day, Day):
        yield from folded(f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}")
        return
    yield from folded(f"DTSTART:{day.begins:%Y%m%dT%H%M%S}")
    yield from folded(f"DTEND:{day.ends:%Y%m%dT%H%M%S}")
    until = f";UNTIL={day.until:%Y%m%d}T235959" if day.until else ""
    yield from folded(f"RRULE:FREQ=WEEKLY;BYDAY={','.join(WEEK[each] for each in day.days)}{until}")


def escaped(text: str) -> str:
    """Return a text as a value of the calendar: no sign of it is taken for the calendar's own."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> Iterator[str]:
    """Yield a line in pieces that are short enough, cut between signs; all but the first begin with a blank."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > LINE_OCTETS:
            yield f"{piece}\r\n"
            piece = " "
        piece += sign
    yield f"{piece}\r\n"
