"""The calendar: what is overdue, what comes, and what shows that a duty was met."""

import datetime as dt

import pytest

from ledger.actions import years
from ledger.queries import duties
from ledger.queries.duties import Calendar
from network.actions import assemblies, councils
from network.actions import duties as acting
from network.models import Organization, Seat
from network.models.assemblies import AssemblyKind
from network.models.duties import CertificateKind
from network.queries.duties import Entry
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db

#: The fourth of May: the assembly on the accounts of 2025 should have met by the end of April.
ON = make.DAY
END = dt.date(2025, 12, 31)


def of(cast: Cast, *, on: dt.date = ON) -> Calendar:
    return duties.calendar(cast.grafica.organization, on=on)


def told(entries: list[Entry], *kinds: str) -> list[str]:
    """Return duties as a person would say them: the day, what, and about what."""
    return [
        f"{each.duty.due_on} {each.duty.kind} {each.duty.about if each.duty.ends_on else each.what}"
        for each in entries
        if not kinds or each.duty.kind in kinds
    ]


def hold(of: Organization, on: dt.date, *, kind: AssemblyKind = AssemblyKind.ORDINARY, close: bool = True) -> None:
    """Hold an assembly on a day."""
    assembly = assemblies.call(
        organization=of, kind=kind, held_on=on, entitled=40, agenda=["Memoria y balance"], by=None, on=on
    )
    assembly = assemblies.meet(assembly=assembly, present=30, is_second_call=False, by=None, on=on)
    if close:
        assemblies.close(assembly=assembly, minutes="Sin más.", by=None, on=on)


def paper(of: Organization, lapses_on: dt.date, name: str = "", *, on: dt.date = dt.date(2025, 1, 1)):
    return acting.certify(
        organization=of,
        kind=CertificateKind.OTHER if name else CertificateKind.FIRE_SAFETY,
        name=name,
        issued_by="Bomberos",
        valid_from=lapses_on - dt.timedelta(days=364),
        lapses_on=lapses_on,
        by=None,
        on=on,
        at=make.NOON,
    )


class TestYears:
    def test_of_a_cooperative_that_has_noted_nothing(self, cast: Cast):
        calendar = of(cast)

        assert told(calendar.overdue) == [
            "2025-06-30 social_report 2024-12-31",
            "2025-07-30 audit_report 2025-06-30",
            "2025-10-30 audit_report 2025-09-30",
            "2026-01-31 audit_report 2025-12-31",
            "2026-04-30 assembly 2025-12-31",
            "2026-04-30 audit_report 2026-03-31",
            "2026-04-30 year_closing 2025-12-31",
        ]
        assert told(calendar.coming) == [
            "2026-06-30 social_report 2025-12-31",
            "2026-07-30 audit_report 2026-06-30",
            "2026-10-30 audit_report 2026-09-30",
            "2026-12-31 year_end 2026-12-31",
            "2027-01-31 audit_report 2026-12-31",
            "2027-04-30 assembly 2026-12-31",
            "2027-04-30 audit_report 2027-03-31",
            "2027-04-30 year_closing 2026-12-31",
        ]
        assert told(calendar.done) == ["2025-12-31 year_end 2025-12-31"]
        assert calendar.year_ends_on == dt.date(2026, 12, 31)

    def test_follow_the_book(self):
        agraria = make.book("agraria", year_starts_month=7)

        calendar = duties.calendar(agraria.organization, on=ON)

        assert calendar.year_ends_on == dt.date(2026, 6, 30)
        assert "2026-10-30 assembly 2026-06-30" in told(calendar.coming)
        assert "2025-10-30 assembly 2025-06-30" in told(calendar.overdue)

    def test_ask_nothing_of_the_time_before_the_book(self):
        nueva = make.book("nueva", on=dt.date(2026, 2, 1))

        calendar = duties.calendar(nueva.organization, on=ON)

        assert told(calendar.overdue) == ["2026-04-30 audit_report 2026-03-31"]

    def test_without_a_book_are_those_of_the_calendar(self, cast: Cast):
        Organization.objects.filter(pk=cast.federacion.pk).update(legal_form="other_cooperative")
        federacion = Organization.objects.get(pk=cast.federacion.pk)

        calendar = duties.calendar(federacion, on=ON)

        assert not calendar.has_book
        assert "2026-04-30 assembly 2025-12-31" in told(calendar.overdue)
        assert not told(calendar.overdue, "year_closing")

    def test_bind_cooperatives_only(self, cast: Cast):
        assert duties.calendar(cast.federacion, on=ON).all == []


class TestAssembly:
    def test_that_was_held_in_time_is_done(self, cast: Cast):
        hold(cast.grafica.organization, dt.date(2026, 3, 20))

        calendar = of(cast)

        done = next(each for each in calendar.done if each.duty.kind == "assembly")
        assert (done.done_on, done.is_late) == (dt.date(2026, 3, 20), False)
        assert not told(calendar.overdue, "assembly")

    def test_that_was_held_late_is_done_and_says_so(self, cast: Cast):
        hold(cast.grafica.organization, dt.date(2026, 5, 2))

        assert next(each for each in of(cast).done if each.duty.kind == "assembly").is_late

    def test_counts_when_it_is_closed_and_ordinary(self, cast: Cast):
        grafica = cast.grafica.organization
        hold(grafica, dt.date(2026, 3, 20), close=False)
        hold(grafica, dt.date(2026, 3, 20), kind=AssemblyKind.EXTRAORDINARY)
        # That of the year before.
        hold(grafica, dt.date(2025, 4, 20))

        assert told(of(cast).overdue, "assembly") == ["2026-04-30 assembly 2025-12-31"]

    def test_that_is_called_says_for_when(self, cast: Cast):
        assemblies.call(
            organization=cast.grafica.organization,
            kind=AssemblyKind.ORDINARY,
            held_on=dt.date(2026, 5, 20),
            entitled=40,
            agenda=["Memoria y balance"],
            by=None,
            on=ON,
        )

        entry = next(each for each in of(cast).overdue if each.duty.kind == "assembly")
        assert entry.called_for == dt.date(2026, 5, 20)

    def test_may_approve_two_years_at_once(self, cast: Cast):
        hold(cast.grafica.organization, dt.date(2027, 2, 10))

        calendar = of(cast, on=dt.date(2027, 3, 1))

        assert sorted(told(calendar.done, "assembly")) == [
            "2026-04-30 assembly 2025-12-31",
            "2027-04-30 assembly 2026-12-31",
        ]


class TestClosing:
    def test_of_the_year_in_the_books_is_what_shows_it(self, cast: Cast):
        closed_on = dt.date(2026, 4, 3)
        for day in (dt.date(2025, 3, 1), dt.date(2026, 2, 1)):
            make.sale(cast.grafica, on=day)
        years.close_year(book=cast.grafica, year=2025, resolution="Acta 40", on=closed_on, by=None)

        calendar = of(cast)

        assert told(calendar.done, "year_closing") == ["2026-04-30 year_closing 2025-12-31"]
        assert next(each for each in calendar.done if each.duty.kind == "year_closing").done_on == closed_on
        assert not told(calendar.overdue, "year_closing")


class TestFilings:
    def test_are_what_shows_a_report(self, cast: Cast):
        grafica = cast.grafica.organization
        entry = next(each for each in of(cast).coming if each.duty.kind == "social_report")
        filing = acting.file(
            organization=grafica, duty=entry.duty, presented_on=ON, paper="TAD 1", by=cast.ana, on=ON, at=make.NOON
        )

        assert next(each for each in of(cast).done if each.duty.kind == "social_report").filing == filing

        acting.withdraw(noted=filing, by=cast.ana, on=ON, at=make.NOON)
        assert told(of(cast).coming, "social_report") == ["2026-06-30 social_report 2025-12-31"]


class TestMandates:
    def test_are_due_on_their_last_day_and_done_by_the_next(self, cast: Cast):
        grafica = cast.grafica.organization
        pilar = make.officer("Pilar", grafica, office="president", until=dt.date(2026, 6, 1))
        assert told(of(cast).coming, "mandate") == ["2026-05-31 mandate Presidencia"]

        councils.elect(
            user=pilar,
            organization=grafica,
            office="president",
            starts_on=dt.date(2026, 6, 1),
            until=dt.date(2026, 9, 1),
            resolution=make.resolution(grafica, on=ON),
            by=None,
            on=ON,
        )

        calendar = of(cast, on=dt.date(2026, 6, 2))
        assert told(calendar.done, "mandate") == ["2026-05-31 mandate Presidencia"]
        assert told(calendar.coming, "mandate") == ["2026-08-31 mandate Presidencia"]
        assert not next(each for each in calendar.done if each.duty.kind == "mandate").is_late

    def test_that_ended_leave_the_seat_overdue(self, cast: Cast):
        make.recall(cast.ana, on=dt.date(2026, 4, 2))

        assert told(of(cast).overdue, "mandate") == ["2026-04-02 mandate Tesorería"]

    def test_of_a_seat_that_the_statute_no_longer_has_ask_for_nobody(self, cast: Cast):
        make.recall(cast.ana, on=dt.date(2026, 4, 2))
        Seat.objects.create(organization=cast.grafica.organization, office="president")

        assert not told(of(cast).overdue, "mandate")

    def test_of_any_body_are_looked_at(self, cast: Cast):
        centro = make.organization("centro", kind="community_body")
        make.officer("Cora", centro, office="secretary", until=dt.date(2026, 6, 1))

        assert told(duties.calendar(centro, on=ON).all) == ["2026-05-31 mandate Secretaría"]


class TestCertificates:
    def test_lapse_until_one_of_the_same_name_is_valid_longer(self, cast: Cast):
        grafica = cast.grafica.organization
        paper(grafica, dt.date(2026, 5, 1), "Caldera")
        paper(grafica, dt.date(2026, 5, 20))
        assert told(of(cast).overdue, "certificate") == ["2026-05-01 certificate Caldera"]
        assert told(of(cast).coming, "certificate") == ["2026-05-20 certificate Seguridad contra incendios"]

        paper(grafica, dt.date(2027, 4, 30), "CALDERA")

        assert not told(of(cast).overdue, "certificate")
        assert told(of(cast).done, "certificate") == ["2026-05-01 certificate Caldera"]
        assert "2027-04-30 certificate CALDERA" in told(of(cast).coming, "certificate")

    def test_that_were_withdrawn_ask_for_nothing(self, cast: Cast):
        noted = paper(cast.grafica.organization, dt.date(2026, 5, 1))
        acting.withdraw(noted=noted, by=cast.ana, on=ON, at=make.NOON)

        assert not told(of(cast).all, "certificate")


class TestMany:
    def test_are_told_for_the_price_of_one(self, cast: Cast, django_assert_num_queries):
        for number in range(20):
            each = make.book(f"coop-{number}").organization
            make.affiliation(each, cast.federacion)
            hold(each, dt.date(2026, 3, number + 1))
            paper(each, dt.date(2026, 6, number + 1))
        # Two for who belongs to it, one for them, two for their books, five for what was met.
        with django_assert_num_queries(10):
            entries = duties.below(cast.federacion, on=ON)

        days = [each.duty.due_on for each in entries]
        assert days == sorted(days)
        assert {each.organization.code for each in entries} > {"grafica", "molino", "coop-7"}
        assert not any(each.is_done for each in entries)

    def test_cost_the_same_after_years(self, cast: Cast, django_assert_num_queries):
        grafica = cast.grafica.organization
        for year in range(2000, 2026):
            hold(grafica, dt.date(year, 3, 20))
            paper(grafica, dt.date(year, 6, 20))

        with django_assert_num_queries(9):
            calendar = of(cast)

        assert len(calendar.all) == 17
