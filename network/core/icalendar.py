"""A calendar as other programs read it (RFC 5545): whole days, each with its words."""

import datetime as dt
from collections.abc import Iterable, Iterator
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


def lines(days: Iterable[Day], *, name: str, at: dt.datetime) -> Iterator[str]:
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
        yield from folded(f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}")
        yield from folded(f"SUMMARY:{escaped(day.title)}")
        if day.text:
            yield from folded(f"DESCRIPTION:{escaped(day.text)}")
        # Nobody is busy because a paper falls due.
        yield from folded("TRANSP:TRANSPARENT")
        yield from folded("END:VEVENT")
    yield from folded("END:VCALENDAR")


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
