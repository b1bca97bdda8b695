"""The file for other calendars: what is read back is what was written."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from network.core.icalendar import Day, Weekly, escaped, folded, lines

AT = dt.datetime(2026, 5, 4, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-3)))
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=300)


def read(text: str) -> str:
    """Return what a reader makes of an escaped value."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text, flags=re.DOTALL)


class TestLines:
    def test_are_as_the_standard_has_them(self):
        day = Day(uid="grafica.assembly-2025-12-31@trama", on=dt.date(2026, 4, 30), title="Asamblea; acta, folio")

        written = "".join(lines([day], name="Gráfica: obligaciones", at=AT))

        assert written.split("\r\n") == [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Trama//Trama//ES",
            "X-WR-CALNAME:Gráfica: obligaciones",
            "BEGIN:VEVENT",
            "UID:grafica.assembly-2025-12-31@trama",
            "DTSTAMP:20260504T123000Z",
            "DTSTART;VALUE=DATE:20260430",
            "SUMMARY:Asamblea\\; acta\\, folio",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]

    def test_what_returns_each_week_has_its_hours_and_days(self):
        begins = dt.datetime.combine(dt.date(2026, 3, 2), dt.time(18))
        weekly = Weekly(uid="a", begins=begins, ends=begins + dt.timedelta(hours=4), days=[0, 3], title="Bachillerato")
        ending = Weekly(uid="b", begins=begins, ends=begins, days=[6], title="Feria", until=dt.date(2026, 12, 13))

        written = "".join(lines([weekly, ending], name="x", at=AT)).split("\r\n")

        assert [line for line in written if line.startswith(("DTSTART", "DTEND", "RRULE"))] == [
            "DTSTART:20260302T180000",
            "DTEND:20260302T220000",
            "RRULE:FREQ=WEEKLY;BYDAY=MO,TH",
            "DTSTART:20260302T180000",
            "DTEND:20260302T180000",
            "RRULE:FREQ=WEEKLY;BYDAY=SU;UNTIL=20261213T235959",
        ]

    @given(texts, texts)
    def test_hold_any_text_unbroken(self, title: str, text: str):
        day = Day(uid="a", on=dt.date(2026, 4, 30), title=title, text=text)

        written = "".join(lines([day], name=title, at=AT))

        assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
        unfolded = written.replace("\r\n ", "").split("\r\n")
        assert read(next(line for line in unfolded if line.startswith("SUMMARY:"))[8:]) == title
        told = [line for line in unfolded if line.startswith("DESCRIPTION:")]
        assert [read(line[12:]) for line in told] == ([text] if text else [])


class TestEscaped:
    def test_has_no_line_end_of_its_own(self):
        assert escaped("a\r\nb\nc\rd\\e") == "a\\nb\\nc\\nd\\\\e"


class TestFolded:
    def test_cuts_between_signs(self):
        pieces = list(folded("ñ" * 100))

        assert "".join(pieces).replace("\r\n ", "").removesuffix("\r\n") == "ñ" * 100
        assert all(len(piece.removesuffix("\r\n").encode()) <= 75 for piece in pieces)
