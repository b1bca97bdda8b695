"""The calendar of duties as its people, its federation and an outsider see it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from ledger.queries import duties
from network.models import Filing, Organization, Visit
from network.queries.duties import Entry
from tests import make
from tests.cast import Cast
from tests.ledger.web.browser import LANGUAGES, browser, says

pytestmark = pytest.mark.django_db

HERE = "/coop/grafica/duties/"


def to_file(cast: Cast) -> Entry:
    """Return the report that has been overdue longest."""
    overdue = duties.calendar(cast.grafica.organization, on=timezone.localdate()).overdue
    return next(each for each in overdue if each.duty.kind == "audit_report")


def present(client: Client, entry: Entry, **changes: str):
    sent = {"presented_on": timezone.localdate().isoformat(), "paper": "Libro de auditoría, folio 3"} | changes
    return client.post(f"{HERE}{entry.duty.key}/", sent, follow=True)


class TestCalendar:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_tells_what_is_overdue_first_and_what_to_do(self, cast: Cast, language: str):
        said = browser(cast.ana, language).get(HERE)

        page = said.content.decode()
        assert page.index('id="overdue"') < page.index('id="coming"') < page.index('id="done"')
        assert says(said, "Hold the ordinary assembly", language=language)
        assert says(said, "Within four months of the year's end (Ley 20.337, art. 47).", language=language)
        assert f"{HERE}{to_file(cast).duty.key}/" in page

    def test_shows_members_and_auditors_no_buttons(self, cast: Cast):
        for reader in (cast.beto, cast.silvia):
            said = browser(reader).get(HERE)

            assert said.status_code == 200
            assert not says(said, "Note that it was presented")

    def test_leaves_the_trace_of_who_reads_for_a_federation(self, cast: Cast):
        browser(cast.silvia).get(HERE)

        assert Visit.objects.get().section == "duties"

    def test_does_not_exist_for_an_outsider(self, cast: Cast):
        for page in (HERE, f"{HERE}below/", f"{HERE}calendar.ics", f"{HERE}{to_file(cast).duty.key}/"):
            assert browser(cast.carla).get(page).status_code == 404, page
            assert Client().get(page).status_code == 302, page

    def test_of_a_body_without_yearly_duties_is_empty(self, cast: Cast):
        assert says(browser(cast.silvia).get("/coop/federacion/duties/"), "Nothing falls due.")

    def test_asks_few_questions(self, cast: Cast, django_assert_max_num_queries):
        client = browser(cast.ana)
        client.get(HERE)

        with django_assert_max_num_queries(20):
            client.get(HERE)


class TestPresent:
    def test_notes_a_report_and_takes_it_back(self, cast: Cast):
        client, entry = browser(cast.ana), to_file(cast)

        assert says(present(client, entry), "It is noted as presented.")
        filing = Filing.objects.get()
        assert (filing.kind, filing.ends_on) == ("audit_report", entry.duty.ends_on)
        assert "Libro de auditoría, folio 3" in client.get(HERE).content.decode()

        said = client.post(f"{HERE}withdraw/", {"filing": filing.pk}, follow=True)
        assert says(said, "Withdrawn. It stays readable, and counts no longer.")
        assert to_file(cast).duty == entry.duty
        assert "<s>Informe de auditoría externa" in said.content.decode()

    def test_keeps_what_was_written_and_says_what_is_wrong(self, cast: Cast):
        tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()

        said = present(browser(cast.ana), to_file(cast), presented_on=tomorrow)

        assert says(said, "That day has not come yet. Note it once it is presented.")
        assert "Libro de auditoría, folio 3" in said.content.decode()

    def test_of_what_is_not_noted_by_hand_does_not_exist(self, cast: Cast):
        for key in ("assembly-2025-12-31", "audit_report-1999-12-31", "siesta"):
            assert browser(cast.ana).get(f"{HERE}{key}/").status_code == 404, key

    def test_what_somebody_else_noted_meanwhile_is_said_and_nothing_is_lost(self, cast: Cast):
        client, entry = browser(cast.ana), to_file(cast)
        present(client, entry)

        said = present(client, entry, paper="Expediente 99")

        assert says(said, "What you wrote was not saved")
        assert "Expediente 99</textarea>" in said.content.decode()

    def test_is_refused_to_a_member(self, cast: Cast):
        present(browser(cast.beto), to_file(cast))

        assert not Filing.objects.exists()

    def test_of_another_cooperative_is_not_withdrawn(self, cast: Cast):
        present(browser(cast.ana), to_file(cast))

        for sent in (str(Filing.objects.get().pk), "", "x", "9" * 40):
            assert browser(cast.mario).post("/coop/molino/duties/withdraw/", {"filing": sent}).status_code == 404
        assert Filing.objects.get().withdrawn_at is None


class TestBelow:
    def test_shows_a_federations_officers_all_their_members(self, cast: Cast):
        said = browser(cast.silvia).get("/coop/federacion/duties/below/")

        page = said.content.decode()
        assert "/coop/grafica/duties/" in page
        assert "/coop/molino/duties/" in page
        assert "/coop/textil/duties/" not in page
        assert not Visit.objects.exists()

    def test_is_paged_and_costs_the_same_for_many(self, cast: Cast, django_assert_max_num_queries):
        for number in range(40):
            each = make.organization(f"coop-{number}", kind="worker_cooperative")
            make.affiliation(each, cast.federacion)
        client = browser(cast.silvia)
        client.get("/coop/federacion/duties/below/")

        with django_assert_max_num_queries(30):
            said = client.get("/coop/federacion/duties/below/?page=2")

        assert says(said, "Previous")

    def test_is_not_for_members_without_office(self, cast: Cast):
        assert browser(cast.beto).get(f"{HERE}below/").status_code == 404


class TestDownload:
    def test_is_a_calendar_with_nobodys_name(self, cast: Cast):
        make.officer("Pilar", cast.grafica.organization, office="president", until=timezone.localdate())
        answer = browser(cast.ana).get(f"{HERE}calendar.ics")

        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        written = answer.content.decode()
        assert written.startswith("BEGIN:VCALENDAR\r\n")
        assert written.count("BEGIN:VEVENT") > 5
        assert "Elegir de nuevo: Presidencia" in written
        assert "Pilar" not in written


class TestStartPage:
    def test_warns_of_what_is_pressing(self, cast: Cast):
        assert says(browser(cast.ana).get("/coop/grafica/"), "Duties to see to")

    def test_is_quiet_where_nothing_is(self, cast: Cast):
        assert not says(browser(cast.silvia).get("/coop/federacion/"), "Duties to see to")

    def test_has_no_duties_for_bolivia(self, cast: Cast):
        Organization.objects.filter(code="grafica").update(country="BO", province="L", tax_id="")

        assert not says(browser(cast.ana).get("/coop/grafica/"), "Duties to see to")
